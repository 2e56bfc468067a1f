import Testing

@testable import Practice

@Suite struct WordsEstimateTests {
  /// Seconds of talk, the upper end of the band over the estimate, confidence.
  @Test(arguments: [(5.0, 1.43, 0.49), (15, 1.31, 0.61), (30, 1.27, 0.66), (600, 1.24, 0.73)])
  func `more talk is more trust`(seconds: Double, factor: Double, confidence: Double) {
    let estimate = WordsEstimate(wordsPerMinute: 150, seconds: seconds)
    #expect(estimate.wordsPerMinute == 150)
    #expect(abs(estimate.band.upperBound / 150 - factor) < 0.01, "\(estimate.band.upperBound / 150)")
    #expect(abs(150 / estimate.band.lowerBound - factor) < 0.01)
    #expect(abs(estimate.confidence - confidence) < 0.02, "\(estimate.confidence)")
  }

  @Test(arguments: [-3, 0, .nan, .infinity, -.infinity, 1e300]) func `senseless numbers do no harm`(value: Double) {
    for estimate in [
      WordsEstimate(wordsPerMinute: value, seconds: 20), WordsEstimate(wordsPerMinute: 140, seconds: value),
    ] {
      #expect(estimate.wordsPerMinute >= 0)
      #expect(estimate.band.contains(estimate.wordsPerMinute))
      #expect((0...1).contains(estimate.confidence))
    }
  }

  @Test func `all faces show one number`() throws {
    var session = begun()
    _ = session.live((1...60).map { second(Double($0)) })
    let live = try #require(session.paceEstimate)
    let whole = try #require(session.summary.paceEstimate)
    #expect(live.wordsPerMinute == session.pace)
    #expect(whole.wordsPerMinute == session.summary.wordsPerMinute)
    #expect(whole.confidence > live.confidence)
    let rate = session.bands.words(syllablesPerSecond: 3.5, seconds: 15)
    #expect(abs(rate.wordsPerMinute - 150) < 0.001)
    #expect(begun().paceEstimate == nil && begun().summary.paceEstimate == nil)
  }
}
