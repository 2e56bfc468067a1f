/// Which drills are due on which day: what FSRS says of the reviews so far, and what was assigned or put on the schedule.
///
/// Days are whole days of the learner's calendar, counted from 1 January 1970: a drill that is due today is due from
/// midnight on, whatever the hour of the last attempt. Drills whose file has gone are not due; their reviews stay.
package struct Schedule: Equatable, Sendable {
  /// Why a drill is due.
  package enum Cause: Equatable, Sendable {
    /// It was practised on this day and comes back; whether it was passed then.
    case review(lastDay: Int, isPassed: Bool)
    /// A tutor wants it done.
    case assigned(Assignment)
    /// The learner put it on the schedule.
    case queued(Assignment)
  }

  /// A drill that is due.
  package struct Due: Equatable, Sendable {
    package var drill: Drill
    /// The day it is due on.
    package var day: Int
    /// Days since it was due; below 0 for an assignment whose day is still to come.
    package var overdueDays: Int
    package var cause: Cause
  }

  /// Today, and the learner's clock, in seconds ahead of UTC.
  package let today: Int
  package let utcOffset: Int
  package let fsrs: FSRS
  /// The drills there are, by id.
  package let drills: [String: Drill]
  /// What FSRS knows of each drill that was reviewed: its times are midnights, a day is `FSRS.day`.
  package private(set) var cards: [String: FSRS.Card] = [:]
  /// Assignments that are open.
  package private(set) var open: [Assignment]
  private var latest: [String: Review] = [:]

  /// The schedule of a learner.
  ///
  /// - Parameters:
  ///   - reviews: all there are, in any order.
  ///   - assignments: open and done.
  ///   - drills: those that can be done; of two with one id the first counts.
  package init(
    reviews: [Review], assignments: [Assignment] = [], drills: [Drill], nowMilliseconds: Int, utcOffset: Int,
    fsrs: FSRS = FSRS()
  ) {
    today = CivilDate.day(ofMilliseconds: nowMilliseconds, utcOffset: utcOffset)
    self.utcOffset = utcOffset
    self.fsrs = fsrs
    self.drills = Dictionary(drills.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    open = assignments
    for review in reviews.sorted(by: { $0.atMilliseconds < $1.atMilliseconds }) { take(review) }
  }

  /// Takes in a review: the drill's card, and the assignments that it settles.
  private mutating func take(_ review: Review) {
    open.removeAll { $0.isDone(by: review) }
    guard let grade = review.grade else { return }
    cards[review.drill] = fsrs.next(cards[review.drill], grade: grade, atMilliseconds: review.day * FSRS.day)
    latest[review.drill] = review
  }

  /// Goes on as if `drill` were done on `day` and went well.
  mutating func suppose(_ drill: Drill, doneOn day: Int) {
    open.removeAll { $0.drill == drill.id }
    guard !drill.pass.isEmpty else { return }
    cards[drill.id] = fsrs.next(cards[drill.id], grade: .good, atMilliseconds: day * FSRS.day)
    latest[drill.id] = Review(drill: drill.id, grade: .good, atMilliseconds: day * FSRS.day)
  }

  /// The day on which a drill comes back; nil where it was never judged.
  package func dueDay(of drill: String) -> Int? { cards[drill].map { $0.dueMilliseconds / FSRS.day } }

  /// The latest review of a drill that was graded.
  package func latestReview(of drill: String) -> Review? { latest[drill] }

  /// What is due on `day`, the longest overdue first; each drill once, an assignment's note going with it. Of two that are
  /// equal the one that was assigned comes first, then the one that is remembered worse.
  package func due(on day: Int) -> [Due] {
    var found: [String: Due] = [:]
    for (id, card) in cards {
      let dueDay = card.dueMilliseconds / FSRS.day
      guard dueDay <= day, let drill = drills[id], let last = latest[id] else { continue }
      found[id] = Due(
        drill: drill, day: dueDay, overdueDays: day - dueDay,
        cause: .review(lastDay: card.atMilliseconds / FSRS.day, isPassed: last.grade != .again))
    }
    for assignment in open.sorted(by: { self.day(of: $0) > self.day(of: $1) }) {
      guard let drill = drills[assignment.drill] else { continue }
      let dueDay = self.day(of: assignment)
      guard !assignment.isOwn || dueDay <= day else { continue }
      let earliest = min(found[drill.id]?.day ?? dueDay, dueDay)
      if assignment.isOwn, case .assigned? = found[drill.id]?.cause { continue }
      found[drill.id] = Due(
        drill: drill, day: earliest, overdueDays: day - earliest,
        cause: assignment.isOwn ? .queued(assignment) : .assigned(assignment))
    }
    return found.values.map { (due: $0, recall: recall(of: $0, on: day)) }.sorted {
      ($0.due.day, $0.recall, $0.due.drill.id) < ($1.due.day, $1.recall, $1.due.drill.id)
    }.map(\.due)
  }

  /// What is due today, the longest overdue first, as much of it as `minutes` hold; what does not fit is passed over for
  /// what does. At least one where anything is due.
  package func due(withinMinutes minutes: Double) -> [Due] { Schedule.fitting(due(on: today), seconds: minutes * 60) }

  /// Those of `list`, in its order, that fit into `seconds` together; the first one always.
  static func fitting(_ list: [Due], seconds: Double) -> [Due] {
    var left = seconds
    var chosen: [Due] = []
    for due in list where due.drill.seconds <= left || chosen.isEmpty {
      chosen.append(due)
      left -= due.drill.seconds
    }
    return chosen
  }

  /// The day that an assignment is due on: that it was given where it has none.
  private func day(of assignment: Assignment) -> Int {
    CivilDate.day(ofMilliseconds: assignment.dueMilliseconds ?? assignment.atMilliseconds, utcOffset: utcOffset)
  }

  /// The chance that a drill would go well; below 0 for what was assigned, which comes before.
  private func recall(of due: Due, on day: Int) -> Double {
    guard case .review = due.cause, let card = cards[due.drill.id] else { return -1 }
    return fsrs.retrievability(of: card, at: day * FSRS.day)
  }
}
