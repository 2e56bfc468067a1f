import Foundation
import Support
import Testing

@testable import Sound
@testable import SpeechSignals

/// A talk sounds alike at every sample rate, and so the same must be found in it.
@Suite(.enabled(if: Speech.isThere, Speech.whyNot)) struct RateTests {
  /// The sound at another rate, by a windowed sinc (Hann, 24 zero crossings to each side) under both Nyquist rates.
  private static func resampled(_ samples: [Int16], to rate: Int) -> [Int16] {
    let step = 16_000 / Double(rate)
    let cutoff = min(1, 1 / step) * 0.96
    let reach = Int(24 / cutoff)
    return (0..<Int(Double(samples.count) / step)).map { index in
      let place = Double(index) * step
      var sum = 0.0
      for source in max(0, Int(place) - reach)...min(samples.count - 1, Int(place) + reach) {
        let distance = Double(source) - place
        let angle = Double.pi * distance * cutoff
        let sinc = abs(angle) < 1e-9 ? 1 : sin(angle) / angle
        sum += Double(samples[source]) * cutoff * sinc * (0.5 + 0.5 * cos(Double.pi * distance / Double(reach + 1)))
      }
      return Int16(max(-32_768, min(32_767, sum.rounded())))
    }
  }

  /// Ends of pauses, and nuclei, in seconds, as they are found in a file of this rate.
  private func times(_ samples: [Int16], rate: Int) throws -> [Double] {
    let folder = try Folder()
    let path = try folder.write("speech.wav", wav(samples.flatMap { bytes($0) }, rate: rate))
    let reader = try RecordingReader(path: path)
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    var buffer: [Float] = []
    while reader.next(into: &buffer) { analyzer.process(buffer.span, into: &results) }
    analyzer.finish(into: &results)
    return results.found.flatMap { found -> [Double] in
      switch found.finding {
      case .pause(let pause): [pause.start, pause.end]
      case .syllable(let time): [time]
      default: []
      }
    }
  }

  /// How many events of either have none within `tolerance` seconds in the other.
  private func unmatched(_ one: [Double], _ other: [Double], tolerance: Double) -> Int {
    var rest = other
    let lost = one.count { time in
      guard let place = rest.firstIndex(where: { abs($0 - time) <= tolerance + 1e-6 }) else { return true }
      rest.remove(at: place)
      return false
    }
    return lost + rest.count
  }

  /// At 8 kHz fricatives are gone: their band ends at 4 kHz.
  @Test(arguments: [
    (22_050, 0.011, 0.03), (24_000, 0.011, 0.03), (32_000, 0.011, 0.03), (44_100, 0.011, 0.03), (48_000, 0.011, 0.03),
    (8_000, 0.05, 0.1),
  ])
  func `the sample rate changes no event`(rate: Int, tolerance: Double, bound: Double) throws {
    let samples = try Speech.reading().samples
    let usual = try times(samples, rate: 16_000)
    let other = try times(Self.resampled(samples, to: rate), rate: rate)
    let share = Double(unmatched(usual, other, tolerance: tolerance)) / Double(usual.count + other.count)
    #expect(usual.count > 80 && share <= bound, "\(share) of \(usual.count) at \(rate) Hz")
  }
}
