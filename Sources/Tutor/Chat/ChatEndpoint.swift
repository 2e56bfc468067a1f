package import Network

/// A server that answers questions, hears, or speaks, as the config describes it.
package struct ChatEndpoint: Equatable, Sendable {
  /// What it is asked for; each use is consented to by itself.
  package enum Use: String, Equatable, Sendable, CaseIterable {
    case chat
    case transcription
    case speech
  }

  /// Where its key is; the key itself is in no value.
  package enum Key: Hashable, Sendable {
    case none
    /// In an environment variable of this name.
    case environment(String)
    /// In a file at this path, which only its owner can read.
    case file(String)
  }

  /// The header that carries the key.
  package enum KeyHeader: Equatable, Sendable {
    /// `Authorization: Bearer KEY`.
    case bearer
    /// `NAME: KEY`, as Azure's `api-key`.
    case named(String)
  }

  /// What is particular to a server.
  package enum Kind: String, Equatable, Sendable, CaseIterable {
    /// Whatever speaks OpenAI's dialect: OpenAI, Gemini's compatible path, llama.cpp, LiteLLM, vLLM.
    case standard = "openai"
    /// A model is a deployment in the path, the version of the interface a query, the key an `api-key`.
    case azure
    /// Models think aloud unless told not to, and take up to a minute to load.
    case ollama

    /// The kind that an address tells: Azure by its host, Ollama by its port.
    package init(address: String) {
      let host = HTTPAddress(address)?.host.lowercased() ?? ""
      if [".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"].contains(where: host.hasSuffix)
      {
        self = .azure
      } else {
        self = HTTPAddress(address)?.port == 11434 ? .ollama : .standard
      }
    }
  }

  /// What the learner calls it.
  package var name: String
  package var use: Use
  package var kind: Kind
  /// The base of the interface, as in `https://api.openai.com/v1`, or the whole address of the one call.
  package var url: String
  package var model: String
  package var key: Key
  package var keyHeader: KeyHeader
  /// Further headers; a key does not belong there.
  package var headers: [HTTPHeader]
  package var patience: HTTPRequest.Patience
  package var trust: HTTPRequest.Trust
  /// What a million tokens of questions and of answers cost, in `currency`; nil where nobody said.
  package var pricePerMillionIn: Double?
  package var pricePerMillionOut: Double?
  /// As in `USD`; it is shown and never converted.
  package var currency: String?
  /// The voice, for speech.
  package var voice: String?
  /// Azure's `api-version`.
  package var apiVersion: String

  /// Azure's interface when nothing else is said: the last version that is not a preview.
  package static let standardAPIVersion = "2024-10-21"

  /// Makes an endpoint; what is not given follows from the kind, and the kind from the address.
  package init(
    name: String, use: Use = .chat, kind: Kind? = nil, url: String, model: String, key: Key = .none,
    keyHeader: KeyHeader? = nil, headers: [HTTPHeader] = [], patience: HTTPRequest.Patience? = nil,
    trust: HTTPRequest.Trust = HTTPRequest.Trust(), pricePerMillionIn: Double? = nil, pricePerMillionOut: Double? = nil,
    currency: String? = nil, voice: String? = nil, apiVersion: String = standardAPIVersion
  ) {
    let kind = kind ?? Kind(address: url)
    self.name = name
    self.use = use
    self.kind = kind
    self.url = url
    self.model = model
    self.key = key
    self.keyHeader = keyHeader ?? (kind == .azure ? .named("api-key") : .bearer)
    self.headers = headers
    self.patience = patience ?? Self.standardPatience(kind)
    self.trust = trust
    self.pricePerMillionIn = pricePerMillionIn
    self.pricePerMillionOut = pricePerMillionOut
    self.currency = currency
    self.voice = voice
    self.apiVersion = apiVersion
  }

  /// How long a server of this kind is waited for: Ollama may have to load a model first, which took 50 s for some.
  package static func standardPatience(_ kind: Kind) -> HTTPRequest.Patience {
    kind == .ollama ? HTTPRequest.Patience(firstByteSeconds: 180) : HTTPRequest.Patience()
  }

  /// What this many tokens cost here; nil without prices.
  package func cost(tokensIn: Int, tokensOut: Int) -> Double? {
    guard pricePerMillionIn != nil || pricePerMillionOut != nil else { return nil }
    return (Double(tokensIn) * (pricePerMillionIn ?? 0) + Double(tokensOut) * (pricePerMillionOut ?? 0)) / 1_000_000
  }

  /// The address of `path`, as in `chat/completions`.
  ///
  /// An address that already ends in the path is taken as it stands, and a query stays at the end. Azure's is
  /// `{url}/openai/deployments/{model}/{path}?api-version=…`, unless it leads to its newer `…/openai/v1`, which is as
  /// everybody's.
  package func address(of path: String) -> String {
    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var base = String(parts.first ?? "")
    while base.hasSuffix("/") { base.removeLast() }
    let query = parts.count > 1 ? "?" + parts[1] : ""
    if base.hasSuffix("/" + path) { return base + query }
    guard kind == .azure, !base.hasSuffix("/openai/v1") else { return "\(base)/\(path)\(query)" }
    if !base.contains("/openai/deployments/") {
      base += (base.hasSuffix("/openai") ? "" : "/openai") + "/deployments/" + Self.escaped(model)
    }
    if query.contains("api-version=") { return "\(base)/\(path)\(query)" }
    return "\(base)/\(path)\(query.isEmpty ? "?" : query + "&")api-version=\(Self.escaped(apiVersion))"
  }

  /// The header with the key, nil where there is none.
  package func secret(_ key: String?) -> HTTPHeader? {
    guard let key, !key.isEmpty else { return nil }
    return switch keyHeader {
    case .bearer: HTTPHeader("Authorization", "Bearer " + key)
    case .named(let name): HTTPHeader(name, key)
    }
  }

  /// A part of a path, with all but letters, digits and `-._~` as `%XX` (RFC 3986, 2.3).
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for byte in text.utf8 {
      let sign = Character(Unicode.Scalar(byte))
      if byte < 0x80, sign.isLetter || sign.isNumber || "-._~".contains(sign) {
        escaped.append(sign)
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        escaped += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return escaped
  }
}
