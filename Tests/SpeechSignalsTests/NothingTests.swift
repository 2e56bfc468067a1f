import Foundation
import Testing

@testable import SpeechSignals

/// What has no speech in it must yield none, whatever it is.
@Suite struct NothingTests {
  private func checkNothing(_ samples: [Float]) {
    let analysis = Analysis(samples)
    #expect(analysis.events.isEmpty)
    #expect(analysis.readings.count == samples.count / 160)
    #expect(analysis.readings.allSatisfy { $0.levelDecibels >= -100 && $0.levelDecibels.isFinite })
    #expect(analysis.readings.allSatisfy { $0.momentaryLUFS >= -70 && $0.momentaryLUFS.isFinite })
    #expect(analysis.readings.allSatisfy { $0.pitchHertz.isFinite && $0.noiseFloorDecibels.isFinite })
  }

  @Test(arguments: [Float(0), 0.25, -1, .nan, .infinity, -.infinity, 1e30, 1e-30])
  func `a constant is nothing`(value: Float) { checkNothing([Float](repeating: value, count: 80_000)) }

  @Test(arguments: [0.0001, 0.003, 0.05, 0.9]) func `white noise is nothing`(amplitude: Double) {
    checkNothing(Sound.noise(seconds: 20, amplitude: amplitude))
  }

  @Test func `no sound at all is nothing`() {
    #expect(Analysis([]).found.isEmpty)
    #expect(Analysis([]).readings.isEmpty)
    #expect(Analysis([0.5]).found.isEmpty)
  }

  @Test func `noise that comes and goes has no phrases`() {
    var sound = Sound.noise(seconds: 12, amplitude: 0.001)
    let breath = Sound.noise(seconds: 0.6, amplitude: 0.03, seed: 7)
    for start in [2.0, 5.0, 8.0] {
      for index in breath.indices { sound[Int(start * 16_000) + index] += breath[index] }
    }
    checkNothing(sound)
  }

  /// Notes with rests between them: a singer may be heard in them, "um" may not.
  @Test(arguments: [[1], [1, 0.7, 0.4, 0.5, 0.2, 0.25, 0, 0.3], [1, 0.5, 0.33, 0.25, 0.2, 0.17, 0.14]])
  func `a minute of music has no filled pause`(harmonics: [Double]) {
    var sound = Sound.noise(seconds: 60, amplitude: 0.0003)
    for place in 0..<100 {
      let semitones = Double(place * 7 % 12 + place % 2 * 12)
      let hertz = 110 * exp2(semitones / 12)
      for (partial, weight) in harmonics.enumerated() {
        let note = Sound.sine(hertz * Double(partial + 1), seconds: 0.4, amplitude: 0.08 * weight)
        for (index, sample) in note.enumerated() {
          let edge: Float = min(1, Float(index) / 160, Float(note.count - index) / 800)
          sound[place * 9600 + index] += sample * edge
        }
      }
    }
    #expect(Analysis(sound).fillers.isEmpty)
  }

  @Test func `samples that are not numbers do no lasting harm`() {
    var sound = Sound.picture("...ssss....ssss....|")
    let plain = Analysis(sound).pauses
    for index in stride(from: 100, to: sound.count, by: 4000) { sound[index] = .nan }
    #expect(Analysis(sound).pauses.count == plain.count)
  }
}
