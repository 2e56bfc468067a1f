import Foundation
import Testing

@testable import SpeechSignals

/// Figures about the voice as a whole: pitch statistics, jitter, shimmer, harmonics to noise, fading ends.
@Suite struct VoiceTests {
  private func figures(_ sound: [Float]) -> (pitch: PitchStatistics?, voice: VoiceQuality?) {
    var analyzer = Analyzer(settings: AnalyzerSettings(), reviewsPitch: true)
    var results = Results()
    analyzer.process(sound.span, into: &results)
    analyzer.finish(into: &results)
    return (analyzer.pitchStatistics, analyzer.voiceQuality)
  }

  /// Damped sines of 600 Hz, a pulse a period; each period and amplitude is off by up to a share of it.
  private func voice(_ hertz: Double, seconds: Double, jitter: Double = 0, shimmer: Double = 0)
    -> (sound: [Float], jitter: Double, shimmer: Double)
  {
    var sound = Sound.noise(seconds: seconds, amplitude: 0.0002)
    let random = Sound.noise(seconds: 1, amplitude: 1, seed: 7)
    var (place, pulse) = (0.01, 0)
    var (periods, heights): ([Double], [Double]) = ([], [])
    while place < seconds - 0.05 {
      let height = 0.3 * (1 + shimmer * Double(random[(2 * pulse) % random.count]))
      let period = (1 + jitter * Double(random[(2 * pulse + 1) % random.count])) / hertz
      for index in Int((place * Sound.rate).rounded(.up))..<min(sound.count, Int((place + 0.02) * Sound.rate)) {
        let time = Double(index) / Sound.rate - place
        sound[index] += Float(height * exp(-time * 300) * sin(2 * .pi * 600 * time))
      }
      periods.append(period)
      heights.append(height)
      place += period
      pulse += 1
    }
    return (sound, change(periods), change(heights))
  }

  private func change(_ values: [Double]) -> Double {
    let sum = zip(values, values.dropFirst()).map { abs($0 - $1) }.reduce(0, +) / Double(values.count - 1)
    return sum / (values.reduce(0, +) / Double(values.count))
  }

  /// Praat itself is 25-30 % off on known values.
  @Test(arguments: [(90.0, 0.03, 0.0), (120, 0.02, 0.1), (210, 0.03, 0.1), (130, 0.01, 0.05), (160, 0.0, 0.15)])
  func `jitter and shimmer are found to a third`(hertz: Double, jitter: Double, shimmer: Double) throws {
    let made = voice(hertz, seconds: 4, jitter: jitter, shimmer: shimmer)
    let found = figures(made.sound).voice
    let quality = try #require(found)
    #expect(abs(quality.jitter - made.jitter) < 0.33 * made.jitter + 0.0025, "\(quality.jitter) \(made.jitter)")
    #expect(abs(quality.shimmer - made.shimmer) < 0.33 * made.shimmer + 0.025, "\(quality.shimmer) \(made.shimmer)")
  }

  @Test(arguments: [(110.0, 20.0), (110, 10), (200, 20), (200, 10), (300, 15)])
  func `harmonics to noise are found to 2 dB`(hertz: Double, decibels: Double) throws {
    let pulses = Sound.pulses(hertz, seconds: 4)
    let power = pulses.map { Double($0 * $0) }.reduce(0, +) / Double(pulses.count)
    let noise = Sound.noise(seconds: 4, amplitude: (3 * power / pow(10, decibels / 10)).squareRoot())
    let found = figures(zip(pulses, noise).map { $0 + $1 }).voice
    #expect(abs(try #require(found).harmonicsToNoise - decibels) < 2)
  }

  @Test func `a loud voice is as regular as a soft one`() throws {
    let made = voice(120, seconds: 3, jitter: 0.02, shimmer: 0.1)
    let (loud, soft) = (figures(made.sound).voice, figures(made.sound.map { $0 * 0.02 }).voice)
    #expect(abs(try #require(loud).jitter - (try #require(soft).jitter)) < 1e-4)
    #expect(abs(try #require(loud).shimmer - (try #require(soft).shimmer)) < 1e-3)
  }

  @Test func `two seconds of voice are needed`() {
    let short = figures(Sound.pulses(120, seconds: 1.9))
    #expect(short.pitch == nil && short.voice == nil)
    let long = figures(Sound.pulses(120, seconds: 2.2))
    #expect(long.pitch != nil && long.voice != nil)
  }

  @Test func `statistics of a glide are those of its frequencies`() throws {
    // From 100 to 200 Hz, even in semitones: the quarters of an octave.
    var histogram = PitchHistogram()
    for step in 0..<2400 { histogram.note(Float(100 * exp2((Double(step) + 0.5) / 2400))) }
    let found = try #require(histogram.statistics)
    #expect(abs(1200 * log2(found.medianHertz / 141.42)) < 3)
    #expect(abs(found.meanHertz - 144.27) < 0.3)
    #expect(abs(found.spreadSemitones - 12 / 12.0.squareRoot()) < 0.03)
    #expect(abs(1200 * log2(found.lowHertz / 103.5)) < 4 && abs(1200 * log2(found.highHertz / 193.2)) < 4)
    #expect(abs(found.rangeSemitones - 10.8) < 0.06)
    #expect(found.voicedFrames == 2400 && found.voicedShare == nil)
  }

  @Test(arguments: [0.0, 3, 6, 12]) func `a fading end is told in decibels`(drop: Double) throws {
    var sound = Sound.picture("...ssssssssssssssssssssssssssssss.......|")
    for index in sound.indices.dropFirst(Int(2.7 * Sound.rate)) { sound[index] *= Float(pow(10, -drop / 20)) }
    let phrase = try #require(Analysis(sound).phrases.first)
    #expect(abs(try #require(phrase.endDropDecibels) - drop) < 2, "\(phrase)")
  }

  @Test func `a short phrase has no end to speak of`() {
    #expect(Analysis(Sound.picture("...sssss.......|")).phrases.map(\.endDropDecibels) == [nil])
  }

  @Test func `the next phrase begins anew`() {
    var levels = PhraseLevels()
    for frame in 0..<150 { levels.note(frame: frame, level: frame < 100 ? -20 : -30) }
    #expect(abs((levels.close(end: 150) ?? 0) - 10) < 0.3)
    for frame in 200..<350 { levels.note(frame: frame, level: -50) }
    #expect(abs(levels.close(end: 350) ?? 9) < 0.3)
    for frame in 400..<410 { levels.note(frame: frame, level: -10) }
    #expect(levels.close(end: 410) == nil)
  }
}
