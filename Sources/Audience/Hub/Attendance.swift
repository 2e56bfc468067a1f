import Practice

/// One who comes, from their first line to their last: what happens goes in, what is to be done comes out. Pure; time is
/// passed in.
///
/// greeting → (trying a token) → asked → watching → gone; from each of them straight to gone.
struct Attendance: Sendable {
  let identity: PeerIdentity
  private(set) var state: State
  /// What the learner reads of them.
  private var name: String
  private var role = Watcher.Role.observer
  private var hears = false
  /// Whether they asked to hear the microphone.
  private var wantsSound = false
  private var lines: Pace
  private let secret: String
  /// Whether they come by the learner's own account, as guests do.
  private let isOwn: Bool

  /// What somebody is called who comes by the learner's own account with a token that is not known yet.
  static let guestName = "a guest"

  /// One who has just come; `secret` is random, and used if they are let in.
  init(_ identity: PeerIdentity, secret: String, isOwn: Bool = false, limits: AudienceLimits, at now: Double) {
    (self.identity, self.secret, self.isOwn, name) = (identity, secret, isOwn, identity.name)
    state = .greeting(until: now + limits.greetingSeconds)
    lines = Pace(limits.linesPerSecond, in: 1, at: now)
  }

  /// Bytes of the longest line that is taken now.
  var lineBytes: Int {
    if case .greeting = state { return Wire.helloBytes }
    return Wire.watcherLineBytes
  }

  /// The pass they hold, while they watch.
  var pass: Pass? {
    if case .watching(let pass) = state { return pass }
    return nil
  }

  /// Whether they have said nothing yet.
  var isGreeting: Bool {
    if case .greeting = state { return true }
    return false
  }

  /// The request that waits for an answer.
  var request: Int? {
    if case .asked(let id, _, _) = state { return id }
    return nil
  }

  /// What the session's log says of them.
  func watcher(_ change: Watcher.Change, id: Int, reason: String? = nil, atMilliseconds: Int) -> Watcher {
    Watcher(
      change, id: id, name: name, role: role, place: identity.whereabouts, hears: hears, reason: reason,
      atMilliseconds: atMilliseconds)
  }

  /// Takes what happens; `inside` counts those who wait for an answer or watch, without this one.
  mutating func take(
    _ happening: Happening, at now: Double, inside: Int = 0, _ grants: inout Grants
  ) -> [Effect] {
    switch (state, happening) {
    case (.gone, _): return []
    case (_, .line(let text)):
      guard lines.take(at: now) else { return misbehaved(.flood, &grants, at: now) }
      return take(text, at: now, inside: inside, &grants)
    case (.trying(let hello), .redeemed(let invitation)):
      return redeemed(invitation, hello, at: now, inside: inside, &grants)
    case (.asked(let id, let hello, _), .decided(let decision, let hears)):
      return decided(decision, id, hello, hears: hears && hello.wantsSound, at: now, &grants)
    case (.watching(let pass), .hearing(let hears)): return heard(pass, hears, &grants)
    case (_, .moment): return moment(at: now, &grants)
    default: return over(happening, at: now, &grants)
    }
  }
}

// MARK: - Coming in

extension Attendance {
  private mutating func take(
    _ text: String?, at now: Double, inside: Int, _ grants: inout Grants
  ) -> [Effect] {
    let line = text.flatMap(WatcherLine.init(line:))
    switch (state, line) {
    case (.greeting, .hello(let hello)?): return greeted(hello, at: now, inside: inside, &grants)
    case (.greeting, _): return refuse(.greeting, at: now, &grants)
    case (_, .pong?): return []
    case (.watching(let pass), .remark(let number, let remark)?):
      guard pass.shares.isSuperset(of: remark.needs) else { return misbehaved(.forbidden, &grants, at: now) }
      if let refusal = grants.refusal(of: remark, by: pass, at: now) {
        return [.write(.answer(number: number, .refused(refusal)))]
      }
      return [.remark(number: number, remark)]
    case (_, .remark?): return misbehaved(.forbidden, &grants, at: now)
    // A control line of a version to come is passed over; what is no line at all is not.
    case (_, nil) where text.map(WatcherLine.isOfNewer) ?? false: return []
    case (_, _): return misbehaved(.flood, &grants, at: now)
    }
  }

