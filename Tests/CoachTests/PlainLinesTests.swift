import Practice
import SpeechSignals
import Terminal
import Testing

@testable import Coach

@Suite struct PlainLinesTests {
  @Test func `a session in lines: nothing repeated, nothing but words`() {
    var lines = PlainLines()
    var session = Session()
    var said: [String] = []
    func tell(_ event: SessionEvent) {
      _ = session.apply(event)
      said += lines.lines(for: event, session)
    }
    tell(
      SessionEvent(
        at: 0, .began(Beginning(id: "k3f9x7qa", title: "Silence", length: TalkLength("30-60s"), source: "pulse"))))
    for second in Rehearsed.session(seconds: 62).rollups { tell(SessionEvent(at: second.end, .second(second))) }
    tell(SessionEvent(at: 62, .cue(Cue(.pace, "slower"))))
    tell(SessionEvent(at: 62, .gap(Gap(lostSeconds: 2.13, cause: "vanished"))))
    tell(SessionEvent(at: 62, .paused))
    tell(SessionEvent(at: 62, .resumed(awaySeconds: 2)))
    tell(SessionEvent(at: 62, .ended(Ending(reason: .finished, summary: session.summary))))
    #expect(said.first == "Listening to pulse for \"Silence\", planned 30-60 s.")
    #expect(
      said.filter { $0.contains("light:") }.map { $0.prefix(18) } == [
        "0:30 light: green,", "0:45 light: amber,", "1:00 light: red, 0",
      ])
    #expect(said.filter { $0.contains("words a minute,") }.count == 5)
    #expect(said.filter { $0.contains("no pace yet") }.count == 1)
    #expect(said.contains("1:02 cue: slower"))
    #expect(said.contains("1:02 gap: 2.1 s without sound, the microphone was gone"))
    #expect(said.contains { $0.hasPrefix("pace: about ") })
    #expect(said.allSatisfy { $0.allSatisfy { $0.isASCII && !$0.isNewline } })
    #expect(Set(said).count == said.count)
  }

  @Test func `what only the desk knows is said once`() {
    var lines = PlainLines()
    var desk = Rehearsed.desk(.rehearsal)
    #expect(lines.lines(about: desk).isEmpty)
    desk.source.flatSeconds = 4
    #expect(lines.lines(about: desk) == ["2:14 No sound from default. Muted? d lists the devices."])
    desk.source.flatSeconds = 5
    #expect(lines.lines(about: desk).isEmpty)
    desk.rooms.append(.ask)
    #expect(lines.lines(about: desk) == ["2:14 Finish and save? y or n"])
  }

  @Test func `that saving is late is said once, and after the end where the session will be`() {
    var lines = PlainLines()
    var desk = Rehearsed.desk(.rehearsal)
    var said: [String] = []
    for seconds in 3...9 {
      desk.saving = .late(seconds: seconds, reason: "the disk is full")
      if seconds == 6 { desk.rescuePath = "/tmp/rostrum-k3f9x7qa.jsonl" }
      said += lines.lines(about: desk)
    }
    #expect(said.count == 2 && said[0].contains("goes on") && said[1].contains("tried"), "\(said)")
    #expect(said[1].contains("/tmp/rostrum-k3f9x7qa.jsonl") && !said[1].contains("goes on"))
  }

  @Test func `how the script moves is told when it changes, every ten seconds at most`() {
    var lines = PlainLines()
    var session = Session(fillers: Spoken.rules)
    for part in ScriptPart.parts(of: Spoken.talk) { _ = session.apply(SessionEvent(at: 0, .script(part))) }
    _ = session.apply(SessionEvent(at: 0, .began(Beginning(id: "k3f9x7qa"))))
    var said: [String] = []
    func pass(_ seconds: ClosedRange<Int>) {
      for second in seconds {
        let event = SessionEvent(at: Double(second), .second(Rehearsed.second(second)))
        _ = session.apply(event)
        said += lines.lines(for: event, session).filter { !$0.contains("pace yet") && !$0.contains("words a minute") }
      }
    }
    session.expectNoWords(.noRecogniser)
    pass(1...5)
    #expect(said == ["0:02 " + Messages.prompterPaces(.noRecogniser)])
    pass(6...30)
    #expect(said.count == 1)
  }

  @Test(arguments: [
    (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (2.449, 1, "2.4"), (-23.46, 1, "-23.5"), (148.4, 0, "148"), (0.995, 2, "1.00"),
    (Double.nan, 1, "-"), (1e300, 0, "-"),
  ])
  func `numbers are short`(value: Double, places: Int, text: String) {
    #expect(Figures.decimal(value, places) == text)
  }
}
