import Foundation
import Testing

@testable import SpeechSignals

/// The parts by themselves.
@Suite struct ComponentTests {
  @Test(arguments: [16, 512, 1280]) func `the fast transform agrees with the sum it stands for`(count: Int) {
    let transform = FourierTransform(count: count)
    let sound = Array(Sound.noise(seconds: 0.1, amplitude: 1).prefix(count))
    var power = [Float](repeating: 0, count: transform.bins)
    transform.powerSpectrum(of: sound, from: 0, window: [Float](repeating: 1, count: count), into: &power)
    for bin in stride(from: 0, to: transform.bins, by: max(1, transform.bins / 9)) {
      var (real, imaginary) = (0.0, 0.0)
      for (index, sample) in sound.enumerated() {
        let angle = 2 * Double.pi * Double(bin * index) / Double(count)
        real += Double(sample) * cos(angle)
        imaginary -= Double(sample) * sin(angle)
      }
      let truth = real * real + imaginary * imaginary
      #expect(abs(Double(power[bin]) - truth) < 1e-3 * max(1, truth))
    }
  }

  @Test func `a transform refuses what does not fit`() {
    let transform = FourierTransform(count: 16)
    var power = [Float](repeating: -1, count: transform.bins)
    transform.powerSpectrum(of: [1, 2], from: 0, window: [1, 1, 1], into: &power)
    transform.powerSpectrum(of: [1, 2, 3], from: -1, window: [1, 1], into: &power)
    #expect(power.allSatisfy { $0 == -1 })
  }

  @Test func `the bands of a sine hold its power`() {
    var spectrum = Spectrum()
    let sound = Sound.sine(1000, seconds: 0.03, amplitude: 0.5)
    spectrum.measure(sound, from: 0)
    #expect(abs(10 * log10(spectrum.bands.reduce(0, +)) - 10 * log10(0.125)) < 0.2)
    #expect(spectrum.bands.firstIndex(of: spectrum.bands.max() ?? 0) == 7)
  }

  /// A picture of final frames, a letter each: `s` speech, `n` speech with a nucleus, `.` silence.
  @Test(arguments: [
    ("..sns..sns.....|", ["2-5 n1", "pause 5-7", "7-10 n1"], 2),
    ("sssss|", ["0-5 n0"], 3),
    ("..nnn.nn...nn..|", ["2-8 n5", "pause 8-11", "11-13 n2"], 3),
    (".......|", [], 1),
  ])
  func `phrases and pauses follow from frames`(picture: String, expected: [String], minimum: Int) {
    var tracker = PhraseTracker(minimumFrames: minimum)
    var outcomes: [PhraseTracker.Outcome] = []
    for (frame, letter) in picture.filter({ $0 != "|" }).enumerated() {
      let outcome = tracker.update(frame: frame, isSpeech: letter != ".", isNucleus: letter == "n")
      if let outcome { outcomes.append(outcome) }
    }
    if let last = tracker.close() { outcomes.append(last) }
    let told = outcomes.map { outcome in
      switch outcome {
      case .phrase(let start, let end, let syllables): "\(start)-\(end) n\(syllables)"
      case .pause(let start, let end): "pause \(start)-\(end)"
      }
    }
    #expect(told == expected)
  }

  @Test func `pace forgets what leaves the window`() {
    var pace = Pace(windowFrames: 300)
    for frame in 0..<300 { pace.update(isSpeech: true, isNucleus: frame % 20 == 0) }
    #expect(pace.syllablesPerSecond == 5)
    for frame in 0..<300 { pace.update(isSpeech: true, isNucleus: frame % 50 == 0) }
    #expect(pace.syllablesPerSecond == 2)
    for _ in 0..<200 { pace.update(isSpeech: false, isNucleus: false) }
    let frozen = pace.syllablesPerSecond
    for _ in 0..<900 { pace.update(isSpeech: false, isNucleus: false) }
    #expect(pace.syllablesPerSecond == frozen)
  }

  @Test func `a noise floor falls at once and rises within three seconds`() {
    var noise = NoiseFloor()
    for _ in 0..<100 { noise.update([Float](repeating: 1e-4, count: Spectrum.bandCount)) }
    #expect(abs(noise.levels[0] + 37) < 0.5)
    for _ in 0..<30 { noise.update([Float](repeating: 1e-6, count: Spectrum.bandCount)) }
    #expect(noise.levels[0] < -55)
    for _ in 0..<340 { noise.update([Float](repeating: 1e-4, count: Spectrum.bandCount)) }
    #expect(abs(noise.levels[0] + 37) < 0.5)
    let before = noise.levels
    for _ in 0..<400 { noise.update([Float](repeating: 0, count: Spectrum.bandCount)) }
    #expect(noise.levels == before)
  }

  @Test func `a speaker's range is known after a second of voice and forgets slowly`() {
    var range = SpeakerRange()
    for _ in 0..<99 { range.note(120) }
    #expect(range.median == nil && range.cost(400) == 0)
    for _ in 0..<26 { range.note(120) }
    #expect(abs((range.median ?? 0) / 120 - 1) < 0.03)
    #expect(range.cost(400) > 0 && range.cost(70) > 0 && range.cost(240) == 0 && range.cost(90) == 0)
    for _ in 0..<6000 { range.note(220) }
    #expect(abs((range.median ?? 0) / 220 - 1) < 0.03)
  }

  @Test func `five minutes end as they began`() {
    let part = Sound.picture("..ssssssssss....sssssssssssss....ssssss.......ssssssssssss..|")
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    var pauses: [Int] = []
    for _ in 0..<50 {
      analyzer.process(part.span, into: &results)
      pauses.append(results.found.count { if case .pause = $0.finding { true } else { false } })
      results.removeAll()
    }
    #expect(pauses.dropFirst(2).allSatisfy { $0 == 4 })
    #expect(pauses.count == 50)
  }
}
