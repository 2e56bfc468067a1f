import Foundation
import Testing

@testable import SpeechSignals

@Suite struct SyllableTests {
  /// Syllables, so many a second, between half a second of room: vowels of three colours that swell and fade, each after
  /// a murmur without formants. The middles of the vowels are in the second part.
  private static func train(
    rate: Double, hertz: Double = 120, seconds: Double = 4, amplitude: Double = 0.2, noise: Double = 0.0003
  ) -> (sound: [Float], middles: [Double]) {
    let formants = [(500.0, 1500.0), (320.0, 2200.0), (700.0, 1150.0)]
    let harmonics = (1...max(2, Int(3500 / hertz))).map { hertz * Double($0) }
    func bump(_ frequency: Double, _ centre: Double, _ width: Double) -> Double {
      1 / (1 + (frequency - centre) * (frequency - centre) / (width * width))
    }
    let vowels = formants.map { formant in
      harmonics.map { bump($0, formant.0, 120) + 0.4 * bump($0, formant.1, 160) }
    }
    let murmur = harmonics.map { 0.12 * bump($0, 250, 100) }
    let count = Int(seconds * rate)
    var sound = Sound.noise(seconds: seconds + 1, amplitude: noise)
    var phase = 0.0
    for index in 8000..<8000 + Int(Double(count) / rate * Sound.rate) {
      let time = Double(index - 8000) / Sound.rate * rate
      let syllable = Int(time)
      // The last 0.7 of a syllable is its vowel.
      let inVowel = (time - Double(syllable) - 0.3) / 0.7
      let swell = inVowel > 0 ? sin(.pi * inVowel) * sin(.pi * inVowel) : 0
      phase += hertz * (1 + 0.07 * sin(2 * .pi * 0.6 * Double(index) / Sound.rate)) / Sound.rate
      let vowel = vowels[syllable % 3]
      var sum = 0.0
      for place in harmonics.indices {
        sum += (murmur[place] + swell * vowel[place]) * sin(2 * .pi * phase * Double(place + 1))
      }
      sound[index] += Float(amplitude / 2 * sum)
    }
    return (sound, (0..<count).map { 0.5 + (Double($0) + 0.65) / rate })
  }

  /// How many of the middles have a nucleus of their own within `tolerance` seconds.
  private func hits(_ found: [Double], _ middles: [Double], tolerance: Double) -> Int {
    var rest = found
    return middles.count { middle in
      guard let place = rest.firstIndex(where: { abs($0 - middle) <= tolerance }) else { return false }
      rest.remove(at: place)
      return true
    }
  }

  private func check(_ train: (sound: [Float], middles: [Double]), slack: Int = 1) {
    let found = Analysis(train.sound).syllables
    #expect(abs(found.count - train.middles.count) <= slack, "\(found.count) for \(train.middles.count)")
    #expect(hits(found, train.middles, tolerance: 0.05) >= train.middles.count - slack)
  }

  @Test(arguments: [2.0, 3, 4, 5, 6, 7, 8]) func `syllables are counted at any tempo`(rate: Double) {
    check(Self.train(rate: rate), slack: rate > 7 ? 3 : 1)
  }

  @Test(arguments: [80.0, 120, 170, 240, 320, 400]) func `syllables are counted at any pitch`(hertz: Double) {
    check(Self.train(rate: 4.5, hertz: hertz))
  }

  /// Against an amplitude of 0.2: about 30, 20 and 10 dB below the vowels.
  @Test(arguments: [0.003, 0.01, 0.03]) func `syllables are counted in noise`(noise: Double) {
    check(Self.train(rate: 4, noise: noise), slack: 2)
  }

  @Test(arguments: [2.0, 4, 6]) func `nuclei lie in the middles of their vowels`(rate: Double) {
    let train = Self.train(rate: rate)
    let found = Analysis(train.sound).syllables
    let late = train.middles.compactMap { middle in found.map { $0 - middle }.min { abs($0) < abs($1) } }
    let mean = late.reduce(0, +) / Double(max(1, late.count))
    #expect(abs(mean) <= 0.01, "\(mean) s late")
  }

