import CLinux
import Glibc
import Synchronization

/// One reader's place in the ring: hands out frames in order, and gaps where they lie.
///
/// Everything that reads sound is built on this, so that the screen, the words and the recording agree on what was
/// heard and what was lost.
final class RingCursor {
  /// What comes next.
  enum Step: Equatable {
    /// So many frames were copied.
    case frames(Int)
    /// So many frames of audio time are missing here.
    case gap(frames: UInt64, cause: GapCause)
    /// Nothing yet.
    case nothing
    /// Nothing ever again.
    case ended
  }

  /// The ring read from.
  let ring: SampleRing
  /// The event counter that is signalled at every commit; -1 if this reader wakes by itself.
  let descriptor: Int32

  private let slot: Int
  private var position: UInt64
  private var lostSeen: UInt64 = 0
  private var nextMark: UInt64 = 0

  /// A cursor at the ring's present end; one that `wakesItself` costs the writer no call, and `wait` just sleeps.
  init(_ ring: SampleRing, wakesItself: Bool = false) {
    self.ring = ring
    (slot, position, descriptor) = ring.join(wakesItself: wakesItself)
    lostSeen = ring.lostTotal.load(ordering: .acquiring)
    nextMark = ring.markCount.load(ordering: .acquiring)
  }

  deinit { ring.advance(slot, to: .max) }

  /// Frames that have come and were not taken yet.
  var framesWaiting: Int {
    let end = ring.committed.load(ordering: .acquiring)
    return end > position ? Int(min(end - position, UInt64(ring.capacity))) : 0
  }

  /// Copies up to `limit` frames that lie together, or says what lies before them.
  func take(atMost limit: Int, into target: UnsafeMutableRawPointer) -> Step {
    let ended = ring.ended.load(ordering: .acquiring)
    let end = ring.committed.load(ordering: .sequentiallyConsistent)
    guard ring.isWhole(position) else { return skipAhead() }
    var stop = end
    if let mark = upcomingMark() {
      if mark.position <= position { return step(over: mark) }
      stop = min(stop, mark.position)
    }
    guard stop > position else { return ended ? .ended : .nothing }
    let count = Int(min(stop - position, UInt64(max(limit, 1))))
    guard ring.copy(from: position, count: count, to: target) else { return skipAhead() }
    position += UInt64(count)
    ring.advance(slot, to: position)
    return .frames(count)
  }

  /// Waits until the writer has signalled, or `milliseconds` have passed; true if it signalled.
  func wait(milliseconds: Int) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, Int32(clamping: max(milliseconds, 0))) > 0 else { return false }
    rostrum_eventfd_drain(descriptor)
    return true
  }

  /// The next mark not yet stepped over, wherever it lies.
  private func upcomingMark() -> (position: UInt64, lostTotal: UInt64, cause: GapCause)? {
    while true {
      let made = ring.markCount.load(ordering: .acquiring)
      guard nextMark < made else { return nil }
      if let mark = ring.mark(nextMark) { return mark }
      let limit = UInt64(SampleRing.markLimit)
      nextMark = max(nextMark + 1, made > limit ? made - limit + 1 : 0)
    }
  }

  private func step(over mark: (position: UInt64, lostTotal: UInt64, cause: GapCause)) -> Step {
    nextMark += 1
    let lost = mark.lostTotal > lostSeen ? mark.lostTotal - lostSeen : 0
    lostSeen = max(lostSeen, mark.lostTotal)
    return .gap(frames: lost, cause: mark.cause)
  }

  /// Leaves half a ring between itself and the writer, and counts what it thereby missed, gaps included.
  private func skipAhead() -> Step {
    let end = ring.committed.load(ordering: .sequentiallyConsistent)
    let half = UInt64(ring.capacity / 2)
    let target = max(position, end > half ? end - half : 0)
    var missed = target - position
    while let mark = upcomingMark(), mark.position <= target {
      if case .gap(let frames, _) = step(over: mark) { missed += frames }
    }
    position = target
    ring.advance(slot, to: position)
    return .gap(frames: missed, cause: .readerBehind)
  }
}
