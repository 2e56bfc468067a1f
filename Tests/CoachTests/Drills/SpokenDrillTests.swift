import Practice
import Sound
import SpeechSignals
import Testing
import Voice

@testable import Coach

/// A learner made of espeak-ng, and an attempt that hears them: sound through the analyzer into a session, as live.
private struct Attempt {
  private(set) var session = Session()
  private(set) var events: [SessionEvent] = []
  private var contours = ContourTeller()

  /// An attempt at `drill`; `says` is what the microphone hears from the beginning of each step on.
  init(
    _ drill: Drill, models: [ModelLine] = [], own: [String: Double] = [:], says: (DrillStep) -> [Float]
  ) {
    take(SessionEvent(at: 0, .began(Beginning(id: "k3f9x7qa"))))
    take(SessionEvent(at: 0, .drill(DrillStart(drill: drill, own: own))))
    for model in models { take(SessionEvent(at: 0, .model(model))) }
    take(SessionEvent(at: 0, .step(0)))
    var (place, pending, noise) = (-1, [Float](), Noise())
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    while let run = session.drill, !run.isComplete, session.seconds < 300 {
      if let index = run.index, index != place {
        (place, pending) = (index, says(run.steps[index]))
      }
      var block = [Float](repeating: 0, count: 1_600)
      for index in block.indices {
        block[index] = (index < pending.count ? pending[index] : 0) + 0.0008 * noise.next()
      }
      pending.removeFirst(min(block.count, pending.count))
      analyzer.process(block.span, into: &results)
      hear(&results, isEnd: false)
    }
    analyzer.finish(into: &results)
    hear(&results, isEnd: true)
  }

  private mutating func hear(_ results: inout Results, isEnd: Bool) {
    var told: [SessionEvent] = []
    contours.add(results.readings, into: &told)
    if isEnd { contours.close(into: &told) }
    for event in ContourTeller.merged(told, with: results.found.compactMap { SessionEvent($0) }) { take(event) }
    results.removeAll()
  }

  private mutating func take(_ event: SessionEvent) {
    events.append(event)
    for case .raise(let next) in session.apply(event) { take(next) }
  }

  var result: DrillResult {
    session.drillResult ?? DrillResult(drill: "", version: 0, isPassed: nil, isComplete: false, grade: nil)
  }
}

/// Even noise between -1 and 1, the same each time.
private struct Noise {
  private var state: UInt64 = 1

  mutating func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
  }
}

private func silence(_ seconds: Double) -> [Float] { [Float](repeating: 0, count: Int(seconds * 16_000)) }

private func say(_ text: String, _ voice: String, rate: Int = 150, pitch: Int = 50) throws -> [Float] {
  let maker = EspeakVoice(VoiceSettings(voice: voice, wordsPerMinute: rate, pitch: pitch))
  let sound = try maker.make(text, isCancelled: { false })
  return WholeSound.resampled(sound.samples, from: sound.rate)
}

@Suite struct SpokenShadowingTests {
  private static let drill = Drill(
    id: "shadow", kind: .shadowing, name: "Shadow", skill: .fluency, measure: "likeness",
    pass: [DrillRule("lines", .atLeast(0.6))],
    body:
      "> Headphones on.\n\nThe harbour was quiet, and every boat lay still. Speak slowly, and let the last word stand.")
  private static let others = [
    "Nobody told me that there would be so many stairs.", "Bring the blue one, please, not these.",
  ]

  /// An attempt in which the learner says `texts` behind the voice, and the loudspeaker is heard at `echo`.
  private func attempt(
    _ texts: [String], _ voice: String, rate: Int, pitch: Int, echo: Float = 0
  ) throws -> Attempt {
    let models = try ModelMaker.make(Self.drill, folder: nil)
    let said = try texts.map { try silence(0.45) + say($0, voice, rate: rate, pitch: pitch) }
    return Attempt(Self.drill, models: models.map(\.line)) { step in
      switch step.role {
      case .listen(let line): silence(0.2) + models[line].samples.map { $0 * echo }
      case .shadow(let line):
        Self.sum(silence(0.2) + models[line].samples.map { $0 * echo }, said.isEmpty ? [] : said[line])
      default: []
      }
    }
  }

