import Coach
import Testing

/// What is old enough to be deleted, and what never is.
struct RetentionRuleTests {
  private static let day: Int64 = 86_400_000
  /// 21 November 2026.
  private static let now: Int64 = 1_795_219_200_000

  @Test(arguments: [
    (0, 400.0, false), (30, 29.99, false), (30, 30.01, true), (30, -1, false), (30, -4_000, false), (30, 3_000, false),
    (1, 0.5, false), (1, 1.5, true), (36_500, 400, false), (Int.max, 400, false), (-1, 400, false),
  ])
  func `only what began longer ago than the rule is due, and nothing of a clock that was wrong`(
    days: Int, ageDays: Double, expected: Bool
  ) {
    let began = Self.now - Int64(ageDays * Double(Self.day))
    for rule in [RetentionRule(audioDays: days), RetentionRule(sessionDays: days)] {
      let due = rule.audioDays != 0 ? rule.dueSound(now: Self.now) : rule.dueSessions(now: Self.now)
      #expect(due?.contains(began) ?? false == expected)
    }
  }

  @Test func `a machine that knows no time deletes nothing, and one far ahead does not overflow`() {
    let rule = RetentionRule(audioDays: 30, sessionDays: 30)
    for now in [Int64.min, -1, 0, RetentionRule.earliest] {
      #expect(rule.dueSound(now: now) == nil && rule.dueSessions(now: now) == nil)
    }
    #expect(rule.dueSessions(now: .max)?.contains(0) == false)
    #expect(RetentionRule().keepsAll && !rule.keepsAll)
  }
}
