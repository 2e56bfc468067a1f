import Practice
import Support
import Testing
import Tutor

@testable import Coach

/// What the offline tutor says to what people ask it and tell it.
struct OfflineTutorTests {
  private static let findings = TutorGoldenTests.findings.0
  private static let takes = TutorGoldenTests.takes

  /// The answers to `questions`, one after another, on the take called `name`.
  private func answers(_ questions: [String], on name: String = "badly") -> [String] {
    let session = Self.takes.first { $0.0 == name }?.1 ?? Session()
    let facts = TutorFacts(of: session, rules: Spoken.rules)
    var (turns, answers) = ([Turn](), [String]())
    for question in questions {
      answers.append(
        OfflineTutor.answer(question: question, facts: facts, findings: Self.findings, turns: turns))
      turns += [Turn(.learner, question, source: "typed")]
      turns += answers.suffix(1).map { Turn(.tutor, $0, source: OfflineTutor.source) }
    }
    return answers
  }

  @Test(arguments: [
    "I want to die", "I want to kill myself", "sometimes I think I should end my life.", "I hurt myself last night",
    "There is no point in living", "I’m suicidal", "I don’t want to live", "I wish I was dead",
    "i dont want to be alive anymore",
    "I no longer want to live", "I wanted to die up there",
    "How was my pace? It does not matter, I will end it all", "thanks, but I am thinking about suicide",
    String(repeating: "and so on ", count: 300) + "I want to kill myself",
  ])
  func `somebody in danger is heard before everything else`(said: String) {
    for take in Self.takes.map(\.0) {
      for answer in answers(["How was my pace?", said, said], on: take).dropFirst() + answers([said], on: take) {
        #expect(answer.contains("near you") && answer.contains("crisis line or the emergency number where you live"))
        #expect(!answer.contains("offline tutor") && !answer.contains("words a minute") && !answer.contains("exercise"))
        #expect(answer.split(separator: ".").count <= 3, "\(answer)")
      }
    }
  }

  @Test(arguments: [
    "How do I end my talk?", "I killed it today!", "My boss will kill me", "How long was my talk?",
    "My phone died in the middle", "Can I end with a joke?",
  ])
  func `what only sounds like danger is none`(said: String) {
    #expect(!answers([said])[0].contains("crisis"))
  }

  @Test(arguments: [
    "I made a fool of myself", "everyone laughed", "I froze", "I could not speak", "I couldn't say a word",
    "I lost my place", "I want to give up", "I stumbled in front of my boss", "I have a stutter", "I can't do this",
    "It was a disaster, I am so embarrassed", "I hate speaking",
  ])
  func `what hurts gets a kind answer of its own`(said: String) {
    for take in Self.takes.map(\.0) {
      let all = answers([said, said, said], on: take)
      for answer in all {
        let lower = answer.lowercased()
        for hollow in [
          "exercise", "everybody", "a minute", "too little", "no speech", "i heard:", "figures", "cannot weigh",
          "tutor",
        ] {
          #expect(!lower.contains(hollow), "\(take): \(answer)")
        }
      }
      #expect(Set(all).count > 1)
    }
  }

