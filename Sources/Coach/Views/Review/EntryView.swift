import Practice
import Terminal

/// A line that is typed: over the foot of the room below it, or, before any number is shown, alone on the screen.
enum EntryView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let entry = desk.entry else { return }
    if entry.purpose == .guess { return guess(entry, on: &canvas) }
    let inner = canvas.area.inset(columns: 1, rows: 0)
    let asked = wrap(sanitised(entry.complaint ?? entry.question), to: inner.columns).prefix(4)
    let (_, bottom) = inner.splitBottom(asked.count + 3)
    canvas.grid.fill(bottom)
    canvas.grid.fill(
      Area(column: 0, row: bottom.row, columns: canvas.area.columns, rows: 1), canvas.glyphs.horizontal, .border)
    for (row, text) in asked.enumerated() {
      canvas.put(text, in: bottom, row: 1 + row, entry.complaint == nil ? .label : .warning)
    }
    line(entry.text, in: bottom.rows(from: 1 + asked.count, count: 1), on: &canvas)
    canvas.grid.draw(KeyBar(Keymap.bar(.entry)), in: bottom.rows(from: 2 + asked.count), canvas.glyphs)
  }

  /// The end of a text and a caret behind it; a sign says where it goes on before.
  static func line(_ text: String, in area: Area, on canvas: inout Canvas) {
    let room = max(area.columns - 4, 1)
    let cells = textCells(text)
    var (first, used) = (cells.count, 0)
    while first > 0, used + cells[first - 1].width <= room {
      first -= 1
      used += cells[first].width
    }
    var column = canvas.put(first > 0 ? "<" : ">", in: area, .key) + 1
    column += canvas.put(String(cells[first...].map(\.glyph)), in: area, column: column, .value)
    canvas.put("_", in: area, column: column, .marker)
  }

  private static func guess(_ entry: LineEntry, on canvas: inout Canvas) {
    canvas.head("Before you look")
    let body = canvas.body
    let width = min(60, body.columns)
    let top = body.rows >= 14 ? body.rows / 4 : 0
    let place = body.columns(from: (body.columns - width) / 2, count: width)
    let asked = wrap(entry.question, to: width)
    for (row, text) in asked.enumerated() { canvas.put(text, in: place, row: top + row, .text) }
    line(entry.text, in: place.rows(from: top + asked.count + 1, count: 1), on: &canvas)
    canvas.grid.draw(
      Paragraph(entry.complaint ?? Messages.whyGuess, role: entry.complaint == nil ? .hint : .warning),
      in: place.rows(from: top + asked.count + 3), canvas.glyphs)
    canvas.foot(Messages.guessKeys, room: .entry)
  }
}
