package import Practice

/// What one part of a reply says.
package enum ChatPiece: Equatable, Sendable {
  /// Text of the answer, never empty.
  case text(String)
  /// The model thinks: nothing of it is kept, but the stream is alive.
  case reasoning
  /// What was counted so far; the last one holds.
  case usage(TokenUse)
  /// The model as the server calls it.
  case model(String)
  /// Why the answer ends here.
  case finished(FinishReason)
  /// The server gives up, inside a stream that began well.
  case refused(ServerComplaint)
}

/// How many tokens a question and its answer took, as the server counted them; 0 where it did not say.
package struct TokenUse: Equatable, Sendable {
  package var tokensIn: Int
  package var tokensOut: Int

  /// Makes a count.
  package init(tokensIn: Int, tokensOut: Int) {
    self.tokensIn = tokensIn
    self.tokensOut = tokensOut
  }
}

/// Why an answer ended.
package enum FinishReason: Equatable, Sendable {
  /// It had been said.
  case complete
  /// The model was not allowed to say more.
  case lengthReached
  /// A filter stepped in.
  case filtered
  /// Something else: a tool that was called, or a reason nobody knows.
  case other(String)

  /// The reason by the name that servers give it.
  package init(named name: String) {
    switch name.lowercased() {
    case "stop", "end_turn", "eos", "stop_sequence": self = .complete
    case "length", "max_tokens", "max_output_tokens": self = .lengthReached
    case "content_filter", "safety", "recitation", "blocklist", "prohibited_content": self = .filtered
    default: self = .other(oneLine(name, limit: 40))
    }
  }
}

/// What a server says about a request that it does not serve.
package struct ServerComplaint: Equatable, Sendable {
  /// In its own words: one line of at most 300 characters without control characters; may be empty.
  package var message: String
  /// The HTTP status that it means, where it names one.
  package var status: Int?
  /// Its short name for the matter, such as `content_filter`; empty where it has none.
  package var code: String

  /// Makes a complaint.
  package init(message: String, status: Int? = nil, code: String = "") {
    self.message = oneLine(message, limit: 300)
    self.status = status
    self.code = oneLine(code, limit: 60)
  }

  /// The complaint in `json`, in any of the shapes that servers use; nil where it is none.
  ///
  /// `{"error": "…"}` (Ollama), `{"error": {"message": …, "code": …}}` (OpenAI, Azure, LiteLLM, llama.cpp), the same in an
  /// array (Gemini), `{"object": "error", …}` (vLLM); where `isFailure`, also `{"detail": …}` and `{"message": …}`.
  package init?(_ json: JSON, isFailure: Bool = false) {
    if case .array(let values) = json, let first = values.first {
      self.init(first, isFailure: isFailure)
    } else if let text = json["error"]?.string {
      self.init(message: text)
    } else if let inner = json["error"], case .object = inner {
      self.init(fields: inner)
    } else if json["object"]?.string == "error" || isFailure && json["message"]?.string != nil {
      self.init(fields: json)
    } else if isFailure, let detail = json["detail"] {
      if case .object = detail {
        self.init(detail, isFailure: true)
      } else if case .array(let parts) = detail {
        self.init(message: parts.compactMap { $0["msg"]?.string }.joined(separator: "; "))
      } else {
        self.init(message: detail.string ?? "")
      }
    } else {
      return nil
    }
  }

  private init(fields: JSON) {
    let code = fields["code"]
    let status = [code?.integer, code?.string.flatMap { Int($0) }, fields["status_code"]?.integer]
      .compactMap(\.self).first { (400..<600).contains($0) }
    let name = [code?.string, fields["status"]?.string, fields["type"]?.string]
      .compactMap(\.self).first { Int($0) == nil && !$0.isEmpty && $0 != "None" }
    self.init(message: fields["message"]?.string ?? "", status: status, code: name ?? "")
  }
}

extension ChatPiece {
  /// The pieces of one chunk of a stream, or of a whole reply; nil where `json` is neither.
  ///
  /// Only the first choice counts, and tool calls are left out. A chunk without choices is nothing (Azure's first), or
  /// brings the usage (the last, where it was asked for). A `null` is as good as nothing there.
  package static func pieces(of json: JSON) -> [ChatPiece]? {
    if let complaint = ServerComplaint(json) { return [.refused(complaint)] }
    guard case .object = json else { return nil }
    var pieces: [ChatPiece] = []
    if let model = json["model"]?.string, !model.isEmpty { pieces.append(.model(oneLine(model, limit: 120))) }
    var isKnown = false
    if case .array(let choices)? = json["choices"] {
      isKnown = true
      if let choice = choices.first(where: { ($0["index"]?.integer ?? 0) == 0 }) {
        pieces += self.pieces(choice: choice)
      }
    }
    if let usage = json["usage"], case .object = usage {
      isKnown = true
      let use = TokenUse(
        tokensIn: held(usage["prompt_tokens"]?.integer), tokensOut: held(usage["completion_tokens"]?.integer))
      if use != TokenUse(tokensIn: 0, tokensOut: 0) { pieces.append(.usage(use)) }
    }
    return isKnown || json["object"]?.string?.hasPrefix("chat.completion") == true ? pieces : nil
  }

  private static func pieces(choice: JSON) -> [ChatPiece] {
    var pieces: [ChatPiece] = []
    for part in [choice["delta"], choice["message"]].compactMap(\.self) {
      let hasThoughts = ["reasoning_content", "reasoning", "thinking"].contains { part[$0]?.string?.isEmpty == false }
      if hasThoughts { pieces.append(.reasoning) }
      for said in [part["content"], part["refusal"]].compactMap({ $0.map(text(of:)) }) where !said.isEmpty {
        pieces.append(.text(said))
      }
    }
    if pieces.isEmpty, let text = choice["text"]?.string, !text.isEmpty { pieces.append(.text(text)) }
    if let reason = choice["finish_reason"]?.string, !reason.isEmpty {
      pieces.append(.finished(FinishReason(named: reason)))
    }
    return pieces
  }

  /// The text of a message's content: a string, or parts of which those of type `text` count.
  private static func text(of content: JSON) -> String {
    if case .array(let parts) = content { return parts.compactMap { $0["text"]?.string }.joined() }
    return content.string ?? ""
  }

  /// A count that sums cannot overflow.
  private static func held(_ count: Int?) -> Int { min(max(count ?? 0, 0), 1_000_000_000) }
}

/// `text` on one line of at most `limit` characters, without control characters, overrides or invisible ones.
func oneLine(_ text: String, limit: Int) -> String {
  let safe = ReplyText.safe(String(text.prefix(limit * 4)))
  return String(safe.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(limit))
}
