import Network

/// What an answer of a transcription endpoint, or none, means.
enum TranscriptionVerdict {
  case words(TranscriptionReply)
  /// It knows no times of words: the same again without asking for them.
  case askForText
  /// The same again after so many seconds.
  case again(afterSeconds: Double)
  /// The same again after a second: more requests were made in this minute than may be. The endpoint has no part in it.
  case outOfTurn
  /// There will be no words: what people are told, and what a log is.
  case failed(RecognitionError.Kind, detail: String, complaint: String)

  /// Seconds to wait before it is asked again, one for each time: who speaks on does not wait for longer.
  private static let pauses = [0.5, 2.0]
  /// Seconds of a `Retry-After` that are kept; what asks for more is not waited for.
  private static let longestWait = 15.0
  /// Times, a second each, to wait for our own limit of requests a minute.
  private static let turnLimit = 65

  /// The verdict on the answer to a piece of `seconds`, asked for the `attempt`th time again, out of turn `turns` times.
  static func of(
    _ result: Result<HTTPReply, NetworkError>, seconds: Double, detail: TranscriptionEndpoint.Detail, attempt: Int,
    turns: Int = 0
  ) -> TranscriptionVerdict {
    switch result {
    case .failure(let error): return verdict(error, attempt, turns)
    case .success(let reply) where (200..<300).contains(reply.status):
      guard let found = TranscriptionReply(reply.body, seconds: seconds) else {
        return .failed(.endpointFailed, detail: "its answer is no transcription", complaint: "status \(reply.status)")
      }
      return .words(found)
    case .success(let reply): return verdict(reply, detail, attempt)
    }
  }

  private static func verdict(
    _ reply: HTTPReply, _ detail: TranscriptionEndpoint.Detail, _ attempt: Int
  ) -> TranscriptionVerdict {
    let status = reply.status
    if [400, 422].contains(status), detail == .words { return .askForText }
    let isPassing = status == 408 || status == 429 || status >= 500
    if isPassing, attempt < pauses.count {
      let asked = reply.retryAfterSeconds ?? pauses[attempt]
      if asked <= longestWait { return .again(afterSeconds: asked) }
    }
    let said: String =
      switch status {
      case 401, 403: "the key is refused"
      case 404, 405: "there is no transcription at this address, or no such model"
      case 413: "it takes no recording of a few seconds"
      case 429: "it is asked too often"
      case 500...: "the server failed"
      default: "it does not take the request; model or key may be wrong"
      }
    return .failed(
      isPassing ? .endpointFailed : .endpointRefused, detail: "\(said) (\(status))", complaint: "status \(status)")
  }

  private static func verdict(_ error: NetworkError, _ attempt: Int, _ turns: Int) -> TranscriptionVerdict {
    let complaint = "\(error.kind) \(error.operation) \(error.code) \(error.detail)"
    switch error.kind {
    case .cancelled: return .failed(.cancelled, detail: "cancelled", complaint: complaint)
    case .tooMany where turns < turnLimit: return .outOfTurn
    case .resolve, .connect, .timedOut, .stalled, .cut:
      return attempt < pauses.count
        ? .again(afterSeconds: pauses[attempt]) : .failed(.endpointFailed, detail: clause(error), complaint: complaint)
    case .tooMany, .tooLarge, .failed: return .failed(.endpointFailed, detail: clause(error), complaint: complaint)
    case .offline, .badAddress, .plainRefused, .tls:
      return .failed(.endpointRefused, detail: clause(error), complaint: complaint)
    }
  }

  private static func clause(_ error: NetworkError) -> String {
    switch error.kind {
    case .offline: "the network is off (--offline)"
    case .badAddress: "its address is none"
    case .plainRefused: "plain http goes to this machine only, unless the settings name the host"
    case .resolve: "its name is not known"
    case .connect: "nobody answers there"
    case .tls: "its certificate is not trusted"
    case .timedOut, .stalled: "it takes too long"
    case .tooLarge: "its answer is too large"
    case .tooMany: "too many requests in a minute"
    case .cut: "the connection broke off"
    case .cancelled: "cancelled"
    case .failed: "it does not answer as a web server does"
    }
  }
}
