import CLinux
import Glibc
import Synchronization

/// Finds the doors there are, again and again.
package final class Lobby: Sendable {
  private let look: Look

  /// Looks into `folders` (sockets in them, and those one folder below) about once a second; `news` is told of all doors,
  /// in the order of learners and sessions, after the first look and whenever they change, on the thread "lobby".
  package init(folders: [String], news: @escaping @Sendable ([Door]) -> Void) {
    look = Look(folders: folders, news: news)
    // SAFETY: the thread takes over the one reference, or it is released below where there is no thread.
    let box = Unmanaged.passRetained(look)
    let code = rostrum_thread_start(
      "lobby",
      { argument in
        guard let argument else { return }
        Unmanaged<Look>.fromOpaque(argument).takeRetainedValue().run()
      }, box.toOpaque())
    if code != 0 { box.release() }
  }

  deinit { look.end() }

  /// Looks no more. Never waits.
  package func close() { look.end() }

  /// What the thread does.
  private final class Look: Sendable {
    private let folders: [String]
    private let news: @Sendable ([Door]) -> Void
    private let ending = rostrum_eventfd()
    private let isOver = Mutex(false)

    init(folders: [String], news: @escaping @Sendable ([Door]) -> Void) {
      (self.folders, self.news) = (folders, news)
    }

    deinit { if ending >= 0 { Glibc.close(ending) } }

    func end() {
      isOver.withLock { $0 = true }
      if ending >= 0 { rostrum_eventfd_signal(ending) }
    }

    func run() {
      var known: [Door]?
      var names = AccountNames()
      while !isOver.withLock({ $0 }) {
        let doors = DoorScan.doors(in: folders, &names)
        if doors != known, !isOver.withLock({ $0 }) { news(doors) }
        known = doors
        var entry = pollfd(fd: ending, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, WatchLimits.lookMilliseconds)
      }
    }
  }
}