  private static func sum(_ a: [Float], _ b: [Float]) -> [Float] {
    (0..<max(a.count, b.count)).map { ($0 < a.count ? a[$0] : 0) + ($0 < b.count ? b[$0] : 0) }
  }

  @Test(arguments: [("en-us+f3", 150, 55), ("en-gb-scotland", 135, 40), ("en-us+m7", 145, 60)])
  func `another voice that shadows the lines passes`(voice: String, rate: Int, pitch: Int) throws {
    let attempt = try attempt(ShadowingExercise.lines(Self.drill), voice, rate: rate, pitch: pitch)
    #expect(attempt.result.refusal == nil && attempt.result.isPassed == true, "\(attempt.result)")
    #expect(attempt.result.figure("lag").map { $0 > 0.2 && $0 < 0.7 } == true)
  }

  @Test func `other words and silence do not`() throws {
    let other = try attempt(Self.others, "en-us+f3", rate: 150, pitch: 55)
    #expect(other.result.isPassed == false && (other.result.figure("likeness") ?? 1) < 0.45, "\(other.result)")
    let nothing = try attempt([], "en-us", rate: 150, pitch: 50)
    #expect(nothing.result.isPassed == false && nothing.result.figure("likeness") == 0, "\(nothing.result)")
  }

  @Test(arguments: [0.1, 0.3, 1])
  func `the loudspeaker is heard in the microphone, 20 dB softer than the learner too`(level: Float) throws {
    let alone = try attempt([], "en-us", rate: 150, pitch: 50, echo: level)
    #expect(alone.result.refusal == ShadowingExercise.echoRefusal, "\(alone.result)")
    let both = try attempt(ShadowingExercise.lines(Self.drill), "en-us+f3", rate: 150, pitch: 55, echo: level)
    #expect(both.result.refusal == ShadowingExercise.echoRefusal && both.result.isPassed == nil, "\(both.result)")
  }

  @Test func `a replay says the same`() throws {
    let attempt = try attempt(ShadowingExercise.lines(Self.drill), "en-us+f3", rate: 150, pitch: 55)
    var replay = Session()
    for event in attempt.events { _ = replay.apply(EventLine.event(from: EventLine.text(of: event)) ?? event) }
    #expect(replay.drillResult == attempt.result)
  }
}

@Suite struct ModelMakerTests {
  private static let drill = Drill(
    id: "shadow", kind: .shadowing, name: "Shadow", skill: .fluency,
    values: ["voice": .text("en-gb-scotland"), "rate": .number(130)], measure: "likeness",
    body: "One small step. And then another one, after a while.")

  @Test func `lines are spoken by the drill's voice, with the contour of their own sound`() throws {
    let models = try ModelMaker.make(Self.drill, folder: nil)
    #expect(models.map(\.line.text) == ["One small step.", "And then another one, after a while."])
    #expect(models.map(\.line.voice) == ["espeak-ng en-gb-scotland", "espeak-ng en-gb-scotland"])
    for model in models {
      #expect(abs(model.line.seconds - Double(model.samples.count) / 16_000) < 0.001)
      #expect(abs(model.line.contour.seconds - model.line.seconds) <= Contour.step)
      #expect(model.line.contour.pitches.contains { $0 > 60 && $0 < 400 })
    }
  }

  @Test func `a voice that nobody has is said by name`() throws {
    var drill = Self.drill
    drill.values["voice"] = .text("en-nowhere")
    let failure = #expect(throws: Failure.self) { _ = try ModelMaker.make(drill, folder: nil) }
    #expect(failure?.sentence.contains("en-nowhere") == true)
  }

