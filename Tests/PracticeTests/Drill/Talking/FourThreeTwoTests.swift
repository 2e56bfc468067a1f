import Testing

@testable import Practice

@Suite struct FourThreeTwoTests {
  /// Rounds at 5, 50 and 85 s, of 40, 30 and 20 s.
  private static let drill = Drill(
    id: "432", kind: .fourThreeTwo, name: "4/3/2", skill: .fluency,
    values: ["rounds": .list(["40", "30", "20"]), "think": .number(5), "rest": .number(5)], measure: "speed-gain",
    pass: [DrillRule("speed-gain", .atLeast(0.05)), DrillRule("hesitation-share", .atMost(0.8))])

  private static func attempt(
    rates: [Double], fillers: [Double] = [], pause: Double = 0.6, until: Double = 140
  ) -> TalkAttempt {
    let runs = zip([(6.0, 44.0), (51.0, 79.0), (86.0, 104.0)], rates).flatMap { span, rate in
      TalkAttempt.talk(span.0, span.1, rate: rate, pause: pause)
    }
    return TalkAttempt(drill: drill, runs: runs, fillers: fillers, until: until)
  }

  @Test func `rounds and rests follow each other`() throws {
    let run = try #require(Self.attempt(rates: [4, 4, 4]).session.drill)
    #expect(run.spans.map(\.start) == [0, 5, 45, 50, 80, 85] && run.isComplete)
    #expect(run.steps.map(\.name) == ["think", "round 1", "rest", "round 2", "rest", "round 3"])
  }

  @Test(arguments: [
    // Syllables of a run of 2.4 s in each round, fillers; speed won, hesitations left, passed. Rounds hold 38 s and 17.4 s
    // of talk, the shorter with 2 % more of it in runs: 9/7 becomes 1.31, and one a minute is not one a round.
    ([7.0, 8, 9], [10.0, 15, 20, 88], 0.31, 0.73, true),
    ([7, 8, 9], [10, 15, 88, 92], 0.31, 2.18, false),
    ([9, 8, 9], [10, 15, 20], 0.02, 0, false),
    // No hesitation anywhere: none is left.
    ([7, 8, 9], [], 0.31, 0, true),
    // None at first, one later: more than one could have been missed.
    ([7, 8, 9], [90], 0.31, 2.18, false),
  ])
  func `the last round is held against the first`(
    syllables: [Double], fillers: [Double], gain: Double, share: Double, isPassed: Bool
  ) throws {
    let result = try #require(Self.attempt(rates: syllables.map { $0 / 2.4 }, fillers: fillers).result)
    #expect(abs(try #require(result.figure("speed-gain")) - gain) < 0.02, "\(result.figures)")
    #expect(abs(try #require(result.figure("hesitation-share")) - share) < 0.02)
    #expect(result.isPassed == isPassed && result.rows.count == 3)
  }

  @Test func `a long silence is a hesitation, once with the filler beside it`() throws {
    // Silences of 1.5 s: runs of 2.4 s make ten runs in 38 s, nine silences.
    let plain = try #require(Self.attempt(rates: [4, 4, 4], pause: 1.5).result?.figure("hesitations-first"))
    // An "um" right behind a run, one right before the next, and one far from both.
    let beside = try #require(
      Self.attempt(rates: [4, 4, 4], fillers: [8.5], pause: 1.5).result?.figure("hesitations-first"))
    #expect(plain > 10 && abs(beside - plain) < 0.01)
  }

  @Test func `words that are heard well are counted`() throws {
    var attempt = Self.attempt(rates: [4, 4, 4])
    let starts = [(6.0, 44.0, 0.5), (51.0, 79.0, 0.45), (86.0, 104.0, 0.4)]
    attempt.events = starts.flatMap { from, to, step in
      stride(from: from, to: to, by: step).map {
        SessionEvent(at: $0 + 0.5, .word(Word("word", start: $0, end: $0 + 0.3, source: .endpoint)))
      }
    }
    let result = try #require(attempt.result)
    #expect(abs(try #require(result.figure("pace-first")) - 120) < 5)
    #expect(abs(try #require(result.figure("speed-gain")) - 0.25) < 0.05)
  }

  @Test func `a round that was not talked in gives no figure, and a broken-off attempt is not passed`() throws {
    let mute = try #require(Self.attempt(rates: [4, 4]).result)
    #expect(mute.figure("speed-gain") == nil && mute.isPassed == nil && mute.refusal != nil)
    let broken = try #require(Self.attempt(rates: [4, 4, 4], until: 60).result)
    #expect(broken.isPassed == false && broken.figure("pace-first") != nil && broken.figure("pace") == nil)
  }

  @Test func `the screen shows rounds that are over`() {
    guard case .talk(let talk) = FourThreeTwoExercise.scene(Self.attempt(rates: [3, 4, 4], until: 60).session) else {
      Issue.record("another scene")
      return
    }
    #expect(talk.counts.map(\.0) == ["round 1"] && talk.seconds == 10 && talk.ofSeconds == 30)
  }
}
