import Testing

@testable import SpeechSignals

@Suite struct LevelTests {
  @Test func `a sine of 1 kHz at -23 dBFS peak is -26 dB RMS and about -26 LUFS`() throws {
    let last = try #require(Analysis(Sound.sine(1000, seconds: 5, amplitude: 0.0708)).readings.last)
    #expect(abs(last.levelDecibels + 26.01) < 0.1)
    #expect(abs(last.peakDecibels + 23) < 0.1)
    // BS.1770-4: a 0 dBFS sine near 1 kHz in one channel reads -3.01 LUFS.
    #expect(abs(last.momentaryLUFS + 26.01) < 0.1)
    #expect(abs(last.shortTermLUFS + 26.01) < 0.1)
  }

  @Test func `integrated loudness leaves silence out`() throws {
    let sound = Sound.sine(1000, seconds: 10, amplitude: 0.0708) + [Float](repeating: 0, count: 160_000)
    let seconds = Analysis(sound).seconds
    let last = try #require(seconds.last)
    #expect(abs(try #require(last.integratedLUFS) + 26.01) < 0.15)
    #expect(last.momentaryLUFS == -70)
    #expect(Analysis([Float](repeating: 0, count: 32_000)).seconds.allSatisfy { $0.integratedLUFS == nil })
  }

  @Test func `loudness range spans two levels`() throws {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    let before = analyzer.loudnessRange
    #expect(before == nil)
    analyzer.process(Sound.sine(1000, seconds: 20, amplitude: 0.1).span, into: &results)
    analyzer.process(Sound.sine(1000, seconds: 20, amplitude: 0.0316).span, into: &results)
    let after = analyzer.loudnessRange
    #expect(abs(try #require(after) - 10) < 0.2)
  }

  @Test(arguments: zip([1, 2, 5, 100], [0, 2, 5, 100]))
  func `clipping counts runs of two and more`(run: Int, count: Int) {
    var sound = Sound.sine(200, seconds: 2, amplitude: 0.3)
    for index in 5000..<5000 + run { sound[index] = 1 }
    let analysis = Analysis(sound)
    #expect(analysis.readings.last?.clippedSamples == count)
    #expect(analysis.seconds.map(\.clippedSamples) == [count, 0])
  }

  @Test func `a muted microphone is told from a quiet one`() throws {
    let quiet = Sound.noise(seconds: 1, amplitude: 0.0001)
    let muted = Analysis(quiet + [Float](repeating: 0.001, count: 32_000))
    #expect(abs(try #require(muted.readings.last).flatSeconds - 2) < 0.011)
    #expect(Analysis(quiet).readings.allSatisfy { $0.flatSeconds == 0 })
  }

  @Test func `the noise floor is found and follows`() throws {
    let sound = Sound.noise(seconds: 5, amplitude: 0.001) + Sound.noise(seconds: 6, amplitude: 0.01, seed: 3)
    let readings = Analysis(sound).readings
    #expect(abs(readings[450].noiseFloorDecibels - readings[450].levelDecibels) < 4)
    #expect(abs(readings[1090].noiseFloorDecibels - readings[1090].levelDecibels) < 4)
  }
}
