import Glibc
import NIOCore
import NIOPosix
import Practice

/// What a hub is made of, on the thread "audience": those who came, the table that decides about them, and the streams
/// they are sent.
// SAFETY: used on `AudienceLoop.loop` alone; every way in from elsewhere goes through `Hub`, which executes there.
final class HubCore: HubVisitorKeeper, @unchecked Sendable {
  let opening: HubOpening
  let limits: AudienceLimits
  let queue: HubQueue
  let clock: @Sendable () -> Double
  private let invitations: any InvitationBook
  private let news: @Sendable (HubNews) -> Void
  private var grants: Grants
  private var random = SystemRandomNumberGenerator()
  private var onClosed: (() -> Void)?
  private(set) var visitors: [HubVisitor] = []
  private(set) var isClosing = false
  private var doors: SocketDoors?
  /// All that happened, and what of it each kind of role sees, by its shares.
  private var events: [SessionEvent]
  var streams: [Int: SharedStream] = [:]
  var presence = Presence()
  var isFlushDue = false
  var isBeating = false
  var beats = 0

  init(
    _ opening: HubOpening, _ queue: HubQueue, _ invitations: any InvitationBook, limits: AudienceLimits,
    clock: @escaping @Sendable () -> Double, news: @escaping @Sendable (HubNews) -> Void
  ) {
    (self.opening, self.queue, self.limits, self.invitations) = (opening, queue, limits, invitations)
    (self.clock, self.news) = (clock, news)
    grants = Grants(session: opening.session, nextRequest: opening.nextRequest, limits: limits)
    events = opening.events
  }

  // MARK: Those who come

  /// Takes connections to `sockets`.
  func open(_ sockets: [BoundSocket]) {
    doors = SocketDoors(
      sockets, limits, { [weak self] in self?.news(.failed($0)) }, { [weak self] in self?.admit($0, $1) })
  }

  func admit(_ identity: PeerIdentity, _ line: any VisitorLine) -> HubVisitor? {
    guard !isClosing else { return nil }
    makeRoom()
    let now = clock()
    let attendance = Attendance(
      identity, secret: secret(), isOwn: identity.account == PeerIdentity.Account(uid: geteuid()), limits: limits,
      at: now)
    let visitor = HubVisitor(attendance, line, self, at: now)
    visitors.append(visitor)
    beat()
    return visitor
  }

  /// Of too many lines that have said nothing one goes: the oldest of the account that has most of them, so that one
  /// that floods keeps nobody else out.
  private func makeRoom() {
    let silent = visitors.filter { $0.attendance.isGreeting && !$0.isClosed }
    guard silent.count >= limits.greeting else { return }
    let counts = Dictionary(grouping: silent, by: \.attendance.identity.account).mapValues(\.count)
    let most = counts.values.max() ?? 0
    if let oldest = silent.first(where: { counts[$0.attendance.identity.account] == most }) {
      take(.crowded, of: oldest)
    }
  }

