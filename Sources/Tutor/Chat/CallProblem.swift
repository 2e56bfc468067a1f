package import Network

/// Why an endpoint gave no answer, or only a part of one.
package struct CallProblem: Error, Equatable, Sendable {
  /// What went wrong, as far as it changes what comes next or what is said of it; `Fallback` has a row for each.
  package enum Kind: String, Equatable, Sendable, CaseIterable {
    /// The network is forbidden.
    case offline
    /// The address is none.
    case badAddress
    /// It would have to be said in plain text.
    case plainRefused
    /// The host's name is not known.
    case unknownHost
    /// Nobody answers there.
    case unreachable
    /// The certificate is not believed.
    case tls
    /// No connection, no first byte or no end in time.
    case timedOut
    /// No byte for too long.
    case stalled
    /// The connection ended before the answer did.
    case cut
    /// The reply is longer than any answer.
    case tooLarge
    /// What came is no reply.
    case malformed
    /// A reply without any text.
    case empty
    /// The key is not where the config says, or others can read it.
    case noKey
    /// 401, or 403: the key is wrong, or may not do this.
    case keyRefused
    /// 402, or a quota that is used up.
    case unpaid
    /// 404: no such path there.
    case notFound
    /// No model of that name there.
    case noSuchModel
    /// 408.
    case requestTimedOut
    /// 413, or a text that is longer than the model takes.
    case tooLong
    /// 429.
    case tooManyForServer
    /// More requests a minute than Rostrum makes.
    case tooManyFromHere
    /// Another 4xx, 400 above all.
    case refused
    /// A filter let nothing through.
    case filtered
    /// 5xx, or an error inside a stream.
    case server
    /// A redirect that was not followed.
    case redirected
    /// The learner stopped it.
    case cancelled
    /// Everything else.
    case failed
  }

  /// The endpoint's name in the config.
  package var endpoint: String
  package var kind: Kind
  /// The HTTP status, where an answer came.
  package var status: Int?
  /// How long the server wants to be left alone.
  package var retryAfterSeconds: Double?
  /// What the server or the network says: one line of at most 300 characters, without the key; may be empty.
  package var detail: String
  /// What the part of an answer that came took, reckoned; nil where none came.
  package var spent: Receipt?

  /// Makes a problem.
  package init(
    endpoint: String, kind: Kind, status: Int? = nil, retryAfterSeconds: Double? = nil, detail: String = "",
    spent: Receipt? = nil
  ) {
    self.endpoint = endpoint
    self.kind = kind
    self.status = status
    self.retryAfterSeconds = retryAfterSeconds
    self.detail = detail
    self.spent = spent
  }
}

extension CallProblem {
  /// What a failure of the network means for a call.
  package init(endpoint: String, _ error: NetworkError) {
    let kind = error.kind == .failed && error.operation == "redirect" ? Kind.redirected : Self.kind(of: error.kind)
    self.init(endpoint: endpoint, kind: kind, detail: oneLine(error.detail, limit: 300))
  }

  private static func kind(of kind: NetworkError.Kind) -> Kind {
    switch kind {
    case .offline: .offline
    case .badAddress: .badAddress
    case .plainRefused: .plainRefused
    case .resolve: .unknownHost
    case .connect: .unreachable
    case .tls: .tls
    case .timedOut: .timedOut
    case .stalled: .stalled
    case .tooLarge: .tooLarge
    case .tooMany: .tooManyFromHere
    case .cut: .cut
    case .cancelled: .cancelled
    case .failed: .failed
    }
  }

  /// What an answer of this status and complaint means.
  /// - Parameters:
  ///   - status: as it came, or 200 where the complaint stood inside a stream.
  ///   - key: is left out of what the server says, where it repeats it.
  package init(
    endpoint: String, status: Int, complaint: ServerComplaint, retryAfterSeconds: Double? = nil, key: String? = nil
  ) {
    let meant = (200..<300).contains(status) ? complaint.status : status
    self.init(
      endpoint: endpoint, kind: Self.kind(status: meant ?? 500, complaint: complaint), status: meant,
      retryAfterSeconds: retryAfterSeconds, detail: Self.withoutKey(complaint.message, key: key))
  }

  private static func kind(status: Int, complaint: ServerComplaint) -> Kind {
    let (code, said) = (complaint.code.lowercased(), complaint.message.lowercased())
    if let kind = kindByCode[code] { return kind }
    switch status {
    case 300..<400: return .redirected
    case 401, 403: return .keyRefused
    case 402: return .unpaid
    case 404: return said.contains("model") || said.contains("deployment") ? .noSuchModel : .notFound
    case 408: return .requestTimedOut
    case 413: return .tooLong
    case 429: return .tooManyForServer
    case 400 where said.contains("api key") && !said.contains("model"): return .keyRefused
    case 400
    where ["invalid model", "unknown model", "model not found", "no such model"].contains(where: said.contains):
      return .noSuchModel
    case 400 where said.contains("context") && (said.contains("exceed") || said.contains("maximum")): return .tooLong
    case 400..<500: return .refused
    default: return .server
    }
  }

  /// The names that servers give to a matter, where the status says less. LiteLLM without a database knows one key, and
  /// of any other says that it has no database to look it up in.
  private static let kindByCode: [String: Kind] = [
    "content_filter": .filtered, "context_length_exceeded": .tooLong, "exceed_context_size_error": .tooLong,
    "model_not_found": .noSuchModel, "deploymentnotfound": .noSuchModel, "insufficient_quota": .unpaid,
    "invalid_api_key": .keyRefused, "authentication_error": .keyRefused, "no_db_connection": .keyRefused,
    "rate_limit_exceeded": .tooManyForServer, "rate_limit_error": .tooManyForServer,
    "resource_exhausted": .tooManyForServer, "throttling_error": .tooManyForServer,
  ]

  /// `text` without any word that could be the key or a part of one; servers repeat it, whole, shortened or hashed.
  static func withoutKey(_ text: String, key: String?) -> String {
    let key = Array((key ?? "").unicodeScalars)
    let parts = key.count < 4 ? [] : (0...(key.count - 4)).map { String(String.UnicodeScalarView(key[$0..<($0 + 4)])) }
    let words = text.split(separator: " ").map { word -> String in
      let isKey =
        word.contains("***") || word.lowercased().contains("sk-") || parts.contains { word.contains($0) }
        || word.count >= 32 && word.filter(\.isHexDigit).count * 10 >= word.count * 8
      return isKey ? "…" : String(word)
    }
    return oneLine(words.joined(separator: " "), limit: 300)
  }
}
