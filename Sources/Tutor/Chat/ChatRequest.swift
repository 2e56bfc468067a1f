package import Network
package import Practice

/// One question to one endpoint, ready to be sent.
package struct ChatRequest: Equatable, Sendable {
  /// What a server may not know, and a request may be sent again without.
  package enum Option: String, Equatable, Sendable, CaseIterable {
    case reasoningEffort = "reasoning_effort"
    case usage = "stream_options"
    case temperature
    /// OpenAI's newer models take `max_completion_tokens` for it, and refuse the old name.
    case longest = "max_tokens"
  }

  package var endpoint: ChatEndpoint
  package var messages: [ChatMessage]
  package var settings: ChatSettings
  /// The options that this endpoint has refused.
  package var omitted: Set<Option>

  /// Makes a question.
  package init(
    endpoint: ChatEndpoint, messages: [ChatMessage], settings: ChatSettings = ChatSettings(), omitted: Set<Option> = []
  ) {
    self.endpoint = endpoint
    self.messages = messages
    self.settings = settings
    self.omitted = omitted
  }

  /// How much the model is to think: as set, and not at all with Ollama, where thoughts would use up the answer.
  private var reasoningEffort: String? { settings.reasoningEffort ?? (endpoint.kind == .ollama ? "none" : nil) }

  /// The options that are sent.
  package var options: Set<Option> {
    var options: Set<Option> = [.usage]
    if reasoningEffort != nil { options.insert(.reasoningEffort) }
    if settings.temperature?.isFinite == true { options.insert(.temperature) }
    if settings.longestTokens != nil { options.insert(.longest) }
    return options.subtracting(omitted)
  }

  /// The body; always for a stream, since Ollama was seen to take minutes without.
  package var body: JSON {
    let messages = messages.map {
      JSON.object([JSON.Field("role", .string($0.role.rawValue)), JSON.Field("content", .string($0.text))])
    }
    var fields = [
      JSON.Field("model", .string(endpoint.model)), JSON.Field("messages", .array(messages)),
      JSON.Field("stream", .bool(true)),
    ]
    let options = options
    if options.contains(.usage) {
      fields.append(JSON.Field("stream_options", .object([JSON.Field("include_usage", .bool(true))])))
    }
    if options.contains(.temperature), let temperature = settings.temperature {
      fields.append(JSON.Field("temperature", .number(min(max(temperature, 0), 2))))
    }
    if let longest = settings.longestTokens {
      let name = options.contains(.longest) ? "max_tokens" : "max_completion_tokens"
      fields.append(JSON.Field(name, .count(max(longest, 1))))
    }
    if options.contains(.reasoningEffort) { fields.append(JSON.Field("reasoning_effort", .text(reasoningEffort))) }
    return .object(fields)
  }

  /// What is sent, with the key where there is one.
  ///
  /// Until the first word a server may be silent for as long as until its first byte; `CallState` watches from there.
  package func request(key: String?) -> HTTPRequest {
    var patience = endpoint.patience
    patience.stallSeconds = max(patience.stallSeconds, patience.firstByteSeconds)
    return HTTPRequest(
      method: "POST", url: endpoint.address(of: "chat/completions"),
      headers: [HTTPHeader("Accept", "text/event-stream, application/json")] + endpoint.headers,
      secret: endpoint.secret(key), body: .bytes(Array(body.text.utf8), type: "application/json"),
      patience: patience, trust: endpoint.trust)
  }

  /// A request that makes Ollama load the model and keep it for half an hour; nil for other kinds, which need none.
  ///
  /// It asks nothing and sends no text. Ollama's compatible interface takes no `keep_alive`, so this is its own.
  package static func warmUp(_ endpoint: ChatEndpoint, key: String?) -> HTTPRequest? {
    guard endpoint.kind == .ollama else { return nil }
    var base = endpoint.url
    for tail in ["/", "/chat/completions", "/", "/v1", "/"] {
      while base.hasSuffix(tail) { base.removeLast(tail.count) }
    }
    let body = JSON.object([
      JSON.Field("model", .string(endpoint.model)), JSON.Field("keep_alive", .string("30m")),
      JSON.Field("stream", .bool(false)),
    ])
    return HTTPRequest(
      method: "POST", url: base + "/api/generate", headers: endpoint.headers, secret: endpoint.secret(key),
      body: .bytes(Array(body.text.utf8), type: "application/json"), patience: endpoint.patience, byteLimit: 64 << 10,
      trust: endpoint.trust)
  }
}
