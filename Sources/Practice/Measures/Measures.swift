import SpeechSignals

/// The figures of an analysis, each with its interval or with the reason why there is none.
package struct Measures: Equatable, Sendable {
  /// Words a minute of talk, pauses included, counted where words were recognised, else estimated from syllables.
  package var wordsPerMinute: Measure
  /// What they were taken from.
  package var paceSource: PaceSource
  /// The chance that words a minute are within a fifth of the truth, 0 to 1; nil where they are not known.
  package var wordsConfidence: Double?
  /// Syllables a second of talk, pauses included.
  package var speechRate: Measure
  /// Syllables a second of speech, pauses left out.
  package var articulationRate: Measure
  /// Coefficient of variation of the articulation rate.
  package var paceVariation: Measure
  /// Share of the talk that is pauses, 0 to 1.
  package var pauseShare: Measure
  /// Filled pauses a minute of talk.
  package var fillersPerMinute: Measure
  package var pitchMedianHertz: Measure
  package var pitchMeanHertz: Measure
  package var pitchSpreadSemitones: Measure
  package var pitchLowHertz: Measure
  package var pitchHighHertz: Measure
  package var voicedShare: Measure
  package var integratedLUFS: Measure
  package var loudnessRange: Measure
  package var maxMomentaryLUFS: Measure
  package var jitter: Measure
  package var shimmer: Measure
  package var harmonicsToNoise: Measure

  /// The longest run of speech without a pause, in seconds.
  package var longestRunSeconds: Double
  /// What rates are divided by, in seconds: the talk, from a second before the first speech to a second after the last.
  package var talkSeconds: Double

  /// What a momentary and a short-term loudness are measured over, in seconds (EBU Tech 3341).
  private static let (momentarySeconds, shortTermSeconds) = (0.4, 3.0)

  /// Works them all out.
  package init(of analysis: Analysis) {
    let sums = SpokenSeconds(analysis.session)
    let bootstrap = BlockBootstrap(sums.seconds)
    let pitch = analysis.pitch
    let voice = analysis.voice
    let heard = min(sums.total.seconds, 2 * analysis.speechSeconds)
    let speech: Unknown? = heard < Unknown.leastSpeechSeconds ? .littleSpeech(seconds: heard) : nil
    // A tone is voiced and is no voice.
    let frames = analysis.heardSpeech ? analysis.session.voicedFrames : 0
    let voiced: Unknown? = frames < Unknown.leastVoicedFrames ? .fewVoicedFrames(frames) : nil
    let pauses: Unknown? =
      analysis.session.pauses.count < Unknown.leastPauses ? .fewPauses(analysis.session.pauses.count) : nil

    let noise = analysis.tooNoisyShare ?? 0
    func rate(_ statistic: (SecondSums) -> Double?) -> Measure {
      Self.measure(unless: speech, sums.total, bootstrap, .syllableRate.inNoise(noise), statistic)
    }
    speechRate = rate { $0.seconds > 0 ? $0.syllables / $0.seconds : nil }
    articulationRate = rate { $0.speech > 0 ? $0.syllables / $0.speech : nil }
    let words = speech == nil ? Self.words(sums.total, analysis.session, noisyShare: noise) : nil
    paceSource = words == nil ? .syllables : analysis.session.wholePace?.source ?? .syllables
    wordsPerMinute =
      words.map { .success(Estimate($0.wordsPerMinute, low: $0.band.lowerBound, high: $0.band.upperBound)) }
      ?? .failure(speech ?? .notMeasured)
    wordsConfidence = words?.confidence
    paceVariation = .plain(
      speech == nil ? analysis.pace.variation : nil,
      otherwise: speech ?? .fewLongRuns(analysis.session.tally.paceVariation.runs))
    pauseShare = Self.measure(unless: speech ?? pauses, sums.total, bootstrap, .pauseShare) {
      $0.seconds > 0 ? $0.pause / $0.seconds : nil
    }.map { $0.held(within: 0...1) }
    let fillers = Self.fillersPerMinute(count: analysis.session.fillers.count, seconds: sums.total.seconds)
    fillersPerMinute = speech.map { .failure($0) } ?? fillers.map { .success($0) } ?? .failure(.notMeasured)

    func plain(_ value: Double?) -> Measure { .plain(voiced == nil ? value : nil, otherwise: voiced ?? .notMeasured) }
    pitchSpreadSemitones = Self.measure(unless: voiced, sums.total, bootstrap, .pitchSpread, Self.spread)
    if let value = pitch.spreadSemitones { pitchSpreadSemitones = Self.moved(pitchSpreadSemitones, to: value) }
    let middle = Self.measure(unless: voiced, sums.total, bootstrap, .pitch) {
      $0.voiced > 0 ? 100 * exp2(of: $0.pitch / $0.voiced / 12) : nil
    }
    pitchMedianHertz = pitch.medianHertz.map { Self.moved(middle, to: $0) } ?? plain(nil)
    pitchMeanHertz = pitch.meanHertz.map { Self.moved(middle, to: $0) } ?? plain(nil)
    (pitchLowHertz, pitchHighHertz) = (plain(pitch.lowHertz), plain(pitch.highHertz))
    voicedShare = plain(pitch.voicedShare)
    (jitter, shimmer) = (plain(voice.jitter), plain(voice.shimmer))
    harmonicsToNoise = plain(voice.harmonicsToNoiseDecibels)
    func loudness(_ value: Double?, over least: Double) -> Measure {
      let seconds = analysis.recording.seconds
      return .plain(value, otherwise: seconds < least ? .littleSound(seconds: seconds, least: least) : .belowGate)
    }
    integratedLUFS = loudness(analysis.loudness.integratedLUFS, over: Self.momentarySeconds)
    loudnessRange = loudness(analysis.loudness.rangeUnits, over: Self.shortTermSeconds)
    maxMomentaryLUFS = loudness(analysis.loudness.maxMomentaryLUFS, over: Self.momentarySeconds)
    longestRunSeconds = analysis.session.tally.longestRunSeconds
    talkSeconds = sums.total.seconds
  }

  /// Words a minute with the trust of `WordsEstimate`: as the session has them where it heard words.
  private static func words(_ total: SecondSums, _ session: Session, noisyShare: Double) -> WordsEstimate? {
    guard total.seconds > 0 else { return nil }
    if let (pace, source) = session.wholePace, source != .syllables {
      return WordsEstimate(wordsPerMinute: pace, seconds: total.seconds, noisyShare: noisyShare, source: source)
    }
    return session.bands.words(
      syllablesPerSecond: total.syllables / total.seconds, seconds: total.seconds, noisyShare: noisyShare)
  }

  private static func measure(
    unless reason: Unknown?, _ total: SecondSums, _ bootstrap: BlockBootstrap<SecondSums>, _ error: DetectorError,
    _ statistic: (SecondSums) -> Double?
  ) -> Measure {
    if let reason { return .failure(reason) }
    guard let value = statistic(total), value.isFinite else { return .failure(.notMeasured) }
    let sampling = bootstrap.interval(of: statistic) ?? value...value
    return .success(Estimate(value, sampling: sampling, error: error))
  }

  /// The same interval, in proportion, around a figure that was worked out more finely.
  private static func moved(_ measure: Measure, to value: Double) -> Measure {
    measure.map { $0.value > 0 ? $0.scaled(by: value / $0.value) : Estimate(value) }
  }

  private static func spread(_ sums: SecondSums) -> Double? {
    guard sums.voiced > 1 else { return nil }
    let mean = sums.pitch / sums.voiced
    return max(0, sums.pitchSquares / sums.voiced - mean * mean).squareRoot()
  }

  /// Filled pauses a minute, of which `count` were found in `seconds`: Jeffreys' interval for the count, stretched below by
  /// what is reported wrongly and above by what is missed, both as factors, in quadrature of their logarithms; those that a
  /// person `confirmed` are not reported wrongly. Nil without any time.
  package static func fillersPerMinute(count: Int, confirmed: Int = 0, seconds: Double) -> Estimate? {
    guard let chance = Chance.rate(count: count, exposure: seconds / 60) else { return nil }
    let middle = (Double(count) + 0.5) * 60 / seconds
    let sure = count > 0 ? Double(min(max(confirmed, 0), count)) / Double(count) : 0
    let precision = sure + (1 - sure) * DetectorError.fillerPrecision
    func stretched(_ end: Double, _ share: Double) -> Double {
      let (sampling, detector) = (log2(of: max(end, 1e-9) / middle), log2(of: 1 / max(share, 0.01)))
      return exp2(of: (sampling * sampling + detector * detector).squareRoot())
    }
    return Estimate(
      Double(count) * 60 / seconds, low: middle / stretched(chance.lowerBound, precision),
      high: middle * stretched(chance.upperBound, DetectorError.fillerRecall))
  }
}

