/// A scale with the dead-band drawn on it, the usable band around that, and a marker where the value is.
///
/// A band and not a target: inside it nothing asks for attention. In one row the marker stands on the scale; in two it
/// stands above it; in three the ends of the scale and of the dead-band are written below.
package struct BandMeter: Widget {
  /// Where the marker stands; nil or no number for no marker.
  package var value: Double?
  /// The ends of the scale.
  package var range: ClosedRange<Double>
  /// The dead-band.
  package var calm: ClosedRange<Double>
  /// What is still usable, around the dead-band.
  package var usable: ClosedRange<Double>
  /// What the marker means where that is known better than by the two bands.
  package var role: Role?

  /// A meter for `value`, in the unit of the ranges; nil shows the scale without a marker.
  package init(
    value: Double?, range: ClosedRange<Double>, calm: ClosedRange<Double>, usable: ClosedRange<Double>,
    role: Role? = nil
  ) {
    self.role = role
    self.value = value
    self.range = range
    self.calm = calm
    self.usable = usable
  }

  /// Where the value stands; nil without a value.
  package var standing: Standing? {
    guard let value, value.isFinite else { return nil }
    return calm.contains(value) ? .calm : usable.contains(value) ? .usable : .beyond
  }

  /// Draws one to three rows at the top of the area.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    let scaleRow = area.row + (area.rows >= 2 ? 1 : 0)
    let (calmCells, usableCells) = (cells(calm, area.columns), cells(usable, area.columns))
    for column in 0..<area.columns {
      let (glyph, role): (Character, Role) =
        calmCells?.contains(column) == true
        ? (glyphs.band, .band)
        : usableCells?.contains(column) == true ? (glyphs.usable, .track) : (glyphs.track, .track)
      grid[area.column + column, scaleRow] = Cell(glyph, role)
    }
    if let place = fraction(value, of: range), let standing {
      let glyph = place < 0 ? glyphs.beyondLeft : place > 1 ? glyphs.beyondRight : glyphs.marker
      grid[area.column + cellIndex(place, area.columns), area.row] = Cell(glyph, role ?? standing.role)
    }
    if area.rows >= 3 { putEnds(on: &grid, area, row: area.row + 2, glyphs) }
  }

  private func cells(_ band: ClosedRange<Double>, _ length: Int) -> ClosedRange<Int>? {
    guard band.overlaps(range), let low = fraction(band.lowerBound, of: range),
      let high = fraction(band.upperBound, of: range)
    else { return nil }
    return cellIndex(low, length)...cellIndex(high, length)
  }

  private func putEnds(on grid: inout Grid, _ area: Area, row: Int, _ glyphs: Glyphs) {
    var taken = area.column
    func put(_ number: Double, centre: Int) {
      let text = plainNumber(number)
      let column = min(max(centre - text.count / 2, area.column), area.column + area.columns - text.count)
      guard column >= taken, text.count <= area.columns else { return }
      taken = column + grid.put(text, column, row, .hint) + 1
    }
    let bands = cells(calm, area.columns)
    put(range.lowerBound, centre: area.column)
    if let bands {
      put(calm.lowerBound, centre: area.column + bands.lowerBound)
      put(calm.upperBound, centre: area.column + bands.upperBound)
    }
    put(range.upperBound, centre: area.column + area.columns - 1)
  }
}

/// A number without a fraction where it has none, else with one digit.
func plainNumber(_ number: Double) -> String {
  guard number.isFinite, abs(number) < 1e9 else { return "?" }
  let tenths = Int((number * 10).rounded())
  let sign = tenths < 0 ? "-" : ""
  let (whole, part) = abs(tenths).quotientAndRemainder(dividingBy: 10)
  return part == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(part)"
}
