/// An attempt at a drill as its schedule remembers it; it may outlive the attempt's session.
package struct Review: Equatable, Sendable {
  /// The drill's id.
  package var drill: String
  /// How it went; nil for what was done and is never graded, such as breathing: it makes no card.
  package var grade: DrillGrade?
  /// When the attempt began, in milliseconds since 1970.
  package var atMilliseconds: Int
  /// Seconds that the learner's clock was ahead of UTC then: an attempt belongs to the day that it was there.
  package var utcOffset: Int
  /// The session of the attempt; nil once it was deleted for its age.
  package var session: String?

  /// Makes a review.
  package init(drill: String, grade: DrillGrade?, atMilliseconds: Int, utcOffset: Int = 0, session: String? = nil) {
    self.drill = drill
    self.grade = grade
    self.atMilliseconds = atMilliseconds
    self.utcOffset = utcOffset
    self.session = session
  }

  /// The day of the attempt, counted from 1 January 1970.
  package var day: Int { CivilDate.day(ofMilliseconds: atMilliseconds, utcOffset: utcOffset) }
}

/// A drill that somebody wants done: a tutor, with a note and a day, or the learner, who put it on the schedule.
package struct Assignment: Equatable, Sendable {
  /// Its number in the history; nil where it is not kept yet.
  package var id: Int?
  /// The drill's id.
  package var drill: String
  /// What to mind, a line; may be empty.
  package var note: String
  /// Who asks for it; empty where it is the learner.
  package var by: String
  /// The day it is to be done by, or, of one's own, the day it is put on; any moment of that day, in milliseconds since
  /// 1970. Nil for any time, and for at once.
  package var dueMilliseconds: Int?
  /// When it was given, in milliseconds since 1970: attempts before do not count.
  package var atMilliseconds: Int

  /// Makes an assignment, its texts on one line each.
  package init(
    drill: String, note: String = "", by: String = "", dueMilliseconds: Int? = nil, atMilliseconds: Int, id: Int? = nil
  ) {
    self.id = id
    self.drill = Afterwards.name(drill)
    self.note = Afterwards.line(note)
    self.by = Afterwards.name(by)
    self.dueMilliseconds = dueMilliseconds
    self.atMilliseconds = atMilliseconds
  }

  /// Whether the learner put it on the schedule.
  package var isOwn: Bool { by.isEmpty }

  /// Whether `review` settles it: a tutor's is done when the drill is passed; one's own with any attempt that was
  /// judged, for the schedule knows the drill then. What is never graded is done when it was done.
  package func isDone(by review: Review) -> Bool {
    guard review.drill == drill, review.atMilliseconds >= atMilliseconds else { return false }
    return isOwn || review.grade != .again
  }

  /// The first of `reviews`, in the order of time, that settles it; nil while it is open.
  package func done(in reviews: [Review]) -> Review? { reviews.first(where: isDone) }
}

extension CivilDate {
  /// The day of a moment, counted from 1 January 1970, by a clock `utcOffset` seconds ahead of UTC.
  package static func day(ofMilliseconds milliseconds: Int, utcOffset: Int) -> Int {
    // Within 28 000 years of 1970, as `CivilDate`.
    let local = min(max(milliseconds, -900_000_000_000_000), 900_000_000_000_000) + utcOffset * 1_000
    return local >= 0 ? local / FSRS.day : -((-local + FSRS.day - 1) / FSRS.day)
  }

  /// The day that is `day` days after 1 January 1970.
  package init(day: Int) { self.init(secondsSince1970: Double(day) * 86_400) }
}
