/// Robust locally weighted regression (Cleveland 1979, "Robust locally weighted regression and smoothing
/// scatterplots").
///
/// At each time a line is fitted to the nearest share of the points, weighted by the tricube of their distance; points
/// far from a first fit then count less, by the bisquare of their residual, twice over. More than 200 points are first
/// joined into 200 medians of neighbours, which bounds the cost whatever the length of the history.
enum Lowess {
  /// The most times it is evaluated at.
  static let positionLimit = 200
  /// The share of the points in a fit, and the fewest.
  static let share = 0.3
  static let fewest = 7
  private static let robustRounds = 2

  /// The smooth at the times of the points, or of their bins; `times`, in seconds, ascend.
  static func smooth(_ times: [Double], _ values: [Double]) -> [SmoothPoint] {
    let (times, values) = binned(times[...], values[...], into: positionLimit)
    guard let low = values.min(), let high = values.max() else { return [] }
    let reach = min(times.count, max(fewest, Int((share * Double(times.count)).rounded(.up))))
    var robust = [Double](repeating: 1, count: times.count)
    var fitted = values
    for round in 0...robustRounds {
      var first = 0
      for index in times.indices {
        while first + reach < times.count, times[first + reach] - times[index] < times[index] - times[first] {
          first += 1
        }
        let fit = line(times, values, robust, around: times[index], first..<first + reach)
        // A local line may overshoot at the ends; nothing is claimed that was never measured.
        fitted[index] = min(max(fit, low), high)
      }
      if round < robustRounds { robust = bisquare(values, fitted) }
    }
    return zip(times, fitted).map { SmoothPoint(at: $0, value: $1) }
  }

  /// The weighted regression line at `time` (Cleveland 1979, section 2, steps 1 and 2).
  private static func line(
    _ times: [Double], _ values: [Double], _ robust: [Double], around time: Double, _ range: Range<Int>
  ) -> Double {
    let farthest = max(time - times[range.lowerBound], times[range.upperBound - 1] - time)
    // The farthest point keeps a little weight, so that few points still make a line.
    let bandwidth = farthest * 1.01
    var (weights, across, up, squares, products) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in range {
      let away = times[index] - time
      let share = bandwidth > 0 ? abs(away) / bandwidth : 0
      let cube = 1 - share * share * share
      let weight = robust[index] * cube * cube * cube
      weights += weight
      across += weight * away
      up += weight * values[index]
      squares += weight * away * away
      products += weight * away * values[index]
    }
    guard weights > 1e-9 else { return RobustSpread.median(values[range]) }
    let variance = squares / weights - (across / weights) * (across / weights)
    let mean = up / weights
    guard variance > 1e-6 * farthest * farthest else { return mean }
    let slope = (products / weights - across / weights * mean) / variance
    return mean - slope * across / weights
  }

  /// The bisquare of each residual over six times their median (Cleveland 1979, section 2, step 3).
  private static func bisquare(_ values: [Double], _ fitted: [Double]) -> [Double] {
    let residuals = zip(values, fitted).map { abs($0 - $1) }
    let limit = 6 * RobustSpread.median(residuals)
    guard limit > 0 else { return residuals.map { $0 > 0 ? 0 : 1 } }
    return residuals.map { residual in
      let share = residual / limit
      return share < 1 ? (1 - share * share) * (1 - share * share) : 0
    }
  }
}

/// The smooth at one time.
package struct SmoothPoint: Equatable, Sendable {
  /// Seconds since 1970.
  package var at: Double
  /// In the unit of the figure; no number where the line is broken, for nothing is known there.
  package var value: Double

  /// The smooth at a time, in seconds since 1970.
  package init(at: Double, value: Double) {
    self.at = at
    self.value = value
  }
}
