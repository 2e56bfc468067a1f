import Practice

/// Who may come in without a question, who may ask, and how often: the table that a hub decides by. Time is passed in.
struct Grants: Sendable {
  let limits: AudienceLimits
  let session: String
  private var nextRequest: Int
  private var standings: [PeerIdentity.Account: Standing] = [:]
  private var passes: [String: HeldPass] = [:]
  /// Requests without an answer.
  private(set) var asking: [Int: PeerIdentity.Account] = [:]
  /// Invitations whose holders the learner sent away: they are asked about from then on.
  private var sentAway: Set<String> = []
  /// Invitations whose holders the learner lets hear nothing any more.
  private var silenced: Set<String> = []

  /// How often the learner is asked, and told of a refusal, whoever it is: a hostile relay has as many accounts as it
  /// likes.
  private var asks: Pace?
  private var refusals: Pace?
  /// How those behave who came in, by account and invitation: who comes twice has not twice as much to say.
  private var conducts: [Holder: (conduct: Conduct, seen: Double)] = [:]

  /// Whom a pass was given to.
  private struct Holder: Hashable {
    var account: PeerIdentity.Account
    var invitation: String?

    init(_ pass: Pass) { (account, invitation) = (pass.account, pass.invitation) }
  }

  /// What is remembered of an account.
  private struct Standing {
    var asks: Pace
    var wrongTokens: Pace
    var hellos: Pace
    var talk: (role: Watcher.Role, hears: Bool)?
    var declinedUntil = -Double.infinity
    var toldUntil = -Double.infinity
    var seen: Double
  }

  /// A pass, and since when nobody holds it; nil while somebody does.
  private struct HeldPass {
    var pass: Pass
    var leftAt: Double?
  }

  init(session: String, nextRequest: Int, limits: AudienceLimits) {
    (self.session, self.nextRequest, self.limits) = (session, max(nextRequest, 1), limits)
  }

  /// The number of the next request, used by that.
  mutating func number() -> Int {
    defer { nextRequest += 1 }
    return nextRequest
  }

  // MARK: Accounts

  /// Counts a hello; false where it is too many.
  mutating func mayGreet(_ account: PeerIdentity.Account, at now: Double) -> Bool {
    change(account, at: now) { $0.hellos.take(at: now) }
  }

  /// Whether a token may be tried.
  mutating func mayTry(_ account: PeerIdentity.Account, at now: Double) -> Bool {
    change(account, at: now) { $0.wrongTokens.allows(at: now) }
  }

  /// Counts a token that was none.
  mutating func triedInVain(_ account: PeerIdentity.Account, at now: Double) {
    change(account, at: now) { _ = $0.wrongTokens.take(at: now) }
  }

  /// Counts a question to the learner; why there may be none, nil where there may.
  mutating func refusalToAsk(_ account: PeerIdentity.Account, inside: Int, at now: Double) -> Refusal? {
    guard asking.count < limits.asking, asking.values.count(where: { $0 == account }) < limits.askingAlike,
      inside < limits.visitors
    else { return .full }
    var all = asks ?? Pace(limits.asksPerMinuteOfAll, in: 60, at: now)
    defer { asks = all }
    return change(account, at: now) { standing in
      guard now >= standing.declinedUntil, standing.asks.take(at: now), all.take(at: now) else { return .tries }
      return nil
    }
  }

  /// Whether the log is to say that they were refused: not again within some seconds.
  mutating func mayTell(refusalOf account: PeerIdentity.Account, at now: Double) -> Bool {
    let seconds = limits.refusedSeconds
    var all = refusals ?? Pace(limits.refusalsPerMinute, in: 60, at: now)
    defer { refusals = all }
    return change(account, at: now) { standing in
      guard now >= standing.toldUntil, all.take(at: now) else { return false }
      standing.toldUntil = now + seconds
      return true
    }
  }

  /// What the learner said for the whole talk, where it is enough for `role`.
  mutating func talk(for account: PeerIdentity.Account, _ role: Watcher.Role, at now: Double) -> (
    role: Watcher.Role, hears: Bool
  )? {
    change(account, at: now) { standing in
      standing.talk.flatMap { $0.role.shares.isSuperset(of: role.shares) ? (role, $0.hears) : nil }
    }
  }

  /// Remembers that the learner let them in until the session ends.
  mutating func allow(_ account: PeerIdentity.Account, _ role: Watcher.Role, hears: Bool, at now: Double) {
    change(account, at: now) { $0.talk = (role, hears) }
  }

  /// Remembers that the learner said no: an earlier watch of theirs that broke does not go on either.
  mutating func decline(_ account: PeerIdentity.Account, at now: Double) {
    let until = now + limits.declinedSeconds
    passes = passes.filter { $1.leftAt == nil || $1.pass.account != account || $1.pass.invitation != nil }
    change(account, at: now) { $0.declinedUntil = until }
  }

