import SpeechSignals
import Support
import Testing

@testable import Voice

/// Levels of ten seconds of talk, in dB: syllables that come and go, a pause now and then.
private func talk(seed: UInt32, frames: Int = 1_000) -> [Float] {
  var state = seed
  func random() -> Float {
    state = state &* 1_664_525 &+ 1_013_904_223
    return Float(state >> 8) / Float(1 << 24)
  }
  var levels: [Float] = []
  while levels.count < frames {
    let (peak, length) = (-15 - 15 * random(), 8 + Int(18 * random()))
    for frame in 0..<length {
      let place = Float(frame) / Float(length)
      levels.append(peak - 25 * abs(2 * place - 1))
    }
    if random() < 0.2 { levels += Array(repeating: -90, count: 10 + Int(30 * random())) }
  }
  return Array(levels.prefix(frames))
}

private func reading(_ level: Float, room: Float = -60, pitch: Float = 0, flat: Float = 0) -> Reading {
  var reading = Reading()
  reading.levelDecibels = level
  reading.noiseFloorDecibels = room
  reading.pitchHertz = pitch
  reading.flatSeconds = flat
  return reading
}

/// What a microphone hears of two sounds at once.
private func sum(_ one: Float, _ other: Float) -> Float { max(one, other) }

@Suite struct EchoProbeTests {
  /// What a probe says after ten seconds of voice, heard `lag` frames later and `loss` dB softer; `other` speaks too.
  private func verdict(
    loss: Float?, lag: Int = 5, room: Float = -60, other: [Float]? = nil, volume: Float = 0, flat: Float = 0
  ) -> EchoProbe.Verdict {
    let voice = talk(seed: 1).map { $0 + volume }
    var probe = EchoProbe()
    for _ in 0..<50 { probe.hear(playback: nil, reading(room, room: room)) }
    for frame in voice.indices {
      var level = room
      if let loss, frame >= lag { level = sum(level, voice[frame - lag] - loss) }
      if let other { level = sum(level, other[frame]) }
      probe.hear(playback: voice[frame], reading(level, room: room, flat: flat))
    }
    return probe.verdict
  }

