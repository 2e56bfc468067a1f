import SpeechSignals
import Testing

@testable import Practice

/// A session in which `drill` has begun.
private func begun(_ drill: Drill, own: [String: Double] = [:], models: [ModelLine] = []) -> Session {
  var session = begun()
  _ = session.apply(SessionEvent(at: 0, .drill(DrillStart(drill: drill, own: own))))
  for model in models { _ = session.apply(SessionEvent(at: 0, .model(model))) }
  return session
}

@Suite struct ShadowingExerciseTests {
  private static let drill = Drill(
    id: "shadow", kind: .shadowing, name: "Shadow", skill: .fluency, measure: "likeness",
    pass: [DrillRule("lines", .atLeast(0.6))], body: "> Headphones on.\n\nOne two three. Four five six, seven.")
  private static let lines = [
    "..aabbcc--ddccbb..BBccddeeffee--ddccbbaaAA.", "..ffeedd--ccddeeff..GGffeeddcc--ddeeffggaabb--aa..",
  ]

  private func model(_ line: Int) -> ModelLine {
    let contour = contour(Self.lines[line])
    return ModelLine(line: line, text: "line \(line)", seconds: contour.seconds, voice: "made", contour: contour)
  }

  /// An attempt in which each step lasts five seconds; `heard` are the contours of its steps.
  private func attempt(_ heard: [String], semitones: Double = 5) -> Session {
    var session = begun(Self.drill, models: [model(0), model(1)])
    for (place, pattern) in heard.enumerated() {
      _ = session.apply(SessionEvent(at: Double(place) * 5, .step(place)))
      let piece = contour(pattern, start: Double(place) * 5, semitones: semitones)
      let rest = Contour(
        start: piece.start, levels: piece.levels + Array(repeating: -70, count: 100 - piece.levels.count),
        pitches: piece.pitches + Array(repeating: 0, count: 100 - piece.pitches.count))
      _ = session.apply(SessionEvent(at: Double(place) * 5 + 5, .contour(rest)))
    }
    _ = session.apply(SessionEvent(at: Double(heard.count) * 5, .step(heard.count)))
    return session
  }

  @Test func `a line is listened to and then shadowed, for as long as it was spoken`() {
    let session = attempt([])
    let steps = session.drill?.steps ?? []
    #expect(steps.map(\.role) == [.listen(line: 0), .shadow(line: 0), .listen(line: 1), .shadow(line: 1)])
    #expect(ShadowingExercise.lines(Self.drill) == ["One two three.", "Four five six, seven."])
    #expect(steps[0].seconds.map { abs($0 - model(0).seconds - 0.4) < 0.01 } == true)
    #expect(steps[3].seconds.map { abs($0 - model(1).seconds - 1.2) < 0.01 } == true)
  }

  @Test func `who follows the voice passes, line by line`() {
    let session = attempt(["", "......" + Self.lines[0], "", "....." + Self.lines[1]])
    let result = session.drillResult
    #expect(result?.isPassed == true && result?.grade == .easy)
    #expect(result?.rows.map(\.isHit) == [true, true])
    #expect(result?.figure("lag").map { abs($0 - 0.275) < 0.03 } == true)
    #expect(ShadowingExercise.progress(session) > 0.9)
  }

  @Test func `who says nothing, or something else, does not`() {
    let session = attempt(["", "", "", "...." + String(Self.lines[0].reversed())])
    #expect(session.drillResult?.isPassed == false)
    #expect(session.drillResult?.rows.first?.value == "nothing was heard")
    #expect(session.drillResult?.figure("lag") == nil)
  }

  @Test func `a loudspeaker in the microphone is said and not scored`() {
    let session = attempt(
      ["..." + Self.lines[0], "..." + Self.lines[0], "..." + Self.lines[1], "..." + Self.lines[1]], semitones: 0)
    #expect(session.drillResult?.refusal == ShadowingExercise.echoRefusal)
    #expect(session.drillResult?.isPassed == nil && session.drillResult?.grade == nil)
  }

  @Test func `without a voice there is nothing to judge`() {
    var session = begun(Self.drill)
    _ = session.apply(SessionEvent(at: 0, .step(0)))
    #expect(session.drillResult?.refusal == ShadowingExercise.voiceRefusal)
  }

  @Test func `an attempt cut short is not passed, however good its lines were`() {
    var session = begun(Self.drill, models: [model(0), model(1)])
    _ = session.apply(SessionEvent(at: 0, .step(1)))
    let own = contour("...." + Self.lines[0] + "........", semitones: 4)
    _ = session.apply(SessionEvent(at: 3, .contour(own)))
    #expect(session.drillResult?.isPassed == false && session.drillResult?.isComplete == false)
    #expect(session.drillResult?.rows.first?.isHit == true)
  }