  /// Takes an invitation back: a watch by it that broke does not go on, and who comes by it is asked about.
  mutating func takeBack(_ invitation: String) {
    sentAway.insert(invitation)
    passes = passes.filter { $1.leftAt == nil || $1.pass.invitation != invitation }
  }

  /// Whether the learner sent holders of the invitation away.
  func isSentAway(_ invitation: String) -> Bool { sentAway.contains(invitation) }

  // MARK: Requests

  /// Notes that a request waits.
  mutating func ask(_ request: Int, _ account: PeerIdentity.Account) { asking[request] = account }

  /// Notes that it waits no more.
  mutating func answered(_ request: Int) { asking[request] = nil }

  // MARK: Passes

  /// Keeps a pass that somebody holds.
  mutating func hold(_ pass: Pass, at now: Double) {
    forget(at: now)
    passes[pass.secret] = HeldPass(pass: pass, leftAt: nil)
  }

  /// What its holder hears from now on, also when they come again.
  mutating func change(_ pass: Pass) {
    passes[pass.secret]?.pass = pass
    if let invitation = pass.invitation {
      if pass.hears { silenced.remove(invitation) } else { silenced.insert(invitation) }
    } else if let talk = standings[pass.account]?.talk {
      standings[pass.account]?.talk = (talk.role, pass.hears)
    }
  }

  /// Whether who comes by an invitation that gives sound is still given it.
  func mayHear(_ invitation: String) -> Bool { !silenced.contains(invitation) }

  /// Notes that the line of who holds it broke.
  mutating func drop(_ pass: Pass, at now: Double) { passes[pass.secret]?.leftAt = now }

  /// Takes a pass away for good.
  mutating func revoke(_ pass: Pass) { passes[pass.secret] = nil }

  /// The learner sent its holder away: what they were given for the talk is over too, and their next question comes
  /// some seconds later at the soonest.
  mutating func sendAway(_ pass: Pass, at now: Double) {
    revoke(pass)
    if let invitation = pass.invitation { takeBack(invitation) }
    change(pass.account, at: now) { $0.talk = nil }
    decline(pass.account, at: now)
  }

  /// The pass that a broken watch goes on with; nil where it may not.
  func pass(for resume: Resume, of account: PeerIdentity.Account, at now: Double) -> Pass? {
    guard resume.session == session, let held = passes[resume.secret], held.pass.account == account,
      held.leftAt.map({ now - $0 <= limits.resumeSeconds }) ?? true, held.pass.expiry.map({ now < $0 }) ?? true
    else { return nil }
    return held.pass
  }

  /// Counts a remark; why it is not taken, nil where it is.
  mutating func refusal(of remark: Remark, by pass: Pass, at now: Double) -> String? {
    guard passes[pass.secret] != nil else { return Farewell.ended.rawValue }
    let holder = Holder(pass)
    var conduct = conducts[holder]?.conduct ?? Conduct(at: now, limits)
    if conducts[holder] == nil, conducts.count >= limits.remembered,
      let oldest = conducts.min(by: { $0.value.seen < $1.value.seen })
    {
      conducts[oldest.key] = nil
    }
    defer { conducts[holder] = (conduct, now) }
    return conduct.refusal(of: remark, at: now, limits)
  }

  /// Forgets passes that nobody may come back with; of those that somebody may, the longest unused beyond the limit.
  private mutating func forget(at now: Double) {
    passes = passes.filter { $0.value.leftAt.map { now - $0 <= limits.resumeSeconds } ?? true }
    guard passes.count >= limits.remembered else { return }
    let oldest = passes.filter { $0.value.leftAt != nil }.min { ($0.value.leftAt ?? now) < ($1.value.leftAt ?? now) }
    if let oldest { passes[oldest.key] = nil }
  }

  @discardableResult
  private mutating func change<Result>(
    _ account: PeerIdentity.Account, at now: Double, _ body: (inout Standing) -> Result
  ) -> Result {
    var standing =
      standings[account]
      ?? Standing(
        asks: Pace(limits.asksPerMinute, in: 60, at: now),
        wrongTokens: Pace(limits.wrongTokensPerMinute, in: 60, at: now),
        hellos: Pace(limits.hellosPerMinute, in: 60, at: now), seen: now)
    if standings[account] == nil, standings.count >= limits.remembered {
      let oldest = standings.filter { $0.value.talk == nil }.min { $0.value.seen < $1.value.seen }
      if let oldest { standings[oldest.key] = nil }
    }
    standing.seen = now
    defer { standings[account] = standing }
    return body(&standing)
  }
}
