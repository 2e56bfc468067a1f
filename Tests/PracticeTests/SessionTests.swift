import SpeechSignals
import Testing

@testable import Practice

@Suite struct SessionTests {
  @Test func `a replay of the lines is the live session`() throws {
    var live = begun(length: TalkLength("1-2m"))
    let beginning = try #require(live.beginning)
    var lines = [EventLine.text(of: SessionEvent(at: 0, .began(beginning)))]
    var events: [SessionEvent] = (1...90).map {
      SessionEvent(at: Double($0), .second(second(Double($0), pace: 200, run: 20)))
    }
    events.insert(SessionEvent(at: 11.2, .pause(Pause(start: 10.4, end: 11.1))), at: 11)
    events.insert(SessionEvent(at: 30.1, .filler(Filler(start: 29.5, end: 29.9, label: "um", confidence: 0.7))), at: 32)
    events.insert(SessionEvent(at: 41, .gap(Gap(lostSeconds: 1.5, cause: "vanished"))), at: 44)
    events.append(SessionEvent(at: 90, .ended(Ending(reason: .finished, summary: live.summary))))
    for event in events {
      var next = [event]
      while let event = next.first {
        next.removeFirst()
        for effect in live.apply(event) {
          switch effect {
          case .record(let event): lines.append(EventLine.text(of: event))
          case .raise(let event): next.append(event)
          }
        }
      }
    }
    var replay = Session()
    for line in lines {
      let event = try #require(EventLine.event(from: line))
      _ = replay.apply(event)
    }
    #expect(replay == live)
    #expect(replay.summary == live.summary)
    #expect(!live.cues.isEmpty && live.gaps.count == 1)
  }

  @Test func `pausing and going on move the phase, and nothing else does`() {
    var session = begun()
    #expect(session.phase == .running)
    _ = session.apply(SessionEvent(at: 1, .resumed(awaySeconds: 1)))
    #expect(session.phase == .running)
    _ = session.apply(SessionEvent(at: 1, .paused))
    #expect(session.phase == .paused)
    _ = session.apply(SessionEvent(at: 1, .resumed(awaySeconds: 3)))
    #expect(session.phase == .running)
    _ = session.apply(SessionEvent(at: 2, .ended(Ending(reason: .interrupted, summary: Summary()))))
    #expect(session.phase == .over(.interrupted))
    #expect(session.seconds == 2)
  }

  @Test func `the talk with the tutor goes on after the end, and nothing else does`() {
    var session = begun()
    _ = session.apply(SessionEvent(at: 7, .ended(Ending(reason: .finished, summary: session.summary))))
    let turn = Turn(.learner, "How was my pace?", source: "typed")
    let event = SessionEvent(at: 7, .turn(turn))
    #expect(session.apply(event) == [.record(event)])
    _ = session.apply(SessionEvent(at: 7, .note("late")))
    #expect(session.turns == [turn])
    #expect(session.notes.isEmpty)
  }

