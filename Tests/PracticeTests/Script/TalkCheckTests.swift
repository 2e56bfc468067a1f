import Testing

@testable import Practice

@Suite struct TalkCheckTests {
  /// A few words as the CMU dictionary has them.
  private static let phones: [String: [String]] = [
    "she": ["SH", "IY"], "sells": ["S", "EH", "L", "Z"], "sea": ["S", "IY"], "shells": ["SH", "EH", "L", "Z"],
    "by": ["B", "AY"], "the": ["DH", "AH"], "shore": ["SH", "AO", "R"], "next": ["N", "EH", "K", "S", "T"],
    "three": ["TH", "R", "IY"], "texts": ["T", "EH", "K", "S", "T", "S"], "peter": ["P", "IY", "T", "ER"],
    "piper": ["P", "AY", "P", "ER"], "picked": ["P", "IH", "K", "T"], "a": ["AH"], "peck": ["P", "EH", "K"],
    "red": ["R", "EH", "D"], "lorry": ["L", "AO", "R", "IY"], "yellow": ["Y", "EH", "L", "OW"],
    "this": ["DH", "IH", "S"], "that": ["DH", "AE", "T"], "is": ["IH", "Z"], "plain": ["P", "L", "EY", "N"],
  ]

  private func check(_ markdown: String) -> TalkCheck { TalkCheck(Script(markdown: markdown)) { Self.phones[$0] } }

  @Test(arguments: [
    (
      "She sells sea shells by the sea shore.", TongueTwister.Kind.turns("s", "sh"),
      "She sells sea shells by the sea shore."
    ),
    ("Peter Piper picked a peck.", .alliteration("p"), "Peter Piper picked a peck."),
    ("The next three.", .cluster(consonants: 5), "next three."), ("The texts.", .cluster(consonants: 4), "texts."),
    ("Red lorry, yellow lorry.", .turns("r", "l"), "Red lorry, yellow lorry."),
  ])
  func `what twists the tongue is found`(markdown: String, kind: TongueTwister.Kind, text: String) {
    let script = Script(markdown: markdown)
    let found = TalkCheck(script) { Self.phones[$0] }.twisters
    #expect(found.first?.kind == kind)
    #expect(found.first.map { script.text(of: $0.tokens) } == text, "\(found)")
  }

  @Test(arguments: ["This is plain.", "That that this that this is.", "Next, three.", "The next / three.", ""])
  func `what is easy to say is left alone`(markdown: String) {
    #expect(check(markdown).twisters.isEmpty)
  }

  @Test(arguments: [
    ("made", 1), ("makes", 1), ("passed", 1), ("wanted", 2), ("table", 2), ("tables", 2), ("riot", 2), ("nation", 2),
    ("going", 2), ("being", 2), ("prism", 2), ("rhythm", 2), ("be", 1), ("the", 1), ("i", 1), ("nth", 1),
    ("churches", 2),
    ("recogniser", 4), ("don't", 1), ("syllable", 3), ("whole", 1), ("привет", 1), ("", 1), ("e", 1),
    ("es", 1),
  ])
  func `syllables are counted by the spelling`(word: String, syllables: Int) {
    #expect(Readability.syllables(spelling: word) == syllables)
  }

  @Test func `reading ease is Flesch's`() {
    // "The cat sat on the mat.": 206.835 − 1.015 · 6 − 84.6 · 1.
    #expect(abs(Readability.ease(words: 6, sentences: 1, syllables: 6) - 116.145) < 0.001)
    #expect(Readability.ease(words: 0, sentences: 0, syllables: 0) == 0)
    #expect(
      [95, 85, 75, 65, 55, 35, -5].map(Readability.name(ofEase:)) == [
        "very easy", "easy", "fairly easy", "plain", "fairly difficult", "difficult", "very difficult",
      ])
  }

  @Test func `the hardest sentence comes first`() {
    let script = Script(
      markdown: "This is a plain one, and it is said by all of us. Organisational responsibilities necessitate "
        + "considerable administrative deliberation continually, unfortunately. Nevertheless the committee's members "
        + "appreciated these considerations considerably.")
    let found = TalkCheck(script, phones: nil).hardSentences
    #expect(found.map(\.sentence) == [1, 2] && found.map(\.words) == [8, 8])
    #expect(found.allSatisfy { $0.ease < 50 })
  }

  @Test func `a stretch without a stop is too long from 29 words on, and breaks before a conjunction`() {
    func stretch(_ text: String) -> TalkCheck.Stretch? { check(text).stretches.first }
    func words(_ count: Int) -> String { Array(repeating: "word", count: count).joined(separator: " ") }
    #expect(stretch(words(28) + ".") == nil && stretch(words(28) + ", " + words(28)) == nil)
    #expect(stretch(words(20) + " / " + words(20)) == nil && stretch(words(20) + " (yes) " + words(20)) == nil)
    #expect(stretch(words(29)) == TalkCheck.Stretch(tokens: 0..<29, words: 29, breathBefore: nil))
    #expect(stretch(words(14) + " because " + words(16))?.breathBefore == 14)
    #expect(stretch("and " + words(30))?.breathBefore == nil)
  }

  @Test func `words that nobody knows are listed once`() {
    let found = check("The kubernetes shore. Kubernetes's sea's the shore, plain kubernetes").unknownWords
    #expect(found.map(\.word) == ["kubernetes", "kubernetes's"] && found.map(\.count) == [2, 1])
    #expect(TalkCheck(Script(markdown: "The kubernetes."), phones: nil).unknownWords.isEmpty)
  }

  @Test(arguments: [
    ("She sells sea shells by the sea shore, and kubernetes.", TalkCheck.Language.english), ("", .english),
    ("Guten Abend, meine Damen und Herren, ich spreche heute von the sea.", .other),
    ("Добрый вечер, друзья.", .otherLetters),
    ("大家晚上好。", .otherLetters), ("Kubernetes!", .english),
    // As much as two words in three are known of French, one in two of a short German sentence less than that.
    ("Sea she red plain a is by this mes chers collègues bonsoir.", .other),
    ("Sea is plain meine Damen und Herren.", .other),
    ("Kubernetes and Istio.", .english),
  ])
  func `another language is noticed`(markdown: String, language: TalkCheck.Language) {
    #expect(check(markdown).language == language)
  }

  @Test func `times hold the pause marks, and sections those below them`() {
    let check = check("# One\nshe sells //\n## Inner\nsea shells\n# Two\nplain /")
    #expect(check.parts.map(\.spokenWords) == [4, 2, 1] && check.pauseSeconds == 2)
    #expect(
      check.seconds(at: 60) == 7 && check.seconds(at: 0) == 0 && check.pace(for: 7) == 60 && check.pace(for: 2) == nil)
  }
}
