import Practice
import Testing
import Tutor

@testable import Coach

struct NextStepTests {
  @Test func `the next step is what the offline tutor would have one work on`() throws {
    let findings = TutorGoldenTests.findings.0
    for (name, session) in TutorGoldenTests.takes {
      let facts = TutorFacts(of: session, rules: Spoken.rules)
      let step = findings.nextStep(in: facts)
      let answer = OfflineTutor.answer(question: "What should I work on?", facts: facts, findings: findings)
      if let step { #expect(answer.contains(step.say) && !step.say.isEmpty, "\(name)") }
      #expect(facts.isEnough || step == nil)
    }
    #expect(findings.nextStep(in: TutorFacts(of: Session())) == nil)
  }
}
