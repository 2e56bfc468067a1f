import Practice
import Terminal

/// Two weeks of drills, a day with its drills below each other.
enum PlanView {
  /// A row: a day or nothing, and a drill of it or rest.
  private struct Row {
    var day: PlanDay
    var isFirst: Bool
    var entry: PlanDay.Entry?
    /// The place of the entry among all.
    var place: Int?
  }

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let state = desk.drills
    let seconds = state.days.flatMap(\.entries).reduce(0) { $0 + $1.seconds }
    let total = "\(Int((seconds / 60).rounded())) min in all"
    canvas.head(
      "Plan", state.planDetail, right: [(state.days.isEmpty || canvas.area.columns < 60 ? "" : total, .hint)])
    let body = canvas.body
    let rows = rows(state.days)
    guard rows.contains(where: { $0.entry != nil }) else {
      canvas.grid.draw(Paragraph(DrillMessages.noPlan, role: .hint), in: body.rows(from: 1), canvas.glyphs)
      return canvas.foot(desk.notice ?? "", room: desk.room, role: .warning)
    }
    let at = rows.firstIndex { $0.place == state.planSelection } ?? 0
    let start = min(max(at - body.rows / 2, 0), max(rows.count - body.rows, 0))
    for (place, row) in rows.dropFirst(start).prefix(body.rows).enumerated() {
      put(
        row, isSelected: row.place != nil && row.place == state.planSelection, isTop: place == 0,
        in: body.rows(from: place, count: 1), on: &canvas)
    }
    let edge = body.columns - 1
    if start > 0 { canvas.put(String(canvas.glyphs.up), in: body, column: edge, .hint) }
    if start + body.rows < rows.count {
      canvas.put(String(canvas.glyphs.down), in: body, row: body.rows - 1, column: edge, .hint)
    }
    // Where the reason has no column, or a short one, it is said below.
    let why = body.columns < 100 ? state.planned.map { DrillMessages.capitalised($0.why) } : nil
    canvas.foot(desk.notice ?? why ?? "", room: desk.room, role: desk.notice == nil ? .hint : .warning)
  }

  private static func rows(_ days: [PlanDay]) -> [Row] {
    var place = 0
    return days.flatMap { day -> [Row] in
      guard !day.entries.isEmpty else { return [Row(day: day, isFirst: true)] }
      return day.entries.enumerated().map { number, entry in
        defer { place += 1 }
        return Row(day: day, isFirst: number == 0, entry: entry, place: place)
      }
    }
  }

  private static func put(_ row: Row, isSelected: Bool, isTop: Bool, in area: Area, on canvas: inout Canvas) {
    let isWide = area.columns >= 60
    let day = isWide ? 20 : 12
    // The day is named again where its first drill has left the screen.
    if row.isFirst || isTop {
      let name = isWide && row.day.isToday ? row.day.name + ", today" : row.day.name
      canvas.put(name, in: area.columns(from: 0, count: day - 2), row.day.isToday ? .title : .label)
    }
    let line = area.columns(from: day, count: area.columns - day - 1)
    guard let entry = row.entry else {
      canvas.put(DrillMessages.rest, in: line.columns(from: 2), .quiet)
      return
    }
    if isSelected { canvas.put(String(canvas.glyphs.caret), in: line, .selection) }
    let name = isWide ? min(max(line.columns / 2 - 5, 16), 36) : line.columns - 11
    canvas.put(entry.name, in: line.columns(from: 2, count: name), .text)
    let length = DrillWords.length(entry.seconds)
    canvas.grid.putRight(length, line.column + 2 + name + (isWide ? 9 : 8), line.row, .hint, glyphs: canvas.glyphs)
    if isWide { canvas.put(entry.why, in: line.columns(from: 2 + name + 11), .hint) }
    if isSelected { canvas.grid.restyle(line, .selection) }
  }
}
