/// Why a drill is due, in words for a line.
package enum PlanWords {
  /// Why `due` is; `wasPlanned` where its last attempt is itself one of the plan's.
  static func why(_ due: Schedule.Due, wasPlanned: Bool, _ schedule: Schedule) -> String {
    if wasPlanned, case .review(let lastDay, _) = due.cause {
      return "again, if it goes well on \(date(lastDay, schedule))"
    }
    return why(due, schedule)
  }

  /// Why `due` is.
  package static func why(_ due: Schedule.Due, _ schedule: Schedule) -> String {
    switch due.cause {
    case .review(let lastDay, let isPassed):
      return isPassed
        ? "due again, last passed on \(date(lastDay, schedule))"
        : "due again, tried on \(date(lastDay, schedule))"
    case .assigned(let assignment):
      let day = assignment.dueMilliseconds.map {
        ", by " + date(CivilDate.day(ofMilliseconds: $0, utcOffset: schedule.utcOffset), schedule)
      }
      return "from \(assignment.by)\(day ?? "")\(assignment.note.isEmpty ? "" : ": " + assignment.note)"
    case .queued: return "you put it on the schedule"
    }
  }

  /// A score from which on a drill keeps a skill up and mends nothing, of 100.
  private static let high = 90.0

  /// Why a new drill is there for a score that is among the lowest.
  static func why(_ score: SkillScore, isLowest: Bool) -> String {
    let name = score.criterion.split(separator: "-").joined(separator: " ")
    guard score.value < high else { return "to keep up \(name): \(decimal(score.value, 0))" }
    return "for \(name), \(isLowest ? "your lowest score" : "one of your lowest scores"): \(decimal(score.value, 0))"
  }

  /// Why a new drill is there where no score is known.
  static func untried(_ skill: DrillSkill) -> String { "to find out where you stand: \(skill.rawValue)" }

  private static func date(_ day: Int, _ schedule: Schedule) -> String {
    CivilDate(day: day).words(withYearUnless: CivilDate(day: schedule.today).year)
  }
}
