/// The lines of a Markdown text as a speaker sees them: headings, and what is to be said.
///
/// Not a Markdown parser: it is asked only for a title and a count of words, and needs to know no more than which lines
/// are code, comments or rules, and which signs are not words.
struct Markdown: Sequence, IteratorProtocol {
  enum Line: Equatable {
    case heading(level: Int, String)
    case prose(String)
  }

  private var lines: ArraySlice<Substring>
  private var fence: Character?
  private var isInComment = false

  init(_ text: String) { lines = text.split { $0.isNewline }[...] }

  /// The next line that is a heading or prose; code between fences, comments, rules and tables' rulers are passed over.
  mutating func next() -> Line? {
    while let raw = lines.popFirst() {
      if let fence {
        if Markdown.fence(raw) == fence { self.fence = nil }
        continue
      }
      if !isInComment, let opened = Markdown.fence(raw) {
        fence = opened
        continue
      }
      let line = withoutComments(raw).trimmingBlanks()
      guard line.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
      let level = line.prefix { $0 == "#" }.count
      if (1...6).contains(level), line.dropFirst(level).first.map({ $0 == " " || $0 == "\t" }) == true {
        var title = String(line.dropFirst(level)).trimmingBlanks()
        while title.hasSuffix("#") { title.removeLast() }
        return .heading(level: level, title.trimmingBlanks())
      }
      return .prose(line)
    }
    return nil
  }

  private static func fence(_ line: Substring) -> Character? {
    let line = line.drop { $0 == " " }
    if line.hasPrefix("```") { return "`" }
    return line.hasPrefix("~~~") ? "~" : nil
  }

  private mutating func withoutComments(_ line: Substring) -> String {
    var (kept, rest) = ("", line)
    while !rest.isEmpty {
      if isInComment {
        guard let end = Markdown.find("-->", in: rest) else { return kept }
        rest = rest[end.upperBound...]
        isInComment = false
      } else {
        guard let start = Markdown.find("<!--", in: rest) else { return kept + rest }
        kept += rest[..<start.lowerBound]
        rest = rest[start.upperBound...]
        isInComment = true
      }
    }
    return kept
  }

  private static func find(_ mark: String, in text: Substring) -> Range<Substring.Index>? { text.firstRange(of: mark) }

  /// The text without emphasis, code signs and the targets of links.
  static func withoutMarks(_ text: String) -> String {
    var out = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "*", "`", "[", "~", "|", ">": continue
      case "_" where out.last?.isLetter != true || rest.first?.isLetter != true: continue
      case "]":
        guard rest.first == "(", let end = rest.firstIndex(of: ")") else { continue }
        rest = rest[rest.index(after: end)...]
      default: out.append(character)
      }
    }
    return out
  }
}
