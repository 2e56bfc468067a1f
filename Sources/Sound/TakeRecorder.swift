import CLinux
import CSndFile
import Glibc
import Synchronization

/// Keeps a take: mono 16-bit FLAC at the source's own rate, written while it is spoken.
///
/// A gap becomes silence of its own length, so that a second in the file is a second of the session. The file can be
/// played up to the last second even if the program dies without a word, since FLAC needs no closing.
///
/// When the disk is full, what was written stays as it is, and once a second a next part is tried: `NAME-part2.flac`
/// and so on, each with the second that it begins at in its comment. What was said in between is not kept, and
/// `failure` goes on to say so.
package final class TakeRecorder: Sendable {
  /// How long `finish` waits for the disk, milliseconds.
  static let finishMilliseconds = 5000

  private let shared: Shared
  private let thread: SoundThread

  /// Creates the file, readable by its owner only, and starts to listen; made before the capture starts, it keeps all.
  ///
  /// Fails with `.cannotCreate`, `.noPermission` or `.diskFull`. A file of that name is never overwritten.
  package init(capture: Capture, path: String) throws(SoundError) {
    let rate = capture.ring.format.rate
    let file = try FLACFile(creating: path, rate: rate)
    // Nobody waits for the disk: ten looks a second do for a microphone. A recording being copied waits for us.
    let cursor = RingCursor(capture.ring, wakesItself: capture.description.isLive)
    let writer = TakeWriter(cursor: cursor, file: file, path: path)
    let shared = Shared()
    self.shared = shared
    thread = try SoundThread(name: "recorder") { writer.run(shared) }
  }

  deinit { finish() }

  /// Why the recording is not whole, if it is not: it stopped before the end, or goes on in another part.
  package var failure: SoundError? { shared.failure.withLock { $0 } }

  /// Writes what was captured until now, and closes the file. A second call does nothing.
  package func finish() {
    shared.finishing.store(true, ordering: .releasing)
    thread.join(milliseconds: Self.finishMilliseconds)
  }

  /// Gives an unfinished recording the length its header lacks, by writing it anew and putting it in its place.
  ///
  /// A finished one is left as it is. Fails like opening and creating a file does.
  package static func repair(path: String) throws(SoundError) {
    try FLACFile.repair(path: path)
  }

  /// What the recording thread and its owner tell each other.
  final class Shared: Sendable {
    let finishing = Atomic<Bool>(false)
    let failure = Mutex<SoundError?>(nil)
  }
}

/// The recording thread's work.
// SAFETY: made on one thread, then used by the recording thread alone.
final class TakeWriter: @unchecked Sendable {
  /// How long to wait with a full disk before the next part is tried, nanoseconds.
  static let retryNanoseconds: Int64 = 1_000_000_000
  /// The most parts of one take.
  static let partLimit = 99

  private let cursor: RingCursor
  private let path: String
  private let rate: Int
  /// The part being written; `nil` while the disk is full.
  private var file: FLACFile?
  private var part = 1
  /// Whether the part holds a second that reached the disk: one without is not worth keeping.
  private var isKept = true
  private var lastAttempt: Int64 = 0
  private var raw: [UInt8]
  private var mono: [Float] = []
  private var samples: [Int16] = []
  private var unsynced = 0
  /// Frames of the take before the chunk at hand, gaps included.
  private var framesBefore = 0

  init(cursor: RingCursor, file: FLACFile, path: String) {
    self.cursor = cursor
    self.file = file
    self.path = path
    rate = cursor.ring.format.rate
    raw = [UInt8](repeating: 0, count: 4096 * cursor.ring.format.frameBytes)
  }

  func run(_ shared: TakeRecorder.Shared) {
    while step(shared, at: rostrum_monotonic_nanoseconds()) {}
  }

  /// Writes what comes next, or waits a little for it; false when there is nothing more to do.
  func step(_ shared: TakeRecorder.Shared, at now: Int64) -> Bool {
    let isLast = shared.finishing.load(ordering: .acquiring)
    let next = takeChunk()
    let isOver = next == .ended || next == .nothing && isLast
    do throws(SoundError) {
      if file == nil, !isOver, now - lastAttempt >= Self.retryNanoseconds { try openNextPart(at: now) }
      switch next {
      case .frames(let count):
        defer { framesBefore += count }
        try write(count)
      case .gap(let frames, _):
        defer { framesBefore += FLACFile.silence(frames, rate: rate) }
        try file?.writeSilence(frames)
      case .nothing where !isLast: _ = cursor.wait(milliseconds: 100)
      case .nothing, .ended: try file?.close()
      }
    } catch {
      shared.failure.withLock { $0 = error }
      leavePart(at: now)
      // The take goes on without a recording.
      if error.kind != .diskFull || part >= Self.partLimit { return false }
    }
    return !isOver
  }

  private func openNextPart(at now: Int64) throws(SoundError) {
    lastAttempt = now
    let name = path.hasSuffix(".flac") ? String(path.dropLast(5)) : path
    let start = Double(framesBefore) / Double(rate)
    file = try FLACFile(creating: "\(name)-part\(part + 1).flac", rate: rate, startingAt: start)
    part += 1
    isKept = false
    unsynced = 0
  }

  /// Lets go of a part that cannot be written on; what it holds stays.
  private func leavePart(at now: Int64) {
    lastAttempt = now
    guard let file else { return }
    if isKept {
      file.abandon()
    } else {
      file.discard()
      part -= 1
    }
    self.file = nil
  }

  private func takeChunk() -> RingCursor.Step {
    raw.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return .ended }
      let step = cursor.take(atMost: 4096, into: start)
      if case .frames(let count) = step {
        mono.removeAll(keepingCapacity: true)
        SampleConversion.appendMono(start, frames: count, format: cursor.ring.format, to: &mono)
      }
      return step
    }
  }

  private func write(_ count: Int) throws(SoundError) {
    guard let file else { return }
    samples.removeAll(keepingCapacity: true)
    for value in mono { samples.append(SampleConversion.int16(value)) }
    try file.write(samples)
    unsynced += count
    if unsynced >= rate {
      unsynced = 0
      isKept = true
      file.sync()
    }
  }
}
