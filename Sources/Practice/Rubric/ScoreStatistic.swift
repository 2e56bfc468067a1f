import SpeechSignals

/// How a measure is worked out from sums, what it needs, and how far it may be off: a row of `ScoreStatistics`.
struct ScoreStatistic: Sendable {
  /// What chance and the detector do to it.
  enum Doubt: Sendable {
    /// Stretches of the talk are drawn anew; the detector's error is a share of the figure.
    case drawn(@Sendable (ScoreEvidence) -> DetectorError, Detector)
    /// Rare events: Jeffreys' interval for their number, which for fillers holds what is missed and wrongly found.
    case counted(ScoreSums.Key)
    /// The share of time outside a band of pace: drawn anew, and the pace itself may be off.
    case offPace
    /// A clock told it.
    case exact
  }

  /// What errs together: one detector's error is drawn once for all that rests on it.
  enum Detector: Int, CaseIterable, Sendable { case pace, syllables, pauses, pitch, loudness, levels, ends, none }

  let name: MeasureName
  /// Natural bounds of the figure.
  let bounds: ClosedRange<Double>
  let doubt: Doubt
  /// The reason why it is not known; nil where it is.
  let lacks: @Sendable (ScoreEvidence) -> Unknown?
  /// The figure as the session has it, where that is finer than the sums; nil to take it from them.
  let finer: @Sendable (ScoreEvidence) -> Double?
  /// Whether what is finer moves the figure by adding, as with levels, and not by a factor.
  let isShifted: Bool
  let value: @Sendable (ScoreSums) -> Double?

  init(
    _ name: MeasureName, _ bounds: ClosedRange<Double>, _ doubt: Doubt,
    lacks: @escaping @Sendable (ScoreEvidence) -> Unknown?,
    finer: @escaping @Sendable (ScoreEvidence) -> Double? = { _ in nil },
    isShifted: Bool = false, value: @escaping @Sendable (ScoreSums) -> Double?
  ) {
    self.name = name
    self.bounds = bounds
    self.doubt = doubt
    self.lacks = lacks
    self.finer = finer
    self.isShifted = isShifted
    self.value = value
  }
}

enum ScoreStatistics {
  /// Talk from which on events that are rare have a rate, in seconds.
  static let rateSeconds = 30.0
  /// The same for what hardly ever happens, in seconds.
  static let rareSeconds = 60.0
  /// Talk from which on its end can be held against its beginning, in seconds.
  static let fallSeconds = 60.0

  /// The row of a measure; nil for those about the plan, which no sums make.
  static func row(_ name: MeasureName) -> ScoreStatistic? { rows.first { $0.name == name } }

  private static func perMinute(_ sums: ScoreSums, _ key: ScoreSums.Key) -> Double? {
    sums[.seconds] > 0 ? max(0, sums[key]) * 60 / sums[.seconds] : nil
  }

  private static func percent(_ part: Double, of whole: Double) -> Double? {
    whole > 0 ? 100 * min(1, max(0, part) / whole) : nil
  }

