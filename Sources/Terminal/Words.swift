/// A value in digits three rows high, for eyes that are two metres away; plain text where there is no room.
package struct BigNumber: Widget {
  /// What it says.
  package var text: String
  /// How it is shown.
  package var role: Role

  /// Digits, `-`, `.`, `:` and spaces are drawn large; any other character makes the whole plain.
  package init(_ text: String, role: Role = .value) {
    self.text = text
    self.role = role
  }

  /// How many columns it takes when drawn large; nil where it cannot be.
  package func width(_ glyphs: Glyphs = .unicode) -> Int? {
    digits(glyphs)?.reduce(-1) { $0 + 1 + ($1.first?.count ?? 0) }
  }

  /// Draws three rows at the top of the area, or one in its middle.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    guard area.rows >= 3, let rows = rows(glyphs), let width = rows.first?.count, width <= area.columns else {
      grid.put(text, area.column, area.row + (area.rows - 1) / 2, role, width: area.columns, glyphs: glyphs)
      return
    }
    for (offset, row) in rows.enumerated() { grid.put(row, area.column, area.row + offset, role) }
  }

  private func rows(_ glyphs: Glyphs) -> [String]? {
    digits(glyphs).map { digits in (0..<3).map { row in digits.map { $0[row] }.joined(separator: " ") } }
  }

  /// Each character as three rows; nil where one cannot be drawn large, or there are too many.
  private func digits(_ glyphs: Glyphs) -> [[String]]? {
    let digits = text.prefix(65).compactMap { glyphs.bigDigits[$0] }
    return (1...64).contains(digits.count) && digits.count == text.count ? digits : nil
  }
}

/// A named value: the name, the value, and its unit, each in its own role.
package struct Fact: Widget {
  /// What the value is called.
  package var label: String
  /// The value, already written out.
  package var value: String
  /// Its unit; left out where there is no room.
  package var unit: String
  /// How the value is shown.
  package var role: Role
  /// Columns kept for the name.
  package var labelWidth: Int?

  /// `labelWidth`, in columns, lines the values of several facts up; without it the value follows the name.
  package init(_ label: String, _ value: String, unit: String = "", role: Role = .value, labelWidth: Int? = nil) {
    self.label = label
    self.value = value
    self.unit = unit
    self.role = role
    self.labelWidth = labelWidth
  }

  /// Draws one row at the top of the area.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    let room = min(max(labelWidth ?? cellWidth(label), 0), area.columns)
    grid.put(label, area.column, area.row, .label, width: room, glyphs: glyphs)
    var used = room + 1
    guard used < area.columns else { return }
    used += grid.put(value, area.column + used, area.row, role, width: area.columns - used, glyphs: glyphs) + 1
    if !unit.isEmpty, used + cellWidth(unit) <= area.columns {
      grid.put(unit, area.column + used, area.row, .hint)
    }
  }
}

/// The keys that do something now, and what they do; as many as fit, the first ones first.
package struct KeyBar: Widget {
  /// Each key as it is written, and what it does.
  package var items: [(key: String, label: String)]

  /// The keys in the order of their worth: the last ones are left out first.
  package init(_ items: [(key: String, label: String)]) { self.items = items }

  /// Draws one row at the top of the area.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    var used = 0
    for item in items {
      let needed = cellWidth(item.key) + 1 + cellWidth(item.label)
      guard used + needed <= area.columns else { return }
      used += grid.put(item.key, area.column + used, area.row, .key) + 1
      used += grid.put(item.label, area.column + used, area.row, .keyLabel) + 2
    }
  }
}

/// Text broken into lines, from the line `first` on; a sign at the right says that there is more.
package struct Paragraph: Widget {
  /// The whole text.
  package var text: String
  /// How it is shown.
  package var role: Role
  /// The line shown at the top, held within what there is.
  package var first: Int

  /// Text to be read, from its line `first` on.
  package init(_ text: String, role: Role = .text, first: Int = 0) {
    self.text = text
    self.role = role
    self.first = first
  }

  /// How many rows the whole text takes in `columns`.
  package func rows(in columns: Int) -> Int { wrap(text, to: columns).count }

  /// Draws as many lines as the area has rows.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    let lines = wrap(text, to: area.columns)
    let start = min(max(first, 0), max(lines.count - area.rows, 0))
    let shown = lines.dropFirst(start).prefix(area.rows)
    for (offset, line) in shown.enumerated() { grid.put(line, area.column, area.row + offset, role) }
    let edge = area.column + area.columns - 1
    if start > 0 { grid[edge, area.row] = Cell(glyphs.up, .hint) }
    if start + area.rows < lines.count { grid[edge, area.row + area.rows - 1] = Cell(glyphs.down, .hint) }
  }
}
