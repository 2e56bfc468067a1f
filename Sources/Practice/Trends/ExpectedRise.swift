/// The rise of fillers that is known of the first weeks in which people listen to themselves.
///
/// One diary of thirty days began at 47 fillers in five minutes, stood at 54 to 58 in the second week, and fell from
/// the third on. That is one person: the rise is recognised within wide bounds, explained, and never held against anybody.
package struct ExpectedRise: Equatable, Sendable {
  /// The median of the first week.
  package let before: Double
  /// The median of the sessions after it, up to the end of the third week.
  package let during: Double
  /// When the third week ended or will end, in seconds since 1970.
  package let end: Double
  /// Whether there are sessions after the third week.
  package let isOver: Bool
  /// The median of the sessions after the third week; nil before there are three.
  package let since: Double?

  /// The first week is compared with the two after it.
  static let firstDays = 7.0
  static let lastDays = 21.0
  /// The rise that counts as the known one, as a factor: the diary's lies between 1.15 and 1.23.
  static let factors = 1.1...1.6
  private static let leastSessions = 2

  /// The rise among `points`, in the order of time, of somebody who began at `firstUse`; nil where there is none, where
  /// it is larger than what is known, or where the figure is not one that rises with watching.
  init?(_ points: [TrendPoint], _ figure: TrendFigure, firstUse: Double) {
    guard figure.risesWithWatching, firstUse.isFinite else { return nil }
    func values(_ days: Range<Double>) -> [Double] {
      points.lazy.filter { days.contains(($0.at - firstUse) / 86_400) }.map(\.value)
    }
    let first = values(0..<Self.firstDays)
    let second = values(Self.firstDays..<Self.lastDays)
    let later = values(Self.lastDays..<Double.infinity)
    guard first.count >= Self.leastSessions, second.count >= Self.leastSessions else { return nil }
    before = RobustSpread.median(first)
    during = RobustSpread.median(second)
    guard before > 0, Self.factors.contains(during / before), figure.number(before) != figure.number(during) else {
      return nil
    }
    end = firstUse + Self.lastDays * 86_400
    isOver = !later.isEmpty
    since = later.count >= 3 ? RobustSpread.median(later) : nil
  }
}
