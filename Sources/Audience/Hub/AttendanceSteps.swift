import Practice

extension Attendance {
  /// Where they are.
  enum State: Equatable, Sendable {
    /// They have said nothing yet.
    case greeting(until: Double)
    /// Their token is looked up.
    case trying(Hello)
    /// The learner has been asked; the number of the request.
    case asked(Int, Hello, until: Double)
    case watching(Pass)
    case gone
  }

  /// What happens.
  enum Happening: Equatable, Sendable {
    /// A line of theirs, or nil for one that is too long or no text.
    case line(String?)
    /// What became of the token.
    case redeemed(Invitation?)
    case decided(HubDecision, hears: Bool)
    /// Time went on.
    case moment
    /// Their line is over.
    case left
    /// Another line of theirs goes on where this one was.
    case replaced
    /// The learner lets them hear the microphone from now on, or not any more.
    case hearing(Bool)
    /// The learner sends them away.
    case dismissed
    /// They are behind by more than may wait.
    case slow
    /// They take and say nothing any more.
    case silent
    /// There are too many lines that have said nothing.
    case crowded
    /// The hub closes.
    case closing(Farewell)
  }

  /// What is to be done, in order.
  enum Effect: Equatable, Sendable {
    case write(HubLine)
    /// Look the token up, and say `.redeemed`.
    case redeem(String)
    /// To be an event of the session.
    case tell(Watcher.Change, id: Int, reason: String?)
    /// Begin to send, events from this number on; with what the watcher said of itself.
    case join(Pass, next: Int, Hello)
    /// Say what they have from now on.
    case change(Pass)
    case remark(number: Int, Remark)
    /// Send everything, then say that the session is finished, then close.
    case finish
    /// Close when all is sent.
    case close
  }
}
