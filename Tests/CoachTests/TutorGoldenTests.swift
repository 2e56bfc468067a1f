import Practice
import Support
import Testing
import Tutor

@testable import Coach

/// What the tutors that come with the program are sent, and what the offline tutor says, as a person reads it.
struct TutorGoldenTests {
  static let takes: [(String, Session)] = [
    ("script", over(Spoken.session(Spoken.events(.script)))), ("free", over(Rehearsed.session())),
    ("badly", over(Taken.badly())), ("little", over(Taken.tooLittle())), ("nothing", Session()),
  ]

  /// `session` at its end.
  static func over(_ session: Session) -> Session {
    var session = session
    _ = session.apply(SessionEvent(at: session.seconds, .ended(Ending(reason: .finished, summary: session.summary))))
    return session
  }

  static var shelf: TutorShelf { TutorShelf(folders: [Machine.package + "/Prompts/tutors"]) }
  static var findings: (Findings, [Complaint]) {
    let path = Machine.package + "/Prompts/findings/en.yaml"
    let text = (try? readText(path: path, limit: MarkedYAML.limitBytes)) ?? ""
    return FindingsFile.parse(text: text, file: "en.yaml")
  }

  @Test func `the shipped tutors and findings have no mistakes`() {
    #expect(Self.shelf.complaints.isEmpty, "\(Self.shelf.complaints.map(\.description))")
    #expect(Self.shelf.tutors.count >= 6)
    #expect(Self.shelf.tutor(TutorShelf.standard) != nil)
    let (findings, complaints) = Self.findings
    #expect(complaints.isEmpty, "\(complaints.map(\.description))")
    for phrase in Findings.Phrase.allCases { #expect(findings.phrases[phrase.rawValue]?.isEmpty == false, "\(phrase)") }
    for role in Findings.Role.allCases { #expect(findings.topics.contains { $0.name == role.rawValue }, "\(role)") }
  }

  @Test(arguments: ["coach", "examiner", "opponent", "listener", "language", "evaluator", "interviewer"])
  func `what is sent is as it was looked at`(tutor: String) throws {
    let profile = try #require(Self.shelf.tutor(tutor))
    let take = tutor == "examiner" || tutor == "language" ? Self.takes[2].1 : Self.takes[0].1
    let turns = [
      Turn(.learner, "How was my pace?", source: "typed"), Turn(.tutor, "Comfortable.", source: "offline"),
    ]
    let messages = TutorPrompt.messages(
      profile: profile, facts: TutorFacts(of: take, rules: Spoken.rules), turns: turns, question: "And my pauses?",
      tokenBound: Settings().tutorTokens)
    expectGolden(TutorPreview.lines(messages).joined(separator: "\n"), "preview-\(tutor)")
  }

  @Test(arguments: [0, 1, 2, 3, 4])
  func `the offline tutor answers as it was looked at`(take: Int) {
    let (name, session) = Self.takes[take]
    let questions = [
      "", "How did it go?", "why?", "what else?", "and?", "How was my pace?", "How was my pace?", "Did I say um a lot?",
      "What about my pauses and how loud I was?", "was I monotone", "Did I leave anything out?", "How long did I take?",
      "What should I do about my fillers?", "I was thinking about my boss.", "It was a disaster, I am so embarrassed",
      "Give me a score", "Is my accent ok?", "what is the capital of France?", "How many fillers did I use?",
      "What was my longest pause?", "How do I sound more confident?", "What else?",
      "what else?", "what else?",
      "what else?", "what else?", "what else?", "thanks", "thanks!", "bye",
    ]
    let facts = TutorFacts(of: session, rules: Spoken.rules)
    var (turns, lines) = ([Turn](), [String]())
    for question in questions {
      let answer = OfflineTutor.answer(question: question, facts: facts, findings: Self.findings.0, turns: turns)
      lines += ["> " + question, answer, ""]
      turns += [Turn(.learner, question, source: "typed"), Turn(.tutor, answer, source: OfflineTutor.source)]
    }
    expectGolden(lines.joined(separator: "\n"), "offline-\(name)")
  }
}
