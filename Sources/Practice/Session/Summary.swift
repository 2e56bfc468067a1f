/// What came of a session: a fold over its events that can be made again at any time.
///
/// A measure that too little speech stands behind is nil: below 10 s of talk there is no pace, below 200 voiced
/// frames no pitch, below half a minute no rate of fillers.
package struct Summary: Equatable, Sendable {
  package var durationSeconds = 0.0
  /// The runs of speech between pauses, added up.
  package var speechSeconds = 0.0
  package var syllables = 0
  /// Words a minute, pauses included, between the first speech and the last.
  package var wordsPerMinute: Double?
  /// What they were counted or estimated from.
  package var paceSource = PaceSource.syllables
  /// Syllables a second of speech, pauses left out.
  package var articulationRate: Double?
  package var pauses = 0
  package var pauseSeconds = 0.0
  package var pauseShare: Double?
  package var longestPauseSeconds = 0.0
  package var longestRunSeconds = 0.0
  package var fillers = 0
  package var fillersPerMinute: Double?
  /// EBU R128 integrated loudness in LUFS.
  package var integratedLUFS: Double?
  package var clippedSamples = 0
  /// The median pitch as reviewed at the end of the take; the geometric mean of one that was not.
  package var pitchHertz: Double?
  package var pitchSpreadSemitones: Double?
  package var voicedFrames = 0
  package var gaps = 0
  package var lostSeconds = 0.0
  package var marks = 0
  package var cues = 0

  /// An empty summary.
  package init() {}

  /// Whether any speech was heard.
  package var heardSpeech: Bool { speechSeconds > 0.2 }
}
