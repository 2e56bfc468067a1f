/// Rows of text in columns, one of them selected; it scrolls so that the selected one is always seen.
///
/// The selected row has a caret as well as a colour. Where rows are hidden above or below, an arrow at the edge says
/// so.
package struct ListTable: Widget {
  /// A column of the table.
  package struct Column: Equatable, Sendable {
    /// What stands above it.
    package var title: String
    /// In cells; nil shares what the others leave.
    package var width: Int?
    /// Whether it is set to the right, as numbers are.
    package var isRight: Bool

    /// A column; without a `width`, in cells, it shares what the others leave.
    package init(_ title: String, width: Int? = nil, isRight: Bool = false) {
      self.title = title
      self.width = width
      self.isRight = isRight
    }
  }

  /// From left to right.
  package var columns: [Column]
  /// From top to bottom, a text a column.
  package var rows: [[String]]
  /// The row with the caret.
  package var selected: Int?
  /// Whether the titles stand above, where there are three rows or more.
  package var showsTitles: Bool

  /// A table; a row with fewer texts than there are columns is filled with empty ones.
  package init(columns: [Column], rows: [[String]], selected: Int? = nil, showsTitles: Bool = true) {
    self.columns = columns
    self.rows = rows
    self.selected = selected
    self.showsTitles = showsTitles
  }

  /// Draws over all rows of the area.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    let widths = widths(in: area.columns - 4)
    let hasTitles = showsTitles && area.rows >= 3
    if hasTitles { putRow(columns.map(\.title), on: &grid, area, area.row, widths, .label, glyphs) }
    let body = area.rows(from: hasTitles ? 1 : 0)
    let first = firstRow(body.rows)
    for offset in 0..<body.rows where first + offset < rows.count {
      let isSelected = first + offset == selected
      let line = body.rows(from: offset, count: 1)
      putRow(rows[first + offset], on: &grid, body, line.row, widths, .text, glyphs)
      if isSelected {
        grid[line.column, line.row] = Cell(glyphs.caret, .selection)
        grid.restyle(line, .selection)
      }
    }
    let edge = area.column + area.columns - 1
    if first > 0 { grid[edge, body.row] = Cell(glyphs.up, .hint) }
    if first + body.rows < rows.count { grid[edge, body.row + body.rows - 1] = Cell(glyphs.down, .hint) }
  }

  /// The first row shown where `shown` fit: the selected one is kept in the middle, as far as there are rows around it.
  package func firstRow(_ shown: Int) -> Int {
    let centre = min(max(selected ?? 0, 0), max(rows.count - 1, 0))
    return min(max(centre - shown / 2, 0), max(rows.count - shown, 0))
  }

  private func widths(in room: Int) -> [Int] {
    let gaps = max(columns.count - 1, 0)
    let fixed = columns.reduce(0) { $0 + min(max($1.width ?? 0, 0), 1000) }
    let flexible = columns.count { $0.width == nil }
    var left = max(room - gaps - fixed, 0)
    var sharing = flexible
    return columns.map { column in
      if let width = column.width { return min(max(width, 0), 1000) }
      let share = left / max(sharing, 1)
      (left, sharing) = (left - share, sharing - 1)
      return share
    }
  }

  private func putRow(
    _ texts: [String], on grid: inout Grid, _ area: Area, _ row: Int, _ widths: [Int], _ role: Role, _ glyphs: Glyphs
  ) {
    let end = area.column + area.columns - 1
    var column = area.column + 2
    for (index, width) in widths.enumerated() where column < end {
      let room = min(width, end - column)
      let text = index < texts.count ? texts[index] : ""
      if columns[index].isRight {
        grid.putRight(text, column + room, row, role, width: room, glyphs: glyphs)
      } else {
        grid.put(text, column, row, role, width: room, glyphs: glyphs)
      }
      column += width + 1
    }
  }
}
