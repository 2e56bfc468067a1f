import NIOCore
package import Practice
import Synchronization

/// Where a learner's session is told to those who look on.
///
/// It listens on sockets, asks the learner about each who comes, sends the session so far and then its live end to those
/// who are let in, and hands on what they say. All of it happens on the thread "audience"; nobody waits for it.
package final class Hub: Sendable {
  /// What it is told at its start.
  package typealias Opening = HubOpening
  /// What it has to tell.
  package typealias News = HubNews
  /// What a learner says to a request.
  package typealias Decision = HubDecision

  private let core: HubCore
  private let queue = HubQueue()
  private let sockets: [BoundSocket]
  /// What was wrong with those of its places that it does not listen in.
  package let troubles: [AudienceError]
  private let gone: EventLoopFuture<Void>

  /// Listens on `places`, of which one at least must be had; what is wrong with another is in `troubles`.
  package convenience init(
    _ opening: Opening, at places: [SocketPlace], invitations: any InvitationBook,
    news: @escaping @Sendable (News) -> Void
  ) throws(AudienceError) {
    try self.init(opening, at: places, invitations: invitations, limits: AudienceLimits(), news: news)
  }

  /// The same with limits and a clock, in seconds, of one's own; the clock decides about pauses and rates, the loop's
  /// own time wakes it.
  package init(
    _ opening: Opening, at places: [SocketPlace], invitations: any InvitationBook, limits: AudienceLimits,
    clock: @escaping @Sendable () -> Double = { AudienceLoop.now }, news: @escaping @Sendable (News) -> Void
  ) throws(AudienceError) {
    let bound = try BoundSocket.all(opening.session, places)
    let core = HubCore(opening, queue, invitations, limits: limits, clock: clock, news: news)
    let promise = AudienceLoop.loop.makePromise(of: Void.self)
    (self.core, sockets, troubles, gone) = (core, bound.sockets, bound.troubles, promise.futureResult)
    AudienceLoop.loop.execute {
      core.open(bound.sockets)
      core.whenClosed { promise.succeed() }
    }
  }

  deinit { close(.ended) }

  /// Where the sockets lie.
  package var paths: [String] { sockets.map(\.path) }

  /// Lets somebody to the door over `line`, as a relay's far end says who they are; nil where the hub is closed.
  ///
  /// On the thread "audience" (`AudienceLoop.loop`), as all that happens between a line and its visitor.
  package func admit(_ identity: PeerIdentity, line: any VisitorLine) -> (any Visitor)? { core.admit(identity, line) }

  /// Tells an event; in the order of the calls. Never waits.
  package func tell(_ event: SessionEvent) { put(.event(event)) }

  /// Tells the latest reading. Never waits.
  package func glance(_ glance: Glance) { queue.put(glance: glance) }

  /// Tells what is so at the moment. Never waits.
  package func show(_ presence: Presence) { queue.put(presence: presence) }

  /// Tells sound to those who may hear it, 16 kHz mono, from this second of audio time on. Never waits.
  package func sound(seconds: Double, _ samples: [Int16]) {
    if isHeard { put(.sound(seconds: seconds, samples)) }
  }

  /// Whether anybody hears the microphone at the moment.
  package var isHeard: Bool { queue.hearers.load(ordering: .relaxed) > 0 }

  /// Answers the request of this number; with `hears` they hear the microphone too, where they asked for that. A request
  /// that is over is passed over.
  package func decide(_ request: Int, _ decision: Decision, hears: Bool = false) {
    put(.decision(request, decision, hears: hears))
  }

  /// Says what became of a remark.
  package func answer(_ watcher: Int, number: Int, _ answer: Remark.Answer) {
    put(.answer(watcher, number: number, answer))
  }

  /// Ends the watch of one, or refuses their request; what they were allowed for the talk is over too.
  package func dismiss(_ watcher: Int) { put(.dismissal(watcher)) }

  /// Lets one who watches hear the microphone from now on, or not any more; that is kept for whenever they come again.
  /// Told as `.joined` anew, with `hears` as it is then: who has not asked for sound gets none.
  package func hear(_ watcher: Int, _ hears: Bool) { put(.hearing(watcher, hears)) }

  /// Sends away who came by the invitation of this id: it was taken back.
  package func revoke(_ invitation: String) { put(.revocation(invitation)) }

  /// Ends all of it and removes the sockets, those at once; what is told to watchers before they go is sent within a
  /// second, on the thread "audience": `waitUntilClosed` waits for that. The second time nothing happens.
  ///
  /// A watch that is over as `.finished` was sent everything. Of all others `.ended` is told as news.
  package func close(_ farewell: Farewell) {
    for socket in sockets { socket.remove() }
    put(.closing(farewell))
  }

  /// Waits until all are gone after `close`: a second (`AudienceLimits.farewellSeconds`) at most. Not on the thread
  /// "audience".
  package func waitUntilClosed() { _ = try? gone.wait() }

  private func put(_ item: HubQueue.Item) {
    guard queue.put(item) else { return }
    AudienceLoop.loop.execute { [core] in core.drain() }
  }
}
