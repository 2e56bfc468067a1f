import Terminal

/// A grid being drawn on, with the glyphs to draw with and the parts every room shares.
struct Canvas {
  var grid: Grid
  let glyphs: Glyphs
  /// What means nothing on the desk that is drawn, and so stands in no bar.
  var idle: Set<Action> = []

  var area: Area { grid.area }
  /// Between head and foot, one column in from both sides.
  var body: Area { area.rows(from: 2, count: area.rows - 4).inset(columns: 1, rows: 0) }
  /// Whether there is room to breathe.
  var isTall: Bool { area.rows >= 20 }

  /// The head: what this is at the left, `right` at the right, a rule below.
  mutating func head(_ title: String, _ detail: String = "", right: [(String, Role)] = []) {
    var end = area.columns - 1
    for (text, role) in right.reversed() where !text.isEmpty {
      end -= grid.putRight(text, end, 0, role, glyphs: glyphs) + 2
    }
    let room = max(end - 1, 0)
    let used = grid.put(title, 1, 0, .title, width: room, glyphs: glyphs) + 2
    if !detail.isEmpty, room > used + 3 { grid.put(detail, 1 + used, 0, .text, width: room - used, glyphs: glyphs) }
    grid.fill(area.rows(from: 1, count: 1), glyphs.horizontal, .border)
  }

  /// The foot: one line of status, and the keys of `room`.
  mutating func foot(_ status: String, room: Room, role: Role = .hint, without: Set<Action> = []) {
    let (_, bottom) = area.inset(columns: 1, rows: 0).splitBottom(2)
    grid.put(status, bottom.column, bottom.row, role, width: bottom.columns, glyphs: glyphs)
    grid.draw(KeyBar(Keymap.bar(room, without: without.union(idle))), in: bottom.rows(from: 1), glyphs)
  }

  /// Writes a line and says how many columns it took; cut to the area.
  @discardableResult
  mutating func put(_ text: String, in area: Area, row: Int = 0, column: Int = 0, _ role: Role = .text) -> Int {
    guard row >= 0, row < area.rows, column >= 0, column < area.columns else { return 0 }
    return grid.put(
      text, area.column + column, area.row + row, role, width: area.columns - column, glyphs: glyphs)
  }

  /// Draws a body, made for what lies between a head and a foot, into an area.
  mutating func within(_ area: Area, _ draw: (inout Canvas) -> Void) {
    var inner = Canvas(grid: Grid(Size(columns: area.columns + 2, rows: area.rows + 4)), glyphs: glyphs)
    draw(&inner)
    var body = Grid(Size(columns: area.columns, rows: area.rows))
    body.paste(inner.grid, -1, -2)
    grid.paste(body, area.column, area.row)
  }

  /// Writes a line in the middle of an area.
  mutating func centre(_ text: String, in area: Area, row: Int = 0, _ role: Role = .text) {
    grid.putCentred(text, in: area, row: row, role, glyphs: glyphs)
  }
}
