/// The rate and channels that a sound was recorded with.
package struct OriginalFormat: Equatable, Sendable {
  /// Samples a second of each channel, in Hz.
  package let rate: Int
  /// Interleaved channels.
  package let channels: Int

  /// A format; rates are moved into 8 to 192 kHz, channels into 1 to 64.
  package init(rate: Int, channels: Int) {
    self.rate = max(8_000, min(192_000, rate))
    self.channels = max(1, min(64, channels))
  }
}

/// The sound as it was recorded, for what 16 kHz mono cannot tell: loudness and clipping.
///
/// K-weighting lifts what lies above 1.5 kHz by 4 dB, hence sibilants above 8 kHz weigh; channels add up (BS.1770-4);
/// and resampling rounds clipped tops. What was heard waits here until the analysis has come as far, 10 ms at a time,
/// so that results do not depend on how either stream was cut.
struct OriginalSound {
  /// What may wait, in seconds; more than that is measured at once.
  private static let longestWait = 60

  /// What the samples are.
  let format: OriginalFormat
  private var pending: [Float] = []
  private var head = 0
  private var hop = 0
  private var clips: [ClipCounter]
  private let clippedBefore: Int
  private let loudness: Loudness

  /// A sound of a format, not begun; `loudness` is the meter that hears it, `clippedBefore` what clipped before it.
  init(_ format: OriginalFormat, loudness: Loudness, clippedBefore: Int) {
    self.format = format
    self.loudness = loudness
    self.clippedBefore = clippedBefore
    clips = [ClipCounter](repeating: ClipCounter(), count: format.channels)
    loudness.change(rate: format.rate, channels: format.channels)
  }

  /// Clipped samples so far, of all channels.
  var clippedSamples: Int {
    var sum = clippedBefore
    for clip in clips { sum += clip.samples }
    return sum
  }

  /// Takes in interleaved samples; what is not finite counts as 0.
  mutating func hear(_ samples: Span<Float>) {
    if head > 0, head >= pending.count - head {
      pending.removeFirst(head)
      head = 0
    }
    for index in samples.indices { pending.append(Framer.sane(samples[index])) }
    while pending.count - head > Self.longestWait * format.rate * format.channels { advance() }
  }

  /// Measures the next 10 ms, or what there is of them.
  mutating func advance() {
    let frames = (hop + 1) * format.rate / 100 - hop * format.rate / 100
    hop = (hop + 1) % 100
    let count = min(frames, (pending.count - head) / format.channels) * format.channels
    for index in head..<head + count { clips[(index - head) % format.channels].note(pending[index]) }
    loudness.add(pending, in: head..<head + count)
    head += count
  }

  /// Measures all that waits.
  mutating func finish() {
    while pending.count - head >= format.channels { advance() }
  }

  /// Forgets what waits; what comes next is the beginning of another stretch.
  mutating func restart() {
    head = 0
    pending.removeAll(keepingCapacity: true)
    hop = 0
    for index in clips.indices { clips[index].restart() }
  }
}
