import SpeechSignals
import Testing

@testable import Practice

@Suite struct MinimalPairsTests {
  private static let pairs = ["ship/sheep", "bit/beat", "sit/seat", "lip/leap"].map { $0 + " ship-sheep" }

  private func drill(items: Double = 8, pairs: [String] = pairs, language: String = "en") -> Drill {
    Drill(
      id: "pairs", kind: .minimalPairs, name: "Pairs", skill: .articulation, language: language,
      values: ["items": .number(items), "pairs": .list(pairs), "each": .number(5)], measure: "right",
      pass: [DrillRule("right", .atLeast(0.8))])
  }

  /// A word from `start` that fits `word` by so many nats better than `other`.
  private func choice(_ start: Double, _ word: String, _ other: String, by nats: Double, rest: Double = -90) -> Choice {
    Choice(
      start: start, end: start + 0.5,
      candidates: [.init(word, 0), .init(other, -nats / 50), .init("again", rest / 50)])
  }

  @Test(arguments: [4.0, 8, 16, 60])
  func `both words of a pair are asked equally often, and none twice running`(items: Double) {
    let asked = PairItem.asked(DrillStart(drill: drill(items: items), seed: 3))
    let two = (0..<40).map { seed in
      PairItem.asked(DrillStart(drill: drill(items: items, pairs: ["ship/sheep", "bad/bed"]), seed: seed))
    }
    #expect(two.allSatisfy { asked in !zip(asked, asked.dropFirst()).contains { $0 == $1 || $0 == $1.turned } })
    #expect(asked.count == Int(items))
    for pair in Self.pairs.compactMap({ PairItem($0) }) {
      #expect(asked.count { $0.word == pair.word } == asked.count { $0.word == pair.other })
    }
    #expect(!zip(asked, asked.dropFirst()).contains { $0 == $1 || $0 == $1.turned })
    #expect(asked == PairItem.asked(DrillStart(drill: drill(items: items), seed: 3)))
    #expect(asked != PairItem.asked(DrillStart(drill: drill(items: items), seed: 4)) || items == 4)
  }

  @Test(arguments: [
    (nats: 100.0, rest: -90.0, "right"), (13, -90, "right"), (9, -90, "unsure"), (-9, -90, "unsure"),
    (-13, -90, "other"), (100, 125, "unsure"), (100, 115, "right"),
  ])
  func `a pair is decided by how much better one of the two fits`(nats: Double, rest: Double, outcome: String) {
    let heard = choice(1, "ship", "sheep", by: nats, rest: rest + max(0, -nats))
    let answer = PairVerdict.answers([PairItem("ship", "sheep")], [heard])[0]
    #expect(answer.outcome.map { "\($0)" } == outcome)
    #expect(answer.isNeither == (rest > 120))
  }

  @Test func `where a voice shows two heaps, the middle between them decides`() {
    let items = (0..<8).map { place in
      let pair = PairItem("ship", "sheep", contrast: "ship-sheep")
      return place % 2 == 0 ? pair : pair.turned
    }
    func outcomes(_ first: Double, _ second: Double) -> Set<String> {
      let choices = items.indices.map { choice(Double($0), "ship", "sheep", by: $0 % 2 == 0 ? first : second) }
      return Set(PairVerdict.answers(items, choices).map { $0.outcome.map { "\($0)" } ?? "-" })
    }
    #expect(outcomes(-20, -120) == ["right"])
    #expect(outcomes(-100, -100) == ["right", "other"])
    #expect(outcomes(40, -40) == ["right"])
    #expect(outcomes(-120, -20) == ["right", "other"])
  }

  @Test func `auto takes the contrasts of the first language, others each time, and twenty pairs at most`() {
    let names = ["ship-sheep", "bed-bad", "vest-west"]
    let all = names.map { name in
      Contrast(name: name, sounds: name, pairs: (0..<12).map { PairItem("\(name)\($0)", "other\($0)", contrast: name) })
    }
    let table = Contrasts(all: all, order: ["es": ["ship-sheep", "bed-bad", "vest-west"], "other": ["bed-bad"]])
    var asked = drill(pairs: [])
    let rows: [(String?, Int, [String])] = [
      ("es", 0, ["ship-sheep", "bed-bad"]), ("es-MX", 1, ["vest-west", "ship-sheep"]), ("xx", 0, ["bed-bad"]),
      (nil, 5, ["bed-bad"]),
    ]
    for (language, turn, expected) in rows {
      let resolved = table.resolved(asked, firstLanguage: language, turn: turn)
      #expect(resolved.list("contrasts") == expected)
      #expect(PairItem.pairs(of: resolved).count <= PairItem.pairLimit)
      #expect(Set(PairItem.pairs(of: resolved).map(\.contrast)) == Set(expected))
    }
    asked.values["contrasts"] = .list(["vest-west", "nothing"])
    #expect(table.resolved(asked, firstLanguage: "es").list("contrasts") == ["vest-west"])
    #expect(table.unknown(in: asked) == ["nothing"])
    #expect(table.resolved(drill(), firstLanguage: "es") == drill())
  }

