package import Practice

/// One measure as every face of a report knows it: its place in the JSON, its words, its unit.
///
/// Intervals, reasons, columns and comparisons all go through this one table, so that no face can forget a measure.
package struct Figure: Sendable {
  /// Where it stands in the JSON object: `pace.words_per_minute`.
  package let path: String
  /// The column of the CSV table.
  let column: String
  /// What people call it.
  let label: String
  /// Its unit as people write it.
  let unit: String
  /// Decimals for people, and decimals for machines.
  let places: (people: Int, machines: Int)
  /// What people multiply it by: 100 for percentages.
  let factor: Double
  /// What a take is that has more of it than another, and one that has less: "faster", "slower".
  let directions: (more: String, less: String)
  /// Where it is among the measures.
  let measure: @Sendable (Measures) -> Measure

  /// All of them, in the order of the JSON object.
  package static let all: [Figure] = [
    .init("pace.words_per_minute", "words_per_minute", "pace", "words/min", (0, 1), ("faster", "slower")) {
      $0.wordsPerMinute
    },
    .init("pace.speech_rate", "speech_rate", "speech rate", "syllables/s", (1, 2), ("faster", "slower")) {
      $0.speechRate
    },
    .init("pace.articulation_rate", "articulation_rate", "articulation", "syllables/s", (1, 2), ("faster", "slower")) {
      $0.articulationRate
    },
    .init("pace.variation", "pace_variation", "pace variation", "", (2, 3), ("more varied", "steadier")) {
      $0.paceVariation
    },
    .init("pauses.share", "pause_share", "pause share", "%", (0, 3), times: 100, ("more pausing", "less pausing")) {
      $0.pauseShare
    },
    .init("fillers.per_minute", "fillers_per_minute", "fillers", "a minute", (1, 2), ("more", "fewer")) {
      $0.fillersPerMinute
    },
    .init("pitch.median_hz", "pitch_median_hz", "pitch, median", "Hz", (0, 1), ("higher", "lower")) {
      $0.pitchMedianHertz
    },
    .init("pitch.mean_hz", "pitch_mean_hz", "pitch, mean", "Hz", (0, 1), ("higher", "lower")) { $0.pitchMeanHertz },
    .init(
      "pitch.sd_semitones", "pitch_sd_semitones", "pitch variety", "semitones", (1, 2), ("more varied", "more even")
    ) { $0.pitchSpreadSemitones },
    .init("pitch.min_hz", "pitch_min_hz", "pitch, low end", "Hz", (0, 1), ("higher", "lower")) { $0.pitchLowHertz },
    .init("pitch.max_hz", "pitch_max_hz", "pitch, high end", "Hz", (0, 1), ("higher", "lower")) { $0.pitchHighHertz },
    .init("pitch.voiced_share", "voiced_share", "voiced", "%", (0, 3), times: 100, ("more", "less")) { $0.voicedShare },
    .init("loudness.integrated_lufs", "integrated_lufs", "loudness", "LUFS", (1, 2), ("louder", "softer")) {
      $0.integratedLUFS
    },
    .init("loudness.range_lu", "loudness_range_lu", "loudness range", "LU", (1, 2), ("wider", "narrower")) {
      $0.loudnessRange
    },
    .init("loudness.max_momentary_lufs", "max_momentary_lufs", "loudest moment", "LUFS", (1, 2), ("louder", "softer")) {
      $0.maxMomentaryLUFS
    },
    .init("voice.jitter_local", "jitter_local", "jitter", "%", (2, 5), times: 100, ("more", "less")) { $0.jitter },
    .init("voice.shimmer_local", "shimmer_local", "shimmer", "%", (1, 4), times: 100, ("more", "less")) { $0.shimmer },
    .init("voice.hnr_db", "hnr_db", "harmonicity", "dB", (1, 2), ("more", "less")) { $0.harmonicsToNoise },
  ]

  private init(
    _ path: String, _ column: String, _ label: String, _ unit: String, _ places: (people: Int, machines: Int),
    times factor: Double = 1, _ directions: (more: String, less: String),
    measure: @escaping @Sendable (Measures) -> Measure
  ) {
    self.path = path
    self.column = column
    self.label = label
    self.unit = unit
    self.places = places
    self.factor = factor
    self.directions = directions
    self.measure = measure
  }

  /// The unit of a difference between two of it: of two levels in LUFS in LU (EBU R128).
  var differenceUnit: String { unit == "LUFS" ? "LU" : unit }

  /// The figure as people read it, without its unit: a rounding of what machines read, as in the summary of a session.
  func words(_ value: Double) -> String { decimal(value.rounded(places: places.machines) * factor, places.people) }

  /// The figure as the number that people read.
  func shown(_ value: Double) -> Double {
    (value.rounded(places: places.machines) * factor).rounded(places: places.people)
  }

  /// The interval as people read it, `131-165`; nil where there is none.
  func interval(_ estimate: Estimate) -> String? {
    guard let low = estimate.low, let high = estimate.high else { return nil }
    return "\(words(low)) to \(words(high))"
  }
}

/// A recording and its figures, worked out once for all that is written about it.
package struct Finished: Sendable {
  package let analysis: Analysis
  package let measures: Measures

  /// Works out the figures of an analysis that has been closed.
  package init(_ analysis: Analysis) {
    self.analysis = analysis
    measures = Measures(of: analysis)
  }
}
