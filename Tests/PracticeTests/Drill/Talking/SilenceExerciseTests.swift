import Testing

@testable import Practice

@Suite struct SilenceExerciseTests {
  /// A talk of 60 s, a clip of 20, two takes of 20 with 3 s before each: steps begin at 60, 82, 85, 105 and 108.
  private static let drill = Drill(
    id: "silence", kind: .silence, name: "Silence", skill: .fillers,
    values: ["talk": .number(60), "clip": .number(20), "takes": .number(2), "take": .number(20), "rest": .number(3)],
    measure: "fillers-share", pass: [DrillRule("fillers-share", .atMost(0.5))])

  private static let runs =
    TalkAttempt.talk(1, 59) + TalkAttempt.talk(86, 104) + TalkAttempt.talk(109, 127)
  private static let early = [5.0, 33, 37, 40, 44, 50]

  private func attempt(
    _ fillers: [Double], taps: [Double] = [], runs: [TalkAttempt.Run] = Self.runs, until: Double = 140
  ) -> TalkAttempt {
    TalkAttempt(drill: Self.drill, runs: runs, fillers: fillers, taps: taps, until: until)
  }

  @Test func `steps begin where their file says`() throws {
    let run = try #require(attempt(Self.early).session.drill)
    #expect(run.spans.map(\.start) == [0, 60, 82, 85, 105, 108] && run.isComplete)
    #expect(run.steps.map(\.name) == ["talk", "listen", "get ready", "take 1", "get ready", "take 2"])
  }

  @Test(arguments: [
    // Fillers of the takes, and what came of them: 6 in 58 s of talk are 6.2 a minute, one in 17.4 s is 3.4.
    ([Double](), 0.0, Optional(true)), ([112], 0.56, false), ([90, 91, 92, 95], 0, true),
    ([112, 113, 115, 118], 2.22, false),
  ])
  func `passed where at most half of the fillers are left in the last take`(
    late: [Double], share: Double, isPassed: Bool?
  ) throws {
    let result = try #require(attempt(Self.early + late).result)
    #expect(result.isPassed == isPassed && result.isComplete)
    #expect(abs(try #require(result.figure("fillers-share")) - share) < 0.02, "\(result.figures)")
    #expect(abs(try #require(result.figure("fillers-per-minute-first")) - 6.2) < 0.1)
  }

  @Test func `the clip is where most fillers are`() throws {
    // 33 to 50 holds five of six: from two seconds before the first of them.
    let run = try #require(attempt(Self.early).session.drill)
    #expect(run.steps[1].role == .clip(start: 31, seconds: 20) && run.steps[1].seconds == 22)
    // Late ones are reached although the clip would go beyond the talk.
    let late = try #require(attempt([55, 57]).session.drill)
    #expect(late.steps[1].role == .clip(start: 40, seconds: 20))
  }

  @Test func `a replay has the same steps`() throws {
    let (session, events) = attempt(Self.early).heard()
    var replayed = Session()
    for event in events { _ = replayed.apply(event) }
    #expect(replayed.drill == session.drill && replayed.drillResult == session.drillResult)
    // A correction afterwards changes what was counted, not what was heard again.
    _ = replayed.apply(
      SessionEvent(at: 140, .ended(Ending(reason: .finished, summary: replayed.summary))))
    _ = replayed.apply(SessionEvent(at: 140, .correction(Correction(.removed, start: 33, end: 33.4, was: "um"))))
    #expect(replayed.drill?.steps == session.drill?.steps)
  }

  @Test(arguments: [
    // The clip from 31 s is heard from 60 s: its fillers at 62, 66, 69, 73 and 79.
    ([62.6, 66.7, 69.5, 73.4, 79.9], 1.0, 0), ([62.1, 68.1, 71.1], 0, 3), ([62.6, 62.9, 66.4, 75.5], 0.4, 2),
  ])
  func `taps count where a filler began a moment before`(taps: [Double], awareness: Double, stray: Int) throws {
    let attempt = attempt(Self.early, taps: taps)
    #expect(attempt.result?.said("awareness") == awareness)
    #expect(FillerTaps(attempt.session)?.stray == stray)
  }

  @Test func `who never taps is not said to notice nothing`() throws {
    let result = try #require(attempt(Self.early).result)
    #expect(result.figure("awareness") == nil && result.rows.contains { $0.value == "not tapped" })
  }

  @Test func `a talk without a filler leaves nothing to replace`() throws {
    let attempt = attempt([])
    let result = try #require(attempt.result)
    #expect(attempt.session.drill?.spans.count == 1 && attempt.session.drill?.isComplete == true)
    #expect(result.isPassed == true && result.rows.last?.value.contains("harder topic") == true)
  }

  @Test func `a filler that is known too late is not replaced by nothing`() throws {
    var late = attempt([])
    late.events = [
      SessionEvent(at: 60, .filler(Filler(start: 58, end: 58.4, label: "like", evidence: ["words"], confidence: 0.8)))
    ]
    let (session, _) = late.heard()
    var after = session
    _ = after.apply(late.events[0])
    #expect(session.drillResult?.isPassed == true)
    #expect(after.drillResult?.isPassed == nil && after.drillResult?.refusal?.contains("once more") == true)
  }

  @Test func `silence is no talk without fillers`() throws {
    let result = try #require(attempt([], runs: [.init(start: 3, end: 5)]).result)
    #expect(result.isPassed == nil && result.refusal?.contains("Too little was heard") == true)
    // Nor is a last take in which nobody spoke one in which fillers were replaced.
    let mute = try #require(attempt(Self.early, runs: TalkAttempt.talk(1, 59)).result)
    #expect(mute.isPassed == nil && mute.figure("fillers-share") == nil)
  }

  @Test func `an attempt that is broken off is not passed`() throws {
    let result = try #require(attempt(Self.early, until: 100).result)
    #expect(result.isPassed == false && !result.isComplete)
  }

  @Test func `the first talk shows no count`() throws {
    guard case .talk(let first) = SilenceExercise.scene(attempt(Self.early, until: 50).session),
      case .clip(let clip) = SilenceExercise.scene(attempt(Self.early, taps: [62.5], until: 70).session),
      case .talk(let take) = SilenceExercise.scene(attempt(Self.early + [90], until: 95).session)
    else {
      Issue.record("other scenes")
      return
    }
    #expect(first.counts.isEmpty && first.ofSeconds == 60)
    #expect(clip == .init(seconds: 10, ofSeconds: 20, taps: [2.5]))
    #expect(take.counts.map(\.1) == ["1", "6.2 a minute"])
  }
}
