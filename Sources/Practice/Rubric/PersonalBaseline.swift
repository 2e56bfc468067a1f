/// A speaker's own past: the middle of their sessions and how far these usually lie from it.
///
/// The median and the median absolute deviation, so that one odd evening moves neither (Hampel 1974, "The influence
/// curve and its role in robust estimation").
package struct PersonalBaseline: Equatable, Sendable {
  /// One figure over the sessions that have it.
  package struct Own: Equatable, Sendable {
    /// The median.
    package var middle: Double
    /// 1.4826 times the median absolute deviation, which is the standard deviation of what is normally distributed.
    package var spread: Double
    package var sessions: Int
  }

  /// A baseline takes this many sessions, and looks at the latest so many.
  package static let leastSessions = 5
  package static let mostSessions = 30
  /// How many spreads from the middle still count as usual.
  package static let usualSpreads = 1.5

  /// Figures by their names in `SessionFigures`, those alone that enough sessions have.
  package private(set) var figures: [String: Own] = [:]

  /// A baseline of values by figure, the latest session's last.
  package init(figures values: [String: [Double]]) {
    for (name, values) in values {
      let known = values.filter(\.isFinite).suffix(Self.mostSessions)
      guard known.count >= Self.leastSessions else { continue }
      let middle = Self.median(Array(known))
      let spread = 1.4826 * Self.median(known.map { abs($0 - middle) })
      figures[name] = Own(middle: middle, spread: spread, sessions: known.count)
    }
  }

  /// A baseline of sessions' figures, the latest session last.
  package init(of sessions: [[SessionFigures.Value]]) {
    var values: [String: [Double]] = [:]
    for session in sessions {
      for figure in session { values[figure.name, default: []].append(figure.value) }
    }
    self.init(figures: values)
  }

  /// The usual range of a measure, no narrower than its own margin; nil before there are enough sessions.
  package func usual(_ name: MeasureName) -> ClosedRange<Double>? {
    let kind = MeasureTable.row(name)
    guard let own = kind.figure.flatMap({ figures[$0] }) else { return nil }
    let width = max(Self.usualSpreads * own.spread, kind.ownMargin)
    return own.middle - width...own.middle + width
  }

  /// `band` with what is usual for the speaker: joined with it, or moved there where the rubric says so; nil before there
  /// are enough sessions, and where it changes nothing. No end lies where no figure can be: there it is open.
  func band(
    of name: MeasureName, like band: RubricBand, _ use: BaselineUse
  ) -> (band: RubricBand, source: BandSource)? {
    guard use != .none, let usual = usual(name), let own = MeasureTable.row(name).figure.flatMap({ figures[$0] }) else {
      return nil
    }
    let possible = ScoreStatistics.row(name)?.bounds ?? -1e6...1e6
    let (least, most) = (max(usual.lowerBound, possible.lowerBound), min(usual.upperBound, possible.upperBound))
    guard least <= most else { return nil }
    if use == .own {
      return (
        band.moved(low: least, high: most).held(within: possible), .own(sessions: own.sessions, middle: own.middle)
      )
    }
    let joined = band.moved(low: band.low.map { min($0, least) }, high: band.high.map { max($0, most) })
    guard joined != band else { return nil }
    return (joined.held(within: possible), .wider(sessions: own.sessions, usual: least...most))
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }
}
