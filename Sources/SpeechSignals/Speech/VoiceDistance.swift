/// How far the voice stands out of the background at its peaks, in dB.
///
/// It fades while the voice goes on. When the background has risen since it was measured, by more than a floor of
/// minima wavers in speech, the voice has lost as much of its distance: else what was measured in a moment of quiet, as
/// before a microphone opens, would hide all the softer voice that follows, and never fade.
struct VoiceDistance {
  /// By how much the background may rise and still be the same, in dB; twice as much is another one.
  private static let wavering: Float = 7
  /// How fast the distance fades, in dB a frame of voice.
  private static let fading: Float = 0.02
  /// How much of a distance measured before is expected again, and at most, in dB: rooms and voices change.
  private static let expectedShare: Float = 0.6, mostExpected: Float = 20

  /// In dB over the background as it is now.
  private(set) var decibels: Float = 0
  /// What was measured, and the mean level of the background's bands then.
  private var measured: Float = 0, background = Float.infinity

  /// A distance of which a part is expected from the first frame on, where it is known from before, in dB.
  init(before distance: Float?) {
    if let distance, distance.isFinite { measured = max(0, min(Self.mostExpected, Self.expectedShare * distance)) }
    decibels = measured
  }

  /// Follows the mean level of the background's bands.
  mutating func follow(background now: Float) {
    let rise = now - background
    decibels = max(0, measured - min(max(0, rise), max(0, 2 * (rise - Self.wavering))))
  }

  /// Takes in a frame of voice that stands out so far of such a background.
  mutating func note(_ excess: Float, over now: Float) {
    if excess > decibels - Self.fading {
      (measured, background, decibels) = (excess, now, excess)
    } else {
      measured -= Self.fading
      decibels = max(0, decibels - Self.fading)
    }
  }
}
