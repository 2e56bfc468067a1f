import Practice
import SpeechSignals
import Testing

@testable import Tutor

/// Facts of a take, and conditions over them.
struct FactTests {
  private func session(seconds: Int, length: String? = nil, _ second: (Int) -> SecondSummary) -> Session {
    var session = Session()
    let beginning = Beginning(id: "take1234", length: length.flatMap { TalkLength($0) })
    _ = session.apply(SessionEvent(at: 0, .began(beginning)))
    for number in 1...seconds { _ = session.apply(SessionEvent(at: Double(number), .second(second(number)))) }
    return session
  }

  @Test func `every fact is there, known or with its reason`() {
    for facts in [TutorFacts(of: Session()), TutorFacts(of: session(seconds: 60) { spoken(Double($0)) })] {
      for name in TutorFacts.names {
        let fact = facts[name]
        #expect((fact.number == nil) == (fact.unknown != nil), "\(name)")
        #expect(fact.unknown != nil || !fact.words.isEmpty, "\(name)")
        #expect(fact.number?.isFinite ?? true, "\(name)")
      }
    }
    #expect(TutorFacts(of: Session())["no-such"].unknown != nil)
  }

  @Test func `an estimate says about, and how sure it is`() {
    let pace = TutorFacts(of: session(seconds: 60) { spoken(Double($0)) })["pace"]
    #expect(pace.words.hasPrefix("about ") && pace.words.hasSuffix(" words a minute"))
    #expect(pace.source == "estimated from syllables" && pace.likely?.contains(pace.number ?? 0) == true)
    #expect(pace.likelyWords.contains(" to "))
  }

  @Test func `the fastest stretch, the fall of the voice and the plan have their moments`() {
    let facts = TutorFacts(
      of: over(
        session(seconds: 120, length: "60-90s") {
          spoken(Double($0), syllables: (70...85).contains($0) ? 6 : 4, level: $0 > 80 ? -32 : -22)
        }))
    #expect(facts["fastest"].moment == 55)
    #expect(facts["level-fall"].number == 10 && facts["level-fall"].moment == 80)
    #expect(facts["over"].number == 30 && facts["under"].number == 0 && facts["within-plan"].number == 0)
    #expect(facts["over"].words == "30 seconds")
  }

  @Test(arguments: [
    (TakeFinding.Condition("over", [.above: 29]), true), (.init("over", [.above: 30]), false),
    (.init("over", [.above: 10, .below: 31]), true), (.init("over", [.above: 10, .below: 20]), false),
    (.init("over"), true), (.init("over", isKnown: false), false), (.init("script-coverage"), false),
    (.init("script-coverage", [.below: 100]), false), (.init("script-coverage", isKnown: false), true),
    (.init("pace", [.surelyAbove: 100]), true), (.init("pace", [.surelyAbove: 170]), false),
    (.init("pace", [.perhapsAbove: 170]), true), (.init("pace", [.perhapsAbove: 100]), false),
    (.init("pace", [.surelyBelow: 300]), true), (.init("pace", [.perhapsBelow: 180]), true),
  ])
  func `conditions hold or do not`(condition: TakeFinding.Condition, expected: Bool) {
    let facts = TutorFacts(of: over(session(seconds: 120, length: "60-90s") { spoken(Double($0)) }))
    #expect(condition.holds(in: facts) == expected)
  }

  @Test(arguments: [
    (0.0, "0 seconds"), (1, "1 second"), (2.4, "2.4 seconds"), (59.6, "1 minute"), (134, "2 minutes 14 seconds"),
    (.infinity, "an unknown time"), (-1, "an unknown time"),
  ])
  func `times are said as people say them`(seconds: Double, expected: String) {
    #expect(Said.lasting(seconds) == expected)
  }
}
