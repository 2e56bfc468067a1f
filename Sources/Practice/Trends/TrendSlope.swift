/// A steady drift of a figure that is sure enough to be said.
package struct TrendSlope: Equatable, Sendable {
  /// In the unit of the figure, a month of 30.44 days.
  package let perMonth: Double
  /// Where it lies nineteen times in twenty; never with nought in it.
  package let interval: ClosedRange<Double>
  /// How many days the sessions behind it span.
  package let days: Double
  /// The ends of the line, in the unit of the figure.
  package let first, last: Double

  /// The sessions and the days a drift needs.
  static let leastSessions = 8
  static let leastDays = 14.0
  private static let month = 30.44 * 86_400

  /// The drift of `points`, which are in the order of time and at most some dozens; nil where its interval holds nought
  /// or nothing of it would be left in the decimals that are said.
  init?(_ points: some Collection<TrendPoint>, _ figure: TrendFigure) {
    let times = points.map(\.at)
    guard times.count >= Self.leastSessions, let start = times.first, let end = times.last,
      end - start >= Self.leastDays * 86_400, let line = TheilSen(times, points.map(\.value)),
      !line.interval.contains(0), figure.rounded(line.slope * Self.month) != 0
    else { return nil }
    perMonth = line.slope * Self.month
    interval = line.interval.lowerBound * Self.month...line.interval.upperBound * Self.month
    days = (end - start) / 86_400
    first = line.value(at: start)
    last = line.value(at: end)
  }
}
