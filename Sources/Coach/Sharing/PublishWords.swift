import Audience
import Terminal

/// What people are told about a line to a class host.
enum PublishWords {
  /// Why it could not be connected.
  static func failure(
    _ ending: RelayEnd.Ending?, _ end: PublishChild.End, host: String, lastLine: String, command: String
  ) -> Failure {
    if case .version(let version) = ending {
      return Failure(
        .unavailable,
        "\(host) has rostrum \(version), and this one, \(Rostrum.version), does not speak the same. "
          + "Bring both to one version.")
    }
    if ending == .malformed {
      return Failure(
        .unavailable, "What answers on \(host) is no rostrum: `\(command)` was run there, and it prints something else."
      )
    }
    if ending == .silent { return Failure(.unavailable, "\(host) did not answer.") }
    let said = lastLine.isEmpty ? "" : " It said: \(clip(lastLine, to: 300))\(lastLine.hasSuffix(".") ? "" : ".")"
    switch end {
    case .signal(2): return Failure(.interrupted, "Stopped before \(host) was reached.")
    case .signal(let number): return Failure(.unavailable, "ssh to \(host) was ended by signal \(number).")
    case .code(255): return Failure(.unavailable, "ssh did not reach \(host).\(said)")
    case .code(126), .code(127):
      return Failure(
        .unavailable,
        "There is no `\(command)` on \(host). Where rostrum lies elsewhere there, say so by the setting "
          + "publish-command.\(said)")
    case .code(0): return Failure(.unavailable, "The line to \(host) was closed at its other end.\(said)")
    case .code(let code): return Failure(.unavailable, "`\(command)` on \(host) ended with code \(code).\(said)")
    }
  }

  /// A line about how it is with the line, for the screen: nil where all is well.
  static func status(_ state: Publishing.State, host: String, nanoseconds: Int64) -> String? {
    switch state {
    case .connecting, .connected, .closed: return nil
    case .refused(let words): return "\(host): \(words)"
    case .broken(let since, let tries, _):
      let seconds = max((nanoseconds - since) / 1_000_000_000, 0)
      return "\(host): line broken for \(seconds) s, tried \(tries) times; nothing is lost"
    }
  }
}
