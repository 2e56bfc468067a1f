import Glibc

/// Lines on their way to standard output.
///
/// A reader that is slow (`| less`, a stopped terminal) must not hold up the session, so lines wait in memory and go out
/// as they are taken: a terminal is opened anew without blocking, and to a pipe at most 4096 bytes go at a time and only
/// when `poll` sees room, for that much never blocks. Beyond `Limits.outletBytes` the loop takes in no more events: a
/// recording then waits, and a microphone loses sound, which is a gap like any other.
final class Outlet {
  private let descriptor: Int32
  private var pending: [UInt8] = []
  /// The reader is gone (EPIPE): nothing is written any more.
  private(set) var isClosed = false
  /// The error that closed it, where it was not that the reader is gone.
  private(set) var failure: Int32?

  init(descriptor: Int32) {
    let flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let anew = isatty(descriptor) != 0 ? open("/proc/self/fd/\(descriptor)", flags) : -1
    self.descriptor = anew >= 0 ? anew : descriptor
  }

  var wantsToWrite: Bool { !pending.isEmpty && !isClosed }
  var isCongested: Bool { pending.count > Limits.outletBytes }

  func write(_ line: String) {
    guard !isClosed else { return }
    pending += line.utf8
    pending.append(0x0A)
    flush()
  }

  /// Writes what is taken within `waitMilliseconds` of the last progress.
  func flush(waitMilliseconds: Int32 = 0) {
    while wantsToWrite {
      var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard poll(&room, 1, waitMilliseconds) > 0 else { return }
      let count = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, min($0.count, 4_096)) }
      if count > 0 {
        pending.removeFirst(count)
      } else if errno != EAGAIN, errno != EINTR {
        isClosed = true
        failure = errno == EPIPE ? nil : errno
        pending = []
      }
    }
  }
}
