import History
import Practice

/// All that the desk and the commands need to know of a learner's drills, in one value: what is due, what was done, and
/// what to do next.
struct DrillBook {
  /// A drill that is due.
  struct DueDrill: Equatable, Sendable {
    var drill: Drill
    /// Days since it was due; below 0 for an assignment whose day is still to come.
    var overdueDays: Int
    /// Why, words for a line.
    var why: String
    /// What a tutor wrote beside it, and who; empty where nobody did.
    var note = ""
    var by = ""
  }

  /// Nil where nothing is kept yet.
  let history: History?
  let shelf: [Drill]
  let schedule: Schedule
  /// Everything that was assigned or put on the schedule, done or not.
  let assignments: [Assignment]
  /// How often each drill was done, by its id.
  let counts: [String: Int]
  /// Drills that were passed at least once.
  let passed: Set<String>

  /// The book of a learner at a moment.
  ///
  /// - Parameters:
  ///   - shelf: the drills there are.
  ///   - now: in milliseconds since 1970.
  ///   - utcOffset: the learner's clock, in seconds ahead of UTC.
  init(
    _ history: History?, shelf: [Drill], now: Int = wallMilliseconds(), utcOffset: Int = localOffset(),
    fsrs: FSRS = FSRS()
  ) throws(HistoryError) {
    self.history = history
    self.shelf = shelf
    let reviews = try history?.reviews() ?? []
    assignments = try history?.assignments() ?? []
    schedule = Schedule(
      reviews: reviews, assignments: assignments, drills: shelf, nowMilliseconds: now, utcOffset: utcOffset, fsrs: fsrs)
    counts = Dictionary(reviews.map { ($0.drill, 1) }, uniquingKeysWith: +)
    passed = Set(reviews.filter { $0.grade.map { $0 != .again } ?? false }.map(\.drill))
  }

  /// What is due today, the longest overdue first.
  var due: [DueDrill] { schedule.due(on: schedule.today).map(dueDrill) }

  /// What is due today and fits into `minutes`; at least one drill where any is due.
  func due(withinMinutes minutes: Double) -> [DueDrill] { schedule.due(withinMinutes: minutes).map(dueDrill) }

  /// In how many days a drill is to be done, for it was judged or put on the schedule; below 0 where it is overdue, nil
  /// where it is on no schedule.
  func daysUntilDue(_ drill: String) -> Int? {
    let assigned = schedule.open.filter { $0.drill == drill }.map { assignment in
      assignment.dueMilliseconds.map { CivilDate.day(ofMilliseconds: $0, utcOffset: schedule.utcOffset) }
        ?? schedule.today
    }
    return (assigned + [schedule.dueDay(of: drill)].compactMap(\.self)).min().map { $0 - schedule.today }
  }

  /// The day on which a drill comes back, as in a sentence; nil where it was never judged.
  func dueWords(_ drill: String) -> String? {
    schedule.dueDay(of: drill).map {
      CivilDate(day: $0).words(withYearUnless: CivilDate(day: schedule.today).year)
    }
  }

  /// The plan of the next days.
  func plan(days: Int = 14, minutesADay: Double = 10, restDays: Set<Int> = []) throws(HistoryError) -> PracticePlan {
    PracticePlan(schedule, scores: try scores(), days: days, minutesADay: minutesADay, restDays: restDays)
  }

  /// Sessions whose scores say how somebody speaks now.
  private static let recentSessions = 5

  /// The middle of the latest scores in each criterion that drills train.
  func scores() throws(HistoryError) -> [SkillScore] {
    var scores: [SkillScore] = []
    for (criterion, _) in SkillScore.table {
      let figure = SessionFigures.score(PastReader.listedRubric, criterion)
      let values = try history?.series(figure: figure, latest: DrillBook.recentSessions).map(\.value).sorted() ?? []
      guard !values.isEmpty else { continue }
      let middle = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
      scores.append(SkillScore(criterion: criterion, value: middle, sessions: values.count))
    }
    return scores
  }

  private func dueDrill(_ due: Schedule.Due) -> DueDrill {
    var drill = DueDrill(drill: due.drill, overdueDays: due.overdueDays, why: PlanWords.why(due, schedule))
    if case .assigned(let assignment) = due.cause { (drill.note, drill.by) = (assignment.note, assignment.by) }
    return drill
  }
}
