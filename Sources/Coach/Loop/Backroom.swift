import CLinux
import Glibc
import Synchronization

/// Runs errands off the main thread and keeps what they bring until it is asked for.
final class Backroom: Sendable {
  private let brought = Mutex<[Errand]>([])
  let descriptor = rostrum_eventfd()

  deinit { close(descriptor) }

  /// Runs `errand` on a thread of its own, or here and now where there is none to be had.
  func run(_ errand: @escaping @Sendable () -> Errand) {
    if !Worker.start("errand", { self.bring(errand()) }) { bring(errand()) }
  }

  /// Leaves `errand` for the main thread; any thread.
  func put(_ errand: Errand) { bring(errand) }

  private func bring(_ result: Errand) {
    brought.withLock { $0.append(result) }
    rostrum_eventfd_signal(descriptor)
  }

  /// What has been brought since the last time.
  func take() -> [Errand] {
    rostrum_eventfd_drain(descriptor)
    return brought.withLock { brought in
      defer { brought = [] }
      return brought
    }
  }
}
