/// The recent past of a value as a row of bars, newest at the right; over several rows where there are several.
///
/// A gap stays a gap: a value that was not there is no bar. With a band, bars inside and outside it differ by role as
/// well as by height.
package struct Strip: Widget {
  /// The values, oldest first; nil or no number is a gap.
  package var values: [Double?]
  /// What the lowest and the highest bar stand for.
  package var range: ClosedRange<Double>
  /// What is good; nil where nothing is better than anything else.
  package var band: ClosedRange<Double>?

  /// Bars for the last of `values` that fit, one a column.
  package init(_ values: [Double?], range: ClosedRange<Double>, band: ClosedRange<Double>? = nil) {
    self.values = values
    self.range = range
    self.band = band
  }

  /// Draws over all rows of the area.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    let shown = values.suffix(area.columns)
    let first = area.column + area.columns - shown.count
    for (offset, value) in shown.enumerated() {
      guard let value, let share = fraction(value, of: range) else { continue }
      let eighths = max(Int((min(max(share, 0), 1) * Double(area.rows * 8)).rounded()), 1)
      let role = band.map { $0.contains(value) ? Role.good : .watch } ?? .level
      for row in 0..<area.rows where eighths > row * 8 {
        let glyph = glyphs.verticalEighths[min(eighths - row * 8, 8) - 1]
        grid[first + offset, area.row + area.rows - 1 - row] = Cell(glyph, role)
      }
    }
  }
}
