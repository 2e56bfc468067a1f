/// A value over time as a line of small dots, its end where time is so far; what was not there is a gap.
///
/// Several curves of one time lie one above the other when they have the same `length`.
package struct Curve: Widget {
  /// The values, one each step of time; nil or no number is a gap.
  package var values: [Double?]
  /// How many values the whole width has room for.
  package var length: Int
  /// The ends of the scale, the lower one below; what lies beyond is drawn at the edge.
  package var range: ClosedRange<Double>
  /// How it is shown.
  package var role: Role

  /// A line through `values`, of which `length` fill the width.
  package init(_ values: [Double?], length: Int, range: ClosedRange<Double>, role: Role = .level) {
    self.values = values
    self.length = length
    self.range = range
    self.role = role
  }

  /// Draws over all rows of the area.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    let area = area.columns(from: 0, count: Size.largest.columns).rows(from: 0, count: Size.largest.rows)
    var dots = DotCanvas(columns: area.columns, rows: area.rows, ink: glyphs.ink)
    var last: (x: Int, y: Int)?
    for (place, value) in values.prefix(max(length, 1)).enumerated() {
      guard let value, let share = fraction(value, of: range) else {
        last = nil
        continue
      }
      let along = length > 1 ? Double(place) / Double(length - 1) : 0
      let point = (x: cellIndex(along, dots.width), y: cellIndex(1 - share, dots.height))
      dots.line(from: last ?? point, to: point)
      last = point
    }
    for row in 0..<area.rows {
      for column in 0..<area.columns where dots[column, row] != 0 {
        grid[area.column + column, area.row + row] = Cell(glyphs.ink.glyph(dots[column, row]), role)
      }
    }
  }
}