  private mutating func greeted(
    _ hello: Hello, at now: Double, inside: Int, _ grants: inout Grants
  ) -> [Effect] {
    (role, wantsSound) = (hello.role, hello.wantsSound)
    if isOwn, hello.token != nil { name = Attendance.guestName }
    guard Wire.version(with: hello) != nil else { return refuse(.version, at: now, &grants) }
    guard grants.mayGreet(identity.account, at: now) else { return refuse(.tries, at: now, &grants) }
    if let resume = hello.resume, let pass = grants.pass(for: resume, of: identity.account, at: now) {
      return join(pass, next: resume.next, hello, at: now, &grants)
    }
    if let token = hello.token {
      guard grants.mayTry(identity.account, at: now) else { return refuse(.tries, at: now, &grants) }
      guard inside < grants.limits.visitors else { return refuse(.full, at: now, &grants) }
      state = .trying(hello)
      return [.redeem(token)]
    }
    if let talk = grants.talk(for: identity.account, hello.role, at: now), inside < grants.limits.visitors {
      return join(
        pass(grants.number(), talk.role, hears: talk.hears && hello.wantsSound), next: 0, hello, at: now, &grants)
    }
    return ask(hello, at: now, inside: inside, &grants)
  }

  private mutating func ask(
    _ hello: Hello, at now: Double, inside: Int, _ grants: inout Grants
  ) -> [Effect] {
    if let refusal = grants.refusalToAsk(identity.account, inside: inside, at: now) {
      return refuse(refusal, at: now, &grants)
    }
    let id = grants.number()
    hears = hello.wantsSound
    grants.ask(id, identity.account)
    state = .asked(id, hello, until: now + grants.limits.answerSeconds)
    return [.write(.asked), .tell(.asked, id: id, reason: nil)]
  }

  private mutating func redeemed(
    _ invitation: Invitation?, _ hello: Hello, at now: Double, inside: Int, _ grants: inout Grants
  ) -> [Effect] {
    guard let invitation, invitation.seconds > 0 else {
      grants.triedInVain(identity.account, at: now)
      return refuse(.token, at: now, &grants)
    }
    name = invitation.name
    role = hello.role == .tutor ? invitation.role : .observer
    if grants.isSentAway(invitation.id) { return ask(hello, at: now, inside: inside, &grants) }
    var pass = pass(grants.number(), role, hears: invitation.hears && hello.wantsSound && grants.mayHear(invitation.id))
    (pass.invitation, pass.expiry) = (invitation.id, now + invitation.seconds)
    return join(pass, next: 0, hello, at: now, &grants)
  }

  private mutating func decided(
    _ decision: HubDecision, _ id: Int, _ hello: Hello, hears: Bool, at now: Double, _ grants: inout Grants
  ) -> [Effect] {
    if decision == .no {
      grants.decline(identity.account, at: now)
      return refuse(.declined, at: now, &grants)
    }
    grants.answered(id)
    // For the talk an account is let in, and not who holds an invitation: those come by their token again.
    if decision == .talk, hello.token == nil { grants.allow(identity.account, role, hears: hears, at: now) }
    return join(pass(id, role, hears: hears), next: 0, hello, at: now, &grants)
  }

  private func pass(_ id: Int, _ role: Watcher.Role, hears: Bool) -> Pass {
    Pass(id: id, name: name, role: role, hears: hears, account: identity.account, secret: secret)
  }

  /// The learner gives sound to who asked for it, or takes it back; both are told how it is now.
  private mutating func heard(_ pass: Pass, _ hears: Bool, _ grants: inout Grants) -> [Effect] {
    let told = Effect.tell(.joined, id: pass.id, reason: nil)
    guard pass.hears != (hears && wantsSound) else { return [told] }
    var pass = pass
    pass.hears = hears
    grants.change(pass)
    self.hears = hears
    state = .watching(pass)
    return [told, .change(pass)]
  }

