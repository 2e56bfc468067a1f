/// The drills of the next days: what is due again, what was assigned, and new ones for the weakest scores.
///
/// A forecast by simple rules, made anew whenever it is looked at. Each day takes what is due first, supposing that what
/// was planned before went well ("good"); with minutes left it takes a new drill for a weak skill, a second one where
/// nothing is due. The weakest skills share the new drills by what their scores lack, and one skill does not get two new
/// drills on neighbouring days where there is another.
package struct PracticePlan: Equatable, Sendable {
  /// A drill on a day.
  package struct Entry: Equatable, Sendable {
    package var drill: Drill
    /// Why it is there, words for a line.
    package var why: String
    /// Whether it was never judged before.
    package var isNew: Bool
  }

  /// A day.
  package struct Day: Equatable, Sendable {
    /// Counted from 1 January 1970.
    package var number: Int
    package var isRest: Bool
    package var entries: [Entry]

    package var date: CivilDate { CivilDate(day: number) }
    /// Seconds of its drills.
    package var seconds: Double { entries.reduce(0) { $0 + $1.drill.seconds } }
  }

  package let days: [Day]

  /// Skills that new drills are planned for, the weakest.
  private static let weakest = 3
  /// New drills of a day on which others are due, and on which none is.
  private static let newBesideDue = 1
  private static let newAlone = 2

  /// The plan from today on.
  ///
  /// - Parameters:
  ///   - scores: what is known of the learner's skills, in any order; without any, skills are tried in turn.
  ///   - days: how many.
  ///   - minutesADay: at most; a day on which something is due has at least one drill.
  ///   - restDays: days of the week without practice, 1 for Monday to 7.
  package init(
    _ schedule: Schedule, scores: [SkillScore] = [], days count: Int = 14, minutesADay: Double = 10,
    restDays: Set<Int> = []
  ) {
    var future = schedule
    var fresh = FreshDrills(schedule, scores: scores, weakest: PracticePlan.weakest)
    var days: [Day] = []
    var planned: Set<String> = []
    for number in schedule.today..<(schedule.today + min(max(count, 0), 366)) {
      let isRest = restDays.contains(CivilDate.weekday(ofDay: number))
      var entries: [Entry] = []
      if !isRest {
        let due = Schedule.fitting(future.due(on: number), seconds: minutesADay * 60)
        entries = due.map { due in
          Entry(
            drill: due.drill, why: PlanWords.why(due, wasPlanned: planned.contains(due.drill.id), schedule),
            isNew: schedule.latestReview(of: due.drill.id) == nil && !planned.contains(due.drill.id))
        }
        var left = minutesADay * 60 - entries.reduce(0) { $0 + $1.drill.seconds }
        for _ in 0..<(due.isEmpty ? PracticePlan.newAlone : PracticePlan.newBesideDue) {
          let taken = planned.union(entries.map(\.drill.id))
          guard let (drill, why) = fresh.next(on: number, seconds: left, without: taken) else { break }
          entries.append(Entry(drill: drill, why: why, isNew: true))
          left -= drill.seconds
        }
      }
      for entry in entries {
        future.suppose(entry.drill, doneOn: number)
        planned.insert(entry.drill.id)
      }
      days.append(Day(number: number, isRest: isRest, entries: entries))
    }
    self.days = days
  }
}

/// New drills for weak skills, one after the other.
private struct FreshDrills {
  private struct Skill {
    var skill: DrillSkill
    /// Points that its score lacks.
    var weight: Double
    var why: String
    /// Drills given, and the day of the last one.
    var given = 0.0
    var lastDay: Int?
  }

  private var skills: [Skill]
  /// Drills by skill, the easiest first.
  private let shelf: [DrillSkill: [Drill]]

  init(_ schedule: Schedule, scores: [SkillScore], weakest: Int) {
    let unknown = schedule.drills.values.filter { schedule.cards[$0.id] == nil && !$0.pass.isEmpty }
    shelf = Dictionary(grouping: unknown, by: \.skill).mapValues {
      $0.sorted { ($0.level, $0.id) < ($1.level, $1.id) }
    }
    let known = scores.sorted { ($0.value, $0.criterion) < ($1.value, $1.criterion) }.filter { !$0.skills.isEmpty }
    skills = known.prefix(weakest).enumerated().flatMap { place, score in
      score.skills.map {
        Skill(
          skill: $0, weight: max(100 - score.value, 5) / Double(score.skills.count),
          why: PlanWords.why(score, isLowest: place == 0))
      }
    }
    if known.isEmpty {
      skills = DrillSkill.allCases.map { Skill(skill: $0, weight: 1, why: PlanWords.untried($0)) }
    }
  }

  /// The next one, of at most `seconds`; nil where there is none.
  mutating func next(on day: Int, seconds: Double, without taken: Set<String>) -> (Drill, String)? {
    func drill(of skill: Skill) -> Drill? {
      shelf[skill.skill]?.first { !taken.contains($0.id) && $0.seconds <= seconds }
    }
    let possible = skills.indices.filter { drill(of: skills[$0]) != nil }
    let rested = possible.filter { skills[$0].lastDay.map { day - $0 > 1 } ?? true }
    let isNotToday = possible.filter { skills[$0].lastDay != day }
    let choice = rested.isEmpty ? isNotToday : rested
    let place = choice.min {
      (skills[$0].given / skills[$0].weight, Double($0)) < (skills[$1].given / skills[$1].weight, Double($1))
    }
    guard let place, let drill = drill(of: skills[place]) else { return nil }
    skills[place].given += 1
    skills[place].lastDay = day
    return (drill, skills[place].why)
  }
}

extension CivilDate {
  /// The day of the week of a day counted from 1 January 1970, which was a Thursday: 1 for Monday to 7.
  package static func weekday(ofDay day: Int) -> Int { ((day + 3) % 7 + 7) % 7 + 1 }
}
