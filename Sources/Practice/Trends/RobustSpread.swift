/// The middle of values and how far they lie from it, both unmoved by a few that are far off.
struct RobustSpread: Equatable, Sendable {
  /// The median.
  let median: Double
  /// A standard deviation, from the median distance to the median.
  ///
  /// 1.4826 makes it that of a normal distribution; for few values the factors of Croux & Rousseeuw 1992 ("Time-
  /// efficient algorithms for two highly robust estimators of scale", section 4) take out its bias.
  let deviation: Double

  private static let fewValues = [1.0, 1.0, 1.196, 1.495, 1.363, 1.206, 1.200, 1.140, 1.129, 1.107]

  /// The spread of at least one value; nil without any.
  init?(_ values: some Sequence<Double>) {
    var rest = Array(values)
    guard !rest.isEmpty else { return nil }
    let centre = Self.middle(&rest)
    median = centre
    for index in rest.indices { rest[index] = abs(rest[index] - centre) }
    let few = rest.count < Self.fewValues.count
    let factor = few ? Self.fewValues[rest.count] : Double(rest.count) / (Double(rest.count) - 0.8)
    deviation = 1.4826 * factor * Self.middle(&rest)
  }

  /// The median of `values`; 0 without any.
  static func median(_ values: some Sequence<Double>) -> Double {
    var rest = Array(values)
    return rest.isEmpty ? 0 : middle(&rest)
  }

  /// The median of values in ascending order, which are at least one.
  static func middle(ofAscending sorted: ArraySlice<Double>) -> Double {
    let half = sorted.startIndex + sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }

  /// The median of at least one value, which are left in another order (Hoare 1961, "Algorithm 65: Find").
  private static func middle(_ values: inout [Double]) -> Double {
    let half = values.count / 2
    var (low, high) = (0, values.count - 1)
    while low < high {
      let pivot = values[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while pivot < values[right] { right -= 1 }
        guard left <= right else { break }
        values.swapAt(left, right)
        (left, right) = (left + 1, right - 1)
      }
      if half > right { low = left }
      if half < left { high = right }
    }
    guard values.count % 2 == 0 else { return values[half] }
    // What lies before the upper middle is no larger than it; the largest of that is the lower middle.
    var below = values[0]
    for index in 1..<max(half, 1) { below = max(below, values[index]) }
    return (below + values[half]) / 2
  }
}

/// Points joined into at most `limit` bins of neighbours, each the medians of its times and values; `times` ascend.
///
/// Bins hold as many points each as the others, or one less, so that a median is as sure everywhere.
func binned(
  _ times: ArraySlice<Double>, _ values: ArraySlice<Double>, into limit: Int
) -> (times: [Double], values: [Double]) {
  guard times.count > limit, limit > 0 else { return (Array(times), Array(values)) }
  func parts(_ all: ArraySlice<Double>, _ middle: (ArraySlice<Double>) -> Double) -> [Double] {
    (0..<limit).map { bin in
      let start = all.startIndex + bin * all.count / limit
      return middle(all[start..<all.startIndex + (bin + 1) * all.count / limit])
    }
  }
  return (parts(times, RobustSpread.middle(ofAscending:)), parts(values) { RobustSpread.median($0) })
}