  @Test(arguments: [0, 2, 5, 15, 35, 49]) func `an echo is found, however late it is`(lag: Int) {
    for loss in [Float(-6), 0, 10, 20] { #expect(verdict(loss: loss, lag: lag) == .leaks, "\(loss) dB") }
  }

  @Test func `what stays in headphones, or under the noise of the room, is isolated`() {
    #expect(verdict(loss: nil) == .isolated)
    #expect(verdict(loss: nil, room: -90) == .isolated)
    #expect(verdict(loss: 45) == .isolated)
    #expect(verdict(loss: 45, room: -90) == .leaks, "in a quiet room it is heard")
  }

  @Test func `somebody who speaks meanwhile is no echo, and proves nothing`() {
    for seed in UInt32(2)...9 { #expect(verdict(loss: nil, other: talk(seed: seed)) == .unknown, "\(seed)") }
  }

  @Test func `a muted microphone and a voice at no volume tell nothing`() {
    #expect(verdict(loss: nil, room: -100, flat: 3) == .unknown)
    #expect(verdict(loss: nil, volume: -60) == .unknown)
    #expect(EchoProbe().verdict == .unknown)
  }

  @Test func `headphones that are pulled out are noticed, and plugged in again`() {
    let voice = talk(seed: 3, frames: 3_000)
    var probe = EchoProbe()
    var verdicts: [EchoProbe.Verdict] = []
    for frame in voice.indices {
      let isOut = (1_000..<2_000).contains(frame)
      probe.hear(playback: voice[frame], reading(isOut ? sum(-60, voice[max(0, frame - 7)] - 5) : -60))
      if verdicts.last != probe.verdict { verdicts.append(probe.verdict) }
    }
    #expect(verdicts == [.unknown, .isolated, .leaks, .isolated])
  }

  @Test func `numbers that are none change nothing`() {
    var probe = EchoProbe()
    for _ in 0..<1_000 { probe.hear(playback: .nan, reading(.infinity)) }
    #expect(probe.verdict == .unknown)
  }
}

@Suite struct BargeInTests {
  /// A voice that has been found isolated, and still speaks.
  private func isolated() -> (BargeIn, [Float]) {
    var (barge, voice) = (BargeIn(), talk(seed: 1, frames: 2_000))
    for level in voice.prefix(600) {
      let stops = barge.hear(reading(-60), playback: level)
      #expect(!stops)
    }
    voice.removeFirst(600)
    #expect(barge.probe.verdict == .isolated)
    return (barge, voice)
  }

  @Test(arguments: [
    // Frames, level, pitch; stops after.
    (100, Float(-30), Float(120), Int?.some(12)), (100, -47, 120, 12), (100, -50, 120, nil), (100, -30, 0, nil),
    (8, -20, 200, nil), (3, -10, 0, nil),
  ])
  func `a voice over the room stops it, once, and what is shorter, softer or has no pitch does not`(
    frames: Int, level: Float, pitch: Float, expected: Int?
  ) {
    var (barge, voice) = isolated()
    var stops: [Int] = []
    for frame in 0..<200 {
      let sound = frame < frames ? reading(level, pitch: pitch) : reading(-60)
      if barge.hear(sound, playback: voice[frame]) { stops.append(frame + 1) }
    }
    #expect(stops == (expected.map { [$0] } ?? []))
  }

  @Test func `nothing stops it before it is known to be isolated, nor its own echo`() {
    for loss in [Float(-10), 0, 10, 20] {
      var (barge, voice) = (BargeIn(), talk(seed: 5))
      for frame in voice.indices {
        let echo = reading(sum(-60, voice[max(0, frame - 6)] - loss), pitch: 120)
        let stops = barge.hear(echo, playback: voice[frame])
        #expect(!stops)
      }
      #expect(barge.probe.verdict == .leaks)
    }
  }

  @Test func `the microphone is held while it speaks, and half a second longer`() {
    var barge = BargeIn()
    #expect(!barge.isHolding)
    _ = barge.hear(reading(-60), playback: -20)
    #expect(barge.isHolding)
    var frames = 0
    while barge.isHolding {
      _ = barge.hear(reading(-60), playback: nil)
      frames += 1
    }
    #expect(frames == 50)
  }

  @Test(arguments: [(true, EchoProbe.Verdict.isolated), (false, .leaks)])
  func `what falls silent with the voice was its echo`(goesOn: Bool, verdict: EchoProbe.Verdict) {
    var (barge, voice) = isolated()
    var frame = 0
    while !barge.hear(reading(-20, pitch: 120), playback: voice[frame]) { frame += 1 }
    for _ in 0..<120 { _ = barge.hear(goesOn ? reading(-20, pitch: 120) : reading(-60), playback: nil) }
    #expect(barge.probe.verdict == verdict)
  }

  @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `people who read are told soon after they begin`() throws {
    for path in Speech.paths {
      let speech = try Wave(path: path).samples.map { Float($0) / 32_768 }
      let first = try #require(speech.firstIndex { abs($0) > 0.05 })
      let room = Speech.room(seconds: 7).samples.map { Float($0) / 32_768 }
      let sound = room + speech[first...].prefix(16_000)
      var analyzer = Analyzer(settings: AnalyzerSettings())
      var (results, barge) = (Results(), BargeIn())
      analyzer.process(sound.span, into: &results)
      let voice = talk(seed: 1)
      let stop = results.readings.indices.first { frame in
        barge.hear(results.readings[frame], playback: frame < 100 ? nil : voice[frame - 100])
      }
      let delay = try #require(stop) + 1 - 700
      #expect((8...31).contains(delay), "\(path): \(delay) frames")
    }
  }
}
