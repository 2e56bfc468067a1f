import Testing

@testable import Practice

@Suite struct ScriptPlacesTests {
  private let script = Script(
    markdown: """
      Above.
      # One {5m}
      First here. Second / here.
      ## Inner {1m}
      Third.
      ## Other
      Fourth //
      # Two
      Fifth.
      """)

  @Test func `sentences, tokens and sections find each other`() {
    #expect((0..<8).map { script.sentence(ofToken: $0) } == [0, 1, 1, 2, 2, 3, 4, 5])
    #expect(script.sentence(ofToken: -1) == nil && script.sentence(ofToken: 8) == nil)
    #expect(script.text(ofSentence: 2) == "Second here." && script.text(ofSentence: 9) == "")
    #expect((0..<5).map { script.extent(ofSection: $0) } == [0..<1, 1..<5, 3..<4, 4..<5, 5..<6])
    #expect(script.extent(ofSection: 9) == 0..<0)
    #expect(script.tokens(ofSentences: 1..<3) == 1..<5 && script.tokens(ofSentences: 7..<9).isEmpty)
  }

  @Test func `the time for a sentence is that of the nearest heading that gives one`() {
    #expect((0..<6).map { script.budgetedSection(ofSentence: $0) } == [nil, 1, 1, 2, 1, nil])
    #expect(script.budgetedSection(ofSentence: 6) == nil)
  }

  @Test func `the time it takes is that of its words and of its pause marks`() {
    #expect(script.spokenWords == 8 && script.pauseSeconds(in: 0..<8) == 2)
    #expect(script.seconds(of: 0..<8, wordsPerMinute: 120) == 6 && script.seconds(of: 0..<8, wordsPerMinute: 0) == 0)
    #expect(script.seconds(of: -5..<99, wordsPerMinute: 120) == 6)
  }

  @Test(arguments: [("", 0), ("All here.", 0), ("Это так, yes", 2.0 / 3), ("我们来", 1), ("1 2 3", 0), ("café", 0)])
  func `foreign letters are counted`(markdown: String, share: Double) {
    #expect(Script(markdown: markdown).foreignShare == share)
  }
}
