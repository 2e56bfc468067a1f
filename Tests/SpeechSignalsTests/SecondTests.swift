import Testing

@testable import SpeechSignals

@Suite struct SecondTests {
  @Test(arguments: ["..ssssss....ssss.......|", "ssss|", "...ssssssssssssssss..ssssssssssss....sssss.....ssss.......|"])
  func `seconds cover the sound without holes`(picture: String) throws {
    let sound = Sound.picture(picture)
    let analysis = Analysis(sound)
    var end = 0.0
    for second in analysis.seconds {
      #expect(second.start == end)
      #expect(second.end > second.start && second.end <= second.start + 1)
      end = second.end
    }
    #expect(abs(end - Double(sound.count) / 16_000) < 0.01)
    #expect(analysis.seconds.map(\.syllables).reduce(0, +) == analysis.syllables.count)
    for second in analysis.seconds {
      let inside = analysis.syllables.filter { $0 >= second.start && $0 < second.end }
      #expect(inside.count == second.syllables)
    }
    let spoken = analysis.seconds.map(\.speechSeconds).reduce(0, +)
    let phrased = analysis.phrases.map { $0.end - $0.start }.reduce(0, +)
    #expect(spoken <= phrased + 1e-9 && spoken > 0.75 * phrased)
  }

  @Test(arguments: [(176_000, 11.0), (175_999, 11), (175_920, 11), (175_919, 10.99), (80, 0), (16_080, 1)])
  func `the time of half a frame and more counts`(samples: Int, end: Double) {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    analyzer.process([Float](repeating: 0.1, count: samples).span, into: &results)
    analyzer.finish(into: &results)
    #expect((results.found.last?.at ?? 0) == end)
    #expect(Analysis([Float](repeating: 0.1, count: samples)).seconds.last?.end ?? 0 == end)
  }

  @Test func `a second knows the pitch and level inside it`() throws {
    let second = try #require(Analysis(Sound.pulses(150, seconds: 3)).seconds.dropFirst().first)
    #expect(second.voicedFrames == 100)
    #expect(abs(try #require(second.pitchHertz) - 150) < 1)
    #expect(second.pitchSpreadSemitones < 0.1)
    #expect(second.levelDecibels > -30 && second.peakDecibels > second.levelDecibels)
  }

  @Test func `a gap ends the phrase, moves time, and is no pause`() throws {
    let part = Sound.picture("...sssssss|")
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    analyzer.process(part.span, into: &results)
    analyzer.skip(seconds: 3.5, into: &results)
    analyzer.process(part.span, into: &results)
    analyzer.finish(into: &results)
    var analysis = Analysis([])
    analysis.take(&results)
    #expect(analysis.pauses.isEmpty)
    #expect(analysis.phrases.count == 2)
    #expect(abs(try #require(analysis.phrases.first).end - 1) < 0.05)
    #expect(abs(try #require(analysis.phrases.last).start - 4.8) < 0.06)
    #expect(analysis.readings[100].frame == 450)
    #expect(analysis.seconds.map(\.start) == [0, 1, 2, 3, 4, 5])
    #expect(analysis.seconds.last?.end == 5.5)
    #expect(analysis.found.map(\.at) == analysis.found.map(\.at).sorted())
  }

  @Test(arguments: [0, -3, .nan, .infinity, 1e300]) func `a senseless gap does no harm`(seconds: Double) {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    analyzer.process(Sound.picture("..sss|").span, into: &results)
    analyzer.skip(seconds: seconds, into: &results)
    analyzer.process(Sound.picture("..sss|").span, into: &results)
    analyzer.finish(into: &results)
    #expect(results.readings.count == 100)
  }

  @Test func `pace counts syllables in talk time, and a long silence freezes it`() throws {
    let talk = String(repeating: "ssssssssss...", count: 5)
    let readings = Analysis(Sound.picture("..." + talk + String(repeating: ".", count: 80) + "|")).readings
    #expect(readings[200].syllablesPerSecond == nil)
    let after = try #require(readings[990].syllablesPerSecond)
    let end = try #require(readings.last?.syllablesPerSecond)
    #expect(after == end)
    // Five beats a second for ten seconds in thirteen, and at most two seconds of the silence after.
    #expect(end > 2.5 && end < 4.2)
  }

  @Test func `two bursts of beats are two counts of syllables`() {
    // The beat is loudest at odd tenths: five times in each burst.
    let syllables = Analysis(Sound.picture("..ssssssssss......ssssssssss...|")).syllables
    let beats = [0.3, 0.5, 0.7, 0.9, 1.1, 1.9, 2.1, 2.3, 2.5, 2.7]
    #expect(syllables.count == beats.count)
    for (found, beat) in zip(syllables, beats) { #expect(abs(found - beat) <= 0.05) }
  }
}
