import Practice
import Terminal

/// A text with marks in lines of a width, each word and mark with what became of it.
struct ReadingLayout {
  /// Words of one look, one after another on a line.
  struct Run: Equatable {
    var text: String
    var role: Role
  }

  /// A line of the text.
  struct Line: Equatable {
    var runs: [Run] = []
    var width = 0
    /// Whether the word to be said next is in it; whether one was missed.
    var isHere = false
    var isMissed = false
  }

  private(set) var lines: [Line] = []
  /// The line with the word to be said next.
  private(set) var here = 0

  private let columns: Int

  /// Lays `words` out, `columns` wide, with a line between paragraphs where there is room for it.
  init(_ words: [DrillScene.Reading.Word], columns: Int, isRoomy: Bool, glyphs: Glyphs) {
    self.columns = max(columns, 8)
    // Where nothing is marked as next, it is the word behind the last one said.
    let next =
      words.firstIndex { $0.state == .next }
      ?? min((words.lastIndex { $0.state == .said } ?? -1) + 1, max(words.count - 1, 0))
    for (place, word) in words.enumerated() {
      if word.startsParagraph || lines.isEmpty {
        if !lines.isEmpty, isRoomy { lines.append(Line()) }
        lines.append(Line())
      }
      put(word.text, ReadingLayout.role(word), room: word.mark == nil ? 0 : 4)
      if word.state == .missed { lines[lines.count - 1].isMissed = true }
      if place == next {
        here = lines.count - 1
        if words.contains(where: { $0.state == .next }) { lines[here].isHere = true }
      }
      if let mark = word.mark {
        let (text, role) = ReadingLayout.look(mark, glyphs)
        put(text, role, room: 0)
      }
    }
  }

  private static func role(_ word: DrillScene.Reading.Word) -> Role {
    switch word.state {
    case .ahead: word.isStressed ? .stress : .text
    case .next: .current
    case .said: .spoken
    case .missed: .skipped
    }
  }

  /// A mark as it stands in the text: as written, then what became of it in a sign.
  static func look(_ mark: DrillScene.Reading.Mark, _ glyphs: Glyphs) -> (text: String, role: Role) {
    switch mark.state {
    case .ahead: (mark.sign, .hint)
    case .now: (mark.sign, .cue)
    case .hit: (mark.sign + String(glyphs.check), .good)
    case .tooShort: (mark.sign + "<", .watch)
    case .tooLong: (mark.sign + ">", .watch)
    case .missed: (mark.sign + String(glyphs.cross), .watch)
    }
  }

  /// Puts a piece on the line, or on the next one; with it `room` columns must fit, so that no mark begins a line.
  private mutating func put(_ text: String, _ role: Role, room: Int) {
    let width = cellWidth(text)
    var line = lines[lines.count - 1]
    if line.width > 0, line.width + 1 + width + room > columns {
      lines.append(Line())
      line = Line()
    }
    let spaced = line.runs.isEmpty ? text : " " + text
    if let last = line.runs.last, last.role == role {
      line.runs[line.runs.count - 1].text += spaced
    } else {
      line.runs.append(Run(text: spaced, role: role))
    }
    line.width += width + (line.width > 0 ? 1 : 0)
    lines[lines.count - 1] = line
  }
}