  @Test func `the scene has both contours on the model's time`() {
    var session = begun(Self.drill, models: [model(0), model(1)])
    _ = session.apply(SessionEvent(at: 10, .step(1)))
    _ = session.apply(SessionEvent(at: 11, .contour(contour("..aaaa", start: 10))))
    guard case .contours(let scene) = ShadowingExercise.scene(session) else {
      Issue.record("another scene")
      return
    }
    #expect(scene.model == model(0).contour && scene.own.start == 0 && scene.own.levels.count == 20)
    #expect(scene.own.pitches.firstIndex { $0 > 0 } == 2 && scene.seconds == 1 && scene.text == "line 0")
  }

  @Test(arguments: [
    ("", "", true), ("One line.", "", false), (String(repeating: "word ", count: 51) + ".", "", true),
    (String(repeating: "A line. ", count: 41), "", true), ("One line.", "../x.wav", true),
    ("One line.", "lines.flac", false),
  ])
  func `drills that cannot be done are refused`(body: String, recording: String, isRefused: Bool) {
    var drill = Self.drill
    drill.body = body
    drill.values = ["recording": .text(recording)]
    #expect((ShadowingExercise.problem(drill) != nil) == isRefused)
  }
}

@Suite struct VocalVarietyExerciseTests {
  private static let drill = Drill(
    id: "moods", kind: .vocalVariety, name: "Moods", skill: .pitch, measure: "ratio",
    pass: [DrillRule("ratio", .atLeast(1.3))], body: "It is Monday tomorrow.")

  /// An attempt with a reading every five seconds.
  private func attempt(_ readings: [String], own: [String: Double] = [:]) -> Session {
    var session = begun(Self.drill, own: own)
    for (place, pattern) in readings.enumerated() {
      let at = Double(place) * 5
      _ = session.apply(SessionEvent(at: at, .step(place)))
      if !pattern.isEmpty { _ = session.apply(SessionEvent(at: at + 4, .contour(contour(pattern, start: at + 0.5)))) }
    }
    _ = session.apply(SessionEvent(at: Double(readings.count) * 5, .step(readings.count)))
    return session
  }

  private static let lively = [
    "eeffggffeedd--ccddccbb", "eeffggffeedd--ccddeeffgghh", "ggiikkmmnnllkk--iihhgg", "ccccddccbbcc--bbbbaaaa",
  ]

  @Test func `a voice that goes up and down for what it says passes`() {
    let result = attempt(Self.lively).drillResult
    #expect(result?.isPassed == true)
    #expect(result?.figure("readings") == 1)
    #expect(result?.figure("question-rise").map { $0 > 3 && $0 < 6 } == true)
    #expect(result?.figure("contrast").map { $0 > 5 } == true)
    #expect(result?.rows.map(\.isHit) == [nil, true, nil, nil])
  }

  @Test func `four readings on one tune do not`() {
    let result = attempt(Array(repeating: Self.lively[0], count: 4)).drillResult
    #expect(result?.isPassed == false)
    #expect(result?.figure("ratio") == 1)
    #expect(result?.rows[1].isHit == false)
  }

  @Test func `the range is held against the learner's own where it is known`() {
    let own = attempt(Self.lively, own: ["pitch-spread": 4])
    let range = own.drillResult?.figure("range") ?? 0
    #expect(own.drillResult?.figure("ratio").map { abs($0 - range / (4 * 2.563)) < 0.001 } == true)
  }

  @Test func `an octave slip is no variety, and a reading that was not heard is said`() {
    let slipped = attempt([Self.lively[0], Self.lively[0].replacing("ff", with: "rr"), "", "aabb"]).drillResult
    #expect(slipped?.figure("range").map { $0 <= 6 } == true)
    #expect(slipped?.rows.map(\.value).filter { $0 == "nothing was heard" }.count == 2)
    #expect(slipped?.figure("readings") == 0.5)
    #expect(slipped?.figure("contrast") == nil)
  }

  @Test func `a reading ends after a second and a half of silence, not in a pause`() {
    var session = begun(Self.drill)
    _ = session.apply(SessionEvent(at: 0, .step(0)))
    var steps: [Int?] = []
    for (end, speech, silence) in [(1.0, 0.0, 1.0), (2, 0.8, 0), (3, 0.3, 0.7), (4, 0.8, 0), (5, 0, 1.2), (6, 0, 2.2)] {
      _ = session.live([second(end, speech: speech, silence: silence)])
      steps.append(session.drill?.index)
    }
    #expect(steps == [0, 0, 0, 0, 0, 1])
  }

