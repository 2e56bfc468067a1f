import CLinux
package import NIOCore
import NIOPosix

/// The one event loop of the process, on the thread "audience": made when it is first asked for, and kept.
package enum AudienceLoop {
  private static let group: MultiThreadedEventLoopGroup = {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    group.next().execute { rostrum_thread_name("audience") }
    return group
  }()

  /// The loop; all that hubs, visitors and their lines do is done on it.
  package static var loop: any EventLoop { group.next() }

  /// Seconds of a clock that only goes forward.
  package static var now: Double { Double(rostrum_monotonic_nanoseconds()) / 1e9 }
}
