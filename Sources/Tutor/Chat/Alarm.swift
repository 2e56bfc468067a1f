import CLinux

/// Calls back after a time, on a thread of its own that does nothing else: a server asked to be left alone for a while.
enum Alarm {
  private final class Start: Sendable {
    let seconds: Double
    let body: @Sendable () -> Void

    init(seconds: Double, body: @escaping @Sendable () -> Void) {
      self.seconds = seconds
      self.body = body
    }
  }

  /// Calls `body` after `seconds`, or at once where there is no thread to be had.
  static func ring(afterSeconds seconds: Double, _ body: @escaping @Sendable () -> Void) {
    // SAFETY: the thread takes over the one reference, or it is released below where there is no thread.
    let box = Unmanaged.passRetained(Start(seconds: min(max(seconds, 0), 600), body: body))
    let code = rostrum_thread_start(
      "alarm",
      { argument in
        guard let argument else { return }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        rostrum_sleep_nanoseconds(Int64(start.seconds * 1e9))
        start.body()
      }, box.toOpaque())
    guard code != 0 else { return }
    box.release()
    body()
  }
}