  static let rows: [ScoreStatistic] = [
    ScoreStatistic(
      .pace, 0...1e6, .drawn({ $0.paceError }, .pace), lacks: { $0.littleSpeech },
      value: { perMinute($0, .words) }),
    ScoreStatistic(
      .offPace, 0...100, .offPace, lacks: { $0.littleTime(rateSeconds) },
      value: { percent($0[.offPace], of: $0[.paced]) }),
    ScoreStatistic(
      .paceVariation, 0...200, .drawn({ _ in DetectorError(0.2) }, .none),
      lacks: {
        $0.littleSpeech
          ?? ($0.session.tally.paceVariation.coefficient == nil
            ? .fewPhrases($0.session.tally.paceVariation.runs) : nil)
      },
      value: { sums in
        guard sums[.runSeconds] > 0, sums[.runSyllables] > 0 else { return nil }
        let rate = sums[.runSyllables] / sums[.runSeconds]
        return 100 * max(0, sums[.runSquares] / sums[.runSeconds] - rate * rate).squareRoot() / rate
      }),
    ScoreStatistic(
      .articulation, 0...1e6, .drawn({ _ in .syllableRate }, .syllables), lacks: { $0.littleSpeech },
      finer: { Double($0.session.tally.syllables) / $0.session.tally.phonationSeconds },
      value: { $0[.speech] > 0 ? $0[.syllables] / $0[.speech] : nil }),
    ScoreStatistic(
      .pauseShare, 0...100, .drawn({ _ in .pauseShare }, .pauses), lacks: { $0.littleSpeech ?? $0.fewPauses },
      finer: { $0.session.pauseShare.map { 100 * $0 } },
      value: { percent($0[.pause], of: $0[.seconds]) }),
    ScoreStatistic(
      .usefulPauses, 0...1e6, .counted(.usefulPauses), lacks: { $0.littleTime(rateSeconds) },
      value: { perMinute($0, .usefulPauses) }),
    ScoreStatistic(
      .longPauses, 0...1e6, .counted(.longPauses), lacks: { $0.littleTime(rareSeconds) },
      value: { perMinute($0, .longPauses) }),
    ScoreStatistic(
      .breathless, 0...100, .drawn({ _ in .pauseShare }, .pauses), lacks: { $0.littleTime(rateSeconds) },
      value: { percent($0[.breathless], of: $0[.speech]) }),
    ScoreStatistic(
      .fillers, 0...1e6, .counted(.fillers), lacks: { $0.littleTime(rateSeconds) },
      finer: { $0.session.fillersPerMinute },
      value: { perMinute($0, .fillers) }),
    ScoreStatistic(
      .clusters, 0...1e6, .counted(.clusters), lacks: { $0.littleTime(rareSeconds) },
      value: { perMinute($0, .clusters) }),
    ScoreStatistic(
      .restarts, 0...1e6, .counted(.restarts), lacks: { $0.littleTime(rateSeconds) ?? $0.unheard },
      value: { perMinute($0, .restarts) }),
    ScoreStatistic(
      .pitchSpread, 0...48, .drawn({ _ in .pitchSpread }, .pitch), lacks: { $0.littleSpeech ?? $0.littleVoice },
      finer: { $0.session.summary.pitchSpreadSemitones },
      value: { sums in
        guard sums[.voiced] > 1 else { return nil }
        let mean = sums[.pitch] / sums[.voiced]
        return max(0, sums[.pitchSquares] / sums[.voiced] - mean * mean).squareRoot()
      }),
    ScoreStatistic(
      .loudness, -70...0, .drawn({ _ in DetectorError(0) }, .loudness),
      lacks: { $0.littleSpeech ?? ($0.session.tally.integratedLUFS == nil ? .belowGate : nil) },
      finer: { $0.session.tally.integratedLUFS }, isShifted: true,
      value: { $0[.powerSeconds] > 0 && $0[.power] > 0 ? decibels(ofPower: $0[.power] / $0[.powerSeconds]) : nil }),
    ScoreStatistic(
      .levelFall, -60...60, .drawn({ _ in DetectorError(0) }, .levels), lacks: { $0.noFall },
      finer: { $0.session.levelFallDecibels }, isShifted: true,
      value: {
        $0[.firstCount] > 0 && $0[.lastCount] > 0
          ? $0[.firstLevel] / $0[.firstCount] - $0[.lastLevel] / $0[.lastCount] : nil
      }),
    ScoreStatistic(
      .phraseFade, -30...60, .drawn({ _ in DetectorError(0.1) }, .ends), lacks: { $0.littleSpeech ?? $0.fewPhrases },
      value: { $0[.fades] > 0 ? $0[.fade] / $0[.fades] : nil }),
    ScoreStatistic(
      .clipped, 0...100, .drawn({ _ in DetectorError(0) }, .none), lacks: { $0.littleSpeech },
      value: { percent($0[.clipped], of: $0[.seconds]) }),
  ]
}

// MARK: What is lacking

extension ScoreEvidence {
  /// The talk there is, silence counted for as much as speech at most, in seconds.
  private var heardSeconds: Double { min(total[.seconds], 2 * session.tally.phonationSeconds) }

  var littleSpeech: Unknown? {
    talkSeconds == nil || pace == nil ? .littleSpeech(seconds: min(heardSeconds, Unknown.leastSpeechSeconds)) : nil
  }

  func littleTime(_ least: Double) -> Unknown? {
    littleSpeech ?? (talkSeconds ?? 0 < least ? .littleTime(seconds: talkSeconds ?? 0, least: least) : nil)
  }

  var fewPauses: Unknown? { session.pauses.count < Unknown.leastPauses ? .fewPauses(session.pauses.count) : nil }

  var littleVoice: Unknown? {
    session.voicedFrames < Unknown.leastVoicedFrames ? .fewVoicedFrames(session.voicedFrames) : nil
  }

  var fewPhrases: Unknown? {
    Int(total[.fades]) < Unknown.leastPhrases ? .fewPhrases(Int(total[.fades])) : nil
  }

  /// Words said twice are known only where they were heard well: with a script, or by an endpoint.
  var unheard: Unknown? {
    switch session.words.last?.source {
    case nil: .noWords
    case .stock: .unsureWords
    case .script, .endpoint: nil
    }
  }

  var noFall: Unknown? {
    if let little = littleTime(ScoreStatistics.fallSeconds) { return little }
    if session.gaps.contains(where: { $0.gap.cause == "changed" }) { return .changedMicrophone }
    return session.levelFallDecibels == nil
      ? .littleTime(seconds: total[.firstCount] * 3, least: ScoreStatistics.fallSeconds) : nil
  }
}

extension Session {
  /// How much softer the last third of the speech is than the first, in decibels, by the medians of their seconds; below
  /// 0 where it is louder, nil below a minute of talk, half of it speech.
  package var levelFallDecibels: Double? {
    guard let talk = talkSeconds, talk >= ScoreStatistics.fallSeconds else { return nil }
    guard gaps.allSatisfy({ $0.gap.cause != "changed" }) else { return nil }
    let spoken = rollups.filter { $0.speechSeconds > 0.2 }.compactMap(\.speechLevelDecibels)
    let third = spoken.count / 3
    guard third >= 10 else { return nil }
    func median(_ part: some Collection<Double>) -> Double { part.sorted()[part.count / 2] }
    return median(spoken.prefix(third)) - median(spoken.suffix(third))
  }
}