/// The seconds of the talk in a session, as sums to be drawn from.
struct SpokenSeconds: Equatable {
  private(set) var seconds: [SecondSums] = []
  private(set) var total = SecondSums.zero
  /// The second of audio time that `seconds` begins with.
  private(set) var base = 0

  /// Cuts the first and the last second to what lies inside the talk, and spreads runs and pauses over them.
  ///
  /// Of a recording too long for all its roll-ups to be kept, the part that has them is looked at.
  init(_ session: Session) {
    guard let bounds = session.talkBounds, let kept = session.rollups.last?.end else { return }
    let (first, last) = (bounds.lowerBound, min(bounds.upperBound, kept))
    guard last > first else { return }
    base = Int(first)
    let count = Int(last.rounded(.up)) - base
    seconds = (base..<base + count).map { second in
      let start = max(first, Double(second))
      return SecondSums(seconds: max(0, min(last, Double(second + 1)) - start))
    }
    for phrase in session.phrases { add(phrase.start, phrase.end, base, \.speech) }
    for pause in session.pauses { add(pause.start, pause.end, base, \.pause) }
    for rollup in session.rollups {
      let index = Int(rollup.start) - base
      guard seconds.indices.contains(index) else { continue }
      seconds[index].syllables += Double(rollup.syllables)
      guard let pitch = rollup.pitchHertz, pitch > 0, rollup.voicedFrames > 0 else { continue }
      let (voiced, semitones) = (Double(rollup.voicedFrames), 12 * log2(of: pitch / 100))
      let inside = rollup.pitchSpreadSemitones * rollup.pitchSpreadSemitones
      seconds[index].voiced += voiced
      seconds[index].pitch += voiced * semitones
      seconds[index].pitchSquares += voiced * (semitones * semitones + inside)
    }
    for second in seconds { total += second }
  }

  private mutating func add(_ start: Double, _ end: Double, _ base: Int, _ key: WritableKeyPath<SecondSums, Double>) {
    var from = start
    while from < end {
      let index = Int(from) - base
      let until = min(end, Double(Int(from) + 1))
      guard seconds.indices.contains(index), until > from else { return }
      seconds[index][keyPath: key] += until - from
      from = until
    }
  }
}
