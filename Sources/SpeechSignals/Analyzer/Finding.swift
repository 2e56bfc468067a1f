/// Something the analysis is sure of, and will not take back.
///
/// Times are seconds of audio time, always a whole number of 10 ms frames. Each finding comes at most 0.35 s after
/// what completes it.
package enum Finding: Equatable, Sendable {
  /// A run of speech ended.
  case phrase(Phrase)
  /// A silence between speech ended.
  ///
  /// One that begins where the pause before ended goes on with it: what had ended that turned out to be laughter.
  case pause(Pause)
  /// An "um", "uh" or "hmm", by its sound alone.
  case filledPause(FilledPause)
  /// A syllable nucleus peaked.
  case syllable(at: Double)
  /// A second of audio time is complete.
  case second(SecondSummary)
}

/// A finding and when it was made.
package struct Found: Equatable, Sendable {
  /// The audio time of the decision in seconds; it never decreases from one finding to the next.
  package var at: Double
  /// What was found.
  package var finding: Finding

  /// A finding made at an audio time in seconds.
  package init(at: Double, finding: Finding) {
    self.at = at
    self.finding = finding
  }
}

/// A run of speech between two pauses.
package struct Phrase: Equatable, Sendable {
  /// Where speech began, in seconds.
  package var start: Double
  /// Where speech ended, in seconds.
  package var end: Double
  /// The syllable nuclei inside.
  package var syllables: Int
  /// How far the nuclei of its last half second lie under those of all of it, in dB; nil where it is too short, or ran
  /// into laughter.
  package var endDropDecibels: Double?

  /// A run of speech from `start` to `end` seconds.
  package init(start: Double, end: Double, syllables: Int, endDropDecibels: Double? = nil) {
    self.start = start
    self.end = end
    self.syllables = syllables
    self.endDropDecibels = endDropDecibels
  }
}

/// A silence between two runs of speech, no shorter than the settings ask.
package struct Pause: Equatable, Sendable {
  /// Where speech ended, in seconds.
  package var start: Double
  /// Where speech resumed, in seconds.
  package var end: Double

  /// A silence from `start` to `end` seconds.
  package init(start: Double, end: Double) {
    self.start = start
    self.end = end
  }
}

/// A candidate filled pause, with the figures it was judged by.
package struct FilledPause: Equatable, Sendable {
  /// Where the voice began to hold, in seconds, as far as no silence was told there.
  package var start: Double
  /// Where it let go, in seconds, as far as no silence was told there.
  package var end: Double
  /// The probability that it is one, 0 to 1.
  package var confidence: Double
  /// "um" with a nasal tail, "uh" without, "hmm" if nasal throughout.
  package var label: String
  /// How long the held voice lasted, in seconds.
  package var durationSeconds: Double
  /// The slope of the pitch over the held voice, in semitones a second.
  package var pitchSlopeSemitones: Double
  /// How little the spectrum moved, 0 (as in running speech) to 1 (frozen).
  package var stillness: Double
  /// The figures it was judged by; nil where it was not judged by sound.
  package var evidence: FilledPauseEvidence?

  /// A filled pause from `start` to `end` seconds.
  package init(
    start: Double, end: Double, confidence: Double, label: String, durationSeconds: Double,
    pitchSlopeSemitones: Double, stillness: Double, evidence: FilledPauseEvidence? = nil
  ) {
    self.start = start
    self.end = end
    self.confidence = confidence
    self.label = label
    self.durationSeconds = durationSeconds
    self.pitchSlopeSemitones = pitchSlopeSemitones
    self.stillness = stillness
    self.evidence = evidence
  }
}
