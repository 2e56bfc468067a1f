import History
import Practice

/// What was done of a drill before: the best attempt, the last ones, and how each of them went second by second.
struct DrillPast: Equatable, Sendable {
  /// An earlier attempt beside the one that runs.
  struct Ghost: Equatable, Sendable {
    /// Its day, as at an axis: `12 Nov`.
    var label: String
    var isBest: Bool
    /// How it stood at the end of each second, 0 to 1.
    var progress: [Double]
  }

  /// The best value of the drill's measure, as `DrillResult` has it; nil where it was never done to its end, or where
  /// neither more nor less is better.
  var best: Double?
  /// The values of the last attempts, the oldest first.
  var last: [Double] = []
  /// Those attempts, the oldest first, and the best one behind them where it is none of them.
  var ghosts: [Ghost] = []
  /// How often it was done or judged.
  var attempts = 0

  /// Attempts that are shown beside one that runs, the best not counted.
  static let lastAttempts = 5
}

extension DrillBook {
  /// What was done of a drill before; nothing where it is not on the shelf.
  func past(of id: String) throws(HistoryError) -> DrillPast {
    guard let drill = schedule.drills[id] else { return DrillPast() }
    return try past(of: drill)
  }

  /// What was done of `drill` before; before `moment` where one is given, in milliseconds since 1970.
  func past(of drill: Drill, before moment: Int? = nil, withGhosts: Bool = true) throws(HistoryError) -> DrillPast {
    var past = DrillPast()
    past.attempts = counts[drill.id] ?? 0
    guard let history else { return past }
    let (last, best) = try attempts(of: drill, before: moment, history)
    let scale = drill.measured.map(DrillFigures.scale) ?? 1
    past.best = best.map { $0.value / scale }
    past.last = last.map { $0.value / scale }
    guard withGhosts else { return past }
    for attempt in last + (best.map { best in last.contains { $0.id == best.id } ? [] : [best] } ?? []) {
      let day = CivilDate(secondsSince1970: Double(attempt.startedAt) / 1_000, utcOffset: schedule.utcOffset)
      past.ghosts.append(
        DrillPast.Ghost(
          label: day.short(withYearUnless: CivilDate(day: schedule.today).year), isBest: attempt.id == best?.id,
          progress: try DrillBook.progress(of: attempt.id, history)))
    }
    return past
  }

  /// The best value of a drill's measure, as `DrillResult` has it; nil where there is none.
  func best(of drill: Drill) throws(HistoryError) -> Double? {
    guard let history, counts[drill.id] != nil else { return nil }
    let scale = drill.measured.map(DrillFigures.scale) ?? 1
    return try bestAttempt(of: drill, history).map { $0.value / scale }
  }

  private func attempts(
    of drill: Drill, before moment: Int?, _ history: History
  ) throws(HistoryError) -> (last: [DrillAttempt], best: DrillAttempt?) {
    let figure = DrillFigures.prefix + drill.measure
    return (
      try history.attempts(of: drill.id, figure: figure, before: moment, latest: DrillPast.lastAttempts),
      try bestAttempt(of: drill, before: moment, history)
    )
  }

  private func bestAttempt(
    of drill: Drill, before moment: Int? = nil, _ history: History
  ) throws(HistoryError) -> DrillAttempt? {
    guard let measured = drill.measured, measured.better != .neither else { return nil }
    return try history.bestAttempt(
      of: drill.id, figure: DrillFigures.prefix + drill.measure, isMoreBetter: measured.better == .more,
      before: moment)
  }

  /// How an attempt stood at the end of each of its seconds.
  private static func progress(of id: String, _ history: History) throws(HistoryError) -> [Double] {
    var session = Session()
    var progress: [Double] = []
    try history.forEachEvent(of: id) { stored -> Void in
      guard let event = EventLine.event(from: stored.line) else { return }
      _ = session.apply(event)
      guard case .second = event.kind, let drill = session.drill else { return }
      let value = drill.drill.kind.exercise.progress(session)
      progress.append(value.isFinite ? min(max(value, 0), 1) : 0)
    }
    return progress
  }
}

extension Drill {
  /// The measure that bests go by, as its kind has it.
  var measured: DrillMeasure? { kind.exercise.measures.first { $0.name == measure } }
}
