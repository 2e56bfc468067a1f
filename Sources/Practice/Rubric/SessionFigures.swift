import SpeechSignals

/// The figures of a session that are kept for lists and trends: one table, by name.
///
/// An interval holds the truth four times in five, that of a score 19 times in 20. A figure that is not known is left
/// out, never zero.
package enum SessionFigures {
  /// A figure of one session.
  package struct Value: Equatable, Sendable {
    /// As in the table, or `score.<rubric>.<criterion>`.
    package var name: String
    package var value: Double
    package var low: Double?
    package var high: Double?

    /// Makes a figure.
    package init(_ name: String, _ value: Double, low: Double? = nil, high: Double? = nil) {
      self.name = name
      self.value = value
      self.low = low
      self.high = high
    }
  }

  /// A row of the table.
  package struct Row: Sendable {
    package let name: String
    /// What people call it: `pace`.
    package let label: String
    /// As it is said behind a number: `words a minute`.
    package let unit: String
    package let better: Better
    /// Decimals that are shown.
    package let places: Int
    let read: @Sendable (FigureSource) -> Estimate?

    init(
      _ name: String, _ label: String, _ unit: String, _ better: Better, places: Int = 0,
      _ read: @escaping @Sendable (FigureSource) -> Estimate?
    ) {
      self.name = name
      self.label = label
      self.unit = unit
      self.better = better
      self.places = places
      self.read = read
    }
  }

  /// The table, in the order in which figures are told.
  package static let rows: [Row] = [
    Row("duration", "length", "seconds", .neither) { Estimate($0.summary.durationSeconds) },
    Row("talk-seconds", "talk, pauses included", "seconds", .neither) { $0.session.talkSeconds.map { Estimate($0) } },
    Row("speech-seconds", "speech without its pauses", "seconds", .neither) { $0.heard($0.summary.speechSeconds) },
    Row("pace", "pace", "words a minute", .neither) { $0.pace },
    Row("articulation", "articulation rate", "syllables a second", .neither, places: 1) {
      $0.summary.articulationRate.map { Estimate($0, sampling: $0...$0, error: .syllableRate) }
    },
    Row("pace-variation", "pace variety", "percent", .neither) { source in
      source.summary.articulationRate == nil
        ? nil : source.session.tally.paceVariation.coefficient.map { Estimate(100 * $0) }
    },
    Row("pauses", "pauses", "pauses", .neither) { $0.heard(Double($0.summary.pauses)) },
    Row("pause-share", "time in pauses", "percent", .neither) {
      $0.summary.pauseShare.map {
        Estimate(100 * $0, sampling: 100 * $0...100 * $0, error: .pauseShare).held(within: 0...100)
      }
    },
    Row("useful-pauses", "pauses a listener can use", "a minute", .more, places: 1) { $0.rate($0.usefulPauses) },
    Row("longest-pause", "longest pause", "seconds", .neither, places: 1) {
      $0.summary.pauses > 0 ? Estimate($0.summary.longestPauseSeconds) : nil
    },
    Row("longest-run", "longest speech without a pause", "seconds", .less) { $0.heard($0.summary.longestRunSeconds) },
    Row("fillers", "fillers", "fillers", .less) { $0.heard(Double($0.summary.fillers)) },
    Row("fillers-per-minute", "fillers a minute", "a minute", .less, places: 1) { $0.fillers },
    Row("clusters", "bursts of fillers", "bursts", .less) {
      $0.heard(Double(Cluster.apart($0.session.clusters).count))
    },
    Row("restarts", "words said twice", "words", .less) {
      $0.hearsWords ? Estimate(Double($0.session.restarts.count)) : nil
    },
    Row("pitch", "pitch", "hertz", .neither) {
      $0.summary.pitchHertz.map { Estimate($0, sampling: $0...$0, error: .pitch) }
    },
    Row("pitch-spread", "pitch variety", "semitones", .more, places: 1) {
      $0.summary.pitchSpreadSemitones.map { Estimate($0, sampling: $0...$0, error: .pitchSpread) }
    },
    Row("loudness", "loudness at the microphone", "LUFS", .neither) { $0.summary.integratedLUFS.map { Estimate($0) } },
    Row("level-fall", "fall of the voice to the end", "decibels", .less, places: 1) {
      $0.session.levelFallDecibels.map { Estimate($0) }
    },
    Row("phrase-fade", "fading ends", "decibels", .less, places: 1) { $0.phraseFade.map { Estimate($0) } },
    Row("clipped", "seconds too loud for the microphone", "seconds", .less) {
      $0.heard(Double($0.session.rollups.count { $0.clippedSamples > 0 }))
    },
    Row("off-plan", "off the planned length", "percent", .less) {
      PlanEvidence($0.session, sections: false).length.estimate
    },
    Row("script-coverage", "words of the script that were heard", "percent", .neither) { $0.scriptCoverage },
    Row("awareness-gap", "fillers guessed less those counted", "fillers", .neither) { source in
      source.session.guess.map { Estimate(Double($0.fillers - source.session.fillers.count)) }
    },
  ]

  /// What the name of a score begins with.
  static let scorePrefix = "score."

  /// The name of the figure that a score is kept as.
  package static func score(_ rubric: String, _ criterion: String = Rubric.overall) -> String {
    scorePrefix + rubric + "." + criterion
  }

  /// The figures of `session` that are known, in the order of the table, then the scores of the latest version of each
  /// rubric that it has a card of.
  package static func of(_ session: Session) -> [Value] {
    let source = FigureSource(session)
    let measured = rows.compactMap { row in
      row.read(source).flatMap { $0.value.isFinite ? Value(row.name, $0.value, low: $0.low, high: $0.high) : nil }
    }
    var latest: [String: ScoreCard] = [:]
    for card in session.scoreCards where card.version >= latest[card.rubric]?.version ?? 0 {
      latest[card.rubric] = card
    }
    let scores = latest.values.sorted { $0.rubric < $1.rubric }.flatMap { card in
      card.entries.compactMap { entry in
        entry.value.map { Value(score(card.rubric, entry.criterion), $0, low: entry.low, high: entry.high) }
      }
    }
    return measured + scores
  }
}

