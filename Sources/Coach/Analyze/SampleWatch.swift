/// What the samples of a recording tell that no measure does: values far beyond full scale, which floating point may hold,
/// and channels that cancel each other out when they are mixed.
struct SampleWatch {
  /// Samples that were held at the bound of what is read, 16 times full scale.
  private(set) var beyondCount = 0
  /// When the first of them came, in seconds.
  private(set) var beyondSeconds = 0.0
  private let rate: Int
  private let channels: Int
  private let isFloating: Bool
  private var frames = 0
  /// Of the frames that were looked at: the power of what they come to when mixed, and that of the channels themselves.
  private var (mixed, own) = (0.0, 0.0)
  private var looked = 0

  /// Samples are held at ± this (+24 dB); what reaches it was that or more.
  private static let bound: Float = 16
  /// One frame of so many tells how much of the channels is left in their mix.
  private static let stride = 8
  /// Voices that have nothing in common lose a factor of the number of channels in a mix of equal parts; a tenth of what
  /// is left then, 10 dB less, is no chance.
  private static let cancelledShare = 0.1
  /// Mean power below which there is nothing to lose: -60 dBFS.
  private static let leastPower = 1e-6

  /// A watch over `rate` samples a second of each of the `channels` that are listened to; whole numbers, where samples are
  /// not `isFloating`, cannot lie beyond full scale.
  init(rate: Int, channels: Int, isFloating: Bool) {
    (self.rate, self.channels, self.isFloating) = (rate, max(1, channels), isFloating)
  }

  /// Looks at the next samples: whole frames, channels interleaved.
  mutating func look(_ samples: [Float]) {
    if isFloating { count(samples) }
    frames += samples.count / channels
    guard channels > 1 else { return }
    var start = 0
    while start + channels <= samples.count {
      var (sum, squares): (Float, Float) = (0, 0)
      for channel in 0..<channels {
        sum += samples[start + channel]
        squares += samples[start + channel] * samples[start + channel]
      }
      mixed += Double(sum * sum) / Double(channels * channels)
      own += Double(squares) / Double(channels)
      looked += 1
      start += channels * Self.stride
    }
  }

  private mutating func count(_ samples: [Float]) {
    // Without a check for overflow, which a chunk cannot reach, many samples are compared at once.
    var beyond: Int32 = 0
    for sample in samples { beyond &+= sample.magnitude >= Self.bound ? 1 : 0 }
    guard beyond > 0 else { return }
    if beyondCount == 0, let first = samples.firstIndex(where: { $0.magnitude >= Self.bound }) {
      beyondSeconds = Double(frames + first / channels) / Double(rate)
    }
    beyondCount += Int(beyond)
  }

  /// Whether next to nothing of what the channels hold is left in their mix.
  var channelsCancel: Bool {
    own > Self.leastPower * Double(looked) && mixed < own * Self.cancelledShare / Double(channels)
  }
}
