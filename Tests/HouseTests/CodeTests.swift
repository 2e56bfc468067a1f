import Foundation
import Support
import Testing

/// How the code of the house is written, as far as a machine can see it.
struct CodeTests {
  @Test func `nothing is public`() {
    for file in SourceFile.swift {
      for found in file.code(matching: #"\bpublic\b|\bopen\s+(class|func|var|subscript)\b"#) {
        Issue.record("\(file.path):\(found.number): an application has no public API: \(found.line)")
      }
    }
  }

  @Test func `every promise the compiler cannot check is preceded by its reason`() {
    for file in SourceFile.swift {
      for found in file.code(matching: #"@unchecked\s+Sendable|nonisolated\(unsafe\)|\bunsafeBitCast\b|\bUnmanaged\b"#)
      where !hasReason(file, above: found.number) {
        Issue.record("\(file.path):\(found.number): no // SAFETY: above \(found.line)")
      }
    }
  }

  @Test func `no input can reach a trap that somebody wrote`() {
    for file in SourceFile.swift {
      for found in file.code(matching: #"\btry!|\bas!|\bfatalError\(|\bpreconditionFailure\("#) {
        Issue.record("\(file.path):\(found.number): a trap: \(found.line)")
      }
    }
  }

  /// Stored values and initialisers may speak through their names, for their type's comment stands above them, and
  /// what a protocol asks for is described there.
  @Test func `every package type and function says what it is`() {
    let declaration = #"^\s*package\s+(?!import)(\w+\s+)*(func|struct|class|enum|actor|protocol|typealias|subscript)\b"#
    let inherited = SourceFile.swift.flatMap { $0.code(matching: #"^\s*(mutating |static )*func [^{]*$"#) }
      .compactMap { $0.line.split(separator: "func ").last?.split(separator: "(").first }
    for file in SourceFile.swift {
      for found in file.code(matching: declaration + #"(?!\s+[<=>+*/-]+\s*\()"#)
      where !hasDocumentation(file, above: found.number)
        && !inherited.contains(where: { found.line.contains("func \($0)(") })
      {
        Issue.record("\(file.path):\(found.number): no doc comment: \(found.line)")
      }
    }
  }

  @Test func `no file is longer than 400 lines`() {
    for file in SourceFile.all(under: ["Sources", "Tests"])
    where ["/Golden/", "/Fixtures/"].allSatisfy({ !file.path.contains($0) }) {
      #expect(file.lines.count <= 401, "\(file.path)")
    }
  }

  @Test func `nothing is left for later`() {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].joined(separator: "|")
    for file in SourceFile.everything where file.path != "LICENSE" {
      for found in file.lines(matching: #"\b("# + words + #")\b"#) where !found.line.contains("XXXXXX") {
        Issue.record("\(file.path):\(found.number): \(found.line)")
      }
    }
  }

  @Test func `no path of one machine is in the tree`() {
    let folders = ["work", "root", "farm"].map { "/" + $0 + "/" }.joined(separator: "|")
    for file in SourceFile.everything {
      for found in file.lines(matching: #"(^|[^\w.*}])("# + folders + ")") {
        Issue.record("\(file.path):\(found.number): \(found.line)")
      }
    }
  }

  @Test func `only the screen speaks in escape sequences`() {
    let escape = #"\\u\{0*1[bB]\}|\\033|\\x1[bB]|\\e\["# + "|\u{1b}"
    for file in SourceFile.sources where !["Screen", "CLinux", "CNcurses"].contains(file.target ?? "") {
      for found in file.lines(matching: escape) {
        Issue.record("\(file.path):\(found.number): an escape sequence outside Screen: \(found.line)")
      }
    }
  }

  @Test func `the pure rooms look at no clock and no file`() {
    let calls =
      #"\b(Date\(|FileManager|FileHandle|ProcessInfo|clock_gettime|gettimeofday|fopen|getenv|print)\b|(^|[^.\w])(open|read|write|time|poll|sleep|usleep)\((?!\w+:)"#
    for file in SourceFile.swift where ["SpeechSignals", "Terminal", "Practice", "Report"].contains(file.target ?? "") {
      for found in file.code(matching: calls) where !found.line.contains("func ") {
        Issue.record("\(file.path):\(found.number): \(found.line)")
      }
    }
  }

  @Test func `every C header says why Swift needs it`() {
    let headers = SourceFile.sources.filter { $0.path.hasSuffix(".h") }
    #expect(!headers.isEmpty)
    for header in headers { #expect(header.lines.first { !$0.isEmpty }?.hasPrefix("/") == true, "\(header.path)") }
  }

  @Test(arguments: [
    ("// SAFETY: one owner.\nfinal class A: @unchecked Sendable {}", true),
    ("/// A.\n// SAFETY: one owner,\n// really.\n@safe\nfinal class A: @unchecked Sendable {}", true),
    ("// SAFETY: for another.\nlet b = 1\n\nfinal class A: @unchecked Sendable {}", false),
    ("final class A: @unchecked Sendable {}", false),
    ("// SAFETY: taken back once.\n1\n2\n3\n4\n5\nUnmanaged.passRetained(a)", true),
    ("// SAFETY: taken back once.\n1\n2\n3\n4\n5\n6\nUnmanaged.passRetained(a)", false),
  ])
  func `a reason is looked for within six lines above, up to a blank one`(text: String, expected: Bool) {
    let file = SourceFile(path: "Sources/X/x.swift", text: text)
    #expect(hasReason(file, above: file.lines.count) == expected)
  }

  @Test(arguments: [
    ("let a = \"//\" // b", "let a =          "), ("a /* b /* c */ d */ e", "a                   e"),
    ("#\"a\"b\"# + c", "          + c"), ("\"\\\"a\" b", "      b"), ("\"\"\"\n\"a\"\n\"\"\" b", "   \n   \n    b"),
    ("\"open\nnext", "     \nnext"), ("", ""), ("/*", "  "),
  ])
  func `comments and strings are not code`(text: String, expected: String) {
    #expect(codeOnly(text).count == text.count)
    #expect(codeOnly(text).split(separator: " ") == expected.split(separator: " "))
  }

  /// Whether one of the six lines above, up to the next blank one, gives a reason.
  private func hasReason(_ file: SourceFile, above number: Int) -> Bool {
    file.lines[..<(number - 1)].suffix(6).reversed().prefix { !$0.trimmingCharacters(in: .whitespaces).isEmpty }
      .contains { $0.contains("// SAFETY:") }
  }

  /// Whether the lines above, attributes and reasons left out, end with a doc comment.
  private func hasDocumentation(_ file: SourceFile, above number: Int) -> Bool {
    let above = file.lines[..<(number - 1)].reversed().map { $0.trimmingCharacters(in: .whitespaces) }
    let first = above.first {
      !($0.hasPrefix("@") || $0.hasPrefix("#if") || ($0.hasPrefix("//") && !$0.hasPrefix("///")))
    }
    return first?.hasPrefix("///") == true || first?.hasSuffix("*/") == true
  }
}
