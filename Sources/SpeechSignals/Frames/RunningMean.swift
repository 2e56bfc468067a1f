/// A mean that forgets.
struct RunningMean {
  private static let leastFrames: Float = 200
  private let frames: Float
  private var sum: Float = 0, count: Float = 0

  /// A mean over about so many frames.
  init(frames: Float) { self.frames = frames }

  /// Takes in the next value.
  mutating func add(_ value: Float) {
    sum += (value - sum) / min(frames, count + 1)
    count += 1
  }

  /// The mean; nil before 200 values.
  var mean: Float? { count >= Self.leastFrames ? sum : nil }
}