  @Test func `a murmur far under the voice that comes after it is no syllable`() {
    var train = Self.train(rate: 4)
    for (index, sample) in Sound.pulses(120, seconds: 0.12).enumerated() {
      train.sound[4800 + index] += 0.02 * sample * Float(sin(.pi * Double(index) / 1920))
    }
    let found = Analysis(train.sound).syllables
    #expect(!found.contains { $0 < 0.48 }, "\(found.prefix(3))")
  }

  @Test(arguments: [0.003, 0.03, 0.45]) func `level changes no nucleus`(gain: Float) {
    let train = Self.train(rate: 5)
    let scaled = train.sound.map { $0 * gain / 0.2 }
    let (usual, other) = (Analysis(train.sound).syllables, Analysis(scaled).syllables)
    #expect(usual.count == other.count)
    for (a, b) in zip(usual, other) { #expect(abs(a - b) <= 0.011) }
  }

  @Test func `a shift in time shifts the nuclei`() {
    let train = Self.train(rate: 5, noise: 0)
    let shifted = [Float](repeating: 0, count: 16_000) + train.sound
    let (usual, other) = (Analysis(train.sound).syllables, Analysis(shifted).syllables)
    #expect(usual.count == other.count)
    for (a, b) in zip(usual, other) { #expect(abs(a + 1 - b) <= 0.011) }
  }

  @Test func `nuclei come in order, none twice, inside their runs`() {
    let analysis = Analysis(Self.train(rate: 6).sound)
    let times = analysis.syllables
    for (a, b) in zip(times, times.dropFirst()) { #expect(b - a >= 0.05) }
    #expect(analysis.phrases.map(\.syllables).reduce(0, +) == times.count)
  }

  @Test func `a held vowel is one syllable or two, not many`() {
    var sound = Sound.noise(seconds: 3, amplitude: 0.0003)
    for (index, sample) in Sound.pulses(130, seconds: 1.5).enumerated() { sound[12_000 + index] += sample }
    #expect((1...2).contains(Analysis(sound).syllables.count))
  }

  @Test(arguments: [
    ([(2.0, 10), (3.0, 15), (1.5, 7), (1.2, 6)], 0.0...0.06), ([(2, 6), (2, 12), (2, 6), (2, 12)], 0.32...0.35),
  ])
  func `variation is the spread of the rate between runs`(runs: [(Double, Int)], expected: ClosedRange<Double>) throws {
    var variation = PaceVariation()
    for (length, syllables) in runs {
      #expect(variation.coefficient == nil)
      variation.add(Phrase(start: 5, end: 5 + length, syllables: syllables))
      variation.add(Phrase(start: 1, end: 1.5, syllables: 9))
    }
    #expect(variation.runs == 4)
    #expect(expected.contains(try #require(variation.coefficient)))
  }
}

/// People: bounds a little looser than what was measured when they were set.
@Suite(.enabled(if: Sound.shared("human/mfa_um.wav") != nil, "../shared/speech is absent"))
struct SyllablePeopleTests {
  @Test(arguments: [
    ("mfa_acoustic_corpus", 77, 0.12), ("mfa_cold_corpus", 88, 0.2), ("librispeech_61-70968-0000", 25, 0.1),
    ("vosk_digits", 20, 0.2), ("ami_trn09", 151, 0.15),
  ])
  func `syllables are counted`(name: String, truth: Int, tolerance: Double) throws {
    let count = Analysis(try #require(Sound.shared("human/\(name).wav"))).syllables.count
    #expect(abs(Double(count - truth)) <= tolerance * Double(truth), "\(count) for \(truth)")
  }

  @Test(arguments: ["clean", "white20", "white10", "babble20"]) func `noise changes the count little`(kind: String)
    throws
  {
    for (name, truth) in [("s1_slow_m", 83), ("s2_um_f", 64), ("s4_many_f", 71)] {
      let count = Analysis(try #require(Sound.shared("synth/\(name)_\(kind).wav"))).syllables.count
      #expect(abs(Double(count - truth)) <= 0.12 * Double(truth), "\(name) \(kind): \(count) for \(truth)")
    }
  }
}
