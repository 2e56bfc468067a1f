import CLinux
import Glibc
import Synchronization

/// The one place all sound goes through: a ring of raw frames with one writer and up to eight readers.
///
/// The writer is a thread that may not wait, so its half locks and allocates nothing (the compiler checks both).
/// Readers lock nothing to read either; only those about to join wait for each other. The writer writes into the ring's
/// own memory, then publishes the new end with a releasing store. Readers keep cursors of their own, copy a block out
/// and look afterwards whether it was overwritten meanwhile: the sequence lock of Boehm, "Can seqlocks get along with
/// programming language memory models?" (MSPC 2012). Audio time is a position plus the frames lost before it, which the
/// gap marks tell.
// SAFETY: `@unchecked` for the pointers. The memory is written by the writer alone, and read by readers who check
// with `committed` that what they copied was not being written; marks and cursors are atomics; descriptors are set
// before the releasing store of `readerCount` that lets the writer see them. All live as long as the ring.
final class SampleRing: @unchecked Sendable {
  /// How many readers there may be.
  static let readerLimit = 8
  /// How many gap marks are kept: readers further behind than that see the gaps merged into one.
  static let markLimit = 256

  /// One gap: before the frame at `position`, `lostTotal` frames of audio time are missing since the start.
  struct Mark: ~Copyable {
    let position = Atomic<UInt64>(0)
    let lostTotal = Atomic<UInt64>(0)
    let cause = Atomic<UInt64>(0)
  }

  /// What a frame is.
  let format: SoundFormat
  /// Frames the ring holds.
  let capacity: Int
  /// The most frames the writer ever writes between two commits.
  let chunkLimit: Int
  /// Frames written since the start.
  let committed = Atomic<UInt64>(0)
  /// Nothing more will be written.
  let ended = Atomic<Bool>(false)
  /// Frames of audio time that are missing.
  let lostTotal = Atomic<UInt64>(0)
  /// Marks made since the start.
  let markCount = Atomic<UInt64>(0)
  /// Signalled by readers that made room, where the writer waits for them; else -1, which saves them the call.
  let space: Int32

  private let frameBytes: Int
  private let memory: UnsafeMutableRawPointer
  private let marks: UnsafeMutablePointer<Mark>
  private let cursors: UnsafeMutablePointer<Atomic<UInt64>>
  private let descriptors: UnsafeMutablePointer<Int32>
  private let readerCount = Atomic<Int>(0)
  /// Held by a reader while it joins; the writer never looks at it.
  private let joining = Mutex<Void>(())

  /// A ring of `seconds` of `format`, its pages touched so that the writer meets no page fault.
  ///
  /// `chunkLimit` frames at most are written at once; the ring is at least four such chunks long. A microphone's writer
  /// never `waitsForReaders`.
  init(format: SoundFormat, seconds: Double, chunkLimit: Int, waitsForReaders: Bool = true) {
    let asked = Int((Double(format.rate) * min(max(seconds, 0.1), 600)).rounded(.up))
    self.format = format
    self.chunkLimit = max(chunkLimit, 1)
    capacity = max(asked, 4 * self.chunkLimit)
    frameBytes = format.frameBytes
    memory = .allocate(byteCount: capacity * frameBytes, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: capacity * frameBytes)
    marks = .allocate(capacity: Self.markLimit)
    for index in 0..<Self.markLimit { (marks + index).initialize(to: Mark()) }
    cursors = .allocate(capacity: Self.readerLimit)
    for index in 0..<Self.readerLimit { (cursors + index).initialize(to: Atomic(.max)) }
    descriptors = .allocate(capacity: Self.readerLimit)
    descriptors.initialize(repeating: -1, count: Self.readerLimit)
    space = waitsForReaders ? rostrum_eventfd() : -1
  }

  deinit {
    for index in 0..<Self.readerLimit where descriptors[index] >= 0 { close(descriptors[index]) }
    if space >= 0 { close(space) }
    memory.deallocate()
    marks.deinitialize(count: Self.markLimit).deallocate()
    cursors.deinitialize(count: Self.readerLimit).deallocate()
    descriptors.deallocate()
  }
}

// MARK: The writer's half

extension SampleRing {
  /// Where the next frame goes. There is room for `room(atMost:)` frames in one piece.
  var writeAddress: UnsafeMutableRawPointer {
    @_noAllocation @_noLocks get {
      let head = Int(truncatingIfNeeded: committed.load(ordering: .relaxed) % UInt64(capacity))
      return memory + head &* frameBytes
    }
  }

  /// How many frames may be written in one piece, at least 1.
  @_noAllocation @_noLocks func room(atMost frames: Int) -> Int {
    let head = Int(truncatingIfNeeded: committed.load(ordering: .relaxed) % UInt64(capacity))
    let wanted = frames < chunkLimit ? frames : chunkLimit
    let toEnd = capacity &- head
    return wanted < toEnd ? wanted : toEnd
  }

