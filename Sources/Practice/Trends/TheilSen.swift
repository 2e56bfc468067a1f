/// A straight line through points, by the median of the slopes of their pairs (Theil 1950; Sen 1968, "Estimates of the
/// regression coefficient based on Kendall's tau").
struct TheilSen: Equatable, Sendable {
  /// Units a second.
  let slope: Double
  /// Where the slope lies nineteen times in twenty, from the variance of Kendall's tau, for points that do not depend
  /// on each other.
  let interval: ClosedRange<Double>
  /// The time, in seconds, and the value of a place on the line.
  private let origin: (time: Double, value: Double)

  /// The line through at least two points of different times; nil otherwise. The cost grows with the square of the
  /// number of points: callers bound it.
  init?(_ times: [Double], _ values: [Double]) {
    var slopes: [Double] = []
    slopes.reserveCapacity(times.count * (times.count - 1) / 2)
    for second in times.indices {
      for first in 0..<second where times[first] != times[second] {
        slopes.append((values[second] - values[first]) / (times[second] - times[first]))
      }
    }
    guard !slopes.isEmpty else { return nil }
    slopes.sort()
    let middle = RobustSpread.middle(ofAscending: slopes[...])
    let size = Double(times.count)
    let half = 1.96 * (size * (size - 1) * (2 * size + 5) / 18).squareRoot()
    let last = slopes.count - 1
    let low = Int(((Double(slopes.count) - half) / 2).rounded(.down)) - 1
    let high = Int(((Double(slopes.count) + half) / 2).rounded(.up))
    slope = middle
    // Where the points are too few for such an interval, nothing is known of the slope.
    interval = low >= 0 && high <= last ? slopes[low]...slopes[high] : -.infinity ... .infinity
    let start = times[0]
    origin = (start, RobustSpread.median(zip(times, values).map { $1 - middle * ($0 - start) }))
  }

  /// The line at a time.
  func value(at time: Double) -> Double { origin.value + slope * (time - origin.time) }

  static func == (a: TheilSen, b: TheilSen) -> Bool {
    a.slope == b.slope && a.interval == b.interval && a.origin == b.origin
  }
}
