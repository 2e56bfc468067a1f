import SpeechSignals
import Testing

@testable import Practice

@Suite struct ReplayTests {
  /// Ten minutes live: roll-ups, words that come late, fillers heard twice, phrases, pauses, marks; as recorded.
  private static func record(seed: UInt64, script: Bool = false, thresholds: [String: Double] = [:]) -> (
    events: [SessionEvent], live: Session
  ) {
    var generator = Sequence64(state: seed)
    var session = Session()
    var events: [SessionEvent] = []
    func apply(_ event: SessionEvent) {
      var next = [event]
      while let event = next.first {
        next.removeFirst()
        for effect in session.apply(event) {
          switch effect {
          case .record(let event): events.append(event)
          case .raise(let raised): next.append(raised)
          }
        }
      }
    }
    apply(SessionEvent(at: 0, .began(Beginning(id: "k3f9x7qa", title: "Practice", fillerThresholds: thresholds))))
    let text = Spoken.script(Spoken.talk).tokens.map(\.text)
    if script {
      for part in ScriptPart.parts(of: text.enumerated().map { $1 + ($0 % 9 == 8 ? "." : "") }.joined(separator: " ")) {
        apply(SessionEvent(at: 0, .script(part)))
      }
    }
    var planned: [SessionEvent] = []
    for tick in 1...600 {
      let end = Double(tick)
      planned.append(SessionEvent(at: end + 0.02, .second(second(end, pitch: 100 + Double(tick % 40)))))
      let word = text[tick % text.count].lowercased().filter { $0.isLetter || $0 == "'" }
      let late = Double.random(in: 2.5..<3.3, using: &generator)
      planned.append(SessionEvent(at: end + late, .word(Word(word, start: end - 0.6, end: end - 0.2, confidence: 0.8))))
      if tick % 8 == 0 {
        planned.append(SessionEvent(at: end + 0.1, .phrase(Phrase(start: end - 7.5, end: end - 0.5, syllables: 25))))
        planned.append(SessionEvent(at: end + 0.2, .pause(Pause(start: end - 0.5, end: end + 0.5))))
      }
      let heard = Double.random(in: 0.5..<0.95, using: &generator).rounded(places: 2)
      if tick % 11 < 2 {
        let filler = Filler(start: end - 0.15, end: end + 0.2, label: tick % 2 == 0 ? "um" : "uh", confidence: heard)
        planned.append(SessionEvent(at: end + 0.5, .filler(filler)))
        if tick % 3 == 0 {
          let word = Filler(start: end - 0.1, end: end + 0.25, label: "um", evidence: ["words"], confidence: 0.8)
          planned.append(SessionEvent(at: end + 3, .filler(word)))
        }
      }
      if tick % 97 == 0 { planned.append(SessionEvent(at: end + 0.4, .mark(nil))) }
    }
    for event in planned.filter({ $0.seconds < 600 }).sorted(by: { $0.seconds < $1.seconds }) { apply(event) }
    apply(SessionEvent(at: 600, .ended(Ending(reason: .finished, summary: session.summary))))
    return (events, session)
  }

  private static func second(_ end: Double, pitch: Double) -> SecondSummary {
    var made = PracticeTests.second(end)
    made.pitchHertz = pitch
    return made
  }

  @Test(arguments: [true, false]) func `at its end a replay is the session`(script: Bool) {
    let (events, live) = Self.record(seed: 1, script: script)
    var replay = Replay(events)
    #expect(replay.whole == live)
    #expect(replay.duration == 600)
    replay.seek(to: 1e9)
    #expect(replay.session == live)
    replay.seek(to: 599.99)
    #expect(replay.session.phase == .running)
    #expect(replay.session.fillers == live.fillers)
    #expect(replay.session.clusters == live.clusters)
    #expect(replay.session.rollups == live.rollups.filter { $0.end <= 599.97 })
  }

  @Test func `a session as it was heard with thresholds is replayed with them`() {
    let thresholds = ["um": 0.8, "uh": 0.7]
    let (events, live) = Self.record(seed: 2, thresholds: thresholds)
    #expect(live.fillers.allSatisfy { $0.confidence >= thresholds[$0.label] ?? 0 })
    #expect(live.fillers.count < Self.record(seed: 2).live.fillers.count)
    let lines = events.map(EventLine.text)
    let replay = Replay(lines.compactMap(EventLine.event))
    #expect(replay.whole.fillers == live.fillers)
    #expect(replay.whole.summary == live.summary)
  }

  @Test(arguments: [true, false]) func `any way to a second shows the same`(script: Bool) {
    let (events, live) = Self.record(seed: 3, script: script)
    let corrections = Self.corrections(of: live)
    var fresh = Replay(events + corrections)
    var jumping = fresh
    jumping.prepare()
    var generator = Sequence64(state: 9)
    for _ in 0..<12 {
      let target = Double.random(in: 0..<600, using: &generator)
      jumping.seek(to: target)
      fresh.seek(to: 0)
      var place = 0.0
      while place < target {
        fresh.seek(to: place)
        place += 7.3
      }
      fresh.seek(to: target)
      #expect(fresh.session == jumping.session, "\(target)")
      #expect(fresh.session.seconds == target)
      #expect(fresh.position == target)
    }
  }

