import Audience
import Practice
import SpeechSignals
import Synchronization

/// A session that is shared: the hub it is told to, from the moment the learner asks for it.
///
/// Sockets are made by an errand; what happens meanwhile waits here, so that nothing is missing and nothing comes twice.
final class Sharing: Sendable {
  /// The session that it is about.
  let session: String
  private struct State: Sendable {
    var hub: Hub?
    var waiting: [SessionEvent] = []
    var isClosed = false
  }
  private let state = Mutex(State())
  /// What stands of the invitations; a lock of its own, for who holds it waits for a file.
  private let standing = Mutex<StandingInvitations?>(nil)
  private let opening: Hub.Opening
  private let publishing: Publishing?

  /// A session with these events so far; `isPast` where it is over and offered for review.
  init(_ session: String, _ events: [SessionEvent], isPast: Bool, publishing: Publishing? = nil) {
    self.session = session
    self.publishing = publishing
    let requests = events.compactMap { event in
      if case .watcher(let watcher) = event.kind { watcher.id } else { nil }
    }
    opening = Hub.Opening(
      session: session, learner: Account.name, events: events, isPast: isPast,
      nextRequest: (requests.max() ?? 0) + 1)
  }

  /// Makes the sockets; an errand. What the hub tells goes to `backroom`, until this is closed.
  func open(_ surroundings: Surroundings, _ backroom: Backroom) -> @Sendable () -> Errand {
    {
      let places = SharePlaces.sockets(surroundings.places, surroundings.settings)
      self.standing.withLock { $0 = StandingInvitations(surroundings.places) }
      do throws(AudienceError) {
        let hub = try Hub(
          self.opening, at: places,
          invitations: NotedInvitations(book: Invitations(surroundings.places)) { [weak self] in self?.used($0) }
        ) {
          [weak self, weak backroom] news in
          if let self, !self.state.withLock({ $0.isClosed }) { backroom?.put(.audience(news)) }
        }
        self.publishing?.attach(hub, session: self.session)
        let isClosed = self.state.withLock { state in
          for event in state.waiting { hub.tell(event) }
          (state.hub, state.waiting) = (hub, [])
          return state.isClosed
        }
        if isClosed {
          hub.close(.ended)
          self.publishing?.detach(hub)
        }
        return .shared(session: self.session, .success(SharedWhere(hub, of: places)))
      } catch { return .shared(session: self.session, .failure(Failure(error))) }
    }
  }

  /// Takes note of an invitation that somebody came by.
  fileprivate func used(_ id: String) { standing.withLock { $0?.used(id) } }

  /// Tells an event; never waits.
  func tell(_ event: SessionEvent) {
    state.withLock { state in
      if let hub = state.hub { hub.tell(event) } else if !state.isClosed { state.waiting.append(event) }
    }
  }

  private var hub: Hub? { state.withLock { $0.hub } }

  func glance(_ reading: Reading) { hub?.glance(Glance(reading)) }
  func show(_ presence: Presence) { hub?.show(presence) }
  func sound(seconds: Double, _ samples: [Int16]) { hub?.sound(seconds: seconds, samples) }
  func decide(_ request: Int, _ decision: Hub.Decision, hears: Bool) {
    hub?.decide(request, decision, hears: hears)
  }
  func answer(_ watcher: Int, number: Int, _ answer: Remark.Answer) {
    hub?.answer(watcher, number: number, answer)
  }
  func hear(_ watcher: Int, _ hears: Bool) { hub?.hear(watcher, hears) }
  func dismiss(_ watcher: Int) { hub?.dismiss(watcher) }

  /// Sends away who came by an invitation that was taken back. Looks at a file: not for the main thread.
  func checkInvitations() {
    for id in standing.withLock({ $0?.gone() ?? [] }) { hub?.revoke(id) }
  }

  /// Ends all of it, and waits until those who looked on were told: a second at most.
  func close(_ farewell: Farewell) {
    let hub = state.withLock { state in
      state.isClosed = true
      return state.hub
    }
    guard let hub else { return }
    hub.close(farewell)
    hub.waitUntilClosed()
    publishing?.detach(hub)
  }
}

extension Glance {
  /// What a watcher needs of a reading.
  init(_ reading: Reading) {
    self.init(
      seconds: reading.seconds, levelDecibels: Double(reading.levelDecibels),
      shortTermLUFS: Double(reading.shortTermLUFS), silenceSeconds: Double(reading.silenceSeconds),
      runSeconds: Double(reading.runSeconds), syllablesPerSecond: reading.syllablesPerSecond.map(Double.init),
      isSpeech: reading.isSpeech, isTooNoisy: reading.isTooNoisy)
  }
}

/// The learner's invitations, for a session that takes note of each that is used.
private struct NotedInvitations: InvitationBook {
  let book: Invitations
  let used: @Sendable (String) -> Void

  func redeem(_ token: String) -> Invitation? {
    let invitation = book.redeem(token)
    if let invitation { used(invitation.id) }
    return invitation
  }
}
