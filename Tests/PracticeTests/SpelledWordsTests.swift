import Testing

@testable import Practice

@Suite struct SpelledWordsTests {
  let script = Script(
    markdown: "Mr. Dashwood was not ill-disposed. In 1945, there were “12” of them. Nobody in London knew why.")

  private func spelled(_ text: String) -> SpelledWords {
    let words = text.split(separator: " ").enumerated().map {
      Word(String($1), start: Double($0) * 0.4, end: Double($0) * 0.4 + 0.3)
    }
    return SpelledWords(words, as: script)
  }

  @Test(arguments: [
    (
      "mister dashwood was not ill disposed in nineteen forty five there were twelve of them",
      "Mr. Dashwood was not ill-disposed. In 1945, there were “12” of them."
    ),
    ("mister dashwood was so ill disposed in nineteen forty", "Mr. Dashwood was so ill-disposed. In nineteen forty"),
    (
      "there were twelve of them and that is that you see nobody in london knew why",
      "there were “12” of them. and that is that you see Nobody in London knew why."
    ), ("", ""),
  ])
  func `words that match are spelled as the script has them`(heard: String, text: String) {
    #expect(spelled(heard).words.map(\.text).joined(separator: " ") == text)
  }

  @Test func `a word of several keeps the time of all`() throws {
    let found = spelled("mister dashwood was not ill disposed in nineteen forty five there were twelve of them")
    let year = try #require(found.words.first { $0.text == "1945," })
    #expect(year.start == 2.8 && year.end == 3.9)
    #expect(found.sentenceEnds == [4, 11])
  }

  @Test(
    arguments: [
      (nil, "Nobody in London [um] knew why.", [5]),
      ("Leeds town", "Nobody in leeds town [um] knew why.", [6]),
    ] as [(String?, String, [Int])])
  func `a session is spelled by what was followed, corrections as they were made`(
    correction: String?, text: String, ends: [Int]
  ) throws {
    var session = Session()
    session.prompter = Prompter(script)
    for (index, text) in "nobody in london um knew why".split(separator: " ").enumerated() {
      let start = Double(index) * 0.4
      _ = session.apply(SessionEvent(at: start + 0.3, .word(Word(String(text), start: start, end: start + 0.3))))
    }
    let fillers = [Filler(start: 1.2, end: 1.5, label: "um", confidence: 0.8)]
    for filler in fillers { _ = session.apply(SessionEvent(at: 3, .filler(filler))) }
    if let correction {
      let change = Correction(.word, start: 0.8, end: 1.1, text: correction, was: "london")
      _ = session.apply(SessionEvent(at: 3, .correction(change)))
    }
    #expect(SpelledWords(of: session).sentenceEnds.sorted() == ends)
    #expect(SpokenLines(spelled: session).text == text + "\n")
  }
}
