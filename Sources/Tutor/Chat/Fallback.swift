/// What follows from a failure: one row a kind, with the clause that says it to people.
package enum Fallback {
  /// What is done next.
  package enum Next: Equatable, Sendable {
    /// The same endpoint once more, without this option.
    case plainer(without: ChatRequest.Option)
    /// The same endpoint once more, after a wait.
    case again(afterSeconds: Double)
    case nextEndpoint
    case stop
  }

  /// What is done about a kind of failure, as far as that is fixed.
  package enum Rule: Equatable, Sendable {
    case next
    case stop
    /// Once more after the time that the server names, where that is within `longestWaitSeconds`; else the next.
    case wait
    /// Once more without an option that the server does not know, while there is one; else the next.
    case plainer
  }

  /// One kind of failure.
  package struct Row: Equatable, Sendable {
    package let rule: Rule
    /// Goes behind the endpoint's name: "work: the key was refused".
    package let clause: String
  }

  /// The longest time that a server is waited for because it asks for it.
  package static let longestWaitSeconds = 10.0

  /// The row of a kind.
  package static func row(_ kind: CallProblem.Kind) -> Row {
    switch kind {
    case .offline: Row(rule: .stop, clause: "the network is switched off")
    case .badAddress: Row(rule: .next, clause: "its address is none")
    case .plainRefused:
      Row(rule: .next, clause: "it would be spoken to without encryption, which the config does not allow")
    case .unknownHost: Row(rule: .next, clause: "its host is not known, or there is no network")
    case .unreachable: Row(rule: .next, clause: "nobody answers there")
    case .tls: Row(rule: .next, clause: "its certificate is not trusted")
    case .timedOut: Row(rule: .next, clause: "it did not answer in time")
    case .stalled: Row(rule: .next, clause: "it stopped in the middle")
    case .cut: Row(rule: .next, clause: "the connection broke off")
    case .tooLarge: Row(rule: .next, clause: "its answer has no end")
    case .malformed: Row(rule: .next, clause: "what came is no answer")
    case .empty: Row(rule: .next, clause: "its answer is empty")
    case .noKey: Row(rule: .next, clause: "its key cannot be read")
    case .keyRefused: Row(rule: .next, clause: "the key was refused")
    case .unpaid: Row(rule: .next, clause: "the account there is used up")
    case .notFound: Row(rule: .next, clause: "there is nothing at that address")
    case .noSuchModel: Row(rule: .next, clause: "it has no model of that name")
    case .requestTimedOut: Row(rule: .next, clause: "it gave up waiting")
    case .tooLong: Row(rule: .next, clause: "the question is too long for it")
    case .tooManyForServer: Row(rule: .wait, clause: "it has had too many questions")
    case .tooManyFromHere: Row(rule: .stop, clause: "too many questions in one minute")
    case .refused: Row(rule: .plainer, clause: "it refused the question")
    case .filtered: Row(rule: .next, clause: "a filter there let nothing through")
    case .server: Row(rule: .wait, clause: "it failed")
    case .redirected: Row(rule: .next, clause: "it has moved elsewhere")
    case .cancelled: Row(rule: .stop, clause: "stopped")
    case .failed: Row(rule: .next, clause: "it could not be asked")
    }
  }

  /// What is done next.
  /// - Parameters:
  ///   - options: what the request that failed was sent with.
  ///   - hasText: whether a part of the answer came; then the same endpoint is not asked once more, for it would say
  ///     all of it again.
  ///   - hasWaited: whether it has been waited for already.
  package static func next(
    after problem: CallProblem, options: Set<ChatRequest.Option>, hasText: Bool = false, hasWaited: Bool = false
  ) -> Next {
    switch row(problem.kind).rule {
    case .stop: return .stop
    case .next: return .nextEndpoint
    case .wait:
      guard !hasText, !hasWaited, let seconds = problem.retryAfterSeconds, seconds >= 0, seconds <= longestWaitSeconds
      else { return .nextEndpoint }
      return .again(afterSeconds: seconds)
    case .plainer:
      guard !hasText, let option = culprit(problem, options) else { return .nextEndpoint }
      return .plainer(without: option)
    }
  }

  /// The option that a server seems to refuse: the one that it names, else thinking, which some models do not know and
  /// about which servers have words of their own.
  private static func culprit(_ problem: CallProblem, _ options: Set<ChatRequest.Option>) -> ChatRequest.Option? {
    guard [400, 422].contains(problem.status) else { return nil }
    let said = problem.detail.lowercased()
    let named = ChatRequest.Option.allCases.first {
      options.contains($0) && (said.contains($0.rawValue) || $0 == .usage && said.contains("include_usage"))
    }
    return named ?? (options.contains(.reasoningEffort) ? .reasoningEffort : nil)
  }
}
