import Foundation
import Testing

@testable import SpeechSignals

/// What the room does to pauses: known before, full of voices, a fan switched on, breath and laughter in between.
@Suite struct RoomTests {
  @Test func `a known room and voice are expected from the first frame on`() {
    var settings = AnalyzerSettings()
    #expect(settings.distanceDecibels == nil)
    (settings.floorDecibels, settings.speechDecibels) = (-60, -24)
    #expect(settings.distanceDecibels == 36)
    settings.speechDecibels = -70
    #expect(settings.distanceDecibels == nil)
    for distance: Float in [-10, 0, 36, .nan, .infinity] {
      _ = VoiceActivity(pauseFrames: 25, distance: distance)
    }
  }

  @Test(
    .enabled(if: Sound.shared("synth/s2_um_f_clean.wav") != nil, "../shared/speech is absent"),
    arguments: ["s1_slow_m", "s2_um_f", "s4_many_f"])
  func `six voices at 10 dB are too noisy, nothing is at 20 dB`(name: String) throws {
    func share(_ noise: String) throws -> Double {
      let sound = try #require(Sound.shared("synth/\(name)_\(noise).wav"))
      var analyzer = Analyzer(settings: AnalyzerSettings())
      var results = Results()
      analyzer.process(sound.span, into: &results)
      #expect(results.readings.contains { $0.isTooNoisy } == ((analyzer.tooNoisyShare ?? 0) > 0))
      return analyzer.tooNoisyShare ?? 0
    }
    #expect(try share("babble10") > 0.3)
    for noise in ["babble20", "white20", "clean"] { #expect(try share(noise) == 0, "\(noise)") }
  }

  /// The first pauses lie where only half a second of the room was heard before the voice.
  @Test(
    .enabled(if: Sound.shared("synth/s2_um_f_clean.wav") != nil, "../shared/speech is absent"),
    arguments: [("s1_slow_m", 4.44, 5.24), ("s2_um_f", 2.77, 3.07), ("s4_many_f", 1.23, 1.63)])
  func `a room full of voices hides not even the first pause`(name: String, start: Double, end: Double) throws {
    let pauses = Analysis(try #require(Sound.shared("synth/\(name)_babble20.wav"))).pauses
    let first = try #require(pauses.first)
    #expect(abs(first.start - start) < 0.15 && abs(first.end - end) < 0.1, "\(pauses)")
  }

  private static let talk = String(repeating: "ssssssss.....sssssssssssss.......ssssss....", count: 5)

  /// Checks that the pauses of the talk that begin after `start` seconds are found, each once, to 0.1 s.
  private func check(_ sound: [Float], from start: Double = 0) {
    let pauses = Analysis(sound).pauses.filter { $0.end > start }
    let part: [(Double, Double)] = [(1.4, 1.9), (3.2, 3.9), (4.5, 4.9)]
    var truth: [(Double, Double)] = []
    for place in 0..<5 { truth += part.map { ($0.0 + 4.3 * Double(place), $0.1 + 4.3 * Double(place)) } }
    let due = truth.dropLast().filter { $0.1 > start }
    #expect(pauses.count == due.count, "\(pauses)")
    for (pause, silence) in zip(pauses, due) {
      #expect(abs(pause.start - silence.0) <= 0.1 && abs(pause.end - silence.1) <= 0.1, "\(pause) for \(silence)")
    }
  }

  /// Rumbling air and the hum of a motor, 15 dB and more over the room, come up within half a second.
  @Test(arguments: [6.0, 9.3]) func `a fan that is switched on hides pauses for three seconds at most`(start: Double) {
    var sound = Sound.picture("......\(Self.talk)|", noise: 0.001)
    let air = Sound.noise(seconds: Double(sound.count) / Sound.rate, amplitude: 0.003, seed: 11)
    var low: Float = 0
    for index in sound.indices {
      let time = Double(index) / Sound.rate
      low = 0.8 * low + air[index]
      let hum = 0.003 * (sin(2 * .pi * 120 * time) + 0.5 * sin(2 * .pi * 240 * time))
      sound[index] += (low + Float(hum)) * Float(max(0, min(1, (time - start) * 2)))
    }
    check(sound, from: start + 3.5)
  }

  /// Jot & Chaigne (1991), "Digital delay networks for designing artificial reverberators": lines that feed each other.
  private static func room(_ sound: [Float], reverberationSeconds: Double) -> [Float] {
    let delays = [487, 593, 701, 809, 907, 1_103, 1_301, 1_499]
    let gains = delays.map { Float(pow(10, -3 * Double($0) / Sound.rate / reverberationSeconds)) }
    var lines = delays.map { [Float](repeating: 0, count: $0) }
    var heard = [Float](repeating: 0, count: delays.count)
    return sound.enumerated().map { index, sample in
      var sum: Float = 0
      for line in delays.indices {
        heard[line] = lines[line][index % delays[line]] * gains[line]
        sum += heard[line]
      }
      for line in delays.indices { lines[line][index % delays[line]] = sample + heard[line] - sum / 4 }
      return sample + 0.1 * sum
    }
  }

  @Test(
    .enabled(if: Sound.shared("synth/s1_slow_m_clean.wav") != nil, "../shared/speech is absent"),
    arguments: ["s1_slow_m", "s2_um_f"], [0.8, 1.2])
  func `the echo of a room hides little of the pauses`(name: String, seconds: Double) throws {
    let sound = try #require(Sound.shared("synth/\(name)_clean.wav"))
    func pauseSeconds(_ sound: [Float]) -> Double {
      Analysis(sound).pauses.reduce(0) { $0 + ($1.start > 10 ? $1.end - $1.start : 0) }
    }
    let share = pauseSeconds(Self.room(sound, reverberationSeconds: seconds)) / pauseSeconds(sound)
    #expect(share > 0.85 && share < 1.15)
  }

  /// Syllables that rise at once and then fall by so much a frame, 40 dB over the background.
  @Test(arguments: [(0.5, true), (0.75, true), (1, true), (2.5, false), (5, false)])
  func `a room rings where nothing falls fast`(slope: Float, rings: Bool) {
    var reverberation = Reverberation()
    for frame in 0..<3_000 {
      let level = -20 - max(0, Float(frame % 60 - 15)) * slope
      for band in 0..<Spectrum.bandCount { reverberation.note(max(-60, level), over: -60, band: band) }
      reverberation.close(frame: frame, excess: max(0, level + 60))
      guard frame > 2_000 else { continue }
      #expect(reverberation.isKnown == rings)
      // The direct sound's end is found late by half the time that the line looks back.
      if rings, frame % 60 == 35 { #expect(abs(reverberation.lastFresh - (frame - 20)) <= 5) }
    }
  }

  /// Breath: noise through two broad formants, swelling and fading in 0.4 s, far over the room.
  @Test func `a breath in a pause leaves it one pause`() {
    check(laid(Self.longPauses.map { ($0 + 0.15, 0.4, 0) }))
  }

  /// Laughter without a voice: "ha-ha", puffs of such breath five times a second.
  @Test func `voiceless laughter in a pause leaves it one pause`() {
    check(laid(Self.longPauses.map { ($0 + 0.1, 0.5, 5) }))
  }

  /// Where the pauses of 0.7 s begin.
  private static let longPauses = (0..<5).map { 3.2 + Double($0) * 4.3 }

  /// The talk with breath laid over it: from when, how long, and how many puffs a second, 0 for one.
  private func laid(_ breaths: [(start: Double, seconds: Double, puffs: Double)]) -> [Float] {
    var sound = Sound.picture("......\(Self.talk)|")
    for (place, breath) in breaths.enumerated() {
      let noise = Sound.noise(seconds: breath.seconds, amplitude: 0.01, seed: UInt64(place) + 20)
      var (older, newer): (Float, Float) = (0, 0)
      for (index, sample) in noise.enumerated() {
        // A resonance of 1500 Hz, 400 Hz broad.
        (older, newer) = (newer, sample + 1.54 * newer * 0.995 - 0.855 * older)
        let time = Double(index) / Sound.rate
        let swell = sin(.pi * time / breath.seconds)
        let puff = breath.puffs > 0 ? max(0, sin(2 * .pi * breath.puffs * time)) : 1
        sound[Int(breath.start * Sound.rate) + index] += newer * Float(swell * puff)
      }
    }
    return sound
  }
}
