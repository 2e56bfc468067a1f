/// How far a detector is off: what every interval is widened by.
///
/// Relative standard errors between recordings, 1.25 times the mean absolute error of a file, as measured against
/// transcripts and hand labels. An interval says nothing without them: thirty seconds hold enough syllables to know a
/// rate within a few per cent, of a detector that is off by more.
package struct DetectorError: Equatable, Sendable {
  /// Where the truth is lower than the figure, and where it is higher: 0.1 is 10 %.
  package var below, above: Double

  /// An error that is alike on both sides.
  package init(_ even: Double) { (below, above) = (even, even) }

  /// An error with its two sides.
  package init(below: Double, above: Double) { (self.below, self.above) = (below, above) }

  /// Syllables a second, over everything or over speech alone: more are lost in fast and free talk than are invented.
  package static let syllableRate = DetectorError(below: 0.12, above: 0.2)
  /// The share of time spent in pauses.
  package static let pauseShare = DetectorError(0.06)
  /// The median pitch.
  package static let pitch = DetectorError(0.01)
  /// The spread of pitch in semitones.
  package static let pitchSpread = DetectorError(0.08)
  /// Of the filled pauses reported, the share that are some; of those that are there, the share that is found.
  package static let fillerPrecision = 0.65, fillerRecall = 0.6

  /// Syllables that are babble of others, where `share` of the time (0 to 1) is too noisy to tell speech from silence.
  ///
  /// At 10 dB above six talkers that is half of the time, and a sixth to a third of the syllables are theirs.
  package static func syllables(inNoise share: Double) -> Double {
    share.isFinite ? 0.5 * max(0, min(1, share)) : 0
  }

  /// This error where so much of the time is too noisy: it grows on the side where the truth is lower.
  package func inNoise(_ share: Double) -> DetectorError {
    let noise = Self.syllables(inNoise: share)
    return DetectorError(below: (below * below + noise * noise).squareRoot(), above: above)
  }
}
