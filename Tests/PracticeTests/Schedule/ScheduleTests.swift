import Testing

@testable import Practice

/// Noon of 1 November 2026, UTC, and that day, a Sunday.
let noon = 1_793_534_400_000
let today = noon / FSRS.day

/// A drill of two minutes that is passed by talking.
func drill(_ id: String, _ skill: DrillSkill = .pauses, seconds: Double = 120, level: Int = 1, graded: Bool = true)
  -> Drill
{
  Drill(
    id: id, kind: .silence, name: id, skill: skill, seconds: seconds, level: level, measure: "talk",
    pass: graded ? [DrillRule("talk", .atLeast(1))] : [])
}

func review(_ id: String, _ grade: DrillGrade?, daysAgo: Int) -> Review {
  Review(drill: id, grade: grade, atMilliseconds: noon - daysAgo * FSRS.day)
}

@Suite struct ScheduleTests {
  private func schedule(
    _ reviews: [Review] = [], _ assignments: [Assignment] = [], drills: [Drill]? = nil, now: Int = noon,
    utcOffset: Int = 0
  ) -> Schedule {
    Schedule(
      reviews: reviews, assignments: assignments, drills: drills ?? ["a", "b", "c"].map { drill($0) },
      nowMilliseconds: now, utcOffset: utcOffset)
  }

  @Test func `what is due comes longest overdue first, and what is not or has no file does not come`() {
    let list = schedule([
      review("a", .good, daysAgo: 3), review("b", .again, daysAgo: 9), review("c", .easy, daysAgo: 2),
      review("gone", .again, daysAgo: 20),
    ]).due(on: today)
    #expect(list.map(\.drill.id) == ["b", "a"] && list.map(\.overdueDays) == [8, 1])
    #expect(list[0].cause == .review(lastDay: today - 9, isPassed: false))
  }

  @Test func `a day begins at the learner's midnight, whenever they practised`() {
    // Passed at 23:30 on 30 October in Berlin: two days on it is due from midnight.
    let late = Review(drill: "a", grade: .good, atMilliseconds: noon - 38 * 3_600_000 - 1_800_000, utcOffset: 3_600)
    let midnight = noon - 13 * 3_600_000
    #expect(late.day == today - 2)
    #expect(schedule([late], now: midnight, utcOffset: 3_600).due(on: today).map(\.overdueDays) == [0])
    #expect(schedule([late], now: midnight - 1, utcOffset: 3_600).today == today - 1)
    #expect(schedule([late], now: midnight - 1, utcOffset: 3_600).due(on: today - 1).isEmpty)
  }

  @Test func `as much as fits into the minutes is chosen, and one drill always`() {
    let drills = [drill("a", seconds: 300), drill("b", seconds: 400), drill("c", seconds: 100)]
    let due = schedule(
      [review("a", .again, daysAgo: 9), review("b", .again, daysAgo: 8), review("c", .again, daysAgo: 7)],
      drills: drills)
    #expect(due.due(withinMinutes: 7).map(\.drill.id) == ["a", "c"])
    #expect(due.due(withinMinutes: 1).map(\.drill.id) == ["a"])
    #expect(due.due(withinMinutes: 60).count == 3 && schedule().due(withinMinutes: 60).isEmpty)
  }

  @Test func `an assignment is there from the start, ordered by its day, and done when the drill is passed`() {
    let given = Assignment(
      drill: "a", note: "slowly", by: "Ana", dueMilliseconds: noon + 3 * FSRS.day, atMilliseconds: noon - FSRS.day)
    let list = schedule([review("b", .again, daysAgo: 1)], [given]).due(on: today)
    #expect(list.map(\.drill.id) == ["b", "a"] && list.map(\.overdueDays) == [0, -3])
    #expect(list[1].cause == .assigned(given))
    #expect(schedule([review("a", .hard, daysAgo: 0)], [given]).open.isEmpty)
    #expect(schedule([review("a", .again, daysAgo: 0)], [given]).open == [given])
    #expect(schedule([review("a", .easy, daysAgo: 2)], [given]).open == [given])
  }

  @Test func `what the learner queued is there on its day, and done with any judged attempt`() {
    let queued = Assignment(drill: "a", dueMilliseconds: noon + FSRS.day, atMilliseconds: noon)
    #expect(schedule([], [queued]).due(on: today).isEmpty)
    #expect(schedule([], [queued]).due(on: today + 1).map(\.cause) == [.queued(queued)])
    #expect(schedule([review("a", .again, daysAgo: 0)], [queued]).open.isEmpty)
  }

  @Test func `a drill that is due and assigned comes once, with the note and the earlier day`() {
    let given = Assignment(drill: "a", note: "slowly", by: "Ana", atMilliseconds: noon)
    let own = Assignment(drill: "a", atMilliseconds: noon - FSRS.day)
    let list = schedule([review("a", .again, daysAgo: 5)], [own, given]).due(on: today)
    #expect(list.count == 1 && list[0].overdueDays == 4 && list[0].cause == .assigned(given))
  }

