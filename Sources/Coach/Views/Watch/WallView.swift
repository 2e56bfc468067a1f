import Practice
import Terminal

/// The wall: learners side by side where the width allows, else in strips, with the selected one below them where there
/// is room.
///
/// The name of the one who is selected is the one thing that draws the eye; all else is quiet until it is looked at.
enum WallView {
  /// Learners side by side at most.
  private static let mostColumns = 8
  /// Cells between two of them.
  private static let gap = 3

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let wall = desk.wall ?? Wall()
    let role = wall.role == .observer ? "as observer" : wall.isGuest ? "as a guest" : ""
    canvas.head(
      "Watching", wall.seats.isEmpty ? "" : SeatNames.count(wall), right: [(role, .hint)])
    let body = canvas.body
    if wall.seats.isEmpty {
      empty(wall, in: body, on: &canvas)
    } else if fitsColumns(wall.seats.count, in: body) {
      columns(wall, in: body, on: &canvas)
    } else {
      strips(wall, in: body, on: &canvas)
    }
    foot(desk, wall, on: &canvas)
  }

  private static func fitsColumns(_ count: Int, in area: Area) -> Bool {
    let width = (area.columns - (count - 1) * gap) / max(count, 1)
    return count <= mostColumns && width >= SeatColumn.leastColumns && area.rows >= SeatColumn.leastRows
  }

  private static func empty(_ wall: Wall, in area: Area, on canvas: inout Canvas) {
    let texts =
      [(Messages.empty(wall) ?? "", Role.text)] + (wall.problem.map { [($0, .warning)] } ?? [])
    let width = min(area.columns, 64)
    let lines = texts.flatMap { text, role in wrap(text, to: width).map { ($0, role) } }
    let top = max((area.rows - lines.count) / 3, 0)
    for (row, line) in lines.enumerated() { canvas.centre(line.0, in: area, row: top + row, line.1) }
  }

  private static func columns(_ wall: Wall, in area: Area, on canvas: inout Canvas) {
    let places = area.splitColumns(Array(repeating: 1, count: wall.seats.count), gap: gap)
    let names = SeatNames(wall)
    for (index, (seat, place)) in zip(wall.seats, places).enumerated() {
      SeatColumn.draw(seat, names, isSelected: index == wall.selection, in: place, on: &canvas)
      guard index > 0 else { continue }
      let line = Area(column: place.column - 2, row: place.row, columns: 1, rows: place.rows)
      canvas.grid.fill(line, canvas.glyphs.vertical, .border)
    }
  }

  private static func strips(_ wall: Wall, in area: Area, on canvas: inout Canvas) {
    let count = wall.seats.count
    let least = SeatColumn.leastRows + 2
    let rowsEach =
      area.rows - 1 - 2 * count >= least || (area.rows - 1 >= 2 * count && count > area.rows - least) ? 2 : 1
    let used = 1 + count * rowsEach
    let isRoomy = area.rows - used >= least
    let (upper, lower) = area.splitTop(isRoomy ? used : area.rows)
    SeatStrips(rowsEach: rowsEach).draw(wall, in: upper, on: &canvas)
    guard isRoomy, let seat = wall.selected else { return }
    canvas.grid.fill(
      Area(column: 0, row: lower.row, columns: canvas.area.columns, rows: 1), canvas.glyphs.horizontal, .border)
    SeatColumn.draw(seat, SeatNames(wall), isSelected: false, in: lower.rows(from: 1), on: &canvas)
  }

  /// What is for now, else the cues on the keys, and below them the keys that mean something.
  static func foot(_ desk: Desk, _ wall: Wall, on canvas: inout Canvas) {
    let idle = desk.idle(in: desk.room)
    canvas.foot("", room: desk.room, without: idle)
    let (_, bottom) = canvas.area.inset(columns: 1, rows: 0).splitBottom(2)
    if let notice = desk.notice {
      canvas.put(notice, in: bottom, .warning)
    } else if !idle.contains(.sendCue) {
      let cues = zip(1..., wall.cues).map { (key: "\($0)", label: clip($1, to: 20, glyphs: canvas.glyphs)) }
      canvas.grid.draw(KeyBar(cues), in: bottom, canvas.glyphs)
    }
  }
}
