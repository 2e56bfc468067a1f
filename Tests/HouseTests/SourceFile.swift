import Foundation
import Support

/// A file of the package, as text, and for Swift with comments and string literals blanked out.
///
/// The house rules are about words in code. A word in a sentence or in a message is none of their business, so each
/// rule chooses which of the two texts it reads; both have the same lines.
struct SourceFile {
  /// The path inside the package.
  let path: String
  /// The lines as they are.
  let lines: [String]
  /// The lines of code alone: comments gone, string literals empty.
  let code: [String]

  /// The name of the target that a file under Sources belongs to, nil elsewhere.
  var target: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
  }

  /// Reads a text.
  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    code =
      path.hasSuffix(".swift")
      ? codeOnly(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init) : lines
  }

  /// The numbers, from 1, and texts of the lines of code that match a pattern.
  func code(matching pattern: String) -> [(number: Int, line: String)] { SourceFile.matches(pattern, in: code) }

  /// The numbers, from 1, and texts of all lines that match a pattern.
  func lines(matching pattern: String) -> [(number: Int, line: String)] { SourceFile.matches(pattern, in: lines) }

  private static func matches(_ pattern: String, in lines: [String]) -> [(number: Int, line: String)] {
    lines.enumerated().filter { $0.element.range(of: pattern, options: .regularExpression) != nil }
      .map { ($0.offset + 1, $0.element) }
  }

  /// All text files below these folders and of these names at the package's root, in order of path.
  static func all(under roots: [String]) -> [SourceFile] {
    roots.flatMap { root -> [String] in
      let path = Machine.package + "/" + root
      guard let found = FileManager.default.enumerator(atPath: path) else { return [] }
      let inside = found.compactMap { $0 as? String }.sorted().map { "\(root)/\($0)" }
      return inside.isEmpty ? [root] : inside
    }.compactMap { path in
      guard let data = FileManager.default.contents(atPath: Machine.package + "/" + path),
        let text = String(data: data, encoding: .utf8)
      else { return nil }
      return SourceFile(path: path, text: text)
    }
  }

  /// All of Sources.
  static let sources = all(under: ["Sources"])
  /// All Swift files of Sources.
  static let swift = sources.filter { $0.path.hasSuffix(".swift") }
  /// All that is kept in the package.
  static let everything = all(
    under: [
      "Sources", "Tests", "Themes", "Prompts", "docs", ".ci", "README.md", "Makefile", "Package.swift", "LICENSE",
    ])
}

/// The text with comments and the insides of string literals replaced by blanks, line feeds kept.
func codeOnly(_ text: String) -> String {
  enum Place: Equatable {
    case code, lineComment
    case blockComment(depth: Int)
    case string(hashes: Int, isLong: Bool)
  }
  let bytes = Array(text.utf8)
  var (kept, place, at) = ([UInt8](), Place.code, 0)
  func starts(_ word: String) -> Bool { bytes[at...].starts(with: Array(word.utf8)) }
  func hashes(from start: Int) -> Int { bytes[start...].prefix { $0 == UInt8(ascii: "#") }.count }
  func skip(_ count: Int) {
    for byte in bytes[at..<min(at + count, bytes.count)] { kept.append(byte == 10 ? 10 : 32) }
    at += count
  }
  while at < bytes.count {
    switch place {
    case .code:
      let fence = hashes(from: at)
      if starts("//") {
        place = .lineComment
      } else if starts("/*") {
        place = .blockComment(depth: 0)
      } else if at + fence < bytes.count, bytes[at + fence] == UInt8(ascii: "\"") {
        let isLong = bytes[(at + fence)...].starts(with: Array("\"\"\"".utf8))
        place = .string(hashes: fence, isLong: isLong)
        skip(fence + (isLong ? 3 : 1))
      } else {
        kept.append(bytes[at])
        at += 1
      }
    case .lineComment:
      if bytes[at] == 10 { place = .code } else { skip(1) }
    case .blockComment(let depth):
      if starts("/*") {
        place = .blockComment(depth: depth + 1)
        skip(2)
      } else if starts("*/") {
        place = depth == 1 ? .code : .blockComment(depth: depth - 1)
        skip(2)
      } else {
        skip(1)
      }
    case .string(let fence, let isLong):
      let end = (isLong ? "\"\"\"" : "\"") + String(repeating: "#", count: fence)
      if starts(end) || (!isLong && bytes[at] == 10) {
        place = .code
        skip(bytes[at] == 10 ? 1 : end.utf8.count)
      } else {
        skip(starts("\\" + String(repeating: "#", count: fence)) ? fence + 2 : 1)
      }
    }
  }
  return String(decoding: kept, as: UTF8.self)
}
