import Practice
import Support
import Testing
import Tutor

@testable import Coach

/// Tutors and findings as people write them.
struct TutorFileTests {
  private static let good = """
    ---
    # A tutor.
    name: Anna
    summary: Somebody.
    ---
    Hello.
    """

  private func complaints(_ text: String) -> [String] {
    switch TutorFile.parse(text: text, id: "t", file: "t.md") {
    case .success: []
    case .failure(let refusal): refusal.complaints.map(\.description)
    }
  }

  @Test func `a tutor needs a name, a summary, and something to be told`() throws {
    let profile = try TutorFile.parse(text: Self.good, id: "t", file: "t.md").get()
    #expect(profile.name == "Anna" && profile.id == "t" && profile.longestSentences == 4 && profile.voice == "en-us")
  }

  @Test func `everything that may be said of a tutor is taken`() throws {
    let text = Self.good.replacing(
      "---\nHello.",
      with: """
        language: de
        voice: de+f2
        words-per-minute: 120
        pitch: 99
        temperature: 0.25
        longest-tokens: 100
        reasoning-effort: low
        longest-sentences: 2
        traits: {warmth: 1, humour: 0}
        ---
        Hello in {{language}}.{{#warmth-high}} Warm.{{/warmth-high}}{{#humour-low}} Dry.{{/humour-low}}
        """)
    let profile = try TutorFile.parse(text: text, id: "t", file: "t.md").get()
    #expect(profile.settings == ChatSettings(temperature: 0.25, longestTokens: 100, reasoningEffort: "low"))
    #expect(profile.body.render(profile.values) == "Hello in German. Warm. Dry.")
    #expect(profile.wordsPerMinute == 120 && profile.pitch == 99 && profile.voice == "de+f2")
  }

  @Test(arguments: [
    ("", "t.md:1: has no front matter"),
    ("---\nname: A\n", "t.md:1: the front matter that starts here is never closed"),
    ("---\nname: A\n---\nHi", "t.md:1: summary: is missing"),
    ("---\nname: A\nsummary: B\n---\n \n", "t.md:5: says nothing below its front matter"),
    ("---\nname: A\nsummary: B\nwarmth: 1\n---\nHi", "t.md:4: warmth: is not a known key of a tutor"),
    ("---\nname: A\nsummary: B\nlanguag: de\n---\nHi", "Did you mean language?"),
    (
      "---\nname: A\nsummary: B\ntraits: {warmht: 1}\n---\nHi",
      "t.md:4: traits.warmht: is not a known trait. Did you mean warmth?"
    ),
    ("---\nname: A\nsummary: B\ntraits: {warmth: 2}\n---\nHi", "t.md:4: traits.warmth: is not a number from 0 to 1"),
    ("---\nname: A\nsummary: B\npitch: high\n---\nHi", "t.md:4: pitch: is not a whole number from 0 to 99"),
    ("---\nname: A\nsummary: B\ntemperature: 9\n---\nHi", "t.md:4: temperature: is not a number from 0 to 2"),
    (
      "---\nname: A\nsummary: B\nreasoning-effort: lots\n---\nHi",
      "t.md:4: reasoning-effort: is not one of none, minimal, low, medium, high"
    ),
    ("---\nname: A\nsummary: [x]\n---\nHi", "t.md:3: summary: is not a single line of text"),
    ("---\nname: A\nsummary: B\n---\nHi\n\n{{pase}}", "t.md:7: {{pase}} is not a known name. Did you mean {{pace}}?"),
    ("---\nname: A\nsummary: B\n---\n{{#pace}}", "t.md:5: {{#pace}} is never closed"),
    ("---\nname: 'A\nsummary: B\n---\nHi", "t.md:2: name: is not YAML"),
  ])
  func `a mistake is named with file, line and key`(text: String, expected: String) {
    let found = complaints(text)
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test func `one that is malformed is left out, and a user's own goes first`() throws {
    let folder = try Scratch()
    for (name, text) in [
      ("mine/coach.md", Self.good), ("mine/bad.md", "Hello"),
      ("shipped/coach.md", Self.good.replacing("Anna", with: "B")),
      ("shipped/bad.md", Self.good), ("shipped/third.md", Self.good.replacing("Anna", with: "Cleo")),
      ("shipped/notes.txt", "no"),
    ] { try writeText(text, path: folder.path + "/" + name) }
    let shelf = TutorShelf(folders: ["mine", "shipped", "none"].map { folder.path + "/" + $0 })
    #expect(shelf.tutors.map(\.name) == ["Anna", "Cleo"])
    #expect(
      shelf.complaints.map(\.description) == [
        "\(folder.path)/mine/bad.md:1: has no front matter. Put what the tutor is called between two lines of three dashes."
      ])
    #expect(shelf.tutor("CLEO")?.id == "third" && shelf.tutor("third")?.name == "Cleo" && shelf.tutor("x") == nil)
    #expect(shelf.missing("bad") == "The tutor \"bad\" has mistakes in it and was left out.")
    #expect(shelf.missing("thrd") == "There is no tutor called \"thrd\". Did you mean third? There are coach, third.")
  }

