import NIOCore
import Practice
import Synchronization

/// One session that is watched: the other end of a `Hub`.
package final class Watch: Sendable {
  /// What comes of it; called on the thread "audience", in order.
  package typealias News = WatchNews

  private let line: WatchLine

  /// Comes to `door` with `hello`; with `eventBytes` of the watch that this one goes on with, so that breaking the line does
  /// not let a learner send more than a session can hold.
  package init(
    _ door: Door, _ hello: Hello, eventBytes: Int = 0, limits: WatchLimits = WatchLimits(),
    news: @escaping @Sendable (News) -> Void
  ) {
    let line = WatchLine(door, hello, eventBytes: eventBytes, limits, news)
    self.line = line
    AudienceLoop.loop.execute { line.open() }
  }

  deinit { close() }

  /// Where it goes on should it break: behind what `news` was told last. Nil where nobody was let in.
  package var resume: Resume? { line.known.withLock { $0.resume } }

  /// Bytes of events that came, with those of the watches before that it goes on with.
  package var eventBytes: Int { line.known.withLock { $0.eventBytes } }

  /// Sends a remark; what becomes of it is told as `News.answer`. Never waits.
  package func send(_ remark: Remark, number: Int) {
    AudienceLoop.loop.execute { [line] in line.send(remark, number: number) }
  }

  /// Ends it: what was sent before goes out within a second, and no news is told after what is told at this moment.
  package func close() {
    AudienceLoop.loop.execute { [line] in line.close() }
  }
}
