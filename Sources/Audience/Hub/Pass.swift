import Practice

/// What somebody was let in with.
struct Pass: Equatable, Sendable {
  /// The number of the request, which is the watcher's from then on.
  var id: Int
  /// The account, or what the learner called the invitation.
  var name: String
  var role: Watcher.Role
  /// Whether they hear the microphone.
  var hears: Bool
  /// When it is over, on the hub's clock; nil where it ends with the talk.
  var expiry: Double?
  var account: PeerIdentity.Account
  /// The invitation's id; nil for who came by their account.
  var invitation: String?
  /// What lets a broken watch in again.
  var secret: String

  /// What it gives.
  var shares: Shares { hears ? role.shares.union(.sound) : role.shares }
}

/// How a watcher has behaved, kept over all lines of theirs.
struct Conduct: Equatable, Sendable {
  private var pace: Pace
  private var remarks = 0
  private var nextCueAt = -Double.infinity

  init(at now: Double, _ limits: AudienceLimits) { pace = Pace(limits.remarksPerSecond, in: 1, at: now) }

  /// Counts a remark; why it is not taken, nil where it is.
  mutating func refusal(of remark: Remark, at now: Double, _ limits: AudienceLimits) -> String? {
    if case .cue = remark, now < nextCueAt { return "\(Int(limits.cueSeconds)) s between cues" }
    guard remarks < limits.remarks else { return "\(limits.remarks) remarks were all" }
    guard pace.take(at: now) else { return "\(limits.remarksPerSecond) remarks a second" }
    remarks += 1
    if case .cue = remark { nextCueAt = now + limits.cueSeconds }
    return nil
  }
}
