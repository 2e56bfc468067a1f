import Foundation
import Glibc

/// A named pipe that a test pours sound into, and sees drained.
///
/// A shell's `cat` with pauses would only guess at what the reader has taken; here the kernel is asked how much of it
/// still waits in the pipe.
package final class Feed {
  /// The pipe's path.
  package let path: String
  private let scratch: Scratch
  private var descriptor: Int32
  private var waiting: [UInt8] = []

  /// Makes the pipe. It is open for writing from now on, so that whoever reads it finds neither an end nor a wait.
  /// - Throws: `SupportError` with the system's reason.
  package init() throws {
    scratch = try Scratch()
    path = scratch.path("feed")
    guard mkfifo(path, 0o600) == 0 else { throw SupportError("no named pipe", errno) }
    descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw SupportError("\(path) does not open", errno) }
  }

  deinit { finish() }

  /// Pours raw S16LE samples in, and waits until the reader has taken the last of them.
  /// - Returns: whether it did before patience was over; what was left is poured in with the next.
  package func pour(_ sound: Wave) -> Bool {
    waiting += sound.raw
    return eventually {
      while !waiting.isEmpty {
        let count = write(descriptor, waiting, min(waiting.count, 4_096))
        guard count > 0 else { return false }
        waiting.removeFirst(count)
      }
      return unread == 0
    }
  }

  /// The bytes that the reader has not taken yet.
  package var unread: Int {
    var count: Int32 = 0
    return ioctl(descriptor, UInt(FIONREAD), &count) == 0 ? Int(count) + waiting.count : 0
  }

  /// Ends the stream.
  package func finish() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }
}
