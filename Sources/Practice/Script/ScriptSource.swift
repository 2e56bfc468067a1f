/// A talk's Markdown made fit for the parser: what CommonMark reads otherwise than a speaker writes it is settled here.
///
/// Text right below a `>` line would belong to the quotation (a lazy continuation) and never be said, so a blank line
/// parts them. A paragraph with dashes below would be a heading and never be said: of several lines only the last one is,
/// and none that ends like a sentence. Tables and footnotes, which CommonMark has not, are blanked out. Every line remembers where it stood.
struct ScriptSource {
  /// The largest Markdown read, in bytes of UTF-8; what is beyond is left out.
  static let byteLimit = 1 << 20
  /// Brackets in one block; more are dropped, for the parser's time grows with their square.
  private static let bracketLimit = 200

  private(set) var text = ""
  /// The line of the original, from 1, that each line of `text` was.
  private(set) var lineOf: [Int] = []
  private(set) var unsaid: [Unsaid] = []
  private var bracketsInBlock = 0

  /// Reads `markdown`.
  init(_ markdown: String) {
    let lines = ScriptSource.bounded(markdown).split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n" || $0 == "\r"
    }
    text.reserveCapacity(markdown.utf8.count + 64)
    var fence: Character?
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if let open = fence {
        if ScriptSource.fence(line) == open { fence = nil }
        add(line, index)
      } else if let opened = ScriptSource.fence(line) {
        fence = opened
        add(line, index)
      } else if let end = ScriptSource.tableEnd(lines, from: index) {
        leaveOut(.table, index..<end)
        index = end
        continue
      } else if ScriptSource.isFootnote(line) {
        leaveOut(.footnote, index..<index + 1)
      } else {
        let after = index + 1 < lines.count ? lines[index + 1] : ""
        let isUnderlined = ScriptSource.isUnderline(after) && !ScriptSource.isBlank(line)
        if isUnderlined, !ScriptSource.endsSentence(line), index > 0, !ScriptSource.isBlank(lines[index - 1]) {
          add("", index)
        }
        add(line, index)
        if isUnderlined && ScriptSource.endsSentence(line)
          || ScriptSource.isQuote(line) && !ScriptSource.isQuote(after) && index + 1 < lines.count
        {
          add("", index)
        }
        if isUnderlined, ScriptSource.endsSentence(line), after.contains("=") {
          index += 1
          add("", index)
        }
      }
      index += 1
    }
  }

  private mutating func add(_ line: Substring, _ index: Int) {
    let brackets = line.utf8.count { $0 == UInt8(ascii: "[") }
    if ScriptSource.isBlank(line) { bracketsInBlock = 0 }
    bracketsInBlock += brackets
    let kept = ScriptSource.shallow(line)
    if brackets > 0, bracketsInBlock > ScriptSource.bracketLimit {
      text += kept.filter { $0 != "[" }
    } else {
      text += kept
    }
    text += "\n"
    lineOf.append(index + 1)
  }

  private mutating func leaveOut(_ kind: Unsaid.Kind, _ lines: Range<Int>) {
    for index in lines { add("", index) }
    unsaid.append(Unsaid(kind, lines: lines.lowerBound + 1...lines.upperBound))
  }

  private static func bounded(_ markdown: String) -> Substring {
    guard markdown.utf8.count > byteLimit else { return markdown[...] }
    let end = markdown.utf8.index(markdown.startIndex, offsetBy: byteLimit)
    let bytes = markdown[..<end]
    return bytes.lastIndex { $0.isWhitespace }.map { markdown[..<$0] } ?? bytes
  }

  /// The line with eight signs of quotation at its beginning at most.
  private static func shallow(_ line: Substring) -> Substring {
    var (signs, index) = (0, line.startIndex)
    while index < line.endIndex, line[index] == ">" || line[index] == " " {
      if line[index] == ">" { signs += 1 }
      if signs > 8 {
        return "> " + line[index...].drop { $0 == ">" || $0 == " " }
      }
      index = line.index(after: index)
    }
    return line
  }

  private static func isBlank(_ line: Substring) -> Bool { line.utf8.allSatisfy { $0 == 32 || $0 == 9 } }

  /// Whether the line is all `=` or all `-`, which makes a heading of the line above.
  private static func isUnderline(_ line: Substring) -> Bool {
    guard let sign = line.utf8.first(where: { $0 != 32 }), sign == UInt8(ascii: "=") || sign == UInt8(ascii: "-") else {
      return false
    }
    return line.utf8.allSatisfy { $0 == sign || $0 == 32 || $0 == 9 }
  }

  /// Whether the line ends like a sentence: then a line of dashes below is a rule, and not its underline.
  private static func endsSentence(_ line: Substring) -> Bool {
    line.last { !$0.isWhitespace && !"*_\"”’)".contains($0) }.map { ".!?…".contains($0) } ?? false
  }

  private static func isQuote(_ line: Substring) -> Bool { line.first { $0 != " " && $0 != "\t" } == ">" }

  /// The sign of a fence of code that this line opens or closes.
  private static func fence(_ line: Substring) -> Character? {
    let line = line.drop { $0 == " " }
    if line.hasPrefix("```") { return line.dropFirst(3).contains("`") ? nil : "`" }
    return line.hasPrefix("~~~") ? "~" : nil
  }

  /// Where the table ends whose head is line `start`; nil where there is no ruler (`|---|---|`) below it.
  private static func tableEnd(_ lines: [Substring], from start: Int) -> Int? {
    guard start + 1 < lines.count, lines[start].contains("|") else { return nil }
    let ruler = lines[start + 1]
    guard ruler.contains("|"), ruler.contains("-"), ruler.allSatisfy({ "|-: \t".contains($0) }) else { return nil }
    return lines[(start + 2)...].firstIndex { !$0.contains("|") } ?? lines.count
  }

  /// Whether the line is a footnote's text: `[^1]: …`.
  private static func isFootnote(_ line: Substring) -> Bool {
    guard line.hasPrefix("[^"), let end = line.firstIndex(of: "]") else { return false }
    return line[line.index(after: end)...].hasPrefix(":")
  }
}

/// A stretch of the Markdown that is not said, so that its author can be told.
package struct Unsaid: Equatable, Sendable {
  /// What it is.
  package enum Kind: String, Sendable, CaseIterable { case code, html, comment, table, image, footnote }

  package var kind: Kind
  /// Lines of the Markdown, from 1.
  package var lines: ClosedRange<Int>

  init(_ kind: Kind, lines: ClosedRange<Int>) {
    self.kind = kind
    self.lines = lines
  }
}
