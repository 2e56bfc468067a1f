import Foundation
import Testing

@testable import SpeechSignals

/// Loudness and clipping of the sound as it was recorded.
@Suite struct OriginalTests {
  /// A sine in each channel, interleaved.
  private func sines(_ hertz: [Double], rate: Int, seconds: Double = 4, amplitude: Double = 0.1) -> [Float] {
    (0..<Int(seconds * Double(rate))).flatMap { index in
      hertz.map { Float(amplitude * sin(2 * .pi * $0 * Double(index) / Double(rate))) }
    }
  }

  /// An analyzer that has heard an original, in pieces of so many samples, beside a quiet 16 kHz stream.
  private func heard(_ original: [Float], rate: Int, channels: Int, pieces: Int = 10) -> Analyzer {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    analyzer.expect(original: OriginalFormat(rate: rate, channels: channels))
    var results = Results()
    let seconds = Double(original.count) / Double(rate * channels)
    let stream = Sound.noise(seconds: seconds, amplitude: 0.001)
    for piece in 0..<pieces {
      let part = original.count / channels * piece / pieces..<original.count / channels * (piece + 1) / pieces
      analyzer.hear(original: Array(original[part.lowerBound * channels..<part.upperBound * channels]).span)
      analyzer.process(
        Array(stream[stream.count * piece / pieces..<stream.count * (piece + 1) / pieces]).span, into: &results)
    }
    analyzer.finish(into: &results)
    return analyzer
  }

  /// BS.1770-4: a sine near 1 kHz reads 3.01 LU under its peak level in one channel, channels add up, and above 2 kHz
  /// all counts 4 dB (less than 0.7 dB of which is there at 1 kHz).
  @Test(arguments: [
    ([1000.0], 48_000, -23.01), ([1000], 44_100, -23.01), ([1000], 22_050, -23.01), ([1000], 11_025, -23.01),
    ([1000, 1000], 48_000, -20.0), ([12_000], 48_000, -19.7), ([12_000, 12_000], 44_100, -16.7),
  ])
  func `a sine has its loudness at any rate`(hertz: [Double], rate: Int, expected: Double) throws {
    let analyzer = heard(sines(hertz, rate: rate), rate: rate, channels: hertz.count)
    let loudest = analyzer.maximumMomentaryLUFS
    #expect(abs(try #require(loudest) - expected) < 0.1)
  }

  @Test(arguments: [1, 3, 37, 400]) func `how the sound was cut does not matter`(pieces: Int) {
    let original = sines([300, 5000], rate: 44_100)
    let whole = heard(original, rate: 44_100, channels: 2)
    let cut = heard(original, rate: 44_100, channels: 2, pieces: pieces)
    let (one, other) = (whole.maximumMomentaryLUFS, cut.maximumMomentaryLUFS)
    #expect(one == other)
    let (range, otherRange) = (whole.loudnessRange, cut.loudnessRange)
    #expect(range == otherRange)
  }

  @Test func `a channel that clips alone is noticed`() {
    var original = sines([200, 200], rate: 48_000)
    for index in 10_000..<10_007 { original[2 * index + 1] = 1 }
    original[2 * 20_000] = 1
    let clipped = heard(original, rate: 48_000, channels: 2).clippedSamples
    #expect(clipped == 7)
  }

  @Test func `sound that is not numbers counts as silence`() {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    analyzer.expect(original: OriginalFormat(rate: -1, channels: 0))
    var results = Results()
    analyzer.hear(original: [Float.nan, .infinity, -.infinity].span)
    analyzer.process([Float](repeating: 0, count: 16_000).span, into: &results)
    analyzer.hear(original: [Float](repeating: .nan, count: 8000).span)
    analyzer.finish(into: &results)
    let loudest = analyzer.maximumMomentaryLUFS
    #expect(loudest == nil)
  }

  @Test func `the quick sums are those of the library`() throws {
    let sound = Sound.picture(".ssss..sssssssss...ssssssssssssss...ssssssss....|")
    let readings = Analysis(sound).readings
    // Mean squares of the K-weighted signal add up: 400 ms of the loudest is no less than any 3 s.
    for reading in readings { #expect(reading.momentaryLUFS >= -70 && reading.shortTermLUFS >= -70) }
    let loudest = try #require(readings.map(\.momentaryLUFS).max())
    #expect(loudest >= (try #require(readings.map(\.shortTermLUFS).max())))
  }
}
