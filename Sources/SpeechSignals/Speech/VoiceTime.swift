/// How long a sound has had a voice.
///
/// A voice is there while the best period is strong, and its strength rises and falls between frames as well: taking the
/// line between two frames for it, a part of the time between them counts. So it matters little where the frames lie.
struct VoiceTime {
  /// The strength of the best period of a voice.
  private static let strong: Float = 0.5
  /// How much of a frame of voice is forgotten in each frame without, for what repeats itself by chance.
  private static let forgetting: Float = 0.2

  /// In frames, less what was forgotten.
  private(set) var frames: Float = 0

  /// Takes in the time between two frames whose best periods are so strong, of which such a part may be voice.
  mutating func add(from older: Float, to newer: Float, part: Float) {
    let (least, most) = (min(older, newer) - Self.strong, max(older, newer) - Self.strong)
    let crossed = most > 0 ? (least < 0 ? most / (most - least) : 1) : 0
    let share = part * crossed
    frames = max(0, frames + share - (1 - share) * Self.forgetting)
  }
}
