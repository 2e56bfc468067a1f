import Testing

@testable import SpeechSignals

/// What the room does to pauses: known before, full of voices, or a fan switched on.
@Suite struct RoomTests {
  @Test func `a known room and voice are expected from the first frame on`() {
    var settings = AnalyzerSettings()
    #expect(settings.distanceDecibels == nil)
    (settings.floorDecibels, settings.speechDecibels) = (-60, -24)
    #expect(settings.distanceDecibels == 36)
    settings.speechDecibels = -70
    #expect(settings.distanceDecibels == nil)
    for distance: Float in [-10, 0, 36, .nan, .infinity] {
      _ = VoiceActivity(pauseFrames: 25, distance: distance)
    }
  }

  @Test(
    .enabled(if: Sound.shared("synth/s2_um_f_clean.wav") != nil, "../shared/speech is absent"),
    arguments: ["s1_slow_m", "s2_um_f", "s4_many_f"])
  func `six voices at 10 dB are too noisy, nothing is at 20 dB`(name: String) throws {
    func share(_ noise: String) throws -> Double {
      let sound = try #require(Sound.shared("synth/\(name)_\(noise).wav"))
      var analyzer = Analyzer(settings: AnalyzerSettings())
      var results = Results()
      analyzer.process(sound.span, into: &results)
      #expect(results.readings.contains { $0.isTooNoisy } == ((analyzer.tooNoisyShare ?? 0) > 0))
      return analyzer.tooNoisyShare ?? 0
    }
    #expect(try share("babble10") > 0.3)
    for noise in ["babble20", "white20", "clean"] { #expect(try share(noise) == 0, "\(noise)") }
  }
}
