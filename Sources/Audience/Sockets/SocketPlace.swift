package import Practice

/// Where a socket may lie.
package struct SocketPlace: Equatable, Hashable, Sendable {
  /// Who may come to it, as its folder's mode says.
  package enum Reach: Equatable, Hashable, Sendable {
    /// The learner's own account alone: folder 0700, socket 0600.
    case own
    /// The group of tutors, in a folder that an administrator made for this learner: owner the learner, mode 2750,
    /// socket 0660.
    case group
  }

  package var folder: String
  package var reach: Reach

  /// Makes one.
  package init(_ folder: String, _ reach: Reach) { (self.folder, self.reach) = (folder, reach) }
}

/// Why nobody can look on.
package enum AudienceError: Error, Equatable, Sendable {
  /// No folder that a socket may lie in.
  case noFolder
  /// The socket's path is longer than the system takes.
  case pathTooLong(String, bytes: Int)
  /// Something else lies where the socket should: a file, a symbolic link.
  case taken(String)
  /// Others could put things into the folder, or it is not one's own.
  case unsafeFolder(String)
  case system(operation: String, path: String, errno: Int32)

  /// The same as a clause.
  package var words: String {
    switch self {
    case .noFolder: "there is no folder that a socket may lie in"
    case .pathTooLong(let path, let bytes): "\(path) has \(bytes) bytes, and a socket's path at most 107"
    case .taken(let path): "\(path) is in use"
    case .unsafeFolder(let path): "\(path) is not safe: others could put things into it, or it is another account's"
    case .system(let operation, let path, let code): "\(operation) \(path): error \(code)"
    }
  }
}

/// The invitations that a learner has given: who holds a token of one is let in.
package protocol InvitationBook: Sendable {
  /// Uses the invitation that `token` stands for, once; nil where there is none that is good now. May take some
  /// milliseconds.
  func redeem(_ token: String) -> Invitation?
}

/// An invitation as a hub needs it.
package struct Invitation: Equatable, Sendable {
  /// Its name in the book: who came by it has to go when it is taken back.
  package var id: String
  /// What the learner called it.
  package var name: String
  package var role: Watcher.Role
  package var hears: Bool
  /// Seconds from now until it expires.
  package var seconds: Double

  /// Makes one.
  package init(id: String = "", name: String, role: Watcher.Role, hears: Bool = false, seconds: Double) {
    (self.id, self.name, self.role, self.hears, self.seconds) = (id, name, role, hears, seconds)
  }
}
