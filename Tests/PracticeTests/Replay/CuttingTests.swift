import SpeechSignals
import Testing

@testable import Practice

@Suite struct CuttingTests {
  /// Phrases of six seconds with a second between them, `seconds` long; fillers where they are asked for.
  private func session(
    seconds: Int, fillers: [Double] = [], restarts: [Double] = [], pitch: (Int) -> Double = { _ in 120 },
    syllables: (Double) -> Int = { _ in 24 }
  ) -> Session {
    var session = begun()
    var events: [SessionEvent] = []
    for end in 1...seconds {
      var rollup = second(Double(end))
      rollup.pitchHertz = pitch(end)
      events.append(SessionEvent(at: Double(end), .second(rollup)))
    }
    for start in stride(from: 1.0, to: Double(seconds) - 7, by: 7) {
      events.append(
        SessionEvent(at: start + 6.1, .phrase(Phrase(start: start, end: start + 6, syllables: syllables(start)))))
      events.append(SessionEvent(at: start + 6.9, .pause(Pause(start: start + 6, end: start + 7))))
    }
    for start in fillers {
      events.append(
        SessionEvent(at: start + 0.5, .filler(Filler(start: start, end: start + 0.4, label: "um", confidence: 1))))
    }
    for start in restarts {
      events.append(SessionEvent(at: start + 1, .restart(Restart(start: start, end: start + 1, words: ["i"]))))
    }
    for event in events.sorted(by: { $0.seconds < $1.seconds }) { _ = session.apply(event) }
    return session
  }

  @Test func `where there is too little nothing is cut`() {
    for session in [Session(), begun(), session(seconds: 15)] {
      #expect(Cutting(session).bestStretch == nil)
      #expect(Cutting(session).worstStumble == nil)
    }
    #expect(Cutting(Session()).phrase(at: 3) == nil)
    #expect(Cutting(session(seconds: 60)).phrase(at: .nan) == nil)
  }

  @Test(arguments: [
    (4.0, 0.75...7.25), (7.3, 0.75...7.25), (7.9, 7.75...14.25), (0, 0.75...7.25), (500, 49.75...56.25),
  ])
  func `the phrase at a moment has a little air`(seconds: Double, range: ClosedRange<Double>) {
    #expect(Cutting(session(seconds: 60)).phrase(at: seconds)?.range == range)
  }

  @Test func `silence that is short is shared`() {
    var session = begun()
    for (start, end) in [(0.1, 3.0), (3.2, 5.0)] {
      _ = session.apply(SessionEvent(at: end + 0.1, .phrase(Phrase(start: start, end: end, syllables: 9))))
    }
    #expect(Cutting(session).phrase(at: 1)?.range == 0.0...3.1)
    #expect(Cutting(session).phrase(at: 4)?.range == 3.1...5.1)
  }

  @Test func `the best stretch leaves fillers out and has the pitch that moves`() throws {
    let fillers = [3.0, 10, 17, 24, 31, 38, 110, 117, 124]
    let session = session(
      seconds: 130, fillers: fillers, pitch: { $0 > 60 && $0 < 100 ? ($0 % 2 == 0 ? 100 : 150) : 120 })
    let best = try #require(Cutting(session).bestStretch)
    #expect(best.range.lowerBound >= 42 && best.range.upperBound <= 110)
    #expect((19...41).contains(best.range.upperBound - best.range.lowerBound))
    #expect(best.reason.contains("without a filler"))
    #expect(best.reason.contains("words a minute"))
    #expect(!session.phrases.contains { ($0.start + 0.01..<$0.end - 0.01).contains(best.range.lowerBound) })
    #expect(!session.phrases.contains { ($0.start + 0.01..<$0.end - 0.01).contains(best.range.upperBound) })
  }

  @Test func `a pace inside the band is better than a rush`() throws {
    let session = session(seconds: 130, syllables: { $0 < 60 ? 24 : 42 })
    #expect(try #require(Cutting(session).bestStretch).range.upperBound < 65)
  }

  @Test func `the worst stumble is where slips stand closest, with what is around them`() throws {
    let session = session(seconds: 120, fillers: [10, 30, 66, 68, 70.5, 100], restarts: [67])
    let worst = try #require(Cutting(session).worstStumble)
    #expect(worst.range == 63.75...77.25)
    #expect(worst.reason == "3 fillers and 1 restart in 5 s")
    #expect(Cutting(self.session(seconds: 120, fillers: [10, 31, 40])).worstStumble == nil)
  }

  @Test func `a stumble in a phrase without end is cut to size`() throws {
    var session = begun()
    for start in [50.0, 52, 54] {
      _ = session.apply(
        SessionEvent(at: 55, .filler(Filler(start: start, end: start + 0.4, label: "um", confidence: 1))))
    }
    _ = session.apply(SessionEvent(at: 101, .phrase(Phrase(start: 1, end: 100, syllables: 400))))
    let range = try #require(Cutting(session).worstStumble).range
    #expect(range.upperBound - range.lowerBound <= Cutting.stumbleCutSeconds + 0.001)
    #expect(range.contains(50) && range.contains(54.4))
  }
}
