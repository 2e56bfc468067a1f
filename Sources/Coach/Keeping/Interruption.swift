import CLinux
import Glibc

/// Signals that ask a long run to stop: they are received instead of ending it, so that nothing is left half done.
struct Interruption {
  /// Readable when one came; below 0 where they cannot be received.
  let descriptor: Int32

  /// Receives them from now on.
  init() {
    descriptor = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].withUnsafeBufferPointer {
      rostrum_signalfd($0.baseAddress, Int32($0.count))
    }
  }

  /// The signal that came since the last time, 0 for none.
  var signal: Int32 { descriptor < 0 ? 0 : rostrum_signalfd_read(descriptor) }

  /// Fails with the signal's exit code where one came.
  func check(_ sentence: @autoclosure () -> String) throws(Failure) {
    let signal = signal
    if signal != 0 { throw Failure(ExitStatus(signal: signal), sentence()) }
  }
}
