import Practice
import Terminal

/// What was said, in lines: the last of it, or what lies further up.
///
/// A line begins anew after a long pause, and after so many words; so only what can be seen is laid out, and no line
/// breaks otherwise than it did a moment before.
struct SpokenWords {
  /// Words of one look on a line.
  struct Run: Equatable {
    var text: String
    var role: Role
  }

  let lines: [[Run]]

  /// Silence after which a line begins anew, in seconds, and words after which it does in any case.
  private static let pauseSeconds = 2.0
  private static let paragraphWords = 160

  /// The last `rows` lines of `columns` cells, or those `up` lines above them.
  init(_ session: Session, columns: Int, rows: Int, up: Int = 0) {
    var lines: [[Run]] = []
    var end = session.words.count
    let wanted = rows + max(up, 0)
    while end > 0, lines.count < wanted, columns > 0 {
      var start = end - 1
      while start > 0, !SpokenWords.begins(start, session.words) { start -= 1 }
      lines = SpokenWords.lay(session, start..<end, columns) + lines
      end = start
    }
    let hidden = min(max(up, 0), max(lines.count - rows, 0))
    self.lines = lines.dropLast(hidden).suffix(max(rows, 0))
  }

  /// Draws the lines from the top of an area on: as long as there is room nothing moves, as on a page.
  func draw(in area: Area, on canvas: inout Canvas) {
    for (row, line) in lines.enumerated() {
      var column = 0
      for run in line {
        column += canvas.put(run.text, in: area, row: row, column: column, run.role) + 1
      }
    }
  }

  private static func begins(_ place: Int, _ words: [Word]) -> Bool {
    place % paragraphWords == 0 || words[place].start - words[place - 1].end >= pauseSeconds
  }

  /// The words of a stretch and the fillers in it, in their order.
  private static func tokens(_ session: Session, _ range: Range<Int>) -> [Run] {
    let words = session.words
    let from = range.lowerBound == 0 ? -1 : words[range.lowerBound].start
    let until = range.upperBound < words.count ? words[range.upperBound].start : .infinity
    let fillers = session.fillers.filter { $0.start >= from && $0.start < until }
    func isHeard(_ filler: Filler, _ word: Word) -> Bool {
      word.start < filler.end && word.end > filler.start
        && filler.label.split(separator: " ").contains { $0 == word.text }
    }
    let said = words[range].map { word in
      (
        at: word.start,
        run: fillers.contains { isHeard($0, word) } ? filled(word.text) : Run(text: word.text, role: .text)
      )
    }
    let only = fillers.filter { filler in !words[range].contains { isHeard(filler, $0) } }
      .map { (at: $0.start, run: filled($0.label)) }
    return (said + only).sorted { $0.at < $1.at }.map(\.run)
  }

  /// A filler has brackets, for no meaning rests on colour.
  private static func filled(_ text: String) -> Run { Run(text: "(\(text))", role: .tick) }

  private static func lay(_ session: Session, _ range: Range<Int>, _ columns: Int) -> [[Run]] {
    var lines: [[Run]] = [[]]
    var used = 0
    for token in tokens(session, range) {
      let width = min(cellWidth(token.text), columns)
      if used > 0, used + 1 + width > columns {
        lines.append([])
        used = 0
      }
      used += (used > 0 ? 1 : 0) + width
      lines[lines.count - 1].append(token)
    }
    return lines
  }
}
