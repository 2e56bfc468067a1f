import Testing

@testable import Practice

@Suite struct LimitedTalkTests {
  /// Five seconds to think, then 20 to 40 s; 20 to 45 s qualify.
  private static let impromptu = Drill(
    id: "table", kind: .impromptu, name: "Table topics", skill: .structure,
    values: [
      "think": .number(5), "length": .text("20-40s"), "late": .number(5), "frame": .text("prep"),
    ], measure: "talk-seconds",
    pass: [DrillRule("talk-seconds", .within(20...45)), DrillRule("fillers-per-minute", .atMost(5))])

  /// 40 to 60 s; 30 to 70 s qualify.
  private static let contest = Drill(
    id: "contest", kind: .contest, name: "Contest", skill: .timing,
    values: ["length": .text("40-60s"), "early": .number(10), "late": .number(10)], measure: "talk-seconds",
    pass: [DrillRule("within", .atLeast(0.5))])

  private func impromptu(
    _ runs: [TalkAttempt.Run], fillers: [Double] = [], skips: [Double] = [], until: Double = 200
  ) -> TalkAttempt {
    TalkAttempt(
      drill: Self.impromptu, topic: "Rain", runs: runs, fillers: fillers, skips: skips, until: until)
  }

  @Test(arguments: [
    // Talk from, to; the second in which it is over; whether it is passed. Silent for 4 s past the least time:
    (8.0, 38.0, 42.0, true),
    // silent for 10 s short of it,
    (8, 20, 30, false),
    // until 2 s beyond the window,
    (8, 120, 55, false),
    // just inside it,
    (8, 52.8, 55, true),
    // and never begun: 20 s of patience, the window, 2 s.
    (300, 301, 72, nil),
  ])
  func `an impromptu talk ends by itself`(start: Double, end: Double, over: Double, isPassed: Bool?) throws {
    let session = impromptu([.init(start: start, end: end)]).session
    let run = try #require(session.drill)
    #expect(run.isComplete && run.spans.last?.end == over)
    #expect(session.drillResult?.isPassed == isPassed)
    #expect((session.drillResult?.refusal == nil) == (isPassed != nil))
  }

  @Test func `a pause to think is no end`() throws {
    // 3.5 s of silence past the least time, then more.
    let session = impromptu([.init(start: 6, end: 30), .init(start: 33.5, end: 40)]).session
    #expect(session.drill?.spans.last?.end == 44 && session.drillResult?.figure("talk-seconds") == 34)
    #expect(session.drillResult?.figure("longest-silence") == 3.5)
  }

  @Test func `the clock runs from the first word to the last`() throws {
    let session = impromptu(TalkAttempt.talk(9.3, 39.3), fillers: [12, 20, 31]).session
    let result = try #require(session.drillResult)
    #expect(result.said("talk-seconds") == 29.4 && result.figure("fillers") == 3)
    #expect(result.said("fillers-per-minute") == 6.12 && result.isPassed == false)
    #expect(result.rows.map(\.label) == ["talk", "fillers", "longest silence"])
  }

  @Test func `a cough is no word`() throws {
    var attempt = impromptu([.init(start: 6, end: 6.3, rate: 0), .init(start: 10, end: 35)])
    #expect(attempt.result?.figure("talk-seconds") == 25)
    // What was said while thinking does not count either.
    attempt.runs = [.init(start: 1, end: 2), .init(start: 10, end: 35)]
    #expect(attempt.result?.figure("talk-seconds") == 25)
  }

  @Test func `the learner's key ends a talk, and too little of it is not passed`() throws {
    let early = impromptu([.init(start: 8, end: 40)], skips: [18]).session
    #expect(early.drill?.isComplete == true && early.drillResult?.isPassed == false)
    #expect(early.drillResult?.grade == .again && early.drillResult?.isComplete == true)
    // A drill about fillers alone is not passed, and not failed, by saying little.
    var few = impromptu([.init(start: 8, end: 40)], skips: [18])
    few.drill.pass = [DrillRule("fillers-per-minute", .atMost(5))]
    #expect(few.result?.isPassed == false && few.result?.isComplete == false && few.result?.grade == nil)
    let thought = impromptu([.init(start: 3, end: 30)], skips: [2.5]).session
    #expect(thought.drill?.spans.map(\.start) == [0, 2.5] && thought.drillResult?.isPassed == true)
  }

