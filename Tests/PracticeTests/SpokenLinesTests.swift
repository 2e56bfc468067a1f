import Testing

@testable import Practice

@Suite struct SpokenLinesTests {
  /// Words 0.3 s long and 0.1 s apart; `|` is a second of silence.
  private func words(_ text: String) -> [Word] {
    var (at, words) = (0.0, [Word]())
    for text in text.split(separator: " ") {
      if text == "|" {
        at += 1
      } else {
        words.append(Word(String(text), start: at, end: at + 0.3))
        at += 0.4
      }
    }
    return words
  }

  @Test(
    arguments: [
      ("", [], []), ("we saw it", [], ["we saw it"]), ("we | saw it", [], ["we", "saw it"]),
      ("we um saw", [("um", 0.4)], ["we [um] saw"]),
      ("it is you know good", [("you know", 0.9)], ["it is [you know] good"]),
      // Heard as a sound alone, as a word alone, and twice near by.
      ("we saw | it", [("uh", 1.2)], ["we saw [uh] it"]),
      ("like it is like it", [("like", 1.2)], ["like it is [like] it"]),
      ("um um we", [("um", 0), ("um", 0.4)], ["[um] [um] we"]), ("you", [("you know", 0.1)], ["you [you know]"]),
      ("", [("um", 3)], ["[um]"]),
    ] as [(String, [(String, Double)], [String])])
  func `fillers stand in brackets where they were said`(text: String, fillers: [(String, Double)], lines: [String]) {
    let fillers = fillers.map { Filler(start: $0.1, end: $0.1 + 0.3, label: $0.0, confidence: 0.8) }
    let spoken = SpokenLines(words(text), fillers: fillers)
    #expect(spoken.lines.map(\.text) == lines)
  }

  @Test(arguments: [
    (0.4...0.8, ["we (saw it) all", "and left"]), (0.8...1.2, ["we saw (it all)", "and left"]),
    (1.2...2.6, ["we saw it (all)", "(and) left"]), (2.7...4, ["we saw it all", "and (left)"]),
    (8...9, ["we saw it all", "and left"]),
  ])
  func `asides stand in parentheses, each line by itself`(aside: ClosedRange<Double>, lines: [String]) {
    #expect(SpokenLines(words("we saw it all | and left"), asides: [aside]).lines.map(\.text) == lines)
  }

  @Test func `a sentence ends where the next one begins, whatever was lost between`() {
    let script = Script(markdown: "We came here early. We saw it all. It was very good.")
    func ends(_ text: String) -> [Int] { Prompter.sentenceEnds(in: words(text), of: script).sorted() }
    #expect(ends("we came here early we saw it all it was very good") == [3, 7, 11])
    #expect(ends("we came here we saw it all it was very good") == [2, 6, 10])
    #expect(ends("").isEmpty)
  }

  @Test func `a hedge within a longer one is not counted`() {
    let rules = FillerRules(hedges: [["a", "little"], ["a", "little", "bit"], ["maybe"]])
    let habits = WordHabits(in: ["maybe", "a", "little", "bit", "a", "little", "maybe"], rules: rules)
    #expect(habits.hedges.map(\.text) == ["maybe", "a little", "a little bit"])
    #expect(habits.hedges.map(\.count) == [2, 1, 1])
  }

  @Test func `what is left out has its place in time`() throws {
    let script = Script(markdown: Spoken.talk)
    var prompter = Prompter(script)
    let parts = script.sentences.indices.filter { $0 != 2 }
    var at = 0.0
    for sentence in parts {
      for token in script.sentences[sentence].tokens {
        for word in script.tokens[token].readings[0] {
          prompter.hear(Word(word, start: at, end: at + 0.3))
          at += 0.4
        }
      }
    }
    let passage = try #require(ScriptReview(of: prompter).skipped.first)
    let before = script.spokenWords(in: script.tokens(ofSentences: 0..<2))
    #expect(passage.tokens == script.sentences[2].tokens)
    #expect(abs((passage.afterSeconds ?? 0) - (Double(before - 1) * 0.4 + 0.3)) < 0.01)
  }
}
