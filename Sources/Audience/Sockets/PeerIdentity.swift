/// Who is at the other end of a line, as a kernel says: this machine's, or that of the host a relay runs on.
package struct PeerIdentity: Equatable, Hashable, Sendable {
  /// The number of the account.
  package var uid: UInt32
  /// Its name; `uid 1234` where it has none.
  package var name: String
  /// How they came to that machine, as far as its system knows: `over SSH`, `over SSH from lab-2`; nil where it does not.
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

  /// Where they are, as the learner reads it behind a comma: `over SSH from lab-2`, `at this host`, `at lab, over SSH`. The
  /// host comes first, for the place is what that host says: a long one must not push out of sight that they are not here.
  package var whereabouts: String {
    guard let host else { return place ?? "at this host" }
    return "at " + host + (place.map { ", " + $0 } ?? "")
  }
}
