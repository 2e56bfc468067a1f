/// What a call tells while it runs: exactly one `finished` or `failed`, and nothing after it.
package enum CallNews: Equatable, Sendable {
  /// This endpoint is asked now.
  case trying(endpoint: String)
  /// The next part of the answer, as it came: hostile until `ReplyText` has read it.
  case text(String)
  /// The text so far is all that this endpoint gave. It stands; what follows is another answer, from the start.
  case cut(endpoint: String, why: CallProblem)
  /// This endpoint gave nothing, and another one is asked now.
  case passed(CallProblem)
  /// The answer is complete.
  case finished(Receipt)
  /// Nobody answered: what was wrong with each, in the order they were asked.
  case failed([CallProblem])
}

/// Why a key cannot be used; nothing of the key is in it.
package enum KeyProblem: Error, Equatable, Sendable {
  /// The environment has no such variable, or it is empty.
  case noVariable(String)
  /// There is no such file, or it cannot be read; with the system's reason.
  case noFile(path: String, reason: String)
  /// Others may read it, or it is somebody else's.
  case openToOthers(path: String)
  /// It holds nothing, or what no key can be.
  case notAKey(String)

  /// The sentence for people, without a full stop.
  package var sentence: String {
    switch self {
    case .noVariable(let name): "the environment variable \(name) is not set"
    case .noFile(let path, let reason): "\(path) cannot be read: \(reason)"
    case .openToOthers(let path): "\(path) can be read by others: chmod 600 \(path)"
    case .notAKey(let place): "\(place) holds no key"
    }
  }
}
