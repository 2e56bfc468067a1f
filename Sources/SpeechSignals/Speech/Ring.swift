/// How surely what is heard is what rings after a blow.
///
/// A ring is loudest where it begins and only dies away, a voice swells. So a blow goes on until the sound grows, and by
/// degrees, for a frame may lie a little earlier or later.
struct Ring {
  /// By how much the sound grows in a frame in which it is no ring any more, in dB.
  private static let growth: Float = 0.5

  /// From 0 to 1.
  private(set) var certainty: Float = 0
  private var level = Decibels.floor

  /// Takes in the level of the next frame in dB, and how surely something was struck then, 0 to 1.
  mutating func update(level now: Float, strike: Float) {
    let growth = max(0, min(1, (now - level) / Self.growth))
    certainty = max(strike, certainty * (1 - growth))
    level = now
  }
}
