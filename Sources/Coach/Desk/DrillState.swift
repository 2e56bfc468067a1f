package import Practice

/// Drills as they are looked at: which there are and are due, the one about to start, its past beside the attempt, what
/// became of it, and the plan. Views draw it beside the session; who knows the history fills it.
package struct DrillState: Equatable, Sendable {
  /// All drills that are listed, in any order; `shown` is the order on the screen.
  package var lines: [DrillLine] = []
  /// The place of the selected drill in `shown`.
  package var selection = 0
  package var filter = Filter()
  /// Two weeks, from today on.
  package var days: [PlanDay] = []
  /// The place of the selected entry among the entries of all days.
  package var planSelection = 0
  /// What the plan says of itself: `10 minutes a day`.
  package var planDetail = ""
  /// The drill that is looked at before it starts.
  package var card: Card?
  /// Earlier attempts beside the one under way, the best first; empty without any.
  package var ghosts: [Ghost] = []
  /// What became of the drill before: of the attempt under way, and of the one just ended.
  package var past = Past()
  package var result = After()
  /// The drill for what a take was found to need, shown on its summary.
  package var offer: Offer?

  package init() {}

  /// Which drills are listed.
  package struct Filter: Equatable, Sendable {
    /// Nil for every skill.
    package var skill: DrillSkill?
    /// Whether only what is due is listed.
    package var isDueOnly = false

    package init(skill: DrillSkill? = nil, isDueOnly: Bool = false) {
      self.skill = skill
      self.isDueOnly = isDueOnly
    }
  }

  /// The lines as they are listed: what is due first, the longest overdue before the rest, then all others by skill,
  /// level and name.
  package var shown: [DrillLine] {
    let kept = lines.filter { line in
      (filter.skill.map { $0 == line.skill } ?? true) && (!filter.isDueOnly || line.overdueDays != nil)
    }
    let due = kept.filter { $0.overdueDays != nil }.sorted {
      ($1.overdueDays ?? 0, $0.name) < ($0.overdueDays ?? 0, $1.name)
    }
    let order = Dictionary(
      DrillSkill.allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let rest = kept.filter { $0.overdueDays == nil }.sorted {
      (order[$0.skill] ?? 0, $0.level, $0.name) < (order[$1.skill] ?? 0, $1.level, $1.name)
    }
    return due + rest
  }

  /// The drill that is selected in the list.
  package var selected: DrillLine? { shown.indices.contains(selection) ? shown[selection] : nil }

  /// The entry that is selected in the plan.
  package var planned: PlanDay.Entry? {
    let entries = days.flatMap(\.entries)
    return entries.indices.contains(planSelection) ? entries[planSelection] : nil
  }
}

/// A drill in a list.
package struct DrillLine: Equatable, Sendable {
  package var id: String
  package var name: String
  package var kind: DrillKind
  package var skill: DrillSkill
  package var seconds: Double
  package var level: Int
  /// Best figure so far, written out with its unit; empty where it was never done.
  package var best: String
  /// When it is due, in words: `today`, `3 days over`, `in 5 days`; empty where it is on no schedule.
  package var due: String
  /// Days since it was due, 0 today; nil where it is not due.
  package var overdueDays: Int?
  /// What a tutor wrote beside it, and who that is.
  package var note: String?
  package var by: String?

  /// A line of the list.
  package init(
    id: String, name: String, kind: DrillKind, skill: DrillSkill, seconds: Double, level: Int = 1, best: String = "",
    due: String = "", overdueDays: Int? = nil, note: String? = nil, by: String? = nil
  ) {
    (self.id, self.name, self.kind, self.skill, self.seconds) = (id, name, kind, skill, seconds)
    (self.level, self.best, self.due, self.overdueDays) = (level, best, due, overdueDays)
    (self.note, self.by) = (note, by)
  }

  /// The line of `drill`.
  package init(
    _ drill: Drill, best: String = "", due: String = "", overdueDays: Int? = nil, note: String? = nil,
    by: String? = nil
  ) {
    self.init(
      id: drill.id, name: drill.name, kind: drill.kind, skill: drill.skill, seconds: drill.seconds,
      level: drill.level, best: best, due: due, overdueDays: overdueDays, note: note, by: by)
  }
}

extension DrillState {
  /// A drill before it starts.
  package struct Card: Equatable, Sendable {
    package var drill: Drill
    package var past: Past
    /// When it is due, in words; empty where it is on no schedule.
    package var due: String
    /// What a tutor wrote beside it, and who that is.
    package var note: String?
    package var by: String?

    package init(_ drill: Drill, past: Past = Past(), due: String = "", note: String? = nil, by: String? = nil) {
      (self.drill, self.past, self.due, self.note, self.by) = (drill, past, due, note, by)
    }
  }

  /// Earlier attempts in one figure each, that of `Drill.measure`.
  package struct Past: Equatable, Sendable {
    package var best: Double?
    /// The last five at most, oldest first; the attempt just ended is not among them.
    package var last: [Double]

    package init(best: Double? = nil, last: [Double] = []) { (self.best, self.last) = (best, last) }
  }

  /// An earlier attempt as it went.
  package struct Ghost: Equatable, Sendable {
    /// `best`, or the day it was.
    package var label: String
    package var isBest: Bool
    /// How it stood at the end of each second, 0 to 1.
    package var progress: [Double]

    package init(_ label: String, isBest: Bool = false, progress: [Double]) {
      (self.label, self.isBest, self.progress) = (label, isBest, progress)
    }

    /// How it stood at `seconds`; where it had ended by then, as it ended. Nil without a value.
    package func progress(at seconds: Double) -> Double? {
      guard seconds.isFinite, !progress.isEmpty else { return nil }
      let place = Int(min(max(seconds, 0), Double(progress.count)))
      // The value at the end of the second that is over.
      return place == 0 ? 0 : progress[min(place, progress.count) - 1]
    }
  }

  /// What stands beside the result of an attempt: how it went before, and what comes after it.
  package struct Beside: Equatable, Sendable {
    package var past: Past
    package var after: After

    package init(past: Past, after: After) { (self.past, self.after) = (past, after) }
  }

  /// What is said below a result.
  package struct After: Equatable, Sendable {
    /// When it is due again, in words: `Tue 24 Nov, in 2 days`; empty where it is on no schedule.
    package var due: String
    /// The drill that is due next, by name; nil where nothing is.
    package var next: String?

    package init(due: String = "", next: String? = nil) { (self.due, self.next) = (due, next) }
  }

  /// A drill that a summary offers.
  package struct Offer: Equatable, Sendable {
    package var drill: String
    package var name: String
    package var seconds: Double
    /// Why it is this one, a clause; may be empty.
    package var why: String
    /// When it is due, in words, once it was put on the schedule; nil before.
    package var scheduled: String?

    package init(drill: String, name: String, seconds: Double, why: String = "", scheduled: String? = nil) {
      (self.drill, self.name, self.seconds, self.why, self.scheduled) = (drill, name, seconds, why, scheduled)
    }
  }
}

/// A day of the plan.
package struct PlanDay: Equatable, Sendable {
  /// A drill of that day.
  package struct Entry: Equatable, Sendable {
    package var drill: String
    package var name: String
    package var seconds: Double
    /// Why it stands there, a clause: `due`, `for your pauses, 42 of 100`.
    package var why: String

    package init(drill: String, name: String, seconds: Double, why: String = "") {
      (self.drill, self.name, self.seconds, self.why) = (drill, name, seconds, why)
    }
  }

  /// `Mon 23 Nov`.
  package var name: String
  package var isToday: Bool
  /// Empty on a day of rest.
  package var entries: [Entry]

  /// A day.
  package init(_ name: String, isToday: Bool = false, entries: [Entry] = []) {
    (self.name, self.isToday, self.entries) = (name, isToday, entries)
  }
}