  @Test func `the end of a file is an end too`() throws {
    let result = try #require(impromptu([.init(start: 8, end: 38)], until: 38).result)
    #expect(result.isPassed == true && result.isComplete)
  }

  @Test func `the screen shows topic, frame and light`() throws {
    let talk = impromptu([.init(start: 8, end: 60)], until: 29)
    guard case .talk(let thinking) = ImpromptuExercise.scene(impromptu([], until: 3).session),
      case .talk(let talking) = ImpromptuExercise.scene(talk.session)
    else {
      Issue.record("other scenes")
      return
    }
    #expect(thinking.topic == "Rain" && thinking.light == nil && thinking.seconds == 3 && thinking.ofSeconds == 5)
    #expect(talking.frame == ["Point", "Reason", "Example", "Point again"])
    #expect(talking.seconds == 21 && talking.light == .green(leftSeconds: 19))
    #expect(talking.counts.map(\.0) == ["fillers"])
    #expect(ImpromptuExercise.progress(talk.session) == 1)
  }

  @Test(arguments: [
    // Seconds of talk, when it is over, over, under, whether it is passed.
    (50.0, 59.0, 0.0, 0.0, true), (25, 46, 0, 5, false), (80, 89, 10, 0, false), (150, 101, 30, 0, false),
  ])
  func `a contest talk qualifies inside its window`(
    talk: Double, end: Double, over: Double, under: Double, isPassed: Bool
  ) throws {
    let attempt = TalkAttempt(drill: Self.contest, runs: [.init(start: 1, end: 1 + talk)], until: 200)
    let session = attempt.session
    let result = try #require(session.drillResult)
    #expect(session.drill?.spans.last?.end == end && result.isPassed == isPassed)
    #expect(result.figure("over-seconds") == over && result.figure("under-seconds") == under)
    #expect(result.figure("within") == (isPassed ? 1 : 0))
  }

  /// A contest attempt with a script of so many times three sentences, of which words are said, one every 0.7 s.
  private static func scripted(_ times: Int, words: Int, until: Double) -> TalkAttempt {
    let sentences = [
      "The rain came early that year.", "Nobody had mended the roof.", "So we carried buckets up the stairs.",
    ]
    let script = (0..<times).flatMap { _ in sentences }.joined(separator: " ")
    let end = 1 + 0.7 * Double(words)
    var attempt = TalkAttempt(drill: contest, runs: TalkAttempt.talk(1, end), until: until)
    let said = script.lowercased().split(separator: " ").prefix(words).map { $0.filter(\.isLetter) }
    attempt.events = ScriptPart.parts(of: script).map { SessionEvent(at: 0.1, .script($0)) }
    attempt.events += said.enumerated().map { place, word in
      let start = 1 + 0.7 * Double(place)
      return SessionEvent(at: start + 0.6, .word(Word(word, start: start, end: start + 0.4, source: .script)))
    }
    return attempt
  }

  @Test func `the end is foreseen from the script`() throws {
    let session = Self.scripted(10, words: 56, until: 40).session
    guard case .talk(let talk) = ContestExercise.scene(session) else {
      Issue.record("another scene")
      return
    }
    let projected = try #require(talk.projectedSeconds)
    // 55 of 180 words are behind after 39 s of talk: it would be over at 39 · 180 / 55.
    #expect(abs(projected - 128) < 4 && abs(ContestExercise.progress(session) - 0.31) < 0.02)
    #expect(talk.light == .waiting(untilSeconds: 1))
  }

  @Test func `a script that is read to its end ends the talk`() throws {
    // 54 words take 38.2 s; a talk without a script would be waited for until 46 s.
    let session = Self.scripted(3, words: 54, until: 60).session
    #expect(session.drill?.spans.last?.end == 42 && session.drillResult?.isPassed == true)
    // A pause in its middle does not.
    #expect(Self.scripted(10, words: 54, until: 44).session.drill?.isComplete == false)
  }

  @Test func `a length that is none is said`() {
    var drill = Self.contest
    drill.values["length"] = .text("soon")
    #expect(ContestExercise.problem(drill) == "length: \"soon\" is not a length such as 5-7m, 90s or 4:30-7:30")
    #expect(ContestExercise.problem(Self.contest) == nil)
  }
}
