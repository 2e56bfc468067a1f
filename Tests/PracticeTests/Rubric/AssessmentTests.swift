import Testing

@testable import Practice

@Suite struct AssessmentTests {
  private func parsed(_ text: String) -> [String] {
    AssessmentAnswer.parse(text, rubric: .small, model: "llama").map {
      "\($0.criterion) \(decimal($0.level ?? -1, 1)) \($0.reason ?? "-")"
    }
  }

  @Test(arguments: [
    ("pace: 3: It flows.", ["pace 3.0 It flows."]), ("- **Pace**: 2 — a bit fast", ["pace 2.0 a bit fast"]),
    ("1. `variety`: Level 2/3 - even", ["variety 2.0 even"]), ("Variety: high: moves", ["variety 3.0 moves"]),
    ("pace: 2.5", ["pace 2.5 -"]), ("PACE : 1.", ["pace 1.0 -"]), ("| pace: 2 |", ["pace 2.0 -"]),
    // Not surely meant.
    ("pace: 4: brilliant", []), ("pace: 0", []), ("pace: -1", []), ("pace: 2-3: between", []), ("pace: 2 to 3", []),
    ("pace: 2/10", []), ("pace: 20%", []), ("pace: 2nd", []), ("pace: good", []), ("pace 3", []), ("pacing: 3", []),
    ("pace: nan", []), ("pace: 1e0", []), ("pace: highly varied", []), ("pace: 2,5", []), ("Overall: 3", []),
    ("I would say the pace: 3 seconds were lost in thought, and: 2", []),
    ("pace: 3: good\npace: 1: bad\nfluency: 2: fine", ["fluency 2.0 fine"]),
    ("pace: 3: good\npace: 3: as I said", ["pace 3.0 good"]), ("", []), ("\u{0}\u{1B}[31m:::\n\n:", []),
    ("Sure! Here is my judgement:\n\npace: 3: Steady.\n\nLet me know if you want more.", ["pace 3.0 Steady."]),
  ])
  func `of an answer only what is surely meant`(text: String, expected: [String]) {
    #expect(parsed(text) == expected)
  }

  @Test func `garbage of any length is read in bounds`() {
    #expect(parsed(String(repeating: "pace: 9 ", count: 100_000)).isEmpty)
    #expect(parsed(String(repeating: "a:\n", count: 100_000) + "pace: 3").isEmpty)
    #expect(AssessmentAnswer.parse("pace: 3: \u{1B}[2Jfine", rubric: .small, model: nil).first?.reason == "[2Jfine")
  }

  @Test func `the question has every criterion, level and descriptor, and the form of the answer`() {
    let question = AssessmentAnswer.question(.small)
    for text in [
      "1 = low, 2 = middle, 3 = high", "- pace: Pace", "  3: alive", "id: level: reason", "Never judge accent",
    ] {
      #expect(question.contains(text))
    }
  }

  @Test func `judges stand side by side with their disagreement`() throws {
    func mark(_ judge: Assessment.Judge, _ name: String?, _ level: Double, version: Int = 3) -> Assessment {
      Assessment(rubric: "small", version: version, criterion: "pace", judge: judge, name: name, level: level)
    }
    let scores = Scores.of(session: Rehearsed().session, rubric: .small)
    let sheet = AssessmentSheet(
      .small, scores: scores,
      assessments: [
        mark(.ai, "llama", 3), mark(.tutor, "Bo", 1), mark(.tutor, "Ana", 2), mark(.learner, nil, 2.5),
        mark(.learner, nil, 1, version: 2),
      ])
    #expect(sheet.judges.map(\.words) == ["measured", "you", "Ana, tutor", "Bo, tutor", "AI tutor (llama)"])
    let pace = try #require(sheet.rows.first)
    #expect(pace.marks.map(\.level) == [3, 2.5, 2, 1, 3])
    #expect(pace.disagreement == 2 && pace.words == "measured 3, Bo, tutor 1: 2 levels apart")
    #expect(sheet.disputed.map(\.criterion.id) == ["pace"])
    #expect(sheet.rows.last?.marks.isEmpty == true && sheet.rows.last?.words == nil)
    let agreed = AssessmentSheet(.small, scores: nil, assessments: [mark(.learner, nil, 2), mark(.ai, nil, 2)])
    #expect(agreed.rows.first?.words == "all agree" && agreed.judges.count == 2)
  }

  @Test(arguments: [(0.0, 1.0), (50, 2), (100, 3), (120, 3), (-5, 1)])
  func `a score is a level in a straight line`(score: Double, level: Double) {
    #expect(Rubric.small.level(ofScore: score) == level)
    #expect(Rubric.small.name(ofLevel: level) == ["low", "middle", "high"][Int(level) - 1])
  }
}
