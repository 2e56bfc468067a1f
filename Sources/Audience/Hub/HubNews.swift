package import Practice

/// What a hub is told at its start.
package struct HubOpening: Sendable {
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
package enum HubNews: Sendable {
  /// Somebody asked, came, went, was refused: to be an event of the session.
  case watcher(Watcher)
  /// A remark of somebody who may make it; `Hub.answer` says what became of it.
  case remark(from: Watcher, number: Int, Remark)
  /// A socket could not be listened on any more.
  case failed(AudienceError)
}

/// What a learner says to a request.
package enum HubDecision: Equatable, Sendable {
  /// Until they go.
  case once
  /// Whenever they come, until the session ends.
  case talk
  case no
}