  @Test func `each reading has its own sentences of the script`() {
    let script = Script(markdown: VocalVarietyExercise.script(Self.drill) ?? "")
    let steps = VocalVarietyExercise.steps(DrillStart(drill: Self.drill))
    #expect(script.sentences.count == 4)
    #expect(steps.compactMap(\.sentences) == [0..<1, 1..<2, 2..<3, 3..<4])
    #expect(steps.map(\.name) == ["statement", "question", "good news", "bad news"])
  }
}

@Suite struct ProjectionExerciseTests {
  private static let drill = Drill(
    id: "far", kind: .projection, name: "Far", skill: .loudness, values: ["walk": .number(2)], measure: "in-band",
    pass: [DrillRule("in-band", .atLeast(0.65)), DrillRule("fades", .atMost(0.35))],
    body: "Friends, lend me your ears. I come to bury Caesar, not to praise him.")

  /// An attempt with seconds of these levels at each distance, and the fall of a phrase's end there.
  private func attempt(_ distances: [(levels: [Double], drop: Double)]) -> Session {
    var session = begun(Self.drill)
    var (at, place) = (0.0, 0)
    for (number, distance) in distances.enumerated() {
      if number > 0 {
        _ = session.apply(SessionEvent(at: at, .step(place)))
        at += 2
        place += 1
      }
      _ = session.apply(SessionEvent(at: at, .step(place)))
      place += 1
      for level in distance.levels {
        at += 1
        _ = session.apply(SessionEvent(at: at, .second(second(at, level: level))))
      }
      let phrase = Phrase(start: at - 3, end: at - 0.5, syllables: 12, endDropDecibels: distance.drop)
      _ = session.apply(SessionEvent(at: at, .phrase(phrase)))
    }
    _ = session.apply(SessionEvent(at: at, .step(place)))
    return session
  }

  @Test func `who holds the level to the end from everywhere passes`() {
    let result = attempt([([-25, -24, -26, -25], 2), ([-26, -27, -25, -24], 3), ([-28, -26, -27, -25], 1)]).drillResult
    #expect(result?.isPassed == true && result?.isComplete == true)
    #expect(result?.figure("in-band") == 1 && result?.figure("fades") == 0 && result?.figure("end-drop") == 2)
    #expect(result?.figure("level-change").map { abs($0 - 1.5) < 0.01 } == true)
  }

  private static let failing: [([(levels: [Double], drop: Double)], String, Double)] = [
    ([([-25, -25, -25, -25], 2), ([-31, -32, -31, -31], 2), ([-37, -36, -37, -37], 2)], "in-band", 0.3333),
    ([([-25, -25, -25, -25], 9), ([-25, -25, -25, -25], 8), ([-25, -25, -25, -25], 2)], "fades", 0.6667),
  ]

  @Test(arguments: failing)
  func `a voice that is lost on the way, or at the ends, does not`(
    distances: [(levels: [Double], drop: Double)], measure: String, value: Double
  ) {
    let result = attempt(distances).drillResult
    #expect(result?.isPassed == false && result?.figure(measure) == value)
  }

  @Test func `steps are readings, with the way there between them`() {
    let steps = ProjectionExercise.steps(DrillStart(drill: Self.drill))
    #expect(steps.map(\.isMeasured) == [true, false, true, false, true])
    #expect(steps.compactMap(\.sentences) == [0..<2, 2..<4, 4..<6])
  }

  @Test func `the band stands at the first distance's level`() {
    guard case .band(let band) = ProjectionExercise.scene(attempt([([-25, -24, -26, -25], 2), ([-30, -31], 2)])) else {
      Issue.record("another scene")
      return
    }
    #expect(band.low == -29 && band.high == -21)
    #expect(band.tally == "an arm's length 100 %, two steps back 0 %")
  }

  @Test func `the calibrated level is the target where the drill asks for it`() {
    var drill = Self.drill
    drill.values["target"] = .text("own")
    var session = Session()
    _ = session.apply(SessionEvent(at: 0, .began(Beginning(id: "k3f9x7qa", ownLevelDecibels: -20))))
    _ = session.apply(SessionEvent(at: 0, .drill(DrillStart(drill: drill))))
    _ = session.apply(SessionEvent(at: 0, .step(0)))
    for end in 1...4 { _ = session.apply(SessionEvent(at: Double(end), .second(second(Double(end), level: -26)))) }
    #expect(session.drillResult?.figure("in-band") == 0)
  }
}
