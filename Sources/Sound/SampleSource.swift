import CLinux
import Glibc

/// What a source said when it was asked for frames.
enum SourceReading: Equatable {
  /// So many frames lie in the target.
  case frames(Int)
  /// None yet; it waited a little.
  case nothing
  /// No more, and why if it was not the end.
  case ended(SoundError?)
}

/// Something the player plays: used from its thread alone.
protocol SampleSource: AnyObject, Sendable {
  /// What its frames are.
  var format: SoundFormat { get }
  /// Whether it goes on while nobody listens, as a pipe does that somebody speaks into. A recording waits.
  var flowsUnasked: Bool { get }
  /// Writes up to `count` frames at `target`.
  func read(into target: UnsafeMutableRawPointer, frames count: Int) -> SourceReading
  /// Throws away what was said until now and not yet read; never waits.
  func skipWaiting()
}

extension SampleSource {
  var flowsUnasked: Bool { false }
  func skipWaiting() {}
}

/// Raw S16LE mono from a descriptor: standard input, a pipe, a file without a header.
// SAFETY: made on one thread, then used by the player's alone.
final class RawStream: SampleSource, @unchecked Sendable {
  let format: SoundFormat
  /// A regular file is a recording, whatever name it came by.
  let flowsUnasked: Bool

  private let descriptor: Int32
  private let name: String
  private let isOurs: Bool
  private let wake: Int32
  private var half: UInt8?

  /// Reads `descriptor`, which is closed in the end only if it `isOurs`; `wake` cuts a wait short.
  init(descriptor: Int32, rate: Int, name: String, isOurs: Bool, wake: Int32) {
    format = SoundFormat(rate: rate, channels: 1, encoding: .s16)
    self.descriptor = descriptor
    self.name = name
    self.isOurs = isOurs
    self.wake = wake
    var facts = stat()
    flowsUnasked = fstat(descriptor, &facts) != 0 || facts.st_mode & S_IFMT != S_IFREG
  }

  /// Opens a named pipe without waiting for its writer.
  convenience init(fifo path: String, rate: Int, wake: Int32) throws(SoundError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SoundError.file("open", path, code: errno) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw SoundError(.notAudio, operation: "open", name: path, code: EISDIR, detail: describe(EISDIR))
    }
    self.init(descriptor: descriptor, rate: rate, name: path, isOurs: true, wake: wake)
  }

  deinit { if isOurs { close(descriptor) } }

  func read(into target: UnsafeMutableRawPointer, frames count: Int) -> SourceReading {
    var entries = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0), pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&entries, 2, 200) > 0 else { return .nothing }
    if entries[1].revents != 0 { rostrum_eventfd_drain(wake) }
    guard entries[0].revents != 0 else { return .nothing }
    var filled = 0
    if let half {
      target.storeBytes(of: half, as: UInt8.self)
      filled = 1
    }
    let got = Glibc.read(descriptor, target + filled, count * 2 - filled)
    if got < 0 {
      let code = errno
      if code == EAGAIN || code == EINTR { return .nothing }
      return .ended(SoundError.file("read", name, code: code))
    }
    // A last odd byte is half a sample of nothing.
    if got == 0 { return .ended(nil) }
    filled += got
    half = filled % 2 == 1 ? target.load(fromByteOffset: filled - 1, as: UInt8.self) : nil
    return filled < 2 ? .nothing : .frames(filled / 2)
  }

  func skipWaiting() {
    var waiting: Int32 = 0
    guard ioctl(descriptor, UInt(FIONREAD), &waiting) == 0 else { return }
    var left = Int(waiting)
    var skipped = [UInt8](repeating: 0, count: 4096)
    while left > 0 {
      // Another process may read the same pipe: what was there may be gone.
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, 0) > 0 else { return }
      let got = Glibc.read(descriptor, &skipped, min(left, skipped.count))
      guard got > 0 else { return }
      left -= got
      // Samples stay whole: a byte left over is the first half of what comes next.
      half = (half == nil) == (got % 2 == 1) ? skipped[got - 1] : nil
    }
  }
}

/// Samples made up as they are needed.
// SAFETY: made on one thread, then used by the player's alone.
final class GeneratedSound: SampleSource, @unchecked Sendable {
  let format: SoundFormat

  private let next: @Sendable () -> [Int16]?
  private var made: [Int16] = []
  private var used = 0

  /// Pulls from `next` until it gives `nil`.
  init(rate: Int, next: @escaping @Sendable () -> [Int16]?) {
    format = SoundFormat(rate: rate, channels: 1, encoding: .s16)
    self.next = next
  }

  func read(into target: UnsafeMutableRawPointer, frames count: Int) -> SourceReading {
    if used == made.count {
      guard let more = next() else { return .ended(nil) }
      made = more
      used = 0
      // A generator that has nothing yet is asked again, but not in a tight loop.
      if more.isEmpty {
        rostrum_sleep_nanoseconds(5_000_000)
        return .nothing
      }
    }
    let share = min(count, made.count - used)
    made.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { target.copyMemory(from: start + used * 2, byteCount: share * 2) }
    }
    used += share
    return .frames(share)
  }
}
