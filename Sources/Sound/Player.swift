import CLinux
import Glibc
import Synchronization

/// The thread that plays a file, a stream or made-up sound into the ring, as if it were spoken now.
///
/// Unlike a microphone it waits for the slowest reader, so that nothing of a recording is lost on a slow machine; and
/// it paces itself against the monotonic clock, unless it was asked to hurry. The samples are the same either way.
///
/// A stream is spoken whether or not anyone listens. So while paused it is read on at its own pace and thrown away, and
/// after it stood still it may catch up at once with what was spoken meanwhile. Recordings and made-up sound just wait.
struct Player {
  /// How late a recording may be before its pace is counted from now on, nanoseconds: a machine that slept for a
  /// minute does not rush through the next one.
  static let lateNanoseconds: Int64 = 500_000_000

  private let ring: SampleRing
  private let status: CaptureStatus
  private let source: any SampleSource
  private let isFast: Bool
  private let chunk: Int
  private var anchor: Int64?
  private var framesSinceAnchor: Int64 = 0

  init(ring: SampleRing, status: CaptureStatus, source: any SampleSource, isFast: Bool) {
    self.ring = ring
    self.status = status
    self.source = source
    self.isFast = isFast
    chunk = isFast ? ring.chunkLimit : max(1, min(ring.chunkLimit, ring.format.rate / 100))
  }

  /// Plays to the end, or until told to stop.
  mutating func run() {
    var wasHeld = false
    while !status.mustStop {
      let isHeld = status.isHeld
      if isHeld, !source.flowsUnasked {
        anchor = nil
        status.pause(milliseconds: 100)
        continue
      }
      // What a pipe still holds was said while paused.
      if wasHeld, !isHeld { source.skipWaiting() }
      wasHeld = isHeld
      let free = ring.space(behindSlowest: ring.committed.load(ordering: .relaxed))
      guard isHeld || free > 0 else {
        waitForReaders()
        continue
      }
      // What is not committed overwrites nothing that a reader may read: a chunk is always kept free.
      switch source.read(into: ring.writeAddress, frames: ring.room(atMost: isHeld ? chunk : min(chunk, free))) {
      case .nothing: continue
      case .ended(let error):
        status.endError.withLock { $0 = error }
        ring.end()
        return
      case .frames(let count):
        let isUnheard = source.flowsUnasked && (isHeld || status.isHeld)
        if !isFast { keepPace(count) }
        if !isUnheard { ring.commit(count) }
      }
    }
    ring.end()
  }

  /// Waits until the last of `count` frames would have been spoken, or until told to stop, to pause or to go on.
  private mutating func keepPace(_ count: Int) {
    let now = rostrum_monotonic_nanoseconds()
    let isHeld = status.isHeld
    if !source.flowsUnasked, let due = due(), now > due + Self.lateNanoseconds { anchor = nil }
    if anchor == nil {
      anchor = now
      framesSinceAnchor = 0
    }
    framesSinceAnchor += Int64(count)
    while !status.mustStop, status.isHeld == isHeld, let due = due() {
      let left = due - rostrum_monotonic_nanoseconds()
      if left <= 0 { return }
      status.pause(milliseconds: Int((left + 999_999) / 1_000_000))
    }
  }

  private func due() -> Int64? {
    let rate = Int64(ring.format.rate)
    let frames = framesSinceAnchor
    return anchor.map { $0 + frames / rate * 1_000_000_000 + frames % rate * 1_000_000_000 / rate }
  }

  private func waitForReaders() {
    var entries = [
      pollfd(fd: ring.space, events: Int16(POLLIN), revents: 0),
      pollfd(fd: status.wake, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&entries, 2, 200) > 0 else { return }
    if entries[0].revents != 0 { rostrum_eventfd_drain(ring.space) }
    if entries[1].revents != 0 { rostrum_eventfd_drain(status.wake) }
  }
}
