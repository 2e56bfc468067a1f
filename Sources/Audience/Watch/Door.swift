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
