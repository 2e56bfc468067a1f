import Audience
import CLinux
import Glibc
import Practice
import Synchronization

/// Where what comes of watched sessions waits for the main thread.
///
/// Events and answers are kept in order and never dropped: a full box makes the thread "audience" wait, so that nothing
/// more is read from the sockets. Of readings the latest of each line wins, and none of them wakes anybody: the next look
/// finds it.
final class WatchPost: Sendable {
  /// Something that came, in order.
  enum Item: Sendable {
    /// What came of a watch, by the number of its line.
    case news(line: Int, Watch.News)
    /// All doors there are.
    case doors([Door])
    /// What a tutor's forms are made of.
    case forms([Rubric], [Wall.DrillChoice])
    /// A sentence for the tutor.
    case notice(String)
  }

  /// What was in the box.
  struct Post: Sendable {
    var items: [Item] = []
    /// The latest reading of each line.
    var glances: [Int: Glance] = [:]
    fileprivate var events = 0
    fileprivate var isClosed = false
  }

  private let post = Mutex(Post())
  /// Readable while items are in the box.
  let descriptor = rostrum_eventfd()

  deinit { Glibc.close(descriptor) }

  /// Puts in what came of a line; waits while the box is full.
  func put(_ news: Watch.News, line: Int) {
    if case .glance(let glance) = news { return post.withLock { if !$0.isClosed { $0.glances[line] = glance } } }
    while post.withLock({ $0.events >= Limits.mailboxEvents && !$0.isClosed }) { usleep(2_000) }
    var events = 1
    if case .events(let list, _) = news { events = list.count }
    put(.news(line: line, news), events: events)
  }

  /// Puts in what came from elsewhere. Never waits.
  func put(_ item: Item) { put(item, events: 0) }

  private func put(_ item: Item, events: Int) {
    let isOpen = post.withLock { post in
      guard !post.isClosed else { return false }
      post.items.append(item)
      post.events += events
      return true
    }
    if isOpen { rostrum_eventfd_signal(descriptor) }
  }

  /// Takes everything out.
  func take() -> Post {
    rostrum_eventfd_drain(descriptor)
    return post.withLock { post in
      defer { post = Post(isClosed: post.isClosed) }
      return post
    }
  }

  /// Takes nothing in from now on; who waits goes on.
  func close() { post.withLock { $0 = Post(isClosed: true) } }
}
