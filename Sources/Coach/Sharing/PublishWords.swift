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
    let stranger = Failure(
      .unavailable,
      "What answered at \(host) was not rostrum relay: `\(command)` was run there, and printed something else. The "
        + "setting publish-command says what is run.")
    if ending == .malformed { return stranger }
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
    // A relay that ends well has said before that it is there.
    case .code(0): return stranger
    case .code(let code): return Failure(.unavailable, "`\(command)` on \(host) ended with code \(code).\(said)")
    }
  }

  /// Whether sockets of a relay under `account` are such that tutors reach them: one lies in the folder that bears the
  /// account's name, as an administrator makes it. The folder of one's own never has another name than these.
  static func reachTutors(_ paths: [String], account: String) -> Bool {
    let folders = paths.compactMap { $0.split(separator: "/").dropLast().last.map(String.init) }
    return folders.count > 1 || folders.contains { $0 == account && !["rostrum", "run"].contains($0) }
  }

  /// What is said once when it becomes so: where the session can be seen besides, or that it cannot.
  static func notice(_ state: Publishing.State, host: String) -> String? {
    switch state {
    case .connecting, .connected, .closed: nil
    case .shared, .refused: status(state, host: host, nanoseconds: 0)
    case .broken: "The line to \(host) is broken. It is tried again, and nothing is lost."
    }
  }

  /// A line about how it is with the line, for the room about sharing: nil where there is nothing to say.
  static func status(_ state: Publishing.State, host: String, nanoseconds: Int64) -> String? {
    switch state {
    case .connecting, .connected, .closed: return nil
    case .shared(true): return "Shared at \(host) too: tutors there may ask to watch."
    case .shared(false):
      return "Shared at \(host), for your own account there alone: rostrum share --setup-help, there, says more."
    case .refused(let words): return "Not shared at \(host): \(words)."
    case .broken(let since, let tries, _):
      let seconds = max((nanoseconds - since) / 1_000_000_000, 0)
      return "\(host): line broken for \(seconds) s, tried \(tries) times; nothing is lost"
    }
  }
}