  /// Publishes `frames` that were written at `writeAddress`, and wakes every reader.
  @_noAllocation @_noLocks func commit(_ frames: Int) {
    let head = committed.load(ordering: .relaxed)
    committed.store(head &+ UInt64(truncatingIfNeeded: frames), ordering: .sequentiallyConsistent)
    // What is written next must not be seen before the end just published: the readers' check rests on that order.
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    wakeReaders()
  }

  /// Says that `frames` of audio time are missing before the next frame to be committed.
  @_noAllocation @_noLocks func mark(lost frames: Int, cause: GapCause) {
    let total = lostTotal.load(ordering: .relaxed) &+ UInt64(truncatingIfNeeded: frames > 0 ? frames : 0)
    let index = markCount.load(ordering: .relaxed)
    let slot = marks + Int(truncatingIfNeeded: index % UInt64(Self.markLimit))
    slot.pointee.position.store(committed.load(ordering: .relaxed), ordering: .relaxed)
    slot.pointee.lostTotal.store(total, ordering: .relaxed)
    slot.pointee.cause.store(cause.number, ordering: .relaxed)
    lostTotal.store(total, ordering: .relaxed)
    markCount.store(index &+ 1, ordering: .sequentiallyConsistent)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
  }

  /// Says that nothing more will come.
  @_noAllocation @_noLocks func end() {
    ended.store(true, ordering: .sequentiallyConsistent)
    wakeReaders()
  }

  @_noAllocation @_noLocks private func wakeReaders() {
    var index = 0
    let count = readerCount.load(ordering: .acquiring)
    while index < count {
      let descriptor = descriptors[index]
      if descriptor >= 0 { rostrum_eventfd_signal(descriptor) }
      index &+= 1
    }
  }

  /// Frames that may be written before the slowest reader would lose some.
  func space(behindSlowest now: UInt64) -> Int {
    var slowest = now
    for index in 0..<readerCount.load(ordering: .acquiring) {
      slowest = min(slowest, cursors[index].load(ordering: .acquiring))
    }
    return capacity - chunkLimit - Int(now - slowest)
  }
}

// MARK: The readers' half

extension SampleRing {
  /// Adds a reader that starts at the present end: its number, and the event counter that wakes it, -1 if it
  /// `wakesItself`.
  ///
  /// A ninth reader is a mistake of ours and traps.
  func join(wakesItself: Bool) -> (slot: Int, position: UInt64, descriptor: Int32) {
    joining.withLock { _ in
      let slot = readerCount.load(ordering: .relaxed)
      precondition(slot < Self.readerLimit, "more than \(Self.readerLimit) readers of one capture")
      let position = committed.load(ordering: .acquiring)
      descriptors[slot] = wakesItself ? -1 : rostrum_eventfd()
      cursors[slot].store(position, ordering: .releasing)
      readerCount.store(slot + 1, ordering: .releasing)
      return (slot, position, descriptors[slot])
    }
  }

  /// Says how far reader `slot` has come; `UInt64.max` when it reads no more.
  func advance(_ slot: Int, to position: UInt64) {
    cursors[slot].store(position, ordering: .releasing)
    if space >= 0 { rostrum_eventfd_signal(space) }
  }

  /// Copies `count` frames from `position` on; false if the writer may have overwritten any of them meanwhile.
  func copy(from position: UInt64, count: Int, to target: UnsafeMutableRawPointer) -> Bool {
    let start = Int(position % UInt64(capacity))
    let first = min(count, capacity - start)
    target.copyMemory(from: memory + start * frameBytes, byteCount: first * frameBytes)
    if first < count {
      (target + first * frameBytes).copyMemory(from: memory, byteCount: (count - first) * frameBytes)
    }
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    return isWhole(position)
  }

  /// Whether the frame at `position` is neither overwritten nor about to be.
  func isWhole(_ position: UInt64) -> Bool {
    committed.load(ordering: .relaxed) + UInt64(chunkLimit) <= position + UInt64(capacity)
  }

  /// Mark number `index`; `nil` if it is not made yet or was overwritten.
  func mark(_ index: UInt64) -> (position: UInt64, lostTotal: UInt64, cause: GapCause)? {
    guard index < markCount.load(ordering: .acquiring) else { return nil }
    let slot = marks + Int(index % UInt64(Self.markLimit))
    let position = slot.pointee.position.load(ordering: .relaxed)
    let lost = slot.pointee.lostTotal.load(ordering: .relaxed)
    let cause = GapCause(number: slot.pointee.cause.load(ordering: .relaxed))
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    guard index + UInt64(Self.markLimit) > markCount.load(ordering: .relaxed) else { return nil }
    return (position, lost, cause)
  }
}

extension GapCause {
  /// This cause as the ring keeps it.
  var number: UInt64 {
    @_noAllocation @_noLocks get {
      switch self {
      case .overrun: 0
      case .suspended: 1
      case .vanished: 2
      case .stalled: 3
      case .readerBehind: 4
      }
    }
  }

  /// The cause the ring kept.
  init(number: UInt64) {
    switch number {
    case 0: self = .overrun
    case 1: self = .suspended
    case 3: self = .stalled
    case 4: self = .readerBehind
    default: self = .vanished
    }
  }
}
