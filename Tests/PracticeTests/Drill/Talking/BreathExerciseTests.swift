import Testing

@testable import Practice

@Suite struct BreathExerciseTests {
  private static func drill(_ values: [String: DrillValue] = [:]) -> Drill {
    Drill(id: "box", kind: .breath, name: "Box", skill: .calm, values: values, measure: "rounds")
  }

  private static func session(_ values: [String: DrillValue] = [:], until: Double) -> Session {
    TalkAttempt(drill: drill(values), runs: TalkAttempt.talk(2, 30), fillers: [5], until: until).session
  }

  @Test func `four rounds of four times four seconds are done, not judged`() throws {
    let session = Self.session(until: 90)
    let run = try #require(session.drill)
    #expect(run.isComplete && run.spans.count == 16 && run.spans.last?.end == 64)
    let result = try #require(session.drillResult)
    #expect(result.isPassed == nil && result.grade == nil && result.isComplete && result.refusal == nil)
    #expect(result.figure("rounds") == 4 && result.rows.isEmpty)
  }

  @Test func `broken off it is not complete`() throws {
    let result = try #require(Self.session(until: 40).drillResult)
    #expect(!result.isComplete && result.isPassed == nil && result.figure("rounds") == 2)
    #expect(result.rows == [DrillRow("asked for", "4")])
  }

  @Test(arguments: [
    (0.0, 0, 0.0, 1), (6, 1, 2, 1), (13, 3, 1, 1), (17, 0, 1, 2), (64, 3, 4, 4),
  ])
  func `the pacer shows phase and round`(second: Double, phase: Int, into: Double, round: Int) {
    let session = second == 0 ? Session() : Self.session(until: second)
    guard case .breath(let breath) = BreathExercise.scene(session) else {
      Issue.record("another scene")
      return
    }
    #expect(breath.phase == phase && breath.seconds == into && breath.round == round)
  }

  @Test func `a phase of no length is left out`() {
    // 4-7-8: in, hold, out, and no rest.
    let values: [String: DrillValue] = [
      "hold": .number(7), "out": .number(8), "rest": .number(0), "rounds": .number(2),
    ]
    let steps = BreathExercise.steps(DrillStart(drill: Self.drill(values)))
    #expect(
      steps.map(\.name) == ["in", "hold", "out", "in", "hold", "out"] && steps.map(\.seconds) == [4, 7, 8, 4, 7, 8])
    #expect(Self.session(values, until: 60).drillResult?.figure("rounds") == 2)
  }

  @Test func `what is judged, or too long, is refused`() {
    var judged = Self.drill()
    judged.pass = [DrillRule("rounds", .atLeast(4))]
    #expect(BreathExercise.problem(judged)?.contains("never judged") == true)
    #expect(BreathExercise.problem(Self.drill(["rounds": .number(30)]))?.contains("480 s") == true)
    #expect(BreathExercise.problem(Self.drill()) == nil)
  }
}
