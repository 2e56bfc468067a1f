import Practice
import Terminal

/// The talk with the AI tutor as lines of a width: who speaks, and what was said, wrapped.
struct ConversationLines {
  /// A piece of a line in one role.
  struct Run: Equatable {
    var text: String
    var role: Role
  }

  /// A line: the name of who speaks where a turn begins, and the text.
  struct Line: Equatable {
    var label = ""
    var runs: [Run] = []
  }

  let lines: [Line]
  /// Columns before the text.
  let indent: Int

  /// The last lines of `talk` on a screen of that many columns: names beside the text where there is room, else above it.
  ///
  /// Turns are laid out from the last one back, until there are `enough` lines: a long conversation costs no more than
  /// what is seen of it.
  init(_ talk: Conversation, columns: Int, enough: Int = .max) {
    indent = columns >= 60 ? 10 : 0
    let (width, isBeside) = (max(columns - indent, 8), indent > 0)
    var lines: [Line] = []
    func add(_ who: Turn.Speaker, _ paragraphs: [[Run]], remark: String?) {
      let label = who == .learner ? "You" : "AI tutor"
      var turn = isBeside ? [] : [Line(label: label)]
      let texts = paragraphs + (remark.map { [[Run(text: "(\($0))", role: .hint)]] } ?? [])
      for (index, runs) in texts.enumerated() {
        turn.append(Line(label: isBeside && index == 0 ? label : "", runs: runs))
      }
      lines = turn + (lines.isEmpty ? [] : [Line()]) + lines
    }
    if !talk.answer.isEmpty { add(.tutor, Self.reply(talk.answer, width), remark: nil) }
    for turn in talk.turns.reversed() where lines.count < enough {
      add(turn.who, Self.text(turn, width), remark: turn.isCut ? "broken off" : nil)
    }
    self.lines = lines
  }

  private static func text(_ turn: Turn, _ width: Int) -> [[Run]] {
    switch turn.who {
    case .learner: wrap(turn.text, to: width).map { [Run(text: $0, role: .value)] }
    case .tutor: reply(turn.text, width)
    }
  }

  /// A tutor's text: Markdown shown as plain text with emphasis.
  private static func reply(_ text: String, _ width: Int) -> [[Run]] {
    ReplyText(markdown: text).lines.flatMap { wrapped($0, width) }
  }

  /// A line of a reply broken between words; what is broken off it hangs below its beginning.
  private static func wrapped(_ line: ReplyText.Line, _ width: Int) -> [[Run]] {
    let indent = min(line.indent, width / 2)
    let hang = min(line.hang, width / 2)
    var lines: [[Run]] = []
    var runs: [Run] = indent > 0 ? [Run(text: String(repeating: " ", count: indent), role: .text)] : []
    var used = indent
    var isBlank = true
    func end() {
      lines.append(runs)
      runs = hang > 0 ? [Run(text: String(repeating: " ", count: hang), role: .text)] : []
      (used, isBlank) = (hang, true)
    }
    for (text, role) in pieces(line) {
      let isSpace = text == " "
      // A word wider than a line is broken where it must be.
      for part in cellWidth(text) > width - hang ? wrap(text, to: max(width - hang, 1)) : [text] {
        let columns = cellWidth(part)
        if used + columns > width, !isBlank { end() }
        guard !isSpace || !isBlank else { continue }
        if runs.last?.role == role {
          runs[runs.count - 1].text += part
        } else {
          runs.append(Run(text: part, role: role))
        }
        used += columns
        isBlank = false
      }
    }
    if !isBlank || lines.isEmpty { end() }
    return lines
  }

  /// The words of a line, and the blanks between them, each in its role.
  private static func pieces(_ line: ReplyText.Line) -> [(String, Role)] {
    line.runs.flatMap { run -> [(String, Role)] in
      let role = role(run.emphasis)
      let words = run.text.split(separator: " ", omittingEmptySubsequences: false)
      return words.enumerated().flatMap { index, word in
        (index > 0 ? [(" ", role)] : []) + (word.isEmpty ? [] : [(String(word), role)])
      }
    }
  }

  private static func role(_ emphasis: ReplyText.Emphasis) -> Role {
    switch emphasis {
    case .plain: .text
    case .emphasised, .strong: .stress
    case .code: .value
    case .heading: .title
    case .bullet, .quoted: .hint
    }
  }
}
