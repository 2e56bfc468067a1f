/// How far the detectors themselves are off: what every interval is widened by.
///
/// Relative standard errors between recordings, 1.25 times the mean absolute error of a file, as measured against
/// transcripts and hand labels. An interval says nothing without them: thirty seconds hold enough syllables to know a
/// rate within a few per cent, of a detector that is off by more.
package enum DetectorError {
  /// Syllables a second, over everything or over speech alone.
  package static let syllableRate = 0.15
  /// The share of time spent in pauses.
  package static let pauseShare = 0.06
  /// The median pitch.
  package static let pitch = 0.01
  /// The spread of pitch in semitones.
  package static let pitchSpread = 0.08
  /// Of the filled pauses reported, the share that are some; of those that are there, the share that is found.
  package static let fillerPrecision = 0.65, fillerRecall = 0.6
}
