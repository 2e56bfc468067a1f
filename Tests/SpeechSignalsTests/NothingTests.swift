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

  /// White noise through one pole or zero: -6 dB an octave from low on, about -3, and +6.
  @Test(arguments: [("brown", 0.99, 0.0), ("pink", 0.7, 0), ("blue", 0, 1)])
  func `noise of any colour is nothing`(name: String, pole: Double, zero: Double) {
    var (before, output): (Double, Double) = (0, 0)
    let sound = Sound.noise(seconds: 12, amplitude: 0.02).map { sample -> Float in
      output = pole * output + Double(sample) - zero * before
      before = Double(sample)
      return Float(output)
    }
    #expect(Analysis(sound).events.isEmpty, "\(name)")
  }

  /// One harmonic is no voice, whether it stays, glides, sways or comes and goes.
  @Test(arguments: [(60.0, 500.0, 0.0, false), (500, 60, 0, false), (300, 300, 8, false), (900, 1400, 60, true)])
  func `a pure tone is nothing`(from first: Double, to last: Double, sway: Double, rests: Bool) {
    var sound = Sound.noise(seconds: 20, amplitude: 0.0005)
    var phase = 0.0
    for index in sound.indices {
      let time = Double(index) / Sound.rate
      phase += (first + (last - first) * time / 20 + sway * sin(2 * .pi * 3 * time)) / Sound.rate
      let swell = rests ? max(0, sin(2 * .pi * 0.4 * time)) : 1
      sound[index] += Float(0.2 * swell * sin(2 * .pi * phase))
    }
    #expect(Analysis(sound).events.isEmpty)
  }

  /// Noise that lasts so long and then rests a second, steady or shaking five times a second as laughter without voice.
  @Test(arguments: [(0.1, 0.0), (1, 0), (1, 5), (3, 0)])
  func `bursts of noise are no speech`(seconds: Double, rate: Double) {
    var sound = Sound.noise(seconds: 20, amplitude: 0.0005)
    let noise = Sound.noise(seconds: 20, amplitude: 0.08, seed: 3)
    for index in sound.indices {
      let place = (Double(index) / Sound.rate).truncatingRemainder(dividingBy: seconds + 1) - 1
      guard place > 0 else { continue }
      let fade = min(1, place / 0.02, (seconds - place) / 0.02)
      sound[index] += noise[index] * Float(fade * (rate > 0 ? max(0, sin(2 * .pi * rate * place)) : 1))
    }
    #expect(Analysis(sound).events.isEmpty)
  }

  /// Each key is 6 ms of noise and a thump of 150 to 400 Hz that rings for 20 ms.
  @Test(arguments: [1.0, 0.4, 0.15]) func `keys that are struck are no speech`(interval: Double) {
    var sound = Sound.noise(seconds: 20, amplitude: 0.0005)
    let random = Sound.noise(seconds: 1, amplitude: 1, seed: 5)
    var (time, key) = (0.5, 0)
    while time < 19.5 {
      let hertz = 275 + 125 * Double(random[key])
      for offset in 0..<800 {
        let age = Double(offset) / Sound.rate
        let click = age < 0.006 ? 0.3 * Double(random[800 + offset]) * exp(-age / 0.0015) : 0
        sound[Int(time * Sound.rate) + offset] += Float(click + 0.06 * exp(-age / 0.007) * sin(2 * .pi * hertz * age))
      }
      key += 1
      time += interval * (1 + 0.4 * Double(random[400 + key]))
    }
    let analysis = Analysis(sound)
    #expect(analysis.pauses.isEmpty && analysis.fillers.isEmpty, "\(analysis.phrases)")
  }

  /// Keys pressed and let go `rate` times a second: 4 ms of noise, and a body of 200 or 300 Hz that rings for `decay` s.
  private static func typing(rate: Double, decay: Double, seconds: Double) -> [Float] {
    let random = Sound.noise(seconds: 2, amplitude: 1, seed: 5)
    var sound = [Float](repeating: 0, count: Int((seconds + 0.5) * Sound.rate))
    for key in 0..<Int(seconds * rate) {
      let press = (Double(key) + 0.3 * (1 + Double(random[key]))) / rate
      for (time, level) in [(press, 0.2), (press + 0.08, 0.1)] {
        for offset in 0..<6000 {
          let age = Double(offset) / Sound.rate
          let click = Double(random[2000 + offset]) * exp(-age / 0.004)
          let ring = 0.4 * exp(-age / decay) * sin(2 * .pi * (key.isMultiple(of: 3) ? 200 : 300) * age)
          sound[Int(time * Sound.rate) + offset] += Float(level * (click + ring))
        }
      }
    }
    return sound
  }

  @Test(arguments: [3.0, 5, 8], [0.015, 0.06]) func `typing in a pause is no speech`(rate: Double, decay: Double) {
    let talk = Sound.picture("ssssssss....ssssssssssss......|")
    let room = Sound.noise(seconds: 4.5, amplitude: 0.0003, seed: 9)
    let keys = zip(Self.typing(rate: rate, decay: decay, seconds: 4), room).map { $0 + $1 }
    let analysis = Analysis(talk + keys + Sound.picture("......ssssssss....|"))
    let told = analysis.phrases.reduce(0) { $0 + max(0, min(7.2, $1.end) - max(3, $1.start)) }
    #expect(told < 0.3, "\(analysis.phrases)")
    #expect(analysis.syllables.filter { (3...7.2).contains($0) }.count <= 2)
  }

  /// Three notes of five harmonics each; being many-voiced, they may be taken for speech now and then.
  @Test func `chords that die away have no filled pause`() {
    var sound = Sound.noise(seconds: 20, amplitude: 0.0005)
    for place in 0..<15 {
      let root = 110 * exp2(Double(place * 5 % 18) / 12)
      for (note, harmonic) in [1.0, 1.26, 1.498].flatMap({ note in (1...5).map { (note, Double($0)) } }) {
        let tone = Sound.sine(root * note * harmonic, seconds: 1.1, amplitude: 0.05 / harmonic)
        for (index, sample) in tone.enumerated() {
          sound[place * 19_200 + index] +=
            sample * Float(exp(-3 * Double(index) / Sound.rate)) * min(1, Float(index) / 160)
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
