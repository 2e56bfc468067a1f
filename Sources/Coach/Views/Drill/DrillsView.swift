import Practice
import Terminal

/// The drills there are: what is due first, then all by skill.
enum DrillsView {
  /// A row of the list.
  private enum Row {
    case head(String)
    case line(DrillLine, place: Int)
  }

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let state = desk.drills
    let shown = state.shown
    let due = shown.count { $0.overdueDays != nil }
    let filter = [state.filter.isDueOnly ? "due" : nil, state.filter.skill?.rawValue].compactMap(\.self)
    canvas.head(
      "Drills", filter.joined(separator: ", "),
      right: [
        (due > 0 && canvas.area.columns >= 60 ? "\(due) due" : "", .label),
        (Figures.count(shown.count, "drill"), .hint),
      ])
    let body = canvas.body
    guard !shown.isEmpty else {
      let words =
        state.lines.isEmpty
        ? DrillMessages.noDrills : state.filter.isDueOnly ? DrillMessages.nothingDue : DrillMessages.noneHere
      canvas.grid.draw(Paragraph(words, role: .hint), in: body.rows(from: 1), canvas.glyphs)
      return canvas.foot(desk.notice ?? "", room: desk.room, role: .warning)
    }
    let rows = rows(shown)
    let selected = min(max(state.selection, 0), shown.count - 1)
    let at = rows.firstIndex { if case .line(_, selected) = $0 { true } else { false } } ?? 0
    let start = min(max(at - body.rows / 2, 0), max(rows.count - body.rows, 0))
    for (place, row) in rows.dropFirst(start).prefix(body.rows).enumerated() {
      let area = body.rows(from: place, count: 1)
      switch row {
      case .head(let words): canvas.put(words, in: area, .label)
      case .line(let line, let number): put(line, isSelected: number == selected, in: area, on: &canvas)
      }
    }
    let edge = body.columns - 1
    if start > 0 { canvas.put(String(canvas.glyphs.up), in: body, column: edge, .hint) }
    if start + body.rows < rows.count {
      canvas.put(String(canvas.glyphs.down), in: body, row: body.rows - 1, column: edge, .hint)
    }
    canvas.foot(
      desk.notice ?? about(shown[selected], brief: body.columns < 68), room: desk.room,
      role: desk.notice == nil ? .hint : .warning)
  }

  private static func rows(_ shown: [DrillLine]) -> [Row] {
    var rows: [Row] = []
    var head: String?
    for (place, line) in shown.enumerated() {
      let own = line.overdueDays != nil ? "due" : line.skill.rawValue
      if own != head { rows.append(.head(own)) }
      head = own
      rows.append(.line(line, place: place))
    }
    return rows
  }

  private static func put(_ line: DrillLine, isSelected: Bool, in area: Area, on canvas: inout Canvas) {
    let isWide = area.columns >= 68
    if isSelected { canvas.put(String(canvas.glyphs.caret), in: area, .selection) }
    let dueColumns = isWide ? 14 : 12
    let fixed = isWide ? 16 + 9 + 9 + dueColumns : dueColumns
    let name = min(max(area.columns - 3 - fixed, 8), 44)
    var column = 2
    func put(_ text: String, _ width: Int, _ role: Role, isRight: Bool = false) {
      let place = area.columns(from: column, count: width - 1)
      if isRight {
        canvas.grid.putRight(
          text, place.column + place.columns, place.row, role, width: place.columns, glyphs: canvas.glyphs)
      } else {
        canvas.put(text, in: place, role)
      }
      column += width
    }
    let mark = line.note == nil ? "" : "\(canvas.glyphs.bullet) "
    put(mark + line.name, name, .text)
    if isWide { put(DrillWords.name(line.kind), 16, .hint) }
    if isWide { put(DrillWords.length(line.seconds), 9, .hint, isRight: true) }
    if isWide { put(brief(line.best), 9, .value, isRight: true) }
    // Of a day and how far off it is the distance is kept.
    let due = line.due.split(separator: ", ").last.map(String.init) ?? ""
    put(" " + due, dueColumns + 1, line.overdueDays == nil ? .hint : .value)
    if isSelected { canvas.grid.restyle(area, .selection) }
  }

  /// What is said of the selected drill: a tutor's note, else what it trains.
  private static func about(_ line: DrillLine, brief: Bool) -> String {
    if let note = line.note { return DrillMessages.told(by: line.by, note) }
    if brief {
      return [DrillWords.length(line.seconds), line.best].filter { !$0.isEmpty }.joined(separator: ", best ")
    }
    let best = line.best.isEmpty ? "" : " Best: \(line.best)."
    return "Level \(line.level) of 3, for " + DrillWords.trains(line.skill) + "." + best
  }

  /// A figure without its unit where that is long.
  private static func brief(_ figure: String) -> String {
    cellWidth(figure) <= 8 ? figure : String(figure.prefix { $0 != " " })
  }
}
