/// How one figure went over somebody's sessions: the points, a smooth, the band they usually lie in, the changes that
/// stand out, and what all that says in words.
///
/// Everything is held against the speaker's own sessions and nobody else's. Ten thousand points cost 3 ms, and
/// 20 ms where they change often.
package struct Trend: Equatable, Sendable {
  /// The sessions that a smooth needs, and those that a band and a statement need.
  package static let leastForSmooth = 3
  package static let leastForBand = 5
  /// The most recent sessions that the band and the slope are about.
  static let recentLimit = 20
  static let slopeLimit = 60
  /// Values beyond this are no measurements.
  static let valueLimit = 1e12
  /// Seconds without a session that break the smooth, at least.
  private static let leastGap = 30 * 86_400.0

  /// What it is a trend of.
  package let figure: TrendFigure
  /// The sessions in the order of time; those without a number are left out.
  package let points: [TrendPoint]
  /// The smooth, at most 200 places and breaks; none before the third session. A place without a number is a break.
  package let smooth: [SmoothPoint]
  /// Where four in five of the recent sessions or more lie, all of them where they are fewer than ten; nil before the
  /// fifth session. Its ends are figures of sessions, so that it never reaches what cannot be.
  package let band: ClosedRange<Double>?
  /// How many sessions are recent: those since the last change, at most twenty.
  package let recentCount: Int
  /// The median of those sessions; nil before the fifth.
  package let level: Double?
  /// Where the figure stepped to another level, oldest first.
  package let changes: [ChangePoint]
  /// The steady drift since the last change; nil where none is sure.
  package let slope: TrendSlope?
  /// The rise that is known of the first weeks of listening to oneself; nil where there is none.
  package let expectedRise: ExpectedRise?
  /// What the trend says, a sentence each, the most recent first; never empty.
  package let sentences: [String]
  /// Seconds east of Greenwich, for dates.
  let utcOffset: Int

  /// The trend of `points`, in any order.
  ///
  /// - Parameters:
  ///   - points: a figure a session.
  ///   - figure: what it is called and how it is put into words.
  ///   - utcOffset: where the learner is, in seconds east of Greenwich.
  ///   - firstUse: when they first used the program, in seconds since 1970; the first point where it is nil.
  package init(points: [TrendPoint], figure: TrendFigure, utcOffset: Int = 0, firstUse: Double? = nil) {
    let points = points.filter { $0.at.isFinite && abs($0.value) < Self.valueLimit }.sorted { $0.at < $1.at }
    let (times, values) = (points.map(\.at), points.map(\.value))
    self.figure = figure
    self.points = points
    self.utcOffset = utcOffset
    smooth = points.count < Self.leastForSmooth ? [] : Self.broken(Lowess.smooth(times, values))
    let start = min(firstUse ?? .infinity, points.first?.at ?? .infinity)
    let rise = ExpectedRise(points, figure, firstUse: start)
    let found = Self.changes(times, values, figure).map { change in
      var change = change
      change.isExpected = rise.map { change.after > change.before && change.at <= $0.end } ?? false
      return change
    }
    changes = found
    expectedRise = rise
    let recent = points.suffix(min(Self.recentLimit, points.count - (found.last?.index ?? 0)))
    let isEnough = points.count >= Self.leastForBand
    recentCount = recent.count
    level = isEnough ? RobustSpread.median(recent.lazy.map(\.value)) : nil
    band = isEnough ? Self.band(recent.map(\.value)) : nil
    slope = TrendSlope(points.suffix(min(Self.slopeLimit, points.count - (found.last?.index ?? 0))), figure)
    sentences =
      TrendWords(
        figure: figure, points: points, recentCount: recentCount, level: level, band: band, changes: changes,
        slope: slope, rise: rise, utcOffset: utcOffset
      ).sentences
  }

  /// The date of a moment as an axis shows it: "3 Oct", with the year where the sessions span more than one.
  package func dateLabel(_ at: Double) -> String {
    let years = [points.first, points.last].compactMap(\.self).map {
      CivilDate(secondsSince1970: $0.at, utcOffset: utcOffset).year
    }
    let date = CivilDate(secondsSince1970: at, utcOffset: utcOffset)
    return date.short(withYearUnless: years.first == years.last ? years.first : nil)
  }

  /// The steps that remain visible in the decimals that are said.
  private static func changes(_ times: [Double], _ values: [Double], _ figure: TrendFigure) -> [ChangePoint] {
    let starts = ChangePoints.indexes(times, values)
    let medians = zip([0] + starts, starts + [values.count]).map { RobustSpread.median(values[$0..<$1]) }
    return starts.indices.compactMap { index in
      let (before, after) = (medians[index], medians[index + 1])
      guard figure.number(before) != figure.number(after) else { return nil }
      return ChangePoint(at: times[starts[index]], index: starts[index], before: before, after: after)
    }
  }

  /// The 10th and the 90th percentile of at least one value: a tenth of them, rounded down, is left out at either end,
  /// so that four in five or more lie within.
  private static func band(_ values: [Double]) -> ClosedRange<Double> {
    let sorted = values.sorted()
    let beyond = sorted.count / 10
    return sorted[beyond]...sorted[sorted.count - 1 - beyond]
  }

  /// The smooth with a break in every stretch without sessions: a month, or four usual distances where they are rare.
  private static func broken(_ smooth: [SmoothPoint]) -> [SmoothPoint] {
    let distances = zip(smooth, smooth.dropFirst()).map { $1.at - $0.at }
    let limit = max(leastGap, 4 * RobustSpread.median(distances))
    var parts: [SmoothPoint] = []
    for point in smooth {
      if let last = parts.last, point.at - last.at > limit {
        parts.append(SmoothPoint(at: (last.at + point.at) / 2, value: .nan))
      }
      parts.append(point)
    }
    return parts
  }

  package static func == (a: Trend, b: Trend) -> Bool {
    a.figure == b.figure && a.points == b.points && a.utcOffset == b.utcOffset && a.sentences == b.sentences
  }
}
