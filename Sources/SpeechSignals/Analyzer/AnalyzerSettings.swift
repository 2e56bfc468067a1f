/// What a user may change about the analysis.
///
/// Pause and window are matters of definition, not of detection: the literature disagrees about them, so they are
/// settings. Floor and speech level are what a calibration of the same microphone has measured: a place to start from,
/// never one to stay at. Everything else in the analysis is one setting for all voices and rooms.
package struct AnalyzerSettings: Equatable, Sendable {
  /// The shortest silence between speech that counts as a pause, in seconds; 0.05 to 5, other values are moved there.
  ///
  /// 0.25 s follows de Jong & Bosker (2013), "Choosing a threshold for silent pauses to measure second language
  /// fluency".
  package var minimumPauseSeconds = 0.25

  /// The talk time over which the live pace is taken, in seconds; 3 to 120, other values are moved there.
  package var paceWindowSeconds = 15.0

  /// The room's RMS level in dB re full scale, -100 to 0, as `Reading.levelDecibels` counts; nil where unknown.
  package var floorDecibels: Double?

  /// The speaker's usual RMS level while speaking, in dB re full scale, -100 to 0; nil where unknown.
  package var speechDecibels: Double?

  /// How far the voice was measured to lie over the room, in dB; nil without both levels.
  var distanceDecibels: Float? {
    guard let floorDecibels, let speechDecibels, speechDecibels > floorDecibels else { return nil }
    return Float(speechDecibels - floorDecibels)
  }

  /// The settings everyone starts with.
  package init() {}
}
