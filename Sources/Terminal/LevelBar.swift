/// A bar filled from the left to an eighth of a cell, with a mark at the recent peak and a word at its end when the input clipped.
package struct LevelBar: Widget {
  /// How far it is filled; nil or no number for not at all.
  package var value: Double?
  /// The ends of the bar.
  package var range: ClosedRange<Double>
  /// Where the peak is marked; nil for no mark.
  package var peak: Double?
  /// Whether it says that the input clipped.
  package var isClipped: Bool

  /// A bar for `value` and `peak`, in the unit of `range` (for levels: decibels below full scale).
  package init(value: Double?, range: ClosedRange<Double>, peak: Double? = nil, isClipped: Bool = false) {
    self.value = value
    self.range = range
    self.peak = peak
    self.isClipped = isClipped
  }

  /// Draws one row at the top of the area.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    let length = area.columns
    // The empty part is blank in the bar's own role and only the end of the scale is marked: the bar moves with every
    // frame, and a second role in it would double the bytes that go over the line.
    grid.fill(area.rows(from: 0, count: 1), " ", .level)
    grid[area.column + length - 1, area.row] = Cell(glyphs.vertical, .track)
    if let filled = fraction(value, of: range) {
      let eighths = Int((min(max(filled, 0), 1) * Double(length * 8)).rounded())
      for column in 0..<length where eighths > column * 8 {
        let glyph = glyphs.horizontalEighths[min(eighths - column * 8, 8) - 1]
        grid[area.column + column, area.row] = Cell(glyph, .level)
      }
    }
    if let place = fraction(peak, of: range), place > 0, length > 0 {
      grid[area.column + cellIndex(place, length), area.row] = Cell(glyphs.peak, .marker)
    }
    let word = length >= 16 ? " CLIP" : length >= 2 ? "!" : ""
    if isClipped { grid.putRight(word, area.column + length, area.row, .clip) }
  }
}
