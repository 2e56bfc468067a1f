import CLinux
import Glibc
package import Practice
package import SpeechSignals
import Synchronization

/// Where analyst and scribe leave what they heard for the main thread.
///
/// Events are kept in order and never dropped: a full box makes them wait. Readings are droppable: the latest
/// wins, though the loudest of those that were missed is shown, so that a click between two frames is seen.
package final class Mailbox: Sendable {
  /// What was in the box.
  package struct Post: Sendable {
    package var events: [SessionEvent] = []
    package var reading: Reading?
    /// Nothing more will come from the analyst.
    package var isLast = false
    /// Audio time up to which the analyst has heard, in seconds.
    var seconds = 0.0
    /// What the scribe left: final words in order, the words of the moment, how far it has come.
    var words = WordPost()
  }

  private let post = Mutex(Post())
  /// Readable while something is in the box.
  package let descriptor: Int32

  /// Makes an empty box.
  package init() { descriptor = rostrum_eventfd() }

  deinit { close(descriptor) }

  /// Puts in events and the latest reading; waits while the box is full.
  package func put(_ events: [SessionEvent], reading: Reading? = nil, isLast: Bool = false) {
    while post.withLock({ $0.events.count >= Limits.mailboxEvents }) { usleep(2_000) }
    post.withLock { post in
      post.events += events
      post.isLast = post.isLast || isLast
      guard var reading else { return }
      post.seconds = max(post.seconds, reading.seconds)
      if let missed = post.reading { reading.show(missed) }
      post.reading = reading
    }
    rostrum_eventfd_signal(descriptor)
  }

  /// Puts in what the scribe heard. Final words are kept in order and never dropped.
  func put(_ words: WordPost) {
    while post.withLock({ $0.words.events.count >= Limits.mailboxEvents }) { usleep(2_000) }
    post.withLock { post in
      post.words.events += words.events
      post.words.foreseen = words.foreseen ?? post.words.foreseen
      post.words.seconds = max(post.words.seconds, words.seconds)
      post.words.isFailed = post.words.isFailed || words.isFailed
      post.words.isLast = post.words.isLast || words.isLast
    }
    rostrum_eventfd_signal(descriptor)
  }

  /// Takes everything out.
  package func take() -> Post {
    rostrum_eventfd_drain(descriptor)
    return post.withLock { post in
      defer { post = Post() }
      return post
    }
  }
}

extension Reading {
  /// Makes it as loud as a reading that is not drawn, where that was louder.
  mutating func show(_ missed: Reading) {
    peakDecibels = max(peakDecibels, missed.peakDecibels)
    levelDecibels = max(levelDecibels, missed.levelDecibels)
  }
}
