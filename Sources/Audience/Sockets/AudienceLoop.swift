import CLinux
import Glibc
package import NIOCore
import NIOPosix

/// The one event loop of the process, on the thread "audience": made when it is first asked for, and kept.
package enum AudienceLoop {
  private static let group: MultiThreadedEventLoopGroup = {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    group.next().execute {
      rostrum_thread_name("audience")
      // It may be made before the main thread has its signals to itself.
      rostrum_thread_block_signals()
    }
    return group
  }()

  /// The loop; all that hubs, visitors and their lines do is done on it.
  package static var loop: any EventLoop { group.next() }

  /// Does `body` on the loop so many seconds from now.
  static func after(_ seconds: Double, _ body: @escaping @Sendable () -> Void) {
    loop.scheduleTask(in: .nanoseconds(Int64(min(max(seconds, 0), 86_400) * 1e9)), body)
  }

  /// Waits until the loop has done what it was asked to before: what was sent last has then gone to the sockets. Not on
  /// its own thread.
  package static func settle() { try? loop.submit {}.wait() }

  /// Seconds of a clock that only goes forward.
  package static var now: Double { Double(rostrum_monotonic_nanoseconds()) / 1e9 }

  /// Milliseconds since 1970, for the log.
  static var wallMilliseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
