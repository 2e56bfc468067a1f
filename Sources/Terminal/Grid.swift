/// A screen as a value: rows of cells, each a glyph and what it means.
///
/// Views draw on one and nothing else; whether it then goes to a terminal, a test or a file is not theirs to know. All
/// drawing is clipped at the edges, so no place and no text is wrong, and everything drawn is safe to show
/// (see `TextCell`).
package struct Grid: Equatable, Sendable {
  /// How many cells there are.
  package let size: Size
  private var cells: [Cell]

  /// A blank screen.
  package init(_ size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  /// The whole screen as an area.
  package var area: Area { Area(size) }

  /// The cell at a place; blank outside, where setting does nothing.
  package subscript(column: Int, row: Int) -> Cell {
    get { contains(column, row) ? cells[row * size.columns + column] : .blank }
    set { set(newValue.with(width: 1), column, row) }
  }

  /// Whether a row differs from the same row of `other`; true as well where the sizes differ.
  package func differs(from other: Grid, inRow row: Int) -> Bool {
    guard size == other.size, row >= 0, row < size.rows else { return true }
    let range = row * size.columns..<(row + 1) * size.columns
    return range.contains { cells[$0] != other.cells[$0] }
  }

  /// Writes `text` from a place to the right, and says how many columns it took.
  ///
  /// With a `width`, text that is longer is cut to it and ends in an ellipsis. At the edges it is clipped without one.
  @discardableResult
  package mutating func put(
    _ text: String, _ column: Int, _ row: Int, _ role: Role = .text, width: Int? = nil, glyphs: Glyphs = .unicode
  ) -> Int {
    var texts = textCells(text, limit: 4096)
    if let width { texts = clipped(texts, to: width, glyphs) }
    let first = min(max(column, -10_000), size.columns)
    var used = 0
    for text in texts {
      set(Cell(glyph: text.glyph, role: role, width: Int8(clamping: text.width)), first + used, row)
      used += text.width
    }
    return used
  }

  /// Writes `text` so that it ends before the column `end`, and says how many columns it took.
  @discardableResult
  package mutating func putRight(
    _ text: String, _ end: Int, _ row: Int, _ role: Role = .text, width: Int? = nil, glyphs: Glyphs = .unicode
  ) -> Int {
    let taken = min(cellWidth(text), max(width ?? .max, 0))
    return put(text, min(max(end, 0), 10_000) - taken, row, role, width: width, glyphs: glyphs)
  }

  /// Writes `text` in the middle of a row of `area`, cut to it, and says how many columns it took.
  @discardableResult
  package mutating func putCentred(
    _ text: String, in area: Area, row: Int = 0, _ role: Role = .text, glyphs: Glyphs = .unicode
  ) -> Int {
    guard row >= 0, row < area.rows else { return 0 }
    let taken = min(cellWidth(text), area.columns)
    return put(
      text, area.column + (area.columns - taken) / 2, area.row + row, role, width: area.columns, glyphs: glyphs)
  }

  /// Fills an area with one glyph.
  package mutating func fill(_ area: Area, _ glyph: Character = " ", _ role: Role = .text) {
    let text = textCells(String(glyph), limit: 1).first ?? TextCell(glyph: " ", width: 1)
    let cell = Cell(text.width == 1 ? text.glyph : "?", role)
    for row in max(area.row, 0)..<max(min(area.row + area.rows, size.rows), max(area.row, 0)) {
      for column in stride(from: max(area.column, 0), to: min(area.column + area.columns, size.columns), by: 1) {
        set(cell, column, row)
      }
    }
  }

  /// Gives the cells of an area another role, keeping their glyphs: how a row is shown as selected.
  package mutating func restyle(_ area: Area, _ role: Role) {
    for row in stride(from: max(area.row, 0), to: min(area.row + area.rows, size.rows), by: 1) {
      for column in stride(from: max(area.column, 0), to: min(area.column + area.columns, size.columns), by: 1) {
        let index = row * size.columns + column
        cells[index] = cells[index].with(role: role)
      }
    }
  }

  /// Draws a frame along the edge of an area, with a title in its upper side, and gives back the area within.
  @discardableResult
  package mutating func box(_ area: Area, title: String = "", glyphs: Glyphs = .unicode) -> Area {
    guard area.columns >= 2, area.rows >= 2 else { return area }
    let (left, top) = (area.column, area.row)
    let (right, bottom) = (left + area.columns - 1, top + area.rows - 1)
    fill(Area(column: left, row: top, columns: area.columns, rows: 1), glyphs.horizontal, .border)
    fill(Area(column: left, row: bottom, columns: area.columns, rows: 1), glyphs.horizontal, .border)
    for row in top + 1..<max(bottom, top + 1) {
      self[left, row] = Cell(glyphs.vertical, .border)
      self[right, row] = Cell(glyphs.vertical, .border)
    }
    self[left, top] = Cell(glyphs.topLeft, .border)
    self[right, top] = Cell(glyphs.topRight, .border)
    self[left, bottom] = Cell(glyphs.bottomLeft, .border)
    self[right, bottom] = Cell(glyphs.bottomRight, .border)
    if !title.isEmpty, area.columns >= 6 {
      let shown = clip(title, to: area.columns - 4, glyphs: glyphs)
      put(" " + shown + " ", left + 1, top, .title)
    }
    return area.inset()
  }

  /// Copies `other` onto this one with its top left corner at a place.
  package mutating func paste(_ other: Grid, _ column: Int, _ row: Int) {
    for y in 0..<other.size.rows {
      for x in 0..<other.size.columns {
        let cell = other[x, y]
        if cell.width > 0 { set(cell, column + x, row + y) }
      }
    }
  }

  /// The glyphs, a string a row, without blanks at the end.
  package func lines() -> [String] {
    rowTexts { $0.width == 0 ? nil : $0.glyph }.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The roles, a letter a cell and a string a row; blank text is a space, and blanks at the end are left out.
  package func roleLines() -> [String] {
    rowTexts { $0 == .blank ? " " : $0.role.letter }.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The screen as text to keep beside a test: the glyphs, a line `---`, then a letter per role.
  package var golden: String {
    (lines() + ["---"] + roleLines()).joined(separator: "\n") + "\n"
  }

  private func rowTexts(_ glyph: (Cell) -> Character?) -> [[Character]] {
    (0..<size.rows).map { row in (0..<size.columns).compactMap { glyph(cells[row * size.columns + $0]) } }
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && row >= 0 && column < size.columns && row < size.rows
  }

  /// Sets a cell, or two for a wide glyph, and blanks the other half of any wide glyph it cuts in two.
  private mutating func set(_ cell: Cell, _ column: Int, _ row: Int) {
    guard contains(column, row) else { return }
    let index = row * size.columns + column
    if cell.width == 2 {
      guard contains(column + 1, row) else { return set(Cell(" ", cell.role), column, row) }
      blankHalves(column, row)
      blankHalves(column + 1, row)
      cells[index] = cell
      cells[index + 1] = cell.with(width: 0)
    } else {
      if cells[index].width != 1 { blankHalves(column, row) }
      cells[index] = cell
    }
  }

  private mutating func blankHalves(_ column: Int, _ row: Int) {
    let index = row * size.columns + column
    if cells[index].width == 0, column > 0 { cells[index - 1] = Cell(" ", cells[index - 1].role) }
    if cells[index].width == 2, column + 1 < size.columns { cells[index + 1] = Cell(" ", cells[index + 1].role) }
  }
}
