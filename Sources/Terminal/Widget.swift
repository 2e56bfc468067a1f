/// Something that can be drawn into an area: a value in, cells out.
///
/// Widgets hold what they show and nothing else; there is no state between two drawings. Each reads without colour, in
/// Unicode and in ASCII, and shows less in less room rather than failing.
package protocol Widget: Sendable {
  /// Draws into `area`, which is not empty; nothing is drawn outside it.
  func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs)
}

/// Where a value stands to its bands.
package enum Standing: Equatable, Sendable {
  case calm, usable, beyond

  /// How it is shown.
  package var role: Role {
    switch self {
    case .calm: .good
    case .usable: .watch
    case .beyond: .act
    }
  }
}

/// The place of `value` on `length` cells for `range`: 0 to 1 across; nil where it is no number or the range is empty.
func fraction(_ value: Double?, of range: ClosedRange<Double>) -> Double? {
  guard let value, value.isFinite, range.upperBound > range.lowerBound else { return nil }
  let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  return share.isFinite ? share : nil
}

/// The cell of a fraction on `length` cells.
func cellIndex(_ fraction: Double, _ length: Int) -> Int {
  guard length > 0 else { return 0 }
  return Int((min(max(fraction, 0), 1) * Double(length - 1)).rounded())
}

extension Grid {
  /// Draws a widget into an area.
  package mutating func draw(_ widget: some Widget, in area: Area, _ glyphs: Glyphs = .unicode) {
    if !area.isEmpty { widget.draw(on: &self, in: area, glyphs) }
  }
}
