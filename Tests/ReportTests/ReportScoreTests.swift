import Testing

@testable import Practice
@testable import Report

/// A form with something to measure and something for people, and one for people alone.
private let form = Rubric(
  id: "form", version: 2, name: "Form", levels: ["low", "middle", "high"],
  criteria: [
    Criterion(
      id: "pace", name: "Pace",
      measures: [
        RubricMeasure(.pace, RubricBand(low: 120, high: 175, zeroLow: 70, zeroHigh: 240), weight: 3),
        RubricMeasure(.pitchSpread, RubricBand(low: 2, high: 6, zeroLow: 0.5, zeroHigh: 12)),
      ]), Criterion(id: "structure", name: "Structure"), Criterion(id: "contact", name: "Contact"),
  ])
private let people = Rubric(
  id: "people", version: 1, name: "People", levels: ["low", "high"],
  criteria: [Criterion(id: "structure", name: "Structure")])

@Suite struct ReportScoreTests {
  private func scores(_ rubric: Rubric, isOpened: Bool = true, judging criterion: String? = nil) -> ReportScores? {
    let session = told().session
    let judged = criterion.map {
      Assessment(rubric: rubric.id, version: rubric.version, criterion: $0, judge: .tutor, name: "Ana", level: 2)
    }
    let scores = Scores.of(session: session, rubric: rubric)
    let sheet = AssessmentSheet(rubric, scores: scores, assessments: judged.map { [$0] } ?? [])
    return ReportScores(scores, sheet, isOpened: isOpened)
  }

  @Test func `a form that nothing measures and nobody filled in is left out`() {
    #expect(scores(people) == nil && scores(people, judging: "structure") != nil && scores(form) != nil)
  }

  @Test func `criteria without a score and a judgement share a line`() throws {
    let empty = try #require(scores(form))
    #expect(empty.told.map(\.criterion) == ["All of it", "Pace"])
    #expect(!empty.hasVerdicts)
    #expect(empty.untold == ["Judged by people, nobody did yet: Structure, Contact."])
    let judged = try #require(scores(form, judging: "contact"))
    #expect(judged.told.map(\.criterion) == ["All of it", "Pace", "Contact"])
    #expect(
      judged.told.last?.verdict == "judged by people" && judged.told.last?.judged == ["Ana, tutor: 2 of 3, middle"])
  }

  @Test(arguments: [(true, nil, true), (false, nil, false), (false, "contact", true)] as [(Bool, String?, Bool)])
  func `formulas are of the rubric that sessions are listed by, and where somebody judged`(
    isOpened: Bool, judged: String?, isShown: Bool
  ) throws {
    let pace = try #require(scores(form, isOpened: isOpened, judging: judged)?.criteria.first)
    #expect(pace.value != nil && pace.parts.isEmpty != isShown)
  }

  @Test func `a formula keeps its order and its weight`() throws {
    let parts = try #require(scores(form)?.criteria.first).parts
    #expect(parts.map(\.details.count) == [2, 2])
    #expect(parts[0].head.hasPrefix("pace: ") && parts[0].details[1].hasSuffix("; counts 75 percent"))
    #expect(parts[1].details[1].hasSuffix("; counts 25 percent"))
    for text in parts.flatMap({ [$0.head] + $0.details }) { #expect(!text.hasPrefix(" ")) }
  }
}
