/// Finds by level alone where an utterance begins, where it is over, and where one that goes on for too long is cut.
///
/// The recogniser has to be fed what is speech and may be fed a bit more, so this is the coarse gate in front of it:
/// 9 dB over a slowly rising minimum opens it (a word has far more), 0.3 s under 6 dB close it. In noise that never
/// falls it stays open, and utterances end by their length. Pauses that a better ear found are told to the recogniser.
struct UtteranceCutter {
  /// What a frame of 10 ms means.
  enum Step: Equatable {
    /// Nobody speaks.
    case silence
    /// Somebody began to; `beginsEarlier` frames before this one, a weak beginning included.
    case opened
    /// It goes on.
    case speech
    /// It was over 0.3 s ago.
    case ended
    /// It has lasted for `longestFrames`.
    case overlong
  }

  /// Frames of an utterance at most.
  static let longestFrames = 600
  /// Frames of silence that end one.
  static let silenceFrames = 30
  /// Frames before the gate opens that belong to the utterance: a beginning by a weak fricative is that long.
  static let prerollFrames = 30
  /// Frames from the end of an overlong utterance in which a place to cut it is looked for.
  static let searchFrames = 150

  private static let openDecibels: Float = 9, closeDecibels: Float = 6
  /// Frames over the gate that open it; a click is shorter.
  private static let openFrames = 3
  /// Decibels that the floor rises in a frame: a room that grows louder is learned in seconds, a word is not.
  private static let rise: Float = 0.015
  /// No room is quieter, as far as this is concerned, and none is taken for louder before it was heard.
  private static let quietest: Float = -75, unheard: Float = -50

  private var floor: Float?
  private var smooth: Float = 0
  private var (above, below, length) = (0, 0, 0)
  private var levels = [Float](repeating: 0, count: UtteranceCutter.searchFrames)
  private var next = 0
  private(set) var isOpen = false

  /// Whether the last 100 ms were under the gate.
  var isFalling: Bool { below >= 10 }

  /// Takes in the level of the next frame, in dB re full scale.
  mutating func step(_ level: Float) -> Step {
    levels[next] = level
    next = (next + 1) % levels.count
    smooth = floor == nil ? level : 0.7 * smooth + 0.3 * level
    let held = max(smooth, Self.quietest)
    let risen = floor.map { min($0 + Self.rise, held) } ?? min(held, Self.unheard)
    floor = risen
    guard isOpen else {
      above = smooth > risen + Self.openDecibels ? above + 1 : 0
      guard above >= Self.openFrames else { return .silence }
      open()
      return .opened
    }
    length += 1
    below = smooth < risen + Self.closeDecibels ? below + 1 : 0
    if below >= Self.silenceFrames {
      close()
      return .ended
    }
    return length >= Self.longestFrames ? .overlong : .speech
  }

  /// The utterance goes on with `frames` of it heard already, as after a cut.
  mutating func open(after frames: Int = 0) {
    (isOpen, length, below, above) = (true, frames, 0, 0)
  }

  /// The utterance is over.
  mutating func close() { (isOpen, length, below, above) = (false, 0, 0, 0) }

  /// How many frames before the end of the last one the middle of the quietest 100 ms lies, of the last 1.5 s but
  /// its end.
  func framesSinceQuietest() -> Int {
    let (count, width) = (levels.count, 10)
    func level(_ ago: Int) -> Float { levels[(next + count - ago) % count] }
    var best = (sum: Float.infinity, ago: width)
    for ago in (2 * width)...count {
      let sum = (ago - width..<ago).reduce(0) { $0 + level($1 + 1) }
      if sum < best.sum { best = (sum, ago) }
    }
    return best.ago - width / 2
  }
}