  /// 256 random bits.
  private func secret() -> String {
    (0..<4).map { _ in
      let digits = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  func take(_ happening: Attendance.Happening, of visitor: HubVisitor) {
    let now = clock()
    if case .line = happening { visitor.heardAt = now }
    let inside = visitors.count { $0 !== visitor && $0.isInside }
    for effect in visitor.attendance.take(happening, at: now, inside: inside, &grants) { perform(effect, for: visitor) }
  }

  func moved(_ visitor: HubVisitor) {
    visitor.movedAt = clock()
    pump(visitor)
  }

  func left(_ visitor: HubVisitor) {
    visitor.isClosed = true
    take(.left, of: visitor)
    visitors.removeAll { $0 === visitor }
    countHearers()
    endWhereDone()
  }

  private func perform(_ effect: Attendance.Effect, for visitor: HubVisitor) {
    switch effect {
    case .write(let line): write(line, to: visitor)
    case .redeem(let token): redeem(token, of: visitor)
    case .tell(let change, let id, let reason):
      let now = AudienceLoop.wallMilliseconds
      news(.watcher(visitor.attendance.watcher(change, id: id, reason: reason, atMilliseconds: now)))
    case .join(let pass, let next, let hello):
      for other in visitors where other !== visitor && other.attendance.pass?.secret == pass.secret {
        take(.replaced, of: other)
      }
      begin(visitor, pass, next: next, hello)
    case .change(let pass):
      // First, so that who reads of it is sent what comes from then on.
      countHearers()
      write(.welcome(welcome(pass, wire: visitor.wire)), to: visitor)
    case .remark(let number, let remark):
      guard let pass = visitor.attendance.pass else { return }
      let watcher = visitor.attendance.watcher(.joined, id: pass.id, atMilliseconds: AudienceLoop.wallMilliseconds)
      news(.remark(from: watcher, number: number, remark))
    case .finish:
      visitor.isEnding = true
      pump(visitor)
    case .close: close(visitor)
    }
  }

  /// Looks a token up, which may wait for a file, on another thread: nobody else's watch stands still for it.
  private func redeem(_ token: String, of visitor: HubVisitor) {
    let (core, invitations) = (NIOLoopBound((self, visitor), eventLoop: AudienceLoop.loop), invitations)
    NIOThreadPool.singleton.runIfActive(eventLoop: AudienceLoop.loop) { invitations.redeem(token) }
      .whenComplete { result in
        let (hub, visitor) = core.value
        hub.take(.redeemed((try? result.get()) ?? nil), of: visitor)
      }
  }

  func close(_ visitor: HubVisitor) {
    guard !visitor.isClosed else { return }
    visitor.isClosed = true
    visitor.line.close(within: limits.farewellSeconds)
    countHearers()
  }

  // MARK: What the learner's side tells

  /// Takes all that was told, in order.
  func drain() {
    for item in queue.takeAll() { take(item) }
  }

  private func take(_ item: HubQueue.Item) {
    switch item {
    case .event(let event):
      events.append(event)
      for key in streams.keys { streams[key]?.append(event) }
      flushSoon()
    case .sound(let seconds, let samples): send(samples, from: seconds)
    case .decision(let request, let decision, let hears):
      for visitor in visitors where visitor.attendance.request == request {
        take(.decided(decision, hears: hears), of: visitor)
      }
    case .answer(let id, let number, let answer):
      for visitor in visitors where visitor.attendance.pass?.id == id {
        write(.answer(number: number, answer), to: visitor)
      }
    case .dismissal(let id):
      for visitor in visitors where visitor.attendance.pass?.id == id || visitor.attendance.request == id {
        take(.dismissed, of: visitor)
      }
    case .hearing(let id, let hears):
      for visitor in visitors where visitor.attendance.pass?.id == id { take(.hearing(hears), of: visitor) }
    case .revocation(let invitation):
      grants.takeBack(invitation)
      for visitor in visitors where visitor.attendance.pass?.invitation == invitation { take(.dismissed, of: visitor) }
    case .closing(let farewell): close(farewell)
    }
  }

  /// The stream of who has these shares, made of all that happened where nobody had them yet.
  func openStream(_ key: Int) {
    if streams[key] == nil { streams[key] = SharedStream(Shares(rawValue: key), events, limits: limits) }
  }

  // MARK: The end

  /// Has `done` called when all are gone; at once where they are.
  func whenClosed(_ done: @escaping () -> Void) {
    onClosed = done
    endWhereDone()
  }

  /// All are sent what they are to be sent, told why, and gone within `limits.farewellSeconds`.
  private func close(_ farewell: Farewell) {
    guard !isClosing else { return }
    isClosing = true
    doors?.close()
    flush()
    for visitor in visitors { take(.closing(farewell), of: visitor) }
    AudienceLoop.after(limits.farewellSeconds) { [self] in
      for visitor in visitors { visitor.line.close(within: 0) }
      visitors = []
      endWhereDone()
    }
    endWhereDone()
  }

  private func endWhereDone() {
    guard isClosing, visitors.isEmpty else { return }
    onClosed?()
    onClosed = nil
  }
}
