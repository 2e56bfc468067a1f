import Practice
import Terminal

/// A line that is typed: over the foot of the room below it, or, before any number is shown, alone on the screen.
enum EntryView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let entry = desk.entry else { return }
    if entry.purpose == .guess { return guess(entry, on: &canvas) }
    let (_, bottom) = canvas.area.inset(columns: 1, rows: 0).splitBottom(3)
    canvas.grid.fill(bottom)
    canvas.put(entry.complaint ?? entry.question, in: bottom, entry.complaint == nil ? .label : .warning)
    line(entry.text, in: bottom.rows(from: 1, count: 1), on: &canvas)
    canvas.grid.draw(KeyBar(Keymap.bar(.entry)), in: bottom.rows(from: 2), canvas.glyphs)
  }

  /// The end of a text and a caret behind it.
  static func line(_ text: String, in area: Area, on canvas: inout Canvas) {
    var shown = Substring(text)
    while cellWidth(String(shown)) > max(area.columns - 4, 1), !shown.isEmpty { shown.removeFirst() }
    var column = canvas.put("> ", in: area, .key)
    column += canvas.put(String(shown), in: area, column: column, .value)
    canvas.put("_", in: area, column: column, .marker)
  }

  private static func guess(_ entry: LineEntry, on canvas: inout Canvas) {
    canvas.head("Before you look")
    let body = canvas.body
    let width = min(60, body.columns)
    let top = max(body.rows / 4, 0)
    let place = body.columns(from: (body.columns - width) / 2, count: width)
    canvas.grid.draw(Paragraph(entry.question, role: .text), in: place.rows(from: top, count: 2), canvas.glyphs)
    line(entry.text, in: place.rows(from: top + 2, count: 1), on: &canvas)
    let below = place.rows(from: top + 4, count: 3)
    canvas.grid.draw(
      Paragraph(entry.complaint ?? Messages.whyGuess, role: entry.complaint == nil ? .hint : .warning), in: below,
      canvas.glyphs)
    canvas.foot(Messages.guessKeys, room: .entry)
  }
}
