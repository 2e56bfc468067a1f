import Foundation
import Testing

@testable import SpeechSignals

@Suite struct PitchTests {
  private static let sweep = [60.0] + Array(stride(from: 62.0, through: 480, by: 19)) + [500]

  /// Pitch readings away from the ends, which the window must not reach.
  private func track(_ samples: [Float]) -> [Float] {
    Array(Analysis(samples).readings.dropFirst(20).dropLast(1).map(\.pitchHertz))
  }

  @Test(arguments: sweep) func `a sine has its frequency`(hertz: Double) {
    let track = track(Sound.sine(hertz, seconds: 1))
    #expect(!track.isEmpty)
    for found in track { #expect(abs(1200 * log2(Double(found) / hertz)) < 12, "\(found) for \(hertz)") }
  }

  @Test(arguments: sweep) func `pulses have their rate`(hertz: Double) {
    let track = track(Sound.pulses(hertz, seconds: 1))
    #expect(!track.isEmpty)
    for found in track { #expect(abs(1200 * log2(Double(found) / hertz)) < 6, "\(found) for \(hertz)") }
  }

  @Test func `pulses in noise keep their rate`() {
    let noise = Sound.noise(seconds: 1, amplitude: 0.05)
    let track = track(zip(Sound.pulses(140, seconds: 1), noise).map { $0 + $1 })
    let good = track.filter { abs(1200 * log2(Double(max(1, $0)) / 140)) < 30 }
    #expect(good.count * 20 > track.count * 19)
  }

  @Test func `a missing fundamental is still heard`() {
    let sound = zip(Sound.pulses(120, seconds: 1), Sound.sine(120, seconds: 1, amplitude: 0.1)).map { $0 - $1 }
    #expect(track(sound).allSatisfy { abs($0 - 120) < 2 })
  }

  @Test func `noise has no pitch but now and then`() {
    let voiced = track(Sound.noise(seconds: 20, amplitude: 0.1)).filter { $0 > 0 }
    #expect(voiced.count < 60)
  }

  @Test func `a glide is followed with the stated lag`() {
    // An octave a second, upwards from 100 Hz.
    var phase = 0.0
    let sound = (0..<24_000).map { index -> Float in
      phase += 100 * exp2(Double(index) / 16_000) / 16_000
      return Float(0.2 * (sin(2 * .pi * phase) + 0.5 * sin(4 * .pi * phase) + 0.3 * sin(6 * .pi * phase)))
    }
    let track = Analysis(sound).readings.map(\.pitchHertz)
    for frame in 20..<130 {
      let truth = 100 * exp2((Double(frame) + 0.5) / 100)
      let found = Double(track[frame + Analyzer.pitchLagFrames])
      #expect(abs(1200 * log2(max(1, found) / truth)) < 10)
    }
  }

  /// Several harmonics whose fundamental moves by rule, in Hz over seconds.
  private func moving(seconds: Double, amplitude: Double = 0.2, _ hertz: (Double) -> Double) -> [Float] {
    var phase = 0.0
    return (0..<Int(seconds * Sound.rate)).map { index in
      phase += hertz(Double(index) / Sound.rate) / Sound.rate
      let sum = sin(2 * .pi * phase) + 0.5 * sin(4 * .pi * phase) + 0.3 * sin(6 * .pi * phase)
      return Float(amplitude * sum)
    }
  }

  @Test(arguments: [(60.0, 500.0), (500, 60), (70, 140), (400, 180), (100, 320)])
  func `a slow glide over the whole range is followed up and down`(from: Double, to: Double) {
    let octaves = log2(to / from)
    let track = Analysis(moving(seconds: 4) { from * exp2(octaves * $0 / 4) }).readings.map(\.pitchHertz)
    for frame in 20..<380 {
      let truth = from * exp2(octaves * (Double(frame) + 0.5) / 400)
      let found = Double(track[frame + Analyzer.pitchLagFrames])
      #expect(abs(1200 * log2(max(1, found) / truth)) < 10, "\(found) for \(truth) in \(frame)")
    }
  }

  @Test(arguments: [90.0, 200, 330]) func `vibrato keeps its middle`(hertz: Double) {
    let track = track(moving(seconds: 4) { hertz * exp2(sin(2 * .pi * 5 * $0) / 12) })
    #expect(track.allSatisfy { abs(12 * log2(Double(max(1, $0)) / hertz)) < 1.1 })
    let sorted = track.sorted()
    #expect(abs(1200 * log2(Double(sorted[sorted.count / 2]) / hertz)) < 20)
  }

  @Test(arguments: [0.0003, 0.003, 0.03, 0.9]) func `loudness does not change the pitch`(amplitude: Double) {
    let sound = moving(seconds: 2, amplitude: amplitude / 2) { 140 * exp2(0.3 * sin(2 * .pi * 0.8 * $0)) }
    let loud = moving(seconds: 2, amplitude: 0.3) { 140 * exp2(0.3 * sin(2 * .pi * 0.8 * $0)) }
    for (one, other) in zip(track(sound), track(loud)) { #expect(abs(one - other) < 0.05) }
  }

  @Test func `a tail 35 dB under the voice is not voiced`() {
    let track = track(Sound.pulses(150, seconds: 1) + Sound.pulses(150, seconds: 1, amplitude: 0.2 / 56))
    #expect(track[..<60].allSatisfy { $0 > 0 })
    #expect(track[100..<150].allSatisfy { $0 == 0 })
  }

  @Test func `a voice an octave higher is followed after a silence`() {
    let silence = Sound.noise(seconds: 0.1, amplitude: 0.0003)
    let readings = Analysis(Sound.pulses(100, seconds: 1) + silence + Sound.pulses(200, seconds: 1)).readings
    #expect(abs(readings[95].pitchHertz - 100) < 2)
    #expect(abs(readings[115 + Analyzer.pitchLagFrames].pitchHertz - 200) < 4)
  }

  @Test(
    .enabled(if: Sound.shared("human/mfa_cold_corpus.wav") != nil, "../shared/speech is absent"))
  func `a creaky voice over rumble is not taken for a high one`() throws {
    let hertz = Analysis(try #require(Sound.shared("human/mfa_cold_corpus.wav"))).readings.map(\.pitchHertz)
    let voiced = hertz.filter { $0 > 0 }.sorted()
    #expect(voiced[voiced.count / 2] < 90)
  }
}
