package import Practice

/// A socket that a learner listens on, as it is found.
package struct Door: Equatable, Hashable, Sendable {
  package var path: String
  /// The account that it belongs to, by the kernel.
  package var learner: String
  /// The session, as the socket's name has it.
  package var session: String

  /// Makes one.
  package init(path: String, learner: String, session: String) {
    (self.path, self.learner, self.session) = (path, learner, session)
  }
}

/// Finds the doors there are, again and again.
package final class Lobby: Sendable {
  /// Looks into `folders` (sockets in them, and those one folder below) about once a second; `news` is told of all doors
  /// whenever they change, on a thread of its own.
  package init(folders: [String], news: @escaping @Sendable ([Door]) -> Void) {}
  package func close() {}
}

/// One session that is watched: the other end of a `Hub`.
package final class Watch: Sendable {
  /// What comes of it; called on the thread "audience", in order.
  package enum News: Sendable {
    /// The learner has been asked.
    case asked
    case welcome(Welcome)
    case refused(Refusal)
    /// Events, of which the first has this number: those so far at once, then as they come.
    case events([SessionEvent], first: Int)
    case glance(Glance)
    case presence(Presence)
    case answer(number: Int, Remark.Answer)
    case sound(seconds: Double, [UInt8])
    case over(Farewell)
    /// The line broke, or never was; `reason` in a few words. It may be tried again with `Resume`.
    case broken(String)
  }

  /// Comes to `door` with `hello`.
  package init(_ door: Door, _ hello: Hello, news: @escaping @Sendable (News) -> Void) {}
  /// Sends a remark. Never waits.
  package func send(_ remark: Remark, number: Int) {}
  package func close() {}
}