  @Test func `what is never graded has no card, and settles an assignment by being done`() {
    let breath = drill("a", .calm, graded: false)
    let given = Assignment(drill: "a", by: "Ana", atMilliseconds: noon)
    let done = schedule([review("a", nil, daysAgo: 0)], [given], drills: [breath])
    #expect(done.cards.isEmpty && done.open.isEmpty && done.due(on: today + 99).isEmpty)
  }
}

@Suite struct PracticePlanTests {
  private let skills: [DrillSkill] = [.pauses, .pace, .loudness]

  private func plan(
    _ reviews: [Review] = [], _ assignments: [Assignment] = [], scores: [SkillScore] = [], minutes: Double = 10,
    rest: Set<Int> = [], each: Int = 9
  ) -> PracticePlan {
    let drills = skills.flatMap { skill in (1...each).map { drill("\(skill.rawValue)-\($0)", skill, level: 1 + $0 / 4) }
    }
    let schedule = Schedule(
      reviews: reviews, assignments: assignments, drills: drills + [drill("calm", .calm, graded: false)],
      nowMilliseconds: noon, utcOffset: 0)
    return PracticePlan(schedule, scores: scores, minutesADay: minutes, restDays: rest)
  }

  private let weak = [
    SkillScore(criterion: "pausing", value: 40, sessions: 5), SkillScore(criterion: "pace", value: 80, sessions: 5),
    SkillScore(criterion: "projection", value: 90, sessions: 5),
    SkillScore(criterion: "contact", value: 1, sessions: 5),
  ]

  @Test func `fourteen days from today, none over its minutes, and none on days of rest`() {
    let plan = plan(scores: weak, minutes: 5, rest: [7])
    #expect(plan.days.map(\.number) == Array(today..<today + 14))
    #expect(plan.days.allSatisfy { $0.seconds <= 300 })
    #expect(plan.days.filter(\.isRest).map(\.number) == [today, today + 7])
    #expect(plan.days.allSatisfy { $0.entries.isEmpty == $0.isRest })
  }

  @Test func `the weakest score gets the most new drills, easy ones first, and says why`() {
    let fresh = plan(scores: weak).days.flatMap(\.entries).filter(\.isNew)
    let counts = skills.map { skill in fresh.count { $0.drill.skill == skill } }
    #expect(counts[0] > counts[1] && counts[1] > counts[2] && counts[2] > 0)
    #expect(fresh.first?.drill.id == "pauses-1" && fresh.first?.why == "for pausing, your lowest score: 40")
    #expect(Set(fresh.map(\.drill.id)).count == fresh.count && !fresh.contains { $0.drill.id == "calm" })
    let levels = fresh.filter { $0.drill.skill == .pauses }.map(\.drill.level)
    #expect(levels == levels.sorted())
  }

  @Test func `what goes well comes back as FSRS says, days apart`() {
    let days = plan(scores: weak).days
    let first = days.indices.filter { days[$0].entries.contains { $0.drill.id == "pauses-1" } }
    #expect(first.prefix(2) == [0, 2] && first.count <= 3)
    #expect(days[2].entries.first { $0.drill.id == "pauses-1" }?.why == "again, if it goes well on 1 November")
  }

  @Test func `what is due and what was assigned comes before anything new`() {
    let given = Assignment(drill: "pace-9", note: "slowly", by: "Ana", atMilliseconds: noon)
    let first = plan([review("loudness-2", .again, daysAgo: 4)], [given], scores: weak, minutes: 4).days[0].entries
    #expect(first.map(\.drill.id) == ["loudness-2", "pace-9"])
    #expect(first.map(\.why) == ["due again, tried on 28 October", "from Ana: slowly"])
    #expect(first.map(\.isNew) == [false, true])
  }

  @Test func `without scores each skill is tried in turn`() {
    let fresh = plan().days.flatMap(\.entries).filter(\.isNew)
    #expect(Set(fresh.prefix(3).map(\.drill.skill)) == Set(skills))
    #expect(fresh[0].why.hasPrefix("to find out where you stand: "))
  }

  @Test func `a short shelf leaves days empty, and no drills make no plan`() {
    #expect(plan(scores: weak, each: 1).days.flatMap(\.entries).filter(\.isNew).count == 3)
    let none = Schedule(reviews: [], drills: [], nowMilliseconds: noon, utcOffset: 0)
    #expect(PracticePlan(none, days: -4).days.isEmpty && PracticePlan(none).days.flatMap(\.entries).isEmpty)
  }

  @Test func `every skill of the table is trained by some criterion, and each criterion by a skill`() {
    #expect(SkillScore.table.allSatisfy { !$0.skills.isEmpty })
    #expect(Set(SkillScore.table.flatMap(\.skills)) == Set(DrillSkill.allCases).subtracting([.calm]))
  }
}