/// A session while its figures are read: what several of them need, worked out once.
struct FigureSource {
  let session: Session
  let summary: Summary

  init(_ session: Session) {
    self.session = session
    summary = session.summary
  }

  /// A figure that is known as soon as anybody spoke.
  func heard(_ value: Double) -> Estimate? { summary.heardSpeech ? Estimate(value) : nil }

  /// Events a minute of talk; nil below half a minute.
  func rate(_ count: Int) -> Estimate? {
    guard let talk = session.talkSeconds, talk >= ScoreStatistics.rateSeconds else { return nil }
    let range = Chance.rate(count: count, exposure: talk / 60)
    return Estimate(Double(count) * 60 / talk, low: range?.lowerBound, high: range?.upperBound)
  }

  var pace: Estimate? {
    guard let value = summary.wordsPerMinute else { return nil }
    let band = summary.paceEstimate?.band
    return Estimate(value, low: band?.lowerBound, high: band?.upperBound)
  }

  var fillers: Estimate? {
    guard let rate = summary.fillersPerMinute, let talk = session.talkSeconds else { return nil }
    let estimate = Measures.fillersPerMinute(
      count: summary.fillers, confirmed: session.fillers.count { $0.isConfirmed }, seconds: talk)
    return Estimate(rate, low: estimate?.low, high: estimate?.high)
  }

  var usefulPauses: Int { session.pauses.count { Pause.useful.contains($0.length) } }

  /// Words said twice are known only where words were heard well.
  var hearsWords: Bool { session.words.last.map { $0.source != .stock } ?? false }

  /// How far runs of speech fade towards their ends, in dB on average; nil below five of them.
  var phraseFade: Double? {
    let drops = session.phrases.compactMap(\.endDropDecibels)
    return drops.count >= Unknown.leastPhrases ? drops.reduce(0, +) / Double(drops.count) : nil
  }

  var scriptCoverage: Estimate? {
    guard !session.words.isEmpty, let prompter = session.prompter else { return nil }
    return ScriptReview(of: prompter).coverage.map { Estimate(100 * $0) }
  }
}
