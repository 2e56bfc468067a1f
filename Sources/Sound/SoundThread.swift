import CLinux
import Glibc

/// A named thread whose end can be waited for with a limit.
///
/// It is detached: libasound can hang for as long as a sound server does, and a session must end all the same. A thread
/// left behind keeps what it uses alive and ends when the library lets it go.
final class SoundThread: Sendable {
  private let finished: Int32

  /// Starts `body` on a thread of its own with all signals blocked; its name is cut at 15 bytes.
  init(name: String, body: @escaping @Sendable () -> Void) throws(SoundError) {
    finished = rostrum_eventfd()
    guard finished >= 0 else {
      throw SoundError(.io, operation: "eventfd", name: name, code: errno, detail: describe(errno))
    }
    // SAFETY: the thread takes over the one reference, or it is released below where there is no thread.
    let box = Unmanaged.passRetained(Start(body: body, thread: self))
    let code = rostrum_thread_start(
      name,
      { argument in
        guard let argument else { return }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        start.body()
        rostrum_eventfd_signal(start.thread.finished)
      }, box.toOpaque())
    guard code == 0 else {
      box.release()
      throw SoundError(.io, operation: "pthread_create", name: name, code: code, detail: describe(code))
    }
  }

  deinit { close(finished) }

  /// Waits for the end, at most `milliseconds`; false if the thread is still going.
  @discardableResult func join(milliseconds: Int) -> Bool {
    var entry = pollfd(fd: finished, events: Int16(POLLIN), revents: 0)
    let deadline = rostrum_monotonic_nanoseconds() + Int64(milliseconds) * 1_000_000
    while true {
      let left = (deadline - rostrum_monotonic_nanoseconds() + 999_999) / 1_000_000
      let ready = poll(&entry, 1, Int32(clamping: max(left, 0)))
      if ready > 0 { return true }
      if ready == 0 || errno != EINTR { return false }
    }
  }

  private final class Start: Sendable {
    let body: @Sendable () -> Void
    let thread: SoundThread

    init(body: @escaping @Sendable () -> Void, thread: SoundThread) {
      self.body = body
      self.thread = thread
    }
  }
}