  @Test(arguments: [
    ["How was my pace?", "How did it go?", "Anything else?"], ["What should I work on?", "what should I work on?"],
    ["How did it go?", "anything else?", "what else?", "what else?", "what else?", "what else?", "and what now?"],
    ["What should I do about my pace?", "How did I do?", "How did I do?", "Give me an exercise."],
  ])
  func `what is to be worked on is never denied`(questions: [String]) {
    for take in Self.takes.prefix(3) {
      let facts = TutorFacts(of: take.1, rules: Spoken.rules)
      guard !Self.findings.holding(in: facts, .workOn).isEmpty else { continue }
      let all = answers(questions, on: take.0)
      for answer in all {
        for denial in ["Nothing in the figures", "nothing I would change", "No figure asks"] {
          #expect(!answer.contains(denial), "\(take.0): \(answer)")
        }
      }
      for (answer, next) in zip(all, all.dropFirst()) { #expect(answer != next) }
    }
  }

  static let rows: [(question: String, take: String, part: String)] = [
    ("What was my longest pause?", "badly", "Your longest pause was 0.4 seconds, at 1:08."),
    ("Give me a mark out of ten", "badly", "I give no marks"),
    ("Ask me a question.", "badly", "tomorrow, which one should it be?"),
    ("Can you ask me a question about my talk?", "badly", "tomorrow, which one should it be?"),
    ("How do you know?", "badly", "From the sound alone."),
    ("Did I sound bored?", "badly", "your pitch varied by about 0.8 semitones"),
    ("How should I end my talk?", "badly", "End with the one sentence"),
    ("How should I begin my talk?", "badly", "Begin with a breath"),
    ("How do I calm down?", "badly", "breathe out for twice as long"),
    ("Did I say like too often?", "badly", "The fillers that I heard were \"um\" at 0:04"),
    ("Am I getting better?", "badly", "I know this take alone"),
    ("How can I stop saying um?", "badly", "close your mouth until the word is there"),
    ("Where did I say um?", "badly", "\"um\" at 0:04, 0:09"),
    ("Where did I say um?", "free", "\"um\" at 0:46, 1:33"),
    ("Was I too fast?", "badly", "Yes. You spoke at about 332"),
    ("Was I too fast?", "free", "No. You spoke at"),
    ("Was I too slow?", "badly", "No. You spoke at about 332"),
    ("Where was I too fast?", "badly", "You were fastest from 0:46 on"),
    ("Where did I speed up?", "free", "You were fastest from"),
    ("What did I leave out?", "script", "was not heard: \"The neighbours came to look"),
    ("Was I loud enough?", "badly", "The microphone heard you well, at"),
    ("How loud was I?", "badly", "The microphone heard you well, at"),
    ("Did my voice drop at the end of the sentences?", "badly", "was about 8 decibels below the first"),
    ("Was it too long?", "badly", "You went 32 seconds over"),
    ("I was so embarrassed. How was my pace?", "free", "hurts because you cared about it. It was one talk"),
    ("I was so embarrassed. How was my pace?", "free", "words a minute"),
    ("Was I on time?", "free", "You kept to your time."),
    ("Was I monotone?", "badly", "Yes, your pitch stayed near one note."), ("Was I monotone?", "free", "No."),
    ("Did I pause enough?", "badly", "Not everywhere."),
    ("the moon is fast over the green garden", "badly", "I heard: \"the moon is fast over the green garden\""),
    ("what is the capital of France?", "badly", "I heard: \"what is the capital of France?\""),
  ]

  @Test(arguments: rows)
  func `a question is answered, and no other one`(row: (question: String, take: String, part: String)) {
    let answer = answers(["hello", row.question], on: row.take)[1]
    #expect(answer.contains(row.part), "\(row.question): \(answer)")
  }

  @Test(arguments: [0, 1, 2, 3, 4])
  func `every line of the questions gets an answer as it was looked at`(take: Int) throws {
    let text = try readText(path: Machine.package + "/Prompts/tutors/questions.txt", limit: 65_536)
    let questions = text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("<!--") }
    let name = Self.takes[take].0
    // Each on its own: what was asked before would change the answer.
    let lines = questions.flatMap { ["> " + $0, answers(["hello", $0], on: name)[1], ""] }
    #expect(!lines.contains { $0.contains("That I cannot answer") || $0.contains("For that I have no figure") })
    expectGolden(lines.joined(separator: "\n"), "questions-\(name)")
  }

  @Test func `while the talk goes on nothing is said of its end`() {
    let running = TutorFacts(of: Taken.badly(), rules: Spoken.rules)
    for fact in ["over", "under", "within-plan"] {
      #expect(running[fact].unknown == "the talk is not over yet", "\(fact)")
    }
    #expect(running.sheet.contains("length of the take: 1 minute 32 seconds, so far"))
    let answer = OfflineTutor.answer(question: "Was I on time?", facts: running, findings: Self.findings)
    #expect(answer.contains("So far it is 1 minute 32 seconds, and 50 seconds to 1 minute is the plan."))
    #expect(!answer.contains("over."))
  }
}
