import Testing

@testable import Practice
@testable import SpeechSignals

@Suite struct EstimateTests {
  /// Percentiles of chi-squared with 2·shape degrees of freedom, halved, from the tables.
  @Test(arguments: [
    (0.5, 0.1, 0.00790), (0.5, 0.9, 1.35277), (1.5, 0.1, 0.29219), (3.5, 0.9, 6.00852), (10.5, 0.1, 6.61979),
    (10.5, 0.9, 14.80754),
  ])
  func `gamma percentiles are those of the tables`(shape: Double, share: Double, expected: Double) {
    #expect(abs(Chance.gammaQuantile(share, shape: shape) - expected) < 0.0002)
  }

  @Test(arguments: [0, 1, 3, 40, 400]) func `a rate of rare events lies in its interval`(count: Int) throws {
    let range = try #require(Chance.rate(count: count, exposure: 2))
    #expect(range.upperBound > Double(count) / 2)
    #expect(count == 0 || range.lowerBound < Double(count) / 2)
    #expect(range.lowerBound > 0 && Chance.rate(count: count, exposure: 0) == nil)
  }

  @Test func `the detector's error widens an interval in quadrature`() throws {
    let error = DetectorError(below: 0.04 / Estimate.deviations, above: 0.03 / Estimate.deviations)
    let estimate = Estimate(100, sampling: 97...104, error: error)
    #expect(abs(try #require(estimate.low) - 95) < 1e-9)
    #expect(abs(try #require(estimate.high) - 105) < 1e-9)
    #expect(error.inNoise(0) == error && error.inNoise(.nan) == error)
    #expect(error.inNoise(0.5).below > 0.25 && error.inNoise(0.5).above == error.above)
    #expect(Estimate(5, low: 6, high: 4) == Estimate(5, low: 5, high: 5))
  }

  @Test func `what never changes has no sampling error, and what changes has some`() throws {
    let even = BlockBootstrap((0..<30).map { _ in SecondSums(syllables: 4) })
    let rate = { (sums: SecondSums) in sums.syllables / sums.seconds }
    #expect(even.interval(of: rate) == 4...4)
    let uneven = (0..<60).map { SecondSums(syllables: $0 % 20 < 10 ? 2 : 6) }
    let interval = try #require(BlockBootstrap(uneven).interval(of: rate))
    #expect(interval.lowerBound < 3.9 && interval.upperBound > 4.1)
    #expect(BlockBootstrap(uneven).interval(of: rate) == interval)
    #expect(BlockBootstrap([]).interval(of: rate) == nil)
  }

  /// Four truths in five should lie inside: sequences whose neighbours are alike, as seconds of speech are.
  @Test func `the bootstrap covers about as often as it says`() {
    var state: UInt64 = 7
    func noise() -> Double {
      (0..<12).reduce(-6) { sum, _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1
        return sum + Double(state >> 11) / Double(1 << 53)
      }
    }
    var covered = 0
    for _ in 0..<200 {
      var value = noise()
      let seconds = (0..<120).map { _ -> SecondSums in
        value = 0.5 * value + noise()
        return SecondSums(syllables: 4 + value)
      }
      let interval = BlockBootstrap(seconds).interval { $0.syllables / $0.seconds }
      if interval?.contains(4) == true { covered += 1 }
    }
    #expect((130...175).contains(covered))
  }

  /// A talk of so many seconds in runs of 4 s with 1 s between, 4 syllables a second of speech.
  private func talk(_ length: Double, voiced: Int = 60) -> Analysis {
    var analysis = Analysis(of: Recording(name: "a.wav", rate: 16_000, channels: 1))
    analysis.recording.seconds = length
    var results = Results()
    for start in stride(from: 0.0, to: length, by: 5) {
      if start > 0 { results.found.append(Found(at: start, finding: .pause(Pause(start: start - 1, end: start)))) }
      for offset in 0..<5 {
        var second = SecondSummary(start: start + Double(offset), end: start + Double(offset) + 1)
        if offset < 4 {
          (second.speechSeconds, second.syllables, second.voicedFrames) = (1, 4, voiced)
          (second.pitchHertz, second.pitchSpreadSemitones) = (120, 2)
        }
        results.found.append(Found(at: second.end, finding: .second(second)))
      }
      results.found.append(Found(at: start + 4, finding: .phrase(Phrase(start: start, end: start + 4, syllables: 16))))
    }
    results.found.sort { $0.at < $1.at }
    analysis.add(results)
    let statistics = PitchStatistics(
      medianHertz: 119, meanHertz: 120, spreadSemitones: 2, lowHertz: 100, highHertz: 150, rangeSemitones: 7,
      voicedFrames: voiced, voicedShare: 0.6)
    analysis.close(
      pitch: voiced < PitchStatistics.leastFrames / 8 ? nil : statistics, voice: nil, rangeUnits: nil,
      maxMomentaryLUFS: nil)
    return analysis
  }

  @Test func `a measure has its figure or its reason, never both and never neither`() {
    let short = Measures(of: talk(5, voiced: 10))
    #expect(short.wordsPerMinute == .failure(.littleSpeech(seconds: 5)))
    #expect(short.wordsPerMinute.reason == "less than 10 s of talk: 5.0 s")
    #expect(short.pitchSpreadSemitones.reason == "fewer than 200 voiced frames: 40")
    #expect(Measures(of: talk(15)).pauseShare == .failure(.fewPauses(2)))
    #expect(short.integratedLUFS.reason == "all of it is quieter than -70 LUFS")
    #expect(short.jitter.value == nil && short.jitter.reason != nil)
    #expect(Measures(of: talk(14)).paceVariation.reason == "fewer than 4 runs of a second and more: 3")
    #expect(Measures(of: talk(2)).loudnessRange.reason == "less than 3 s of sound: 2.0 s")
    #expect(Measures(of: talk(0.2)).integratedLUFS.reason == "less than 0.4 s of sound: 0.20 s")
    let empty = Measures(of: Analysis(of: Recording(name: "a", rate: 8_000, channels: 1)))
    #expect(empty.articulationRate == .failure(.littleSpeech(seconds: 0)))
  }

  @Test func `a talk too long to be kept whole has the rates of its kept part`() throws {
    let long = talk(Double(Session.entryLimit) + 10_000)
    #expect(long.cutSeconds == Double(Session.entryLimit))
    #expect(abs(try #require(Measures(of: long).articulationRate.value) - 4) < 0.001)
    #expect(abs(try #require(Measures(of: long).pauseShare.value) - 0.2) < 0.001)
    #expect(talk(60).cutSeconds == nil)
  }

  @Test func `figures of an even talk are what was put in`() throws {
    let measures = Measures(of: talk(60))
    #expect(measures.articulationRate.value == 4)
    #expect(abs(try #require(measures.speechRate.value) - 48 * 4 / 60.0) < 1e-9)
    #expect(abs(try #require(measures.pauseShare.value) - 11 / 60.0) < 1e-9)
    #expect(abs(try #require(measures.pitchSpreadSemitones.value) - 2) < 0.01)
    #expect(abs(try #require(measures.pitchMeanHertz.value) - 120) < 0.01)
    #expect(
      measures.fillersPerMinute.estimate
        == measures.fillersPerMinute.estimate.map { Estimate(0, low: 0, high: $0.high) })
    let pace = try #require(measures.wordsPerMinute.estimate)
    let (low, high) = (try #require(pace.low), try #require(pace.high))
    #expect(low < pace.value * 0.9 && high > pace.value * 1.1 && low > 0)
  }
}
