/// What a measure is held against: 100 within the full ends, falling in a straight line to 0 at the zero ends.
///
/// A dead-band, not a target: all of it is as good. An end that is nil is open, and nothing is lost on that side.
package struct RubricBand: Equatable, Sendable {
  /// The ends between which nothing is lost.
  package var low: Double?
  package var high: Double?
  /// Where nothing is left; each beyond its full end, and there wherever that is.
  package var zeroLow: Double?
  package var zeroHigh: Double?

  /// Makes a band; `problem` says whether it makes sense.
  package init(low: Double? = nil, high: Double? = nil, zeroLow: Double? = nil, zeroHigh: Double? = nil) {
    self.low = low
    self.high = high
    self.zeroLow = zeroLow
    self.zeroHigh = zeroHigh
  }

  /// What is wrong with it, as a clause; nil for a band that can be scored by.
  package var problem: String? {
    guard [low, high, zeroLow, zeroHigh].allSatisfy({ $0?.isFinite ?? true }) else {
      return "has an end that is no number"
    }
    if low == nil, high == nil { return "has no end at all" }
    if (low == nil) != (zeroLow == nil) || (high == nil) != (zeroHigh == nil) {
      return "needs an end of zero for each end of full, and no other"
    }
    if let low, let high, low > high { return "has its ends the wrong way round" }
    if let low, let zeroLow, zeroLow >= low { return "overlaps: zero begins at or above the lower end of full" }
    if let high, let zeroHigh, zeroHigh <= high { return "overlaps: zero begins at or below the upper end of full" }
    return nil
  }

  /// The score of a figure, 0 to 100.
  package func score(_ value: Double) -> Double {
    guard value.isFinite else { return 0 }
    if let low, let zeroLow, value < low { return max(0, 100 * (value - zeroLow) / (low - zeroLow)) }
    if let high, let zeroHigh, value > high { return max(0, 100 * (zeroHigh - value) / (zeroHigh - high)) }
    return 100
  }

  /// Whether nothing is lost at `value`.
  package func contains(_ value: Double) -> Bool {
    (low.map { value >= $0 } ?? true) && (high.map { value <= $0 } ?? true)
  }

  /// The same shape around other full ends: zero ends stay as far from them as they are here.
  package func moved(low newLow: Double?, high newHigh: Double?) -> RubricBand {
    var band = self
    if let low, let zeroLow, let newLow { (band.low, band.zeroLow) = (newLow, newLow - (low - zeroLow)) }
    if let high, let zeroHigh, let newHigh { (band.high, band.zeroHigh) = (newHigh, newHigh + (zeroHigh - high)) }
    return band
  }

  /// The same where figures lie within `possible`: a full end that they cannot lie beyond is open, and no zero end is
  /// farther out.
  func held(within possible: ClosedRange<Double>) -> RubricBand {
    var band = self
    if let low, let zeroLow {
      band.zeroLow = max(zeroLow, possible.lowerBound)
      if low <= possible.lowerBound { (band.low, band.zeroLow) = (nil, nil) }
    }
    if let high, let zeroHigh {
      band.zeroHigh = min(zeroHigh, possible.upperBound)
      if high >= possible.upperBound { (band.high, band.zeroHigh) = (nil, nil) }
    }
    return band
  }

  /// The formula in words: `100 between 120 and 175 words a minute, 0 below 70 and above 240`.
  package func words(_ kind: MeasureKind) -> String {
    func number(_ value: Double) -> String {
      decimal(value, value == value.rounded() ? 0 : max(kind.places, 1))
    }
    switch (low, zeroLow, high, zeroHigh) {
    case (let low?, let zeroLow?, let high?, let zeroHigh?):
      let full = "100 between \(number(low)) and \(number(high)) \(kind.unit), "
      let below = zeroLow == 0 ? "0 at 0" : "0 below \(number(zeroLow))"
      return full + below + " and above \(number(zeroHigh))"
    case (let low?, let zeroLow?, _, _):
      return "100 from \(number(low)) \(kind.unit), 0 at \(number(zeroLow))\(zeroLow == 0 ? "" : " and below")"
    case (_, _, let high?, let zeroHigh?):
      return "100 up to \(number(high)) \(kind.unit), 0 from \(number(zeroHigh))"
    default: return "100 always"
    }
  }
}
