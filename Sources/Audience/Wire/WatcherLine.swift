package import Practice

/// A line from a watcher to a learner. docs/WIRE.md lists them.
package enum WatcherLine: Equatable, Sendable {
  case hello(Hello)
  /// A remark, with a number that its answer carries.
  case remark(number: Int, Remark)
  /// An answer to `HubLine.ping`.
  case pong
}

/// How a watcher begins: what they can speak, what they ask for, and what lets them in.
package struct Hello: Equatable, Sendable {
  /// The version of the wire, and that of the program.
  package var wire: Int
  package var version: String
  /// What they ask for; the learner may give less.
  package var role: Watcher.Role
  package var wantsSound: Bool
  /// An invitation, as the learner gave it to them; nil for who comes by their account.
  package var token: String?
  /// Where a watch that was broken goes on; nil at the first time.
  package var resume: Resume?

  /// Makes one.
  package init(
    role: Watcher.Role, wantsSound: Bool = false, token: String? = nil, resume: Resume? = nil,
    wire: Int = Wire.version, version: String = Beginning.currentVersion
  ) {
    (self.role, self.wantsSound, self.token, self.resume) = (role, wantsSound, token, resume)
    (self.wire, self.version) = (wire, version)
  }
}

/// Where a watch that was broken goes on.
package struct Resume: Equatable, Sendable {
  /// The session, and what its welcome said.
  package var session: String
  package var secret: String
  /// The number of the next event.
  package var next: Int

  /// Makes one.
  package init(session: String, secret: String, next: Int) {
    (self.session, self.secret, self.next) = (session, secret, next)
  }
}

/// The wire between a learner and those who look on.
package enum Wire {
  /// The version that is spoken, and the oldest that is understood.
  package static let version = 1
  package static let oldest = 1
  /// Bytes of the longest line from a watcher; of the first one, before anybody knows them; and of one to a watcher.
  package static let watcherLineBytes = 8_192
  package static let helloBytes = 2_048
  package static let hubLineBytes = 262_144
}