  /// An attempt in which each item is answered by so many nats for the word asked; nil for silence.
  private func attempt(_ nats: [Double?], speaks: Bool = false, drill: Drill? = nil) -> Session {
    var session = begun()
    let start = DrillStart(drill: drill ?? self.drill(), seed: 1)
    let items = PairItem.asked(start)
    _ = session.apply(SessionEvent(at: 0, .drill(start)))
    _ = session.apply(SessionEvent(at: 0, .step(0)))
    for (place, nats) in nats.enumerated() {
      let at = Double(place) * 3
      if let nats {
        let heard = choice(at + 0.5, items[place].word, items[place].other, by: nats)
        _ = session.apply(SessionEvent(at: at + 1.4, .choice(heard)))
      }
      if speaks {
        _ = session.apply(SessionEvent(at: at + 1.5, .phrase(Phrase(start: at + 0.5, end: at + 1, syllables: 1))))
      }
      _ = session.apply(SessionEvent(at: at + 3, .step(place + 1)))
    }
    return session
  }

  @Test func `what the recogniser heard becomes figures and rows, and nothing is said of an accent`() throws {
    let session = attempt([90, 90, 90, -90, 90, 90, 2, nil])
    let result = try #require(session.drillResult)
    #expect(result.figure("heard") == 7)
    #expect(result.figure("right") == 0.8333)
    #expect(result.figure("wrong") == 1)
    #expect(result.figure("unsure") == 0.1429)
    #expect(result.figure("worst") == result.figure("error-ship-sheep"))
    #expect(result.isPassed == true && result.isComplete)
    #expect(result.rows.count == 9)
    #expect(result.rows.prefix(8).map(\.isHit) == [true, true, true, false, true, true, nil, nil])
    #expect(result.rows.prefix(7).allSatisfy { $0.value.contains("recogniser heard") || $0.value == "not sure which" })
    guard case .pair(let scene) = MinimalPairsExercise.scene(session) else {
      Issue.record("no pair")
      return
    }
    #expect((scene.right, scene.wrong, scene.unsure, scene.item, scene.ofItems) == (5, 1, 1, 8, 8))
  }

  @Test func `an answer ends its step, and one from before it does not`() {
    var session = attempt([90, 90])
    let step = DrillStep(.item(2), "word 3", "", seconds: 5)
    #expect(!MinimalPairsExercise.isOver(step, in: session))
    _ = session.apply(SessionEvent(at: 8, .choice(choice(5.9, "ship", "sheep", by: 50))))
    #expect(!MinimalPairsExercise.isOver(step, in: session))
    _ = session.apply(SessionEvent(at: 9, .choice(choice(7.2, "ship", "sheep", by: 50))))
    #expect(MinimalPairsExercise.isOver(step, in: session))
  }

  @Test func `without a recogniser, and in another language, it says what to do`() throws {
    let silent = try #require(attempt(Array(repeating: nil, count: 8), speaks: true).drillResult)
    #expect(silent.refusal?.contains("pocketsphinx-en-us") == true)
    #expect(silent.isPassed == nil && silent.grade == nil)
    let own = drill(pairs: ["ship/sheep", "bad/bed"])
    let unsure = try #require(attempt([2, -2, 2, 2, 2, 90, 90, 90], drill: own).drillResult)
    #expect(unsure.refusal?.contains("tell only 3 of 8 words apart") == true && unsure.figure("heard") == 8)
    #expect(unsure.isPassed == nil && unsure.grade == nil)
    let one = try #require(attempt([90] + Array(repeating: nil, count: 7)).drillResult)
    #expect(one.refusal?.contains("Only 1 of 8 words were heard") == true && one.isPassed == nil)
    #expect(attempt([90]).drillResult?.refusal == nil)
    let german = try #require(attempt([90], drill: drill(language: "de")).drillResult)
    #expect(german.refusal?.contains("English") == true)
    #expect(MinimalPairsExercise.problem(drill(language: "de")) != nil)
    #expect(MinimalPairsExercise.problem(drill(pairs: ["ship/sheep", "ship"]))?.contains("ship") == true)
    #expect(MinimalPairsExercise.problem(drill()) == nil)
  }

  @Test(
    arguments: [
      (8, [90, 90, 90, 90, nil, nil, 2, 2], true), (8, [90, 90, 90, nil, nil, 2, 2, 2], false),
      (8, Array(repeating: 2, count: 8), false), (4, [90, 90, 90, nil], false), (4, [90, 90, -90, 90], true),
    ] as [(Double, [Double?], Bool)])
  func `a whole attempt is judged where half of the words and four at least were told apart`(
    items: Double, nats: [Double?], isJudged: Bool
  ) throws {
    let result = try #require(attempt(nats, drill: drill(items: items)).drillResult)
    #expect((result.refusal == nil) == isJudged && (result.isPassed != nil) == isJudged, "\(result)")
    // Of what is not judged no best is made.
    #expect((result.figure("right") != nil) == isJudged && result.rows.count >= Int(items))
    #expect(isJudged || result.refusal?.contains("of \(Int(items)) words") == true)
  }
}
