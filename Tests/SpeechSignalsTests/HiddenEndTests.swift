import Foundation
import Testing

@testable import SpeechSignals

/// Where speech ends although noise covers the end of it, and what a room may do meanwhile.
@Suite struct HiddenEndTests {
  private static let picture = "......ssssssss.....ssssss.......ssssssss....ssssssss....|"

  /// Checks that pauses of the picture are found in the sound, with edges within `tolerance` seconds.
  private func check(_ sound: [Float], tolerance: Double) {
    let truth = [(1.4, 1.9), (2.5, 3.2), (4.0, 4.4)]
    let pauses = Analysis(sound).pauses
    #expect(pauses.count == truth.count, "\(pauses)")
    for (pause, silence) in zip(pauses, truth) {
      #expect(abs(pause.start - silence.0) <= tolerance, "\(pause) for \(silence)")
      #expect(abs(pause.end - silence.1) <= tolerance, "\(pause) for \(silence)")
    }
  }

  @Test(arguments: [0.0003, 0.003, 0.01]) func `noise does not move the ends of speech far`(level: Double) {
    check(Sound.picture(Self.picture, noise: level), tolerance: 0.08)
  }

  @Test(arguments: [-50.0, -30, -6]) func `pauses do not depend on the gain`(peak: Double) {
    let sound = Sound.picture(Self.picture)
    let gain = Float(pow(10, peak / 20)) / (sound.map(abs).max() ?? 1)
    check(sound.map { $0 * gain }, tolerance: 0.06)
  }

  @Test(arguments: [50.0, 60]) func `hum and an offset hide no pause`(hertz: Double) {
    let sound = Sound.picture(Self.picture)
    let hum = Sound.sine(hertz, seconds: Double(sound.count) / Sound.rate, amplitude: 0.01)
    check(zip(sound, hum).map { $0 + $1 + 0.1 }, tolerance: 0.06)
  }

  @Test func `clicks in a pause are no speech`() {
    var sound = Sound.picture(Self.picture)
    for start in [1.65, 2.85] {
      for index in 0..<80 { sound[Int(start * Sound.rate) + index] += index % 7 < 3 ? 0.2 : -0.2 }
    }
    check(sound, tolerance: 0.06)
  }

  /// Each key is 10 ms of noise, 120 ms after the one before, so that each follows another as a release follows a closure.
  @Test func `typing that begins with the last word leaves the pause`() {
    var sound = Sound.picture("......ssssssss............ssssssss....|")
    for key in 0..<9 {
      let click = Sound.noise(seconds: 0.01, amplitude: 0.2, seed: UInt64(key) + 40)
      for (index, sample) in click.enumerated() {
        sound[Int((1.46 + 0.12 * Double(key)) * Sound.rate) + index] += sample
      }
    }
    let pauses = Analysis(sound).pauses
    #expect(pauses.count == 1 && pauses[0].start < 1.75 && pauses[0].end > 2.3, "\(pauses)")
  }

  /// As in "hearts": a voice, 70 ms of closure, and friction of so many seconds.
  @Test(arguments: [0.1, 0.15, 0.2], [0.0, 0.0025, 0.005, 0.0075])
  func `a hiss after a closure belongs to the word before`(seconds: Double, shift: Double) {
    var sound = Sound.picture("......ssssssss............ssssssss....|")
    let hiss = Sound.noise(seconds: seconds, amplitude: 0.05, seed: 77)
    for (index, sample) in hiss.enumerated() { sound[Int((1.47 + shift) * Sound.rate) + index] += sample }
    let pauses = Analysis(sound).pauses
    #expect(pauses.count == 1 && abs(pauses[0].start - 1.47 - shift - seconds) < 0.04, "\(pauses)")
  }

  @Test func `steady tones are no reason for pauses`() {
    for hertz in [220.0, 440, 880] { #expect(Analysis(Sound.sine(hertz, seconds: 8)).pauses.isEmpty) }
  }

  @Test(arguments: [40, 80, 159]) func `a shift of less than a frame moves events by at most one`(samples: Int) {
    let sound = Sound.picture(Self.picture)
    let shifted = Analysis(Array(sound.dropFirst(samples))).pauses
    let plain = Analysis(sound).pauses
    #expect(shifted.count == plain.count)
    for (one, two) in zip(shifted, plain) {
      #expect(abs(one.start - two.start) < 0.021 && abs(one.end - two.end) < 0.021)
    }
  }

  @Test(arguments: Array(stride(from: 0, to: 1_600, by: 97)))
  func `nothing is found beyond the end of a sound that is cut off`(
    cut: Int
  ) {
    let sound = Sound.picture("......ssssssssssssss|").dropLast(1_600 + cut)
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    analyzer.process(Array(sound).span, into: &results)
    analyzer.finish(into: &results)
    for found in results.found {
      switch found.finding {
      case .phrase(let phrase): #expect(phrase.start <= phrase.end && phrase.end <= found.at, "\(found)")
      case .syllable(let time): #expect(time <= found.at, "\(found)")
      default: break
      }
    }
    #expect(results.found.contains { if case .phrase = $0.finding { true } else { false } })
  }
}