  @Test func `what a model writes is kept without what could mislead a terminal or a reader`() {
    let turn = Turn(.tutor, "a\u{1B}]52;c;x\u{7}b\r\nc\u{9B}31m\u{202E}d", source: "local")
    #expect(turn.text == "a]52;c;xb\nc31md")
    let line = EventLine.text(of: SessionEvent(at: 1, .turn(turn)))
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 32 && !(0x7F...0x9F).contains($0.value) })
  }

  @Test func `a turn keeps twenty thousand bytes, whole characters`() {
    let turn = Turn(.tutor, String(repeating: "ä", count: 10_001), source: "local")
    #expect(turn.text == String(repeating: "ä", count: 10_000))
    #expect(Turn(.tutor, "x" + String(repeating: "€", count: 9_000), source: "local").text.utf8.count == 19_999)
  }

  @Test func `a second beginning and what follows the end are recorded and change nothing`() {
    var session = begun()
    _ = session.live((1...5).map { second(Double($0)) })
    let again = SessionEvent(at: 6, .began(Beginning(id: "other")))
    #expect(session.apply(again) == [.record(again)] && session.beginning?.id == "k3f9x7qa")
    _ = session.apply(SessionEvent(at: 7, .ended(Ending(reason: .finished, summary: session.summary))))
    let before = session
    let late = SessionEvent(at: 9, .mark(nil))
    #expect(session.apply(late) == [.record(late)] && session == before)
  }

  @Test func `readings move the meters and are not kept`() {
    var session = begun()
    var reading = Reading()
    reading.frame = 1_999
    reading.syllablesPerSecond = 3.5
    reading.silenceSeconds = 0.4
    _ = session.live((1...7).map { second(Double($0)) })
    session.glance(reading)
    #expect(session.seconds == 20 && session.silenceSeconds > 0.39)
    #expect(abs((session.pace ?? 0) - 150) < 0.1)
    #expect(session.paceBand == nil, "a verdict on five seconds of speech")
    #expect(session.rollups.count == 7 && session.summary.syllables == 28)
  }

  @Test func `a summary says what was measured, and nothing where too little was`() {
    var session = begun()
    _ = session.live((1...9).map { second(Double($0)) })
    #expect(session.summary.wordsPerMinute == nil && session.summary.pitchSpreadSemitones != nil)
    _ = session.live((10...60).map { second(Double($0)) })
    for number in 1...5 {
      #expect(session.pauseShare == nil, "a share of \(number - 1) pauses")
      let start = 10.0 * Double(number)
      _ = session.apply(SessionEvent(at: 60, .pause(Pause(start: start, end: start + 1.2))))
    }
    let summary = session.summary
    #expect(summary.syllables == 240 && summary.durationSeconds == 60)
    #expect(summary.wordsPerMinute == (240.0 / 60 * 60 / 1.4).rounded(places: 1))
    #expect(summary.articulationRate == 5)
    #expect(summary.pauses == 5 && summary.pauseShare == 0.1)
    #expect(summary.pitchSpreadSemitones == 2 && summary.pitchHertz == 120)
    #expect(Summary(JSON.object(summary.fields)) == summary)
  }

  @Test func `pitch is as it was reviewed at the end, where it was`() {
    var session = begun()
    _ = session.live((1...60).map { second(Double($0)) })
    _ = session.apply(
      SessionEvent(at: 60, .reviewed(ReviewedPitch(voicedFrames: 3_000, medianHertz: 96.04, spreadSemitones: 1.254))))
    #expect(session.summary.pitchHertz == 96 && session.summary.pitchSpreadSemitones == 1.25)
    #expect(session.summary.voicedFrames == 3_000)
    _ = session.apply(
      SessionEvent(at: 60, .reviewed(ReviewedPitch(voicedFrames: 199, medianHertz: 96, spreadSemitones: 1))))
    #expect(session.summary.pitchHertz == nil && session.summary.voicedFrames == 199, "too few to tell")
  }

  @Test func `a pause that begins where the one before ended goes on with it`() {
    var session = Session()
    for (start, end) in [(1.0, 2.0), (5, 5.5), (5.5, 8), (8, 8.25), (9, 10)] {
      _ = session.apply(SessionEvent(at: end, .pause(Pause(start: start, end: end))))
    }
    #expect(session.pauses == [Pause(start: 1, end: 2), Pause(start: 5, end: 8.25), Pause(start: 9, end: 10)])
    #expect(session.tally.pauseSeconds == 5.25 && session.tally.longestPauseSeconds == 3.25)
  }

  @Test func `a run of which no phrase came was laughter`() {
    var tally = Tally()
    tally.add(Phrase(start: 0, end: 3, syllables: 9))
    tally.add(second(5, speech: 0.4, run: 0.4))
    #expect(tally.phonationSeconds == 3.4)
    tally.add(second(6, speech: 0.1, run: 0, silence: 1.1))
    #expect(tally.phonationSeconds == 3)
  }

  @Test func `a silence too short for a pause counts as speech where it is asked how fast somebody speaks`() {
    var session = begun()
    _ = session.live((1...40).map { second(Double($0), run: Double($0)) })
    #expect(session.summary.articulationRate == 5, "a run that is open yet is as long as its frames of speech")
    _ = session.apply(SessionEvent(at: 40, .phrase(Phrase(start: 0, end: 40, syllables: 160))))
    #expect(session.summary.articulationRate == 4 && session.summary.speechSeconds == 40)
    _ = session.live([second(41, run: 41), second(42, speech: 0, run: 0)])
    #expect(session.summary.speechSeconds == 40, "the second after a run has a part of it")
    _ = session.live([second(43, run: 0.5)])
    #expect(session.summary.speechSeconds == 40.8)
  }

  @Test func `silence throughout is no speech heard`() {
    var session = begun()
    _ = session.live((1...30).map { second(Double($0), pace: nil, speech: 0, run: 0, level: -90, silence: Double($0)) })
    #expect(!session.summary.heardSpeech && session.summary.integratedLUFS == nil && session.cues.isEmpty)
  }

  @Test(arguments: [
    ("fast for ten seconds", second(1, pace: 205), "slower"),
    ("very slow for ten seconds", second(1, pace: 90), "pick up"),
    ("a long run", second(1, run: 25), "breathe"),
    ("clipping", second(1, clipped: 30), "step back"),
  ])
  func `what is sustained is worth one cue in twenty seconds`(what: String, kind: SecondSummary, words: String) {
    var session = begun()
    let cues = session.live(
      (1...59).map { number in
        var second = kind
        second.start = Double(number) - 1
        second.end = Double(number)
        return second
      })
    #expect(cues == ["20:\(words)", "40:\(words)"], "\(what)")
  }

  @Test func `a pace inside its bands, however uneven, is left alone`() {
    var session = begun()
    let cues = session.live((1...120).map { second(Double($0), pace: $0 % 7 == 0 ? 230 : 165) })
    #expect(cues.isEmpty)
  }

  @Test func `three fillers in ten seconds are a cluster, two are not`() {
    for (count, expected) in [(2, [String]()), (3, ["30:pause instead"])] {
      var session = begun()
      _ = session.live((1...29).map { second(Double($0)) })
      for number in 0..<count {
        let start = 22 + Double(number) * 2
        _ = session.apply(
          SessionEvent(at: 29, .filler(Filler(start: start, end: start + 0.4, label: "um", confidence: 1))))
      }
      #expect(session.live([second(30)]) == expected)
    }
  }

  @Test func `a pause after being asked to breathe is praised`() {
    var session = begun()
    #expect(session.live((1...25).map { second(Double($0), run: 25) }) == ["20:breathe"])
    _ = session.live((26...43).map { second(Double($0), run: 3) })
    _ = session.apply(SessionEvent(at: 43.5, .pause(Pause(start: 42.5, end: 43.4))))
    #expect(session.live([second(44, run: 0.5)]) == ["44:good pause"])
  }

  @Test func `speaking softer than one's own beginning is worth a word`() {
    var session = begun()
    _ = session.live((1...60).map { second(Double($0), level: -20) })
    #expect(session.live((61...75).map { second(Double($0), level: -30) }).first?.hasSuffix("louder") == true)
  }

  @Test(arguments: [
    ("5-7m", 0.0, TimingLight.waiting(untilSeconds: 300)), ("5-7m", 299.9, .waiting(untilSeconds: 0.1)),
    ("5-7m", 300, .green(leftSeconds: 120)), ("5-7m", 360, .amber(leftSeconds: 60)),
    ("5-7m", 420, .red(overSeconds: 0)), ("5-7m", 500, .red(overSeconds: 80)), ("1-2m", 90, .amber(leftSeconds: 30)),
    ("10m", 480, .green(leftSeconds: 120)), ("10m", 540, .amber(leftSeconds: 60)),
  ])
  func `lights follow the rule of the timer`(length: String, elapsed: Double, light: TimingLight) throws {
    let length = try #require(TalkLength(length))
    let found = TimingLight(elapsed: elapsed, length: length)
    switch (found, light) {
    case (.waiting(let a), .waiting(let b)), (.green(let a), .green(let b)), (.amber(let a), .amber(let b)),
      (.red(let a), .red(let b)):
      #expect(abs(a - b) < 1e-6)
    default: Issue.record("\(found) is not \(light)")
    }
  }

  @Test(arguments: [
    (90.0, PaceBand.verySlow), (115, .slow), (130, .unhurried), (150, .comfortable), (170, .brisk), (180, .fast),
    (191, .veryFast),
  ])
  func `a pace has a place among the bands`(pace: Double, band: PaceBand) {
    #expect(Bands().place(ofPace: pace) == band)
  }
}
