import SpeechSignals
import Testing

@testable import Practice

@Suite struct DrillRunTests {
  private static let drill = Drill(
    id: "box", kind: .breath, name: "Box", skill: .calm, seconds: 4, measure: "rounds")

  @Test func `steps follow one another by the clock of the sound and by the learner's hand`() {
    var session = begun()
    _ = session.apply(SessionEvent(at: 0, .drill(DrillStart(drill: Self.drill))))
    let count = session.drill?.steps.count ?? 0
    _ = session.apply(SessionEvent(at: 0, .step(0)))
    #expect(session.drill?.index == 0)
    _ = session.apply(SessionEvent(at: 2, .step(count)))
    #expect(session.drill?.isComplete == (count == 1))
    #expect(session.drill?.spans.first?.end == 2)
  }

  @Test func `a step that lies behind, or nowhere, begins nothing`() {
    var run = DrillRun(DrillStart(drill: Self.drill))
    run.begin(step: 0, at: 1)
    for place in [-1, 0, run.steps.count + 1, 9_999] { run.begin(step: place, at: 2) }
    #expect(run.spans == [DrillRun.Span(step: 0, start: 1, end: nil)])
  }

  @Test func `no drill event is obeyed where there is no drill`() {
    var session = begun()
    for kind: SessionEvent.Kind in [.tap, .step(3), .choice(Choice(start: 0, end: 1, candidates: []))] {
      _ = session.apply(SessionEvent(at: 1, kind))
    }
    #expect(session.drill == nil)
  }
}

@Suite struct DrillRuleTests {
  @Test(arguments: [
    ("at least 80 %", DrillRule.Bound.atLeast(0.8)), ("at least 80%", .atLeast(0.8)), ("at most 2", .atMost(2)),
    ("At Most 0.5", .atMost(0.5)), ("140 to 160", .within(140...160)), ("40 to 60 %", .within(0.4...0.6)),
    ("-3 to 3", .within(-3...3)),
  ])
  func `bounds are read as they are written`(text: String, bound: DrillRule.Bound) {
    #expect(DrillRule.bound(from: text) == bound)
  }

  @Test(arguments: [
    "", "80", "at", "at least", "at least x", "at best 3", "3 to", "5 to 3", "at least 1e300", "nan to 1",
  ])
  func `what is no bound is none`(text: String) { #expect(DrillRule.bound(from: text) == nil) }

  @Test(arguments: [
    (DrillRule.Bound.atLeast(0.8), 0.79, false, DrillGrade.again), (.atLeast(0.8), 0.8, true, .hard),
    (.atLeast(0.8), 0.9, true, .good), (.atLeast(0.8), 1, true, .easy), (.atMost(0.5), 0.51, false, .again),
    (.atMost(0.5), 0.49, true, .hard), (.atMost(0.5), 0.4, true, .good), (.atMost(0.5), 0.1, true, .easy),
    (.within(140...160), 139, false, .again), (.within(140...160), 140, true, .hard),
    (.within(140...160), 142, true, .good), (.within(140...160), 150, true, .easy), (.atMost(0), 0, true, .easy),
    (.atMost(0), 1, false, .again),
  ])
  func `the grade is how far inside its bound a figure lies`(
    bound: DrillRule.Bound, value: Double, isPassed: Bool, grade: DrillGrade
  ) {
    let drill = Drill(
      id: "a", kind: .silence, name: "A", skill: .fillers, measure: "m", pass: [DrillRule("m", bound)])
    let result = DrillVerdict.judge(drill, DrillFinding(figures: [DrillFigure("m", value)]))
    #expect(result.isPassed == isPassed)
    #expect(result.grade == grade)
  }

  @Test func `what was broken off, refused or has no rule gets no pass`() {
    let rules = [DrillRule("m", .atLeast(1))]
    let drill = Drill(id: "a", kind: .silence, name: "A", skill: .fillers, measure: "m", pass: rules)
    var free = drill
    free.pass = []
    let figures = [DrillFigure("m", 2)]
    let cut = DrillVerdict.judge(drill, DrillFinding(figures: figures, isComplete: false))
    #expect(cut.isPassed == false && cut.grade == nil)
    let refused = DrillVerdict.judge(drill, DrillFinding(figures: figures, refusal: "Put headphones on."))
    #expect(refused.isPassed == nil && refused.grade == nil && refused.refusal == "Put headphones on.")
    #expect(DrillVerdict.judge(free, DrillFinding(figures: figures)).grade == nil)
    #expect(DrillVerdict.judge(drill, DrillFinding()).refusal != nil)
  }
}