  @Test func `British English is a voice, by its language`() throws {
    for voice in ["en-gb", "en-GB+f3", "en-us"] { #expect(try !say("Well.", voice).isEmpty) }
  }

  @Test func `a tutor's recording falls into its lines at the longest pauses`() throws {
    let lines = try ShadowingExercise.lines(Self.drill).map { try say($0, "en-us+m3", rate: 140) }
    let whole = silence(0.7) + lines[0] + silence(1.2) + lines[1] + silence(0.5)
    let places = ModelMaker.cut(whole, into: 2)
    #expect(places.count == 2)
    for (place, start) in zip(places, [0.7, 0.7 + Double(lines[0].count) / 16_000 + 1.2]) {
      #expect(abs(Double(place.lowerBound) / 16_000 - start) < 0.2, "\(places)")
    }
    #expect(ModelMaker.cut(whole, into: 5).count != 5)
    #expect(ModelMaker.cut(silence(2), into: 2).isEmpty)
  }

  @Test func `a recording is taken from beside the drill and from nowhere else`() {
    var drill = Self.drill
    for name in ["../lines.wav", "/etc/passwd", ".hidden", "missing.wav"] {
      drill.values["recording"] = .text(name)
      #expect(throws: Failure.self) { _ = try ModelMaker.make(drill, folder: "/nowhere") }
    }
  }
}

@Suite struct SpokenVarietyTests {
  private static let drill = Drill(
    id: "moods", kind: .vocalVariety, name: "Moods", skill: .pitch, measure: "ratio",
    pass: [DrillRule("ratio", .atLeast(1.3))], body: "The letter came back on Monday.")

  /// The line in each mood: its text, which tells a question, how high, and how fast.
  private func attempt(_ moods: [String: (text: String, pitch: Int, rate: Int)]) throws -> Attempt {
    let said = try moods.mapValues { try silence(0.6) + say($0.text, "en-us", rate: $0.rate, pitch: $0.pitch) }
    return Attempt(Self.drill) { said[$0.name] ?? [] }
  }

  @Test func `a voice that changes with what it says passes, an even one does not`() throws {
    let line = "The letter came back on Monday"
    let lively = try attempt([
      "statement": ("\(line).", 45, 150), "question": ("\(line)?", 60, 150), "good news": ("\(line)!", 90, 170),
      "bad news": ("\(line).", 15, 120),
    ])
    #expect(lively.result.isPassed == true, "\(lively.result)")
    #expect(lively.result.figure("contrast").map { $0 > 3 } == true)
    #expect(lively.result.figure("question-rise").map { $0 > 0 } == true)
    let even = ("\(line).", 45, 150)
    let flat = try attempt(["statement": even, "question": even, "good news": even, "bad news": even])
    #expect(flat.result.isPassed == false, "\(flat.result)")
    #expect(flat.result.isComplete && flat.result.figure("readings") == 1)
  }
}

@Suite struct SpokenProjectionTests {
  private static let drill = Drill(
    id: "far", kind: .projection, name: "Far", skill: .loudness, values: ["walk": .number(2)], measure: "in-band",
    pass: [DrillRule("in-band", .atLeast(0.65))],
    body: "Friends, Romans, countrymen, lend me your ears. I come to bury Caesar, not to praise him. So let it be.")

  /// The text at each distance, softer by so many dB.
  private func attempt(_ softer: [Float]) throws -> Attempt {
    let text = try say(Self.drill.body, "en-gb", rate: 140)
    var place = -1
    return Attempt(Self.drill) { step in
      guard step.isMeasured else { return [] }
      place += 1
      var gain: Float = 1
      for _ in 0..<Int(softer[place]) { gain *= 0.8913 }
      return silence(0.4) + text.map { $0 * gain }
    }
  }

  @Test func `who speaks up passes, who is lost on the way does not`() throws {
    let held = try attempt([6, 8, 7])
    #expect(held.result.isPassed == true, "\(held.result)")
    #expect(held.result.figure("level-change").map { abs($0 - 1) < 0.5 } == true, "\(held.result)")
    let lost = try attempt([0, 8, 14])
    #expect(lost.result.isPassed == false, "\(lost.result)")
    #expect(lost.result.rows.map(\.isHit) == [true, false, false])
  }
}
