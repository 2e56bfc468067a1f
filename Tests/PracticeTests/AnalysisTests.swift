import SpeechSignals
import Testing

@testable import Practice

@Suite struct AnalysisTests {
  /// A buzz that beats like syllables, with silences; 16 kHz.
  private static let sound: [Float] = (0..<16_000 * 6).map { index in
    let seconds = Float(index) / 16_000
    guard seconds.truncatingRemainder(dividingBy: 2) < 1.4 else { return 0 }
    let place = Float(index % 130) / 130
    let beat = abs((seconds * 5).truncatingRemainder(dividingBy: 2) - 1)
    return 0.4 * beat * (1 - 2 * place)
  }

  private func analysis(chunk: Int) -> Analysis {
    var analysis = Analysis(of: Recording(name: "a.wav", rate: 16_000, channels: 1), keepsContours: true)
    var analyzer = Analyzer(settings: AnalyzerSettings(), reviewsPitch: true)
    var results = Results()
    for start in stride(from: 0, to: Self.sound.count, by: chunk) {
      analyzer.process(Array(Self.sound[start..<min(start + chunk, Self.sound.count)]).span, into: &results)
      analysis.add(results)
      results.removeAll()
    }
    analyzer.finish(into: &results)
    analysis.add(results)
    analysis.close(analyzer)
    return analysis
  }

  @Test func `how the sound was chunked leaves no trace`() {
    let whole = analysis(chunk: Self.sound.count)
    for chunk in [160, 1000, 1601] { #expect(analysis(chunk: chunk) == whole) }
    #expect(whole.contours?.count == 600)
    #expect(abs((whole.contours?.pitchHertz(50) ?? 0) - 123.1) < 1)
    #expect(!whole.phrases.isEmpty && whole.speechSeconds > 2)
  }

  @Test func `pitch comes later than levels, and frames without it have none`() {
    var (contours, results) = (Contours(), Results())
    for frame in 0..<20 {
      var reading = Reading()
      reading.frame = frame
      reading.levelDecibels = -20.04
      results.readings.append(reading)
    }
    contours.add(results)
    #expect((0..<20).allSatisfy { contours.pitchHertz($0) == nil && contours.levelDecibels($0) == -20 })
    results.removeAll()
    for frame in 0..<15 { results.reviewedPitch.append(frame == 3 ? 0 : Float(100 + frame)) }
    contours.add(results)
    for frame in 0..<20 {
      #expect(contours.pitchHertz(frame) == (frame < 15 && frame != 3 ? Double(100 + frame) : nil))
    }
    #expect(contours.count == 20)
  }

  @Test func `the envelope stays small and keeps its peaks however long the sound is`() {
    var envelope = Envelope()
    for frame in 0..<100_000 { envelope.add(frame == 75_000 ? -3 : -50) }
    #expect(envelope.decibels.count <= Envelope.binLimit)
    let shown = envelope.resampled(to: 40)
    #expect(shown.firstIndex(of: -3).map { abs($0 - 30) <= 1 } == true)
    #expect(shown.count { $0 == -3 } <= 2)
    #expect(Envelope().resampled(to: 40).isEmpty)
  }

  @Test func `the same events give the numbers of a session`() {
    let analysis = analysis(chunk: 1600)
    #expect(analysis.session.summary.syllables == analysis.syllables.count)
    #expect(analysis.session.summary.pauses == analysis.session.pauses.count)
    let (summary, pitch) = (analysis.session.summary, analysis.pitch)
    #expect(summary.pitchHertz != nil && summary.pitchHertz == pitch.medianHertz?.rounded(places: 1))
    #expect(summary.pitchSpreadSemitones == pitch.spreadSemitones?.rounded(places: 2))
    let runs = analysis.phrases.reduce(0) { $0 + $1.end - $1.start }
    #expect(summary.speechSeconds == runs.rounded(places: 3) && analysis.speechSeconds == runs)
  }
}
