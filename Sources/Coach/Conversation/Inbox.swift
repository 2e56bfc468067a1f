import CLinux
import Glibc
import Synchronization

/// What other threads leave for one that waits for it, in the order in which it came.
final class Inbox<Item: Sendable>: Sendable {
  private let items = Mutex<[Item]>([])
  private let descriptor = rostrum_eventfd()

  deinit { close(descriptor) }

  /// Leaves an item; any thread.
  func put(_ item: Item) {
    items.withLock { $0.append(item) }
    rostrum_eventfd_signal(descriptor)
  }

  /// Waits for the next items.
  func take() -> [Item] {
    while true {
      let taken = items.withLock { items in
        defer { items = [] }
        return items
      }
      if !taken.isEmpty { return taken }
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      poll(&polled, 1, -1)
      rostrum_eventfd_drain(descriptor)
    }
  }
}
