/// How time is divided for everything that hears: samples, and frames of them.
enum FrameGrid {
  /// Samples in a second.
  static let sampleRate = 16_000
  /// Samples in a frame: 10 ms.
  static let hop = 160
}
