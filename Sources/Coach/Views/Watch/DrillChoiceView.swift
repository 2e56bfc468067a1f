import Practice
import Terminal

/// The drills that can be given to a learner.
enum DrillChoiceView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let wall = desk.wall, let seat = wall.selected else {
      canvas.head("Drills")
      return canvas.foot(desk.notice ?? Messages.noDrillsToGive, room: desk.room, role: .warning)
    }
    canvas.head(
      "A drill", "for " + SeatNames(wall).name(seat), right: [(Figures.count(wall.drills.count, "drill"), .hint)])
    let isWide = canvas.body.columns >= 56
    let columns = [ListTable.Column("drill")] + (isWide ? [ListTable.Column("what it is", width: 18)] : [])
    let rows = wall.drills.map {
      [$0.name] + (isWide ? [$0.kind.rawValue.split(separator: "-").joined(separator: " ")] : [])
    }
    canvas.grid.draw(
      ListTable(columns: columns, rows: rows, selected: wall.drill), in: canvas.body.columns(from: 0, count: 76),
      canvas.glyphs)
    canvas.foot(desk.notice ?? "", room: desk.room, role: .warning)
  }
}
