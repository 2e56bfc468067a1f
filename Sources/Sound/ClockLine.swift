/// Where a device's frames lie on the monotonic clock, so that a gap has the length it really had.
///
/// A read says only that its last frame was captured no later than now. The earliest such line over the last ten to
/// twenty seconds is the truth but for the device's own delay; the window lets it follow a sound card whose crystal
/// runs a little fast or slow.
struct ClockLine {
  private let rate: Int64
  private let windowFrames: Int64
  private var frames: Int64 = 0
  private var first: Int64 = 0
  private var windowStart: Int64 = 0
  private var best: Int64 = .max
  private var previous: Int64 = .max

  /// A line for frames at `rate` hertz that has seen none.
  init(rate: Int) {
    self.rate = Int64(max(rate, 1))
    windowFrames = self.rate * 10
  }

  /// Whether any frame was seen since the line was made or begun anew.
  var isEmpty: Bool {
    @_noAllocation @_noLocks get { frames == 0 }
  }

  /// Takes note of `count` frames read at `now` nanoseconds.
  @_noAllocation @_noLocks mutating func arrive(_ count: Int, at now: Int64) {
    if frames == 0 { first = now &- nanoseconds(Int64(count)) }
    frames &+= Int64(count)
    let offset = now &- nanoseconds(frames)
    if offset < best { best = offset }
    if frames &- windowStart >= windowFrames {
      previous = best
      best = offset
      windowStart = frames
    }
  }

  /// Frames of audio time between the last frame seen and the first of `count` frames read at `now`.
  @_noAllocation @_noLocks func missing(before count: Int, at now: Int64, lessNanoseconds held: Int64) -> Int {
    if frames == 0 { return 0 }
    let earliest = best < previous ? best : previous
    let gap = now &- nanoseconds(Int64(count)) &- (earliest &+ nanoseconds(frames)) &- held
    if gap <= 0 { return 0 }
    // Split, so that a gap of years at any rate stays within 64 bits.
    let seconds = gap / 1_000_000_000
    return Int(seconds &* rate &+ (gap % 1_000_000_000) &* rate / 1_000_000_000)
  }

  /// Nanoseconds by which more sound came than time has passed; 0 for any device that keeps time.
  ///
  /// ALSA's `null` and `file` devices give as much as is asked for. A real one may be a thousandth fast.
  @_noAllocation @_noLocks func ahead(at now: Int64) -> Int64 {
    let elapsed = now &- first
    let ahead = nanoseconds(frames) &- elapsed &- elapsed / 1000
    return ahead > 0 ? ahead : 0
  }

  /// Forgets what was seen: a new stretch begins.
  @_noAllocation @_noLocks mutating func begin() {
    frames = 0
    windowStart = 0
    best = .max
    previous = .max
  }

  @_noAllocation @_noLocks private func nanoseconds(_ count: Int64) -> Int64 {
    (count / rate) &* 1_000_000_000 &+ (count % rate) &* 1_000_000_000 / rate
  }
}
