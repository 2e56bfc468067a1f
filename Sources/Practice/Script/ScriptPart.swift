/// A piece of a talk's text as an event, so that a replay and a watcher have the script that was spoken from.
///
/// An event line is bounded and a talk is not, so a long one travels in parts, each whole lines of the Markdown below
/// the front matter; budgets of the front matter are written into their headings as `{2m}` first.
package struct ScriptPart: Equatable, Sendable {
  /// 1 for the first of `parts`.
  package var part: Int
  package var parts: Int
  /// Markdown.
  package var text: String

  /// Bytes of UTF-8 in one part at most: escapes in JSON may make six of one, and a line holds 64 KiB.
  package static let byteLimit = 10_000

  /// Makes part `part` of `parts`.
  package init(part: Int, parts: Int, text: String) {
    self.part = part
    self.parts = parts
    self.text = text
  }

  /// Parts of one talk at most; with more it is none of ours.
  package static let countLimit = 256

  /// `markdown` in parts, each whole lines; a line beyond the limit is cut at a word. Joined they are the same text.
  package static func parts(of markdown: String) -> [ScriptPart] {
    var texts: [String] = []
    var text = ""
    func add(_ piece: Substring) {
      if !text.isEmpty, text.utf8.count + piece.utf8.count > byteLimit {
        texts.append(text)
        text = ""
      }
      text += piece
    }
    var rest = markdown[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(where: \.isNewline).map { rest.index(after: $0) } ?? rest.endIndex
      var line = rest[..<end]
      rest = rest[end...]
      while line.utf8.count > byteLimit {
        let piece = head(of: line)
        add(piece)
        line = line[piece.endIndex...]
      }
      add(line)
    }
    if !text.isEmpty || texts.isEmpty { texts.append(text) }
    return texts.enumerated().map { ScriptPart(part: $0 + 1, parts: texts.count, text: $1) }
  }

  /// The longest beginning of a line that fits, up to a blank if there is one; at least one character.
  private static func head(of line: Substring) -> Substring {
    var end = line.utf8.index(line.startIndex, offsetBy: byteLimit)
    while end > line.startIndex, line.utf8[end] & 0xC0 == 0x80 { end = line.utf8.index(before: end) }
    let fitting = line[..<end]
    guard let blank = fitting.lastIndex(of: " "), blank > line.startIndex else { return fitting }
    return fitting[...blank]
  }
}

extension Script {
  /// Reads the talk in `parts`; nil unless they are all the parts of one talk, in order.
  package init?(parts: [ScriptPart]) {
    guard let count = parts.first?.parts, count == parts.count, count <= ScriptPart.countLimit,
      zip(1..., parts).allSatisfy({ $1.part == $0 && $1.parts == count })
    else { return nil }
    self.init(markdown: parts.map(\.text).joined())
  }
}