  private static func corrections(of live: Session) -> [SessionEvent] {
    let (first, second, third) = (live.fillers[3], live.fillers[4], live.fillers[12])
    let word = live.words[50]
    return [
      Correction(.removed, start: first.start, end: first.end, was: first.label, atMilliseconds: 1),
      Correction(.relabelled, start: second.start, end: second.end, text: "so", was: second.label, atMilliseconds: 2),
      Correction(.confirmed, start: third.start, end: third.end, was: third.label, atMilliseconds: 3),
      Correction(.added, start: 200.1, end: 200.4, text: "like", atMilliseconds: 4),
      Correction(.word, start: word.start, end: word.end, text: "quite another", was: word.text, atMilliseconds: 5),
    ].map { SessionEvent(at: 600, .correction($0)) }
  }

  @Test func `corrections are made to the past`() {
    let (events, live) = Self.record(seed: 4)
    let corrections = Self.corrections(of: live)
    var replay = Replay(events + corrections + [SessionEvent(at: 600, .comment(Comment("Here.", start: 31)))])
    let removed = live.fillers[3]
    #expect(!replay.whole.fillers.contains { $0.start == removed.start })
    for tick in 0..<1_190 {
      replay.seek(to: Double(tick) / 2)
      let (session, now) = (replay.session, replay.position)
      #expect(!session.fillers.contains { $0.start < removed.end && $0.end > removed.start }, "\(now)")
      #expect(session.fillers.contains { $0.label == "like" } == (now >= 200.4), "\(now)")
      #expect(!session.words.contains { $0.start == live.words[50].start && $0.text == live.words[50].text }, "\(now)")
      // A word is there at the end of its sound.
      #expect(session.words.last.map { $0.end <= now && now - $0.end <= 1.1 } ?? (now < 1), "\(now)")
      #expect(session.comments.count == 1)
    }
    replay.seek(to: 599.99)
    #expect(replay.session.fillers == replay.whole.fillers)
    #expect(replay.session.words == replay.whole.words.filter { $0.end <= replay.position })
    #expect(replay.session.clusters == replay.whole.clusters)
  }

  @Test func `nothing and nonsense can be replayed`() {
    var empty = Replay([])
    for seconds in [0, 5, -3, .nan, .infinity] { empty.seek(to: seconds) }
    empty.prepare()
    #expect(empty.session == Session())
    #expect(empty.duration == 0)
    var generator = Sequence64(state: 21)
    let lines = EventLineTests.lines + AfterwardsTests.lines
    for _ in 0..<60 {
      let events = (0..<40).compactMap { _ in
        EventLine.event(from: lines[Int(generator.next() % UInt64(lines.count))])
      }
      var replay = Replay(events)
      for _ in 0..<10 { replay.seek(to: Double.random(in: -5..<70, using: &generator)) }
      replay.prepare()
      replay.seek(to: .infinity)
      #expect(replay.session == replay.whole)
    }
  }

  @Test(
    arguments: [
      (ReplayUnit.second, 10.0, true, 11.0), (.second, 10, false, 9), (.second, 0.4, false, 0),
      (.second, 0, false, nil),
      (.fiveSeconds, 58, true, 60), (.fiveSeconds, 60, true, nil), (.sentence, 0, true, 1), (.sentence, 1, true, 11),
      (.sentence, 11, false, 1), (.sentence, 1, false, nil), (.pause, 0, true, 8), (.pause, 60, false, 18),
      (.pause, 18, true, nil), (.filler, 5, true, 9), (.filler, 9, false, 3), (.filler, 9.4, false, 9),
      (.mark, 0, true, 20),
      (.mark, 20, true, nil), (.comment, 60, false, 33), (.comment, 33, false, nil), (.comment, .nan, true, nil),
    ] as [(ReplayUnit, Double, Bool, Double?)])
  func `stepping goes to the next of its kind`(unit: ReplayUnit, from: Double, forward: Bool, stop: Double?) {
    let events: [(Double, SessionEvent.Kind)] = [
      (0, .began(Beginning(id: "a"))), (3.5, .filler(Filler(start: 3, end: 3.4, label: "um", confidence: 1))),
      (8.1, .phrase(Phrase(start: 1, end: 8, syllables: 20))), (9.1, .pause(Pause(start: 8, end: 9))),
      (9.5, .filler(Filler(start: 9, end: 9.4, label: "um", confidence: 1))),
      (18.1, .phrase(Phrase(start: 11, end: 18, syllables: 20))), (19, .pause(Pause(start: 18, end: 19))),
      (20, .mark(nil)), (60, .ended(Ending(reason: .finished, summary: Summary()))),
      (60, .comment(Comment("Here.", start: 33))),
    ]
    let replay = Replay(events.map { SessionEvent(at: $0, $1) })
    #expect(replay.next(unit, from: from, forward: forward) == stop)
  }

  @Test func `while it plays, back means the one before`() {
    let events = [5.0, 10].map { SessionEvent(at: $0, .mark(nil)) } + [SessionEvent(at: 20, .mark("end"))]
    let replay = Replay(events)
    #expect(replay.next(.mark, from: 10.4, forward: false) == 10)
    #expect(replay.next(.mark, from: 10.4, forward: false, grace: 0.7) == 5)
  }

  @Test func `sentences are those of the script where it is followed`() {
    let script = Spoken.script(Spoken.talk)
    var generator = Sequence64(state: 5)
    let heard = Spoken.saying(Array(0..<8), of: script, errors: 0.0001, generator: &generator)
    var session = Session()
    session.prompter = Prompter(script)
    for (index, item) in heard.enumerated() {
      var word = item.word
      (word.start, word.end) = (Double(index), Double(index) + 0.5)
      _ = session.apply(SessionEvent(at: Double(index) + 0.6, .word(word)))
    }
    let starts = heard.indices.filter { $0 == 0 || heard[$0].sentence != heard[$0 - 1].sentence }.map(Double.init)
    #expect(ReplayStops(of: session).sentences == starts)
  }
}