  private mutating func join(
    _ pass: Pass, next: Int, _ hello: Hello, at now: Double, _ grants: inout Grants
  ) -> [Effect] {
    (name, role, hears) = (pass.name, pass.role, pass.hears)
    grants.hold(pass, at: now)
    state = .watching(pass)
    // Told first: the line may turn out to be broken at the first word.
    return [.tell(.joined, id: pass.id, reason: nil), .join(pass, next: next, hello)]
  }
}

// MARK: - Going

extension Attendance {
  private mutating func moment(at now: Double, _ grants: inout Grants) -> [Effect] {
    switch state {
    case .greeting(let until) where now >= until: return refuse(.greeting, at: now, &grants)
    case .asked(_, _, let until) where now >= until: return refuse(.unanswered, at: now, &grants)
    case .watching(let pass) where pass.expiry.map { now >= $0 } ?? false:
      grants.revoke(pass)
      state = .gone
      return [.tell(.expired, id: pass.id, reason: nil), .write(.over(.expired)), .close]
    default: return []
    }
  }

  /// Whatever ends it, besides their own lines and time.
  private mutating func over(_ happening: Happening, at now: Double, _ grants: inout Grants) -> [Effect] {
    switch (state, happening) {
    case (.watching(let pass), .left), (.watching(let pass), .replaced), (.watching(let pass), .silent):
      if happening != .replaced { grants.drop(pass, at: now) }
      state = .gone
      return [.tell(.left, id: pass.id, reason: happening == .silent ? "silent" : nil), .close]
    case (.watching(let pass), .slow):
      grants.drop(pass, at: now)
      state = .gone
      return [.tell(.left, id: pass.id, reason: Farewell.slow.rawValue), .write(.over(.slow)), .close]
    case (.watching(let pass), .dismissed):
      grants.sendAway(pass, at: now)
      state = .gone
      return [.tell(.ended, id: pass.id, reason: nil), .write(.over(.ended)), .close]
    case (.watching(let pass), .closing(let farewell)):
      grants.revoke(pass)
      state = .gone
      // A session that is over needs nobody to say that its watchers went.
      if farewell == .finished { return [.finish] }
      return [.tell(.ended, id: pass.id, reason: nil), .write(.over(farewell)), .close]
    case (.asked(let id, _, _), .left), (.asked(let id, _, _), .silent):
      grants.answered(id)
      state = .gone
      return [.tell(.left, id: id, reason: nil), .close]
    case (.asked(let id, _, _), .closing(let farewell)):
      grants.answered(id)
      state = .gone
      return [.write(.over(farewell)), .close]
    case (.asked, .dismissed):
      grants.decline(identity.account, at: now)
      return refuse(.declined, at: now, &grants)
    case (.greeting, .crowded): return refuse(.full, at: now, &grants)
    case (.greeting, .left), (.greeting, .closing), (.trying, .left), (.trying, .closing):
      state = .gone
      return [.close]
    default: return []
    }
  }

  /// Refuses them before they are in; the log hears of it, of one account not too often.
  private mutating func refuse(_ refusal: Refusal, at now: Double, _ grants: inout Grants) -> [Effect] {
    let asked = request
    if let asked { grants.answered(asked) }
    state = .gone
    let isTold = grants.mayTell(refusalOf: identity.account, at: now) || asked != nil
    let told: [Effect] =
      isTold ? [.tell(.refused, id: asked ?? grants.number(), reason: refusal.rawValue)] : []
    return told + [.write(.refused(refusal)), .close]
  }

  /// Ends the watch of who sent what they may not; before they are in they are refused.
  private mutating func misbehaved(_ farewell: Farewell, _ grants: inout Grants, at now: Double) -> [Effect] {
    guard case .watching(let pass) = state else { return refuse(.greeting, at: now, &grants) }
    grants.revoke(pass)
    state = .gone
    return [.tell(.left, id: pass.id, reason: farewell.rawValue), .write(.over(farewell)), .close]
  }
}
