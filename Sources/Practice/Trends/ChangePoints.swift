/// A session from which on a figure was another one, until the next such session.
package struct ChangePoint: Equatable, Sendable {
  /// When the first session after the change began, in seconds since 1970.
  package var at: Double
  /// Which of the points in the order of time that is.
  package var index: Int
  /// The median of the sessions before, back to the last change.
  package var before: Double
  /// The median of the sessions since, up to the next change.
  package var after: Double
  /// Whether it is the rise that is known of the first weeks of listening to oneself.
  package var isExpected = false
}

/// Where a series steps to another level: binary segmentation (Scott & Knott 1974; Vostrikova 1981) by ranks.
///
/// A stretch is parted where Pettitt's statistic ("A non-parametric approach to the change-point problem", 1979) says
/// that the ranks before and after differ. Ranks make the rate of false alarms the same for every distribution, heavy
/// tails and outliers included. A rise that a straight line describes better than a step is a drift and not a change.
enum ChangePoints {
  /// The fewest sessions on either side of a change.
  static let fewest = 5
  /// The share of steady series in which one change is found by chance; halved with every parting.
  static let falseAlarms = 0.05
  /// The smallest step worth naming, in standard deviations within the parts.
  static let leastStep = 0.5
  /// A line is taken for the better account where its absolute residuals are this share of those of the step.
  static let driftMargin = 0.95
  /// Several steps are taken for the better account where their residuals are this share of those of the line.
  static let stairMargin = 0.8
  /// How many recent sessions are looked at by themselves where there are more.
  static let recent = 60
  private static let binLimit = 60
  private static let depthLimit = 12

  /// The first indexes of the parts after the first one, ascending; `times`, in seconds, ascend too.
  static func indexes(_ times: [Double], _ values: [Double]) -> [Int] {
    let isLong = values.count > recent
    let found = parts(times[...], values[...], isLong ? falseAlarms / 2 : falseAlarms, depth: 0)
    // In a long history a change of the last weeks is a small share of all ranks: those are looked at by themselves.
    let start = max(values.count - recent, 0)
    guard isLong, (found.last ?? 0) < start else { return found }
    return found + parts(times[start...], values[start...], falseAlarms / 2, depth: 0)
  }

  /// The same of a stretch, parted with that chance of a false alarm; its parts are then parted themselves.
  private static func parts(
    _ times: ArraySlice<Double>, _ values: ArraySlice<Double>, _ level: Double, depth: Int
  ) -> [Int] {
    guard depth < depthLimit, let split = split(values, level) else { return [] }
    let found =
      parts(times[..<split], values[..<split], level / 2, depth: depth + 1) + [split]
      + parts(times[split...], values[split...], level / 2, depth: depth + 1)
    return areSteps(times, values, at: split, found) ? found : []
  }

  /// Where a stretch is parted; nil where it is one.
  private static func split(_ values: ArraySlice<Double>, _ level: Double) -> Int? {
    let count = values.count
    guard count >= 2 * fewest else { return nil }
    let (ranks, ties) = midranks(values)
    guard ties > 0 else { return nil }
    var (sum, farthest, steepest, place) = (0.0, 0.0, 0.0, 0)
    for index in 1..<count {
      sum += 2 * ranks[index - 1] - Double(count + 1)
      guard index >= fewest, count - index >= fewest else { continue }
      farthest = max(farthest, abs(sum))
      // Standardised, for where: Pettitt's own maximum leans to the middle.
      let steepness = abs(sum) / (Double(index) * Double(count - index)).squareRoot()
      if steepness > steepest { (steepest, place) = (steepness, index) }
    }
    guard chance(farthest, count, ties: ties) <= level, place > 0 else { return nil }
    let split = values.startIndex + place
    guard let low = RobustSpread(values[..<split]), let high = RobustSpread(values[split...]) else { return nil }
    return abs(high.median - low.median) >= leastStep * max(low.deviation, high.deviation) ? split : nil
  }

  /// The chance of a statistic at least so large in a steady series.
  ///
  /// Pettitt's limit is the supremum of a Brownian bridge; a series has one place a session only, which lowers it by
  /// 0.5826 steps (Siegmund 1985, "Sequential Analysis"). `ties` is the share of the ranks' variance that ties leave.
  static func chance(_ statistic: Double, _ count: Int, ties: Double) -> Double {
    let size = Double(count)
    let bridge = statistic / (size * ((size + 1) / 3 * ties).squareRoot())
    let moved = bridge + 0.5826 / size.squareRoot()
    return min(1, 2 * exp(of: -2 * moved * moved))
  }

  /// Whether levels tell the stretch better than one line does: the two levels of the first parting nearly as well, or
  /// all of them much better, for a flight of stairs resembles a line more than a single step.
  private static func areSteps(
    _ times: ArraySlice<Double>, _ values: ArraySlice<Double>, at split: Int, _ all: [Int]
  ) -> Bool {
    let bins = binned(times, values, into: binLimit)
    guard let line = TheilSen(bins.times, bins.values) else { return true }
    let drift = zip(bins.times, bins.values).reduce(0) { $0 + abs($1.1 - line.value(at: $1.0)) }
    func residuals(_ starts: [Int]) -> Double {
      let ends = starts + [values.endIndex]
      let medians = zip([values.startIndex] + starts, ends).map { RobustSpread.median(values[$0..<$1]) }
      var (sum, part) = (0.0, 0)
      for (time, value) in zip(bins.times, bins.values) {
        while part < starts.count, time >= times[starts[part]] { part += 1 }
        sum += abs(value - medians[part])
      }
      return sum
    }
    return drift >= driftMargin * residuals([split]) || (all.count > 1 && stairMargin * drift >= residuals(all))
  }

  /// The ranks from 1, equal values sharing the mean of theirs, and the share of the ranks' variance that ties leave.
  private static func midranks(_ values: ArraySlice<Double>) -> (ranks: [Double], ties: Double) {
    let sorted = values.sorted()
    let size = Double(sorted.count)
    var (tied, start) = (0.0, 0)
    // The rank that each place of the sorted values has.
    var shared = [Double](repeating: 0, count: sorted.count)
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      for place in start..<end { shared[place] = Double(start + 1 + end) / 2 }
      let run = Double(end - start)
      tied += run * run * run - run
      start = end
    }
    let ranks = values.map { shared[firstPlace(of: $0, in: sorted)] }
    return (ranks, size > 1 ? 1 - tied / (size * size * size - size) : 0)
  }

  /// The first place of a value that is among the sorted ones.
  private static func firstPlace(of value: Double, in sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
