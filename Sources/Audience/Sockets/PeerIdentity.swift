/// Who is at the other end of a line, as a kernel says: this machine's, or that of the host a relay runs on.
package struct PeerIdentity: Equatable, Hashable, Sendable {
  /// The number of the account.
  package var uid: UInt32
  /// Its name; `uid 1234` where it has none.
  package var name: String
  /// The terminal they sit at, and the host they came from, as far as the system knows: `pts/3`, `pts/3 from lab-2`.
  package var place: String?
  /// The host whose kernel says so; nil for this machine.
  package var host: String?

  /// Makes one.
  package init(uid: UInt32, name: String, place: String? = nil, host: String? = nil) {
    (self.uid, self.name, self.place, self.host) = (uid, name, place, host)
  }

  /// What is remembered of them: the account, wherever it sits.
  package var account: Account { Account(uid: uid, host: host) }

  /// An account of a machine.
  package struct Account: Equatable, Hashable, Sendable {
    package var uid: UInt32
    package var host: String?

    /// Makes one.
    package init(uid: UInt32, host: String? = nil) { (self.uid, self.host) = (uid, host) }
  }

  /// Where they are, as the learner reads it. The host comes first, for the place is what that host says: a long one
  /// must not push out of sight that they are not here.
  package var whereabouts: String? {
    let parts = [host.map { "at " + $0 }, place].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
