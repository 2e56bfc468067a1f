import Practice
import Testing

@testable import Audience

/// What goes over the wire.
struct WireTests {
  @Test(arguments: [(Remark.cue("slower"), Shares.cues), (.note("good", at: 3), .remarks)])
  func `a remark needs what its kind is`(remark: Remark, needs: Shares) { #expect(remark.needs == needs) }

  @Test func `an observer sees meters alone`() { #expect(Watcher.Role.observer.shares == .meters) }

  /// One of each line to a watcher, and what it is.
  static let hubLines: [(String, HubLine)] = [
    (#"{"wire":"asked"}"#, .asked), (#"{"wire":"ping"}"#, .ping),
    (
      #"{"wire":"welcome","version":1,"program":"0.1.0","takes":["note","cue","level","drill"],"session":"k3f9x7qa","learner":"ada","role":"tutor","shares":["meters","words","remarks","cues"],"secret":"s3cret","seconds":3600,"past":true}"#,
      .welcome(
        Welcome(
          session: "k3f9x7qa", learner: "ada", role: .tutor, shares: Watcher.Role.tutor.shares, seconds: 3_600,
          secret: "s3cret", isPast: true))
    ),
    (
      #"{"wire":"welcome","version":1,"program":"0.1.0","takes":["note"],"session":"k3f9x7qa","learner":"ada","role":"observer","shares":["meters","sound"],"secret":"s"}"#,
      .welcome(
        Welcome(
          session: "k3f9x7qa", learner: "ada", role: .observer, shares: [.meters, .sound], secret: "s",
          takes: [.note]))
    ),
    (#"{"wire":"from","number":412}"#, .from(412)),
    (#"{"v":1,"t":12.34,"kind":"pause","start":11.9,"end":12.3}"#, .event(pause(12.34, 11.9, 12.3))),
    (
      #"{"wire":"past","shapes":[["pause","start","end"],["tap"]],"rows":[[0,12.34,11.9,12.3],[1,13],[0,15,14,15]]}"#,
      .past([
        pause(12.34, 11.9, 12.3), SessionEvent(at: 13, .tap), pause(15, 14, 15),
      ])
    ),
    (#"{"wire":"past","shapes":[],"rows":[]}"#, .past([])),
    (
      #"{"wire":"glance","t":12.4,"level_db":-22.5,"short_term_lufs":-24,"silent":0,"run":3.2,"syllables_per_second":4.1,"speech":true,"noisy":true}"#,
      .glance(
        Glance(
          seconds: 12.4, levelDecibels: -22.5, shortTermLUFS: -24, runSeconds: 3.2, syllablesPerSecond: 4.1,
          isSpeech: true, isTooNoisy: true))
    ),
    (
      #"{"wire":"glance","t":0,"level_db":-100,"short_term_lufs":-70,"silent":0,"run":0}"#,
      .glance(Glance(seconds: 0))
    ),
    (#"{"wire":"presence"}"#, .presence(Presence())),
    (#"{"wire":"presence","tutor":"thinking","away":true}"#, .presence(Presence(tutor: .thinking, isAway: true))),
    (#"{"wire":"answer","number":3,"became":"taken"}"#, .answer(number: 3, .taken)),
    (#"{"wire":"answer","number":4,"became":"later"}"#, .answer(number: 4, .later)),
    (#"{"wire":"answer","number":5,"became":"refused","reason":"no"}"#, .answer(number: 5, .refused("no"))),
    (#"{"wire":"sound","t":3.5,"samples":"AAEC/w=="}"#, .sound(seconds: 3.5, [0, 1, 2, 255])),
    (#"{"wire":"refused","reason":"declined"}"#, .refused(.declined)),
    (#"{"wire":"over","reason":"finished"}"#, .over(.finished)),
  ]

  /// One of each line from a watcher, and what it is.
  static let watcherLines: [(String, WatcherLine)] = [
    (
      #"{"wire":"hello","version":1,"oldest":1,"program":"0.1.0","takes":["past","glance","presence","sound"],"role":"observer"}"#,
      .hello(Hello(role: .observer))
    ),
    (
      #"{"wire":"hello","version":1,"oldest":1,"program":"0.1.0","takes":["past"],"role":"tutor","sound":true,"token":"t0k\u001b[","resume":{"session":"k3f9x7qa","secret":"s","next":412}}"#,
      .hello(
        Hello(
          role: .tutor, wantsSound: true, token: "t0k\u{1B}[",
          resume: Resume(session: "k3f9x7qa", secret: "s", next: 412), takes: [.past]))
    ),
    (
      #"{"wire":"remark","number":1,"kind":"note","text":"Look up.","at":61.5}"#,
      .remark(number: 1, .note("Look up.", at: 61.5))
    ),
    (#"{"wire":"remark","number":2,"kind":"cue","text":"slower"}"#, .remark(number: 2, .cue("slower"))),
    (
      #"{"wire":"remark","number":3,"kind":"level","rubric":"delivery","version":2,"criterion":"pace","level":3.5,"reason":"rushed"}"#,
      .remark(
        number: 3, .level(rubric: "delivery", version: 2, criterion: "pace", level: 3.5, reason: "rushed"))
    ),
    (
      #"{"wire":"remark","number":4,"kind":"level","rubric":"delivery","version":2,"criterion":"pace","level":null}"#,
      .remark(number: 4, .level(rubric: "delivery", version: 2, criterion: "pace", level: nil, reason: nil))
    ),
    (
      #"{"wire":"remark","number":5,"kind":"drill","drill":"power-pause","note":"twice","days":3}"#,
      .remark(number: 5, .drill("power-pause", note: "twice", days: 3))
    ),
    (
      #"{"wire":"remark","number":6,"kind":"drill","drill":"power-pause","note":""}"#,
      .remark(number: 6, .drill("power-pause", note: "", days: nil))
    ),
    (#"{"wire":"pong"}"#, .pong),
  ]

  private static func pause(_ seconds: Double, _ start: Double, _ end: Double) -> SessionEvent {
    let line = #"{"v":1,"t":\#(seconds),"kind":"pause","start":\#(start),"end":\#(end)}"#
    return EventLine.event(from: line) ?? SessionEvent(at: seconds, .tap)
  }

  @Test(arguments: hubLines) func `a line to a watcher is read and written as it was`(text: String, line: HubLine) {
    #expect(HubLine(line: text) == line)
    #expect(line.text == text)
  }

  @Test(arguments: watcherLines)
  func `a line from a watcher is read and written as it was`(text: String, line: WatcherLine) {
    #expect(WatcherLine(line: text) == line)
    #expect(line.text == text)
  }

  @Test(arguments: Refusal.allCases) func `every refusal comes over`(reason: Refusal) {
    #expect(HubLine(line: HubLine.refused(reason).text) == .refused(reason))
  }

  @Test(arguments: Farewell.allCases) func `every farewell comes over`(reason: Farewell) {
    #expect(HubLine(line: HubLine.over(reason).text) == .over(reason))
  }
}
