/// When, between two frames, speech begins and ends.
///
/// A frame is a sample of a level that rises and falls between frames as well. Taking the line through both sides of a
/// threshold for the level, an edge lies where that line crosses it: not on the frame grid, which lies anywhere.
/// Edges count as whole numbers of frames where they fall between two of them, and are handed out as their distance
/// from there, -0.5 to 0.5 frames.
struct SpeechEdges {
  private static let ringCount = 64
  /// How many frames ahead of the newest an edge may lie.
  private static let aheadFrames = 16

  private var frame = 0
  private var older: Float = 0, newer: Float = 0
  private var starts = [Float](repeating: 0, count: SpeechEdges.ringCount)
  private var ends = [Float](repeating: 0, count: SpeechEdges.ringCount)

  /// Takes in the level of the next frame.
  mutating func note(level: Float, frame now: Int) {
    let slot = (now + Self.aheadFrames) % Self.ringCount
    (starts[slot], ends[slot]) = (0, 0)
    frame = now
    (older, newer) = (newer, level)
  }

  /// When, since the frame before the newest, the level crossed a threshold, in frames whose middles are whole numbers.
  func crossing(_ threshold: Float) -> Double {
    guard older != newer else { return Double(frame) }
    return Double(frame - 1) + Double(max(0, min(1, (threshold - older) / (newer - older))))
  }

  /// Notes that speech begins with a frame, at a time in frames no more than half a frame away.
  mutating func begin(_ frame: Int, at time: Double) {
    starts[frame % Self.ringCount] = Float(max(-0.5, min(0.5, time - Double(frame) + 0.5)))
  }

  /// Notes that speech ends with a frame, at a time in frames no more than half a frame away.
  mutating func end(_ frame: Int, at time: Double) {
    ends[frame % Self.ringCount] = Float(max(-0.5, min(0.5, time - Double(frame) - 0.5)))
  }

  /// How much later than the frame speech begins and than its end speech ends, where it does, in frames.
  func edges(_ frame: Int) -> (start: Float, end: Float) { (starts[frame % Self.ringCount], end(frame)) }

  /// How much later than the frame's end speech ends, where it ends with it, in frames.
  func end(_ frame: Int) -> Float { ends[max(0, frame) % Self.ringCount] }
}