  @Test(arguments: [
    (
      "findings:\n  a: {kind: praise, topic: pace, say: x}",
      "f.yaml:2: findings.a.topic: \"pace\" is not one of the topics"
    ),
    (
      "topics: {t: {words: [x]}}\nfindings:\n  a: {kind: prase, topic: t, say: x}",
      "f.yaml:3: findings.a.kind: is not one of praise"
    ),
    (
      "topics: {t: {words: [x]}}\nfindings:\n  a:\n    kind: praise\n    topic: t\n    say: \"{{pase}}\"",
      "f.yaml:6: findings.a.say: {{pase}} is not a known name. Did you mean {{pace}}?"
    ),
    (
      "topics: {t: {words: [x]}}\nfindings:\n  a:\n    kind: praise\n    topic: t\n    say: >-\n      one\n      two {{pase}}",
      "f.yaml:8: findings.a.say"
    ),
    (
      "topics: {t: {words: [x]}}\nfindings:\n  a:\n    kind: praise\n    topic: t\n    when: {fact: pase, above: 1}\n    say: x",
      "f.yaml:6: findings.a.when.fact: \"pase\" is not a fact. Did you mean pace?"
    ),
    (
      "topics: {t: {words: [x]}}\nfindings:\n  a:\n    kind: praise\n    topic: t\n    when: {fact: pace, over: 1}\n    say: x",
      "findings.a.when.over: is not a known part of a condition"
    ),
    ("topics: {t: {words: [x]}}\nfindings:\n  a: {kind: praise, topic: t}", "f.yaml:3: findings.a.say: is missing"),
    ("phrases: {hullo: x}", "f.yaml:1: phrases.hullo: is not a known phrase. Did you mean hello?"),
    ("topics: {t: {words: x}}", "f.yaml:1: topics.t.words: is not a list of words"),
    ("topics: {t: {words: [x], kind: perhaps}}", "f.yaml:1: topics.t.kind: is not yes or no"),
    ("finding: {}", "Did you mean findings?"),
    (String(repeating: "[", count: 3_000), "f.yaml"),
  ])
  func `a row with a mistake is named and left out`(text: String, expected: String) {
    let (findings, complaints) = FindingsFile.parse(text: text, file: "f.yaml")
    #expect(complaints.contains { $0.description.contains(expected) }, "\(complaints.map(\.description))")
    #expect(findings.findings.isEmpty)
  }

  @Test func `good rows count beside bad ones`() {
    let text = """
      topics: {pace: {words: [pace, how fast*], answers: [{say: "{{pace}}"}, {say: "{{nope}}"}]}}
      findings:
        good: {kind: work-on, topic: pace, when: [{fact: pace, above: 1}, {fact: talk, known: yes}], say: hello}
        bad: {kind: work-on, topic: pace, priority: high, say: hello}
      phrases: {thanks: [a, b], hello: c}
      """
    let (findings, complaints) = FindingsFile.parse(text: text, file: "f.yaml")
    #expect(findings.findings.map(\.name) == ["good"] && complaints.count == 2)
    #expect(findings.topics[0].words == [["pace"], ["how", "fast*"]] && findings.topics[0].answers.count == 1)
    #expect(findings.phrases["thanks"]?.count == 2 && findings.phrases["hello"]?.count == 1)
  }

  @Test func `a table of one's own lacks no phrase that the shipped one has`() {
    let text = "topics: {pace: {words: [x]}}\nphrases: {thanks: mine}"
    let own = FindingsFile.parse(text: text, file: "f.yaml").0
    let filled = own.filled(from: TutorGoldenTests.findings.0)
    #expect(filled.findings.isEmpty && filled.topics[0].words == [["x"]])
    #expect(filled.topics.count { $0.name == "pace" } == 1 && filled.topics.contains { $0.name == "overview" })
    #expect(filled.phrases["thanks"]?.map(\.text) == ["mine"] && filled.phrases["cannot"]?.isEmpty == false)
    #expect(OfflineTutor.answer(question: "x", facts: TutorFacts(of: Session()), findings: Findings()).isEmpty == false)
  }
}
