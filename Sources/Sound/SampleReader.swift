import CLinux

/// Sound as the analysis wants it: one channel, 16 kHz, floats at ±1, with every gap said.
///
/// It never makes a microphone wait: one that is not asked for longer than the ring lasts gets a gap instead. It makes
/// a recording wait, so that nothing of it is lost.
// SAFETY: a reader is made on one thread and handed to the one that reads; it is never asked by two at a time. Its
// only way to the capture thread is the ring, which is made for that.
package final class SampleReader: @unchecked Sendable {
  /// What `next` brought.
  package enum Delivery: Equatable, Sendable {
    /// Samples are in the buffer.
    case samples
    /// So much audio time is missing between the samples before and those to come.
    case gap(seconds: Double, cause: GapCause)
    /// Nothing came in time.
    case nothing
    /// Nothing will ever come again.
    case ended
  }

  /// The most samples that one call brings, about 0.1 s of them.
  static let deliveryLimit = 1600

  private let cursor: RingCursor
  private var resampler: Resampler
  private var raw: [UInt8]
  private var block: [Float] = []
  private var pending: RingCursor.Step?
  /// What the last delivery was made of, mixed to one channel, at the source's own `rate`.
  package private(set) var original: [Float] = []
  private var watch: OddSampleWatch
  /// Frames taken so far, those of gaps among them.
  private var framesTaken: Int64 = 0
  /// Whether the filter still holds sound that belongs before whatever comes next.
  private var tailIsHeld = false

  init(_ ring: SampleRing) {
    cursor = RingCursor(ring)
    watch = OddSampleWatch(ring.format)
    resampler = Resampler(from: ring.format.rate)
    raw = [UInt8](repeating: 0, count: resampler.blockFrames * ring.format.frameBytes)
    block.reserveCapacity(resampler.blockFrames)
  }

  /// Samples a second of the source, in hertz.
  package var rate: Int { cursor.ring.format.rate }

  /// NaN and infinities met so far, in time since this reader began; `nil` without any.
  package var oddSamples: OddSamples? { watch.found }

  /// How far this reader is behind what has come, in seconds.
  package var secondsWaiting: Double { Double(cursor.framesWaiting) / Double(cursor.ring.format.rate) }

  /// An event counter that can be polled: readable when there may be something new. `next` resets it.
  package var descriptor: Int32 { cursor.descriptor }

  /// Fills `buffer` with what came, at most about 1600 samples, or waits up to `timeoutMilliseconds` for something.
  ///
  /// The buffer is emptied first. Call again until it says `.nothing`: the descriptor tells of new sound, not of sound
  /// left over.
  package func next(timeoutMilliseconds: Int, into buffer: inout [Float]) -> Delivery {
    original.removeAll(keepingCapacity: true)
    buffer.removeAll(keepingCapacity: true)
    let deadline = rostrum_monotonic_nanoseconds() + Int64(max(0, min(timeoutMilliseconds, 3_600_000))) * 1_000_000
    while true {
      if let delivery = gather(into: &buffer) { return delivery }
      let left = (deadline - rostrum_monotonic_nanoseconds() + 999_999) / 1_000_000
      guard left > 0, cursor.wait(milliseconds: Int(left)) else { return gather(into: &buffer) ?? .nothing }
    }
  }

  /// Takes what is there, and says what it is; `nil` if there is less than a block.
  private func gather(into buffer: inout [Float]) -> Delivery? {
    while buffer.count + 160 <= Self.deliveryLimit {
      let step = pending ?? takeBlock()
      pending = nil
      switch step {
      case .frames:
        if block.count == resampler.blockFrames { flush(last: false, into: &buffer) }
      case .nothing:
        return buffer.isEmpty ? nil : .samples
      case .gap, .ended:
        // What the filter still holds belongs before the gap.
        if !block.isEmpty || tailIsHeld { flush(last: true, into: &buffer) }
        if !buffer.isEmpty {
          pending = step
          return .samples
        }
        if case .gap(let frames, let cause) = step {
          return .gap(seconds: Double(frames) / Double(cursor.ring.format.rate), cause: cause)
        }
        pending = .ended
        return .ended
      }
    }
    return .samples
  }

  private func flush(last: Bool, into buffer: inout [Float]) {
    original.append(contentsOf: block)
    resampler.append(block, last: last, to: &buffer)
    block.removeAll(keepingCapacity: true)
    tailIsHeld = !last
  }

  private func takeBlock() -> RingCursor.Step {
    let wanted = resampler.blockFrames - block.count
    return raw.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return .nothing }
      let step = cursor.take(atMost: wanted, into: start)
      if case .gap(let frames, _) = step { framesTaken += Int64(clamping: frames) }
      if case .frames(let count) = step {
        watch.look(at: start, frames: count, before: framesTaken)
        framesTaken += Int64(count)
        SampleConversion.appendMono(start, frames: count, format: cursor.ring.format, to: &block)
      }
      return step
    }
  }
}
