import Testing

@testable import Practice

@Suite struct LexicalFillerTests {
  let rules = FillerRules(
    sounds: ["um", "uh"],
    rules: [
      .init(["like"], notAfter: ["i", "would"], pausesTell: true), .init(["you", "know"], notBefore: ["that"]),
      .init(["so"], place: .start), .init(["right"], place: .edge, notAfter: ["turn"]),
    ], openers: ["and"], doubles: ["very"])

  /// Fillers and restarts in `text`: words a third of a second long; `,` is a quarter second of silence, `|` a whole one.
  private func found(_ text: String) -> [String] {
    var (time, finder) = (0.0, LexicalFillers(rules))
    var found: [LexicalFillers.Found] = []
    for item in text.split(separator: " ") {
      switch item {
      case ",": time += 0.25
      case "|": time += 1
      default:
        found += finder.hear(Word(String(item), start: time, end: time + 0.3))
        time += 0.3
      }
    }
    found += finder.finish()
    return found.map {
      switch $0 {
      case .filler(let filler): filler.label
      case .restart(let restart): "×" + restart.words.joined(separator: " ")
      }
    }
  }

  @Test(arguments: [
    ("i like bees", []), ("it was like great", ["like"]), ("i , like , bees", ["like"]),
    ("you know it works", ["you know"]), ("you know that it works", []), ("so we went", ["so"]),
    ("and so we went", ["so"]), ("we were so happy", []), ("we left | so we went", ["so"]), ("turn right | now", []),
    ("it works right | now", ["right"]), ("um we uh went", ["um", "uh"]), ("", []), ("you", []),
    ("the the cat", ["×the"]), ("very very good", []), ("i want to i want to go", ["×i want to"]),
    ("the um the cat", ["×the", "um"]), ("the | | the cat", ["×the"]), ("the | | | the cat", []),
  ])
  func `words are judged by what stands beside them`(text: String, expected: [String]) {
    #expect(found(text).sorted() == expected.sorted(), "\(text)")
  }

  @Test func `what waits for a word is judged when none comes`() {
    var finder = LexicalFillers(rules)
    #expect(finder.hear(Word("right", start: 0, end: 0.3)).isEmpty)
    #expect(finder.settle(at: 8).isEmpty)
    #expect(finder.settle(at: 8.4).count == 1)
    #expect(finder.settle(at: 20).isEmpty)
  }

  @Test func `sound and word that mean one filler are one, with both for evidence`() {
    var fillers = [Filler(start: 3, end: 3.4, label: "uh", confidence: 0.6)]
    FillerMerge.put(Filler(start: 3.05, end: 3.3, label: "um", evidence: ["words"], confidence: 0.5), into: &fillers)
    #expect(
      fillers == [Filler(start: 3, end: 3.4, label: "um", evidence: ["sound", "words"], confidence: 0.8)])
    FillerMerge.put(Filler(start: 1, end: 1.2, label: "like", evidence: ["words"], confidence: 0.7), into: &fillers)
    FillerMerge.put(Filler(start: 3.6, end: 3.9, label: "uh", confidence: 0.6), into: &fillers)
    #expect(fillers.map(\.start) == [1, 3, 3.6])
  }

  @Test func `habits are counted over the whole talk`() {
    let words = Array(repeating: "maybe we will leverage the market".split(separator: " ").map(String.init), count: 5)
    let rules = FillerRules(hedges: [["maybe"], ["i", "think"]], common: ["the", "will"])
    let habits = WordHabits(in: words.flatMap { $0 }, rules: rules)
    #expect(habits.hedges == [.init(text: "maybe", count: 5)])
    #expect(habits.overused.map(\.text).contains("leverage"))
    #expect(!habits.overused.map(\.text).contains("the"))
  }
}
