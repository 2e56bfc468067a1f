import Foundation
import Testing

@testable import SpeechSignals

/// Pitch as it is decided when all of a recording was heard.
@Suite struct PitchReviewTests {
  private let room = Sound.noise(seconds: 0.3, amplitude: 0.0003)

  /// Pulses of which every other one is weaker: they repeat better at half their rate.
  private func uneven(_ hertz: Double, seconds: Double) -> [Float] {
    zip(Sound.pulses(hertz, seconds: seconds), Sound.pulses(hertz / 2, seconds: seconds)).map { $0 + 0.4 * $1 }
  }

  /// Some harmonics that move evenly in octaves between two frequencies.
  private func glide(from: Double, to: Double, seconds: Double) -> [Float] {
    var phase = 0.0
    return (0..<Int(seconds * Sound.rate)).map { index in
      phase += from * pow(to / from, Double(index) / Sound.rate / seconds) / Sound.rate
      return Float(0.2 * (sin(2 * .pi * phase) + 0.5 * sin(4 * .pi * phase) + 0.3 * sin(6 * .pi * phase)))
    }
  }

  @Test func `a voice that falls an octave in creak is heard at its own pitch`() {
    let steady = Sound.pulses(200, seconds: 2)
    let analysis = Analysis(uneven(200, seconds: 0.4) + room + steady + uneven(200, seconds: 0.2) + room + steady)
    #expect(analysis.readings.contains { $0.pitchHertz > 90 && $0.pitchHertz < 110 })
    let voiced = analysis.pitch.filter { $0 > 0 }
    #expect(voiced.count > 400 && voiced.allSatisfy { abs($0 - 200) < 12 })
  }

  @Test func `hum before a loud voice is no voice`() {
    let analysis = Analysis(Sound.sine(100, seconds: 1, amplitude: 0.002) + Sound.pulses(150, seconds: 3))
    #expect(analysis.pitch[..<95].allSatisfy { $0 == 0 })
    #expect(analysis.pitch[105..<390].allSatisfy { abs($0 - 150) < 3 })
  }

  @Test func `a knock does not silence a voice`() {
    var sound = Sound.pulses(150, seconds: 3, amplitude: 0.02)
    for index in 8_000..<8_100 { sound[index] = 1 }
    #expect(Analysis(sound).pitch[100..<290].allSatisfy { abs($0 - 150) < 3 })
  }

  @Test(arguments: [(60.0, 500.0), (500, 60), (100, 320)])
  func `a glide out of the speaker's range stays`(from: Double, to: Double) {
    let pitch = Analysis(glide(from: from, to: to, seconds: 4)).pitch
    for frame in 5..<395 {
      let truth = from * pow(to / from, (Double(frame) + 0.5) / 400)
      #expect(abs(1200 * log2(Double(max(1, pitch[frame])) / truth)) < 10, "\(pitch[frame]) for \(truth) in \(frame)")
    }
  }

  @Test func `what is short and far from the speaker's range is left out`() {
    let far = room + glide(from: 400, to: 420, seconds: 0.15) + room
    let pitch = Analysis(Sound.pulses(110, seconds: 3) + far + Sound.pulses(110, seconds: 3)).pitch
    #expect(pitch.allSatisfy { $0 < 200 })
  }

  @Test func `a gap loses no frame`() {
    var analyzer = Analyzer(settings: AnalyzerSettings(), reviewsPitch: true)
    var results = Results()
    analyzer.process(Sound.pulses(120, seconds: 1.234).span, into: &results)
    analyzer.skip(seconds: 30, into: &results)
    analyzer.process(Sound.pulses(180, seconds: 2.5).span, into: &results)
    analyzer.finish(into: &results)
    #expect(results.reviewedPitch.count == results.readings.count)
    #expect(abs(results.reviewedPitch[100] - 120) < 2 && abs(results.reviewedPitch[200] - 180) < 3)
  }

  @Test func `hours come in blocks of ten minutes, and a short rest changes no range`() throws {
    var (review, candidates, pitch) = (PitchReview(), PitchCandidates(), [Float]())
    candidates.find(in: Sound.pulses(120, seconds: 0.05), from: 0, speakerFloor: 60)
    for _ in 0..<PitchReview.blockFrames + 30 { review.note(candidates, peak: 0.2, isBackground: false) }
    for _ in 0..<PitchReview.blockFrames {
      #expect(pitch.isEmpty)
      review.noteSpeech(true, into: &pitch)
    }
    #expect(pitch.count == PitchReview.blockFrames && pitch.allSatisfy { abs($0 - 120) < 1 })
    candidates.find(in: Sound.pulses(300, seconds: 0.05), from: 0, speakerFloor: 60)
    for _ in 0..<50 { review.note(candidates, peak: 0.2, isBackground: false) }
    for _ in 0..<80 { review.noteSpeech(true, into: &pitch) }
    review.close(into: &pitch)
    #expect(pitch.count == PitchReview.blockFrames + 80)
    #expect(try #require(review.statistics).highHertz < 130)
  }

  @Test func `an analyzer that does not review pitch has no figures of it`() {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    analyzer.process(Sound.pulses(120, seconds: 3).span, into: &results)
    analyzer.finish(into: &results)
    #expect(analyzer.pitchStatistics == nil && analyzer.voiceQuality != nil && results.reviewedPitch.isEmpty)
  }
}
