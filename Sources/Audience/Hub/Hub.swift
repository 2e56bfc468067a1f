package import Practice

/// Where a learner's session is told to those who look on.
///
/// It listens on sockets, asks the learner about each who comes, sends the session so far and then its live end to those
/// who are let in, and hands on what they say. All of it happens on the thread "audience"; nobody waits for it.
package final class Hub: Sendable {
  /// What a hub is told at its start.
  package struct Opening: Sendable {
    /// The session's id, and the learner's account.
    package var session: String
    package var learner: String
    /// Everything that happened before it opened.
    package var events: [SessionEvent]
    /// Whether the session is over and offered for review.
    package var isPast: Bool
    /// The number of the next request, from 1: numbers of a session are never used twice.
    package var nextRequest: Int

    /// Makes one.
    package init(
      session: String, learner: String, events: [SessionEvent] = [], isPast: Bool = false, nextRequest: Int = 1
    ) {
      (self.session, self.learner, self.events) = (session, learner, events)
      (self.isPast, self.nextRequest) = (isPast, nextRequest)
    }
  }

  /// What a hub has to tell; called on its own thread, and has to be quick.
  package enum News: Sendable {
    /// Somebody asked, came, went, was refused: to be an event of the session.
    case watcher(Watcher)
    /// A remark of somebody who may make it; `Hub.answer` says what became of it.
    case remark(from: Watcher, number: Int, Remark)
    /// A socket could not be listened on any more.
    case failed(AudienceError)
  }

  /// What a learner says to a request.
  package enum Decision: Equatable, Sendable {
    /// Until they go.
    case once
    /// Whenever they come, until the session ends.
    case talk
    case no
  }

  /// Listens on `places`, of which one at least must be had.
  package init(
    _ opening: Opening, at places: [SocketPlace], invitations: any InvitationBook,
    news: @escaping @Sendable (News) -> Void
  ) throws(AudienceError) {
    throw .noFolder
  }

  /// Lets somebody to the door over `line`, as a relay's far end says who they are; nil where the hub is closed.
  ///
  /// On the thread "audience" (`AudienceLoop.loop`), as all that happens between a line and its visitor.
  package func admit(_ identity: PeerIdentity, line: any VisitorLine) -> (any Visitor)? { nil }

  /// Tells an event; in the order of the calls. Never waits.
  package func tell(_ event: SessionEvent) {}
  /// Tells the latest reading. Never waits.
  package func glance(_ glance: Glance) {}
  /// Tells what is so at the moment. Never waits.
  package func show(_ presence: Presence) {}
  /// Tells sound to those who may hear it. Never waits.
  package func sound(seconds: Double, _ samples: [Int16]) {}
  /// Answers the request of this number; with `hears` they hear the microphone too.
  package func decide(_ request: Int, _ decision: Decision, hears: Bool = false) {}
  /// Says what became of a remark.
  package func answer(_ watcher: Int, number: Int, _ answer: Remark.Answer) {}
  /// Ends the watch of one.
  package func dismiss(_ watcher: Int) {}
  /// Ends all of it and removes the sockets; what is told to watchers before they go is sent within a second.
  package func close(_ farewell: Farewell) {}
}
