import Testing

@testable import Practice

@Suite struct WordsEstimateTests {
  /// Seconds of talk, the ends of the band over the estimate, confidence.
  @Test(arguments: [
    (5.0, 0.70...1.50, 0.46), (10, 0.75...1.42, 0.54), (30, 0.80...1.36, 0.62), (60, 0.81...1.34, 0.65),
    (600, 0.82...1.33, 0.68),
  ])
  func `more talk is more trust`(seconds: Double, factors: ClosedRange<Double>, confidence: Double) {
    let estimate = WordsEstimate(wordsPerMinute: 150, seconds: seconds)
    #expect(estimate.wordsPerMinute == 150)
    #expect(abs(estimate.band.lowerBound / 150 - factors.lowerBound) < 0.01, "\(estimate.band.lowerBound / 150)")
    #expect(abs(estimate.band.upperBound / 150 - factors.upperBound) < 0.01, "\(estimate.band.upperBound / 150)")
    #expect(abs(estimate.confidence - confidence) < 0.02, "\(estimate.confidence)")
  }

  /// What it was taken from, and the ends of the band over the estimate after half a minute.
  @Test(arguments: [
    (PaceSource.words, 0.92...1.14), (.both, 0.88...1.19), (.syllables, 0.80...1.36),
  ])
  func `counted words are trusted more`(source: PaceSource, factors: ClosedRange<Double>) {
    let estimate = WordsEstimate(wordsPerMinute: 150, seconds: 30, source: source)
    #expect(abs(estimate.band.lowerBound / 150 - factors.lowerBound) < 0.01, "\(estimate.band.lowerBound / 150)")
    #expect(abs(estimate.band.upperBound / 150 - factors.upperBound) < 0.01, "\(estimate.band.upperBound / 150)")
  }

  /// Words a minute by words and by syllables, and what they make together.
  @Test(arguments: [(120.0, 120.0, 120.0), (100, 125, 119.55), (125, 100, 119.55)])
  func `words of the general model and syllables are joined nearer to the larger`(
    words: Double, syllables: Double, joined: Double
  ) throws {
    let pace = try #require(Session.pace((words, 0.6, .stock), syllables: syllables))
    #expect(abs(pace.pace - joined) < 0.1, "\(pace.pace)")
    #expect(pace.source == .both)
  }

  /// What babble adds is too much, never too little.
  @Test func `noise lowers the lower end alone`() {
    let quiet = WordsEstimate(wordsPerMinute: 150, seconds: 30)
    let noisy = WordsEstimate(wordsPerMinute: 150, seconds: 30, noisyShare: 0.6)
    #expect(noisy.band.lowerBound < 0.9 * quiet.band.lowerBound)
    #expect(noisy.band.upperBound == quiet.band.upperBound)
    #expect(noisy.confidence < quiet.confidence)
  }

  @Test(arguments: [-3, 0, .nan, .infinity, -.infinity, 1e300]) func `senseless numbers do no harm`(value: Double) {
    for estimate in [
      WordsEstimate(wordsPerMinute: value, seconds: 20), WordsEstimate(wordsPerMinute: 140, seconds: value),
      WordsEstimate(wordsPerMinute: 140, seconds: 20, noisyShare: value),
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
