import Practice
import Support
import Testing

@testable import Tutor

/// Replies as the servers in use write them.
struct ReplyReaderTests {
  /// All that a body says, read in one piece and byte by byte, which must be the same.
  private func read(_ written: Written, status: Int = 200) -> (pieces: [ChatPiece], reader: ReplyReader) {
    let body = written.text
    var (whole, bytewise) = (ReplyReader(status: status), ReplyReader(status: status))
    let pieces = whole.read(Array(body.utf8))
    let all = pieces + whole.finish()
    let same = body.utf8.flatMap { bytewise.read([$0]) }
    #expect(same + bytewise.finish() == all)
    #expect(whole.fault == bytewise.fault)
    #expect(whole.isDone == bytewise.isDone)
    return (all, whole)
  }

  private func text(_ pieces: [ChatPiece]) -> String {
    pieces.map { if case .text(let text) = $0 { text } else { "" } }.joined()
  }

  private func use(_ pieces: [ChatPiece]) -> TokenUse? {
    pieces.compactMap { if case .usage(let use) = $0 { use } else { nil } }.last
  }

  /// Streams by server: what is said, what was counted.
  static let streams: [(Written, String, TokenUse?)] = [
    (
      // OpenAI: role first, null content, an empty usage on each chunk, the usage last with no choices.
      """
      data: {"id":"c","object":"chat.completion.chunk","model":"gpt-x","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}

      data: {"id":"c","object":"chat.completion.chunk","model":"gpt-x","choices":[{"index":0,"delta":{"content":"Good "},"finish_reason":null}],"usage":null}

      data: {"id":"c","object":"chat.completion.chunk","model":"gpt-x","choices":[{"index":0,"delta":{"content":"pace."},"finish_reason":null}],"usage":null}

      data: {"id":"c","object":"chat.completion.chunk","model":"gpt-x","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

      data: {"id":"c","object":"chat.completion.chunk","model":"gpt-x","choices":[],"usage":{"prompt_tokens":19,"completion_tokens":4,"total_tokens":23}}

      data: [DONE]


      """, "Good pace.", TokenUse(tokensIn: 19, tokensOut: 4)
    ),
    (
      // Azure: the filter's verdict on the prompt first, without choices; then filters beside each delta.
      """
      data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}

      data: {"choices":[{"content_filter_results":{},"delta":{"content":"","role":"assistant"},"finish_reason":null,"index":0}],"model":"gpt-x","object":"chat.completion.chunk"}

      data: {"choices":[{"content_filter_results":{"hate":{"filtered":false}},"delta":{"content":"Good pace."},"finish_reason":null,"index":0}],"model":"gpt-x","object":"chat.completion.chunk"}

      data: {"choices":[{"content_filter_offsets":{},"content_filter_results":{},"delta":{},"finish_reason":"stop","index":0}],"object":"chat.completion.chunk"}

      data: [DONE]


      """, "Good pace.", nil
    ),
    (
      // Gemini's compatible path: no index at times, the usage on every chunk and growing.
      """
      data: {"choices":[{"delta":{"content":"Good","role":"assistant"},"index":0}],"object":"chat.completion.chunk","usage":{"completion_tokens":1,"prompt_tokens":5,"total_tokens":6}}

      data: {"choices":[{"delta":{"content":" pace.","role":"assistant"},"finish_reason":"stop"}],"object":"chat.completion.chunk","usage":{"completion_tokens":3,"prompt_tokens":5,"total_tokens":8}}

      data: [DONE]


      """, "Good pace.", TokenUse(tokensIn: 5, tokensOut: 3)
    ),
    (
      // Ollama: thoughts in a field of their own; the prompt counted as nothing where it was kept.
      """
      data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"qwen3","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"Hmm"},"finish_reason":null}]}

      data: {"object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"role":"assistant","content":"Good pace."},"finish_reason":null}]}

      data: {"object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop"}]}

      data: {"object":"chat.completion.chunk","model":"qwen3","choices":[],"usage":{"prompt_tokens":0,"completion_tokens":3,"total_tokens":3}}

      data: [DONE]


      """, "Good pace.", TokenUse(tokensIn: 0, tokensOut: 3)
    ),
    (
      // llama.cpp: content null with the role; the last line without its empty one; figures of its own.
      """
      data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":1,"model":"m","object":"chat.completion.chunk"}

      data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"Good pace."}}],"model":"m","object":"chat.completion.chunk"}

      data: {"choices":[{"finish_reason":"stop","index":0,"delta":{}}],"model":"m","object":"chat.completion.chunk","timings":{"prompt_n":9,"predicted_n":3}}

      data: [DONE]
      """, "Good pace.", nil
    ),
    (
      // vLLM: thoughts as reasoning_content, stop_reason beside finish_reason; comments to keep the line open.
      """
      : keep-alive

      data: {"id":"chat-1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"reasoning_content":"Let me see"},"logprobs":null,"finish_reason":null}]}

      data: {"id":"chat-1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"Good pace.","tool_calls":[]},"finish_reason":"stop","stop_reason":null}]}

      data: {"id":"chat-1","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":7,"total_tokens":10,"completion_tokens":3}}

      data: [DONE]


      """, "Good pace.", TokenUse(tokensIn: 7, tokensOut: 3)
    ),
    (
      // LiteLLM: the usage beside an empty delta.
      """
      data: {"id":"chatcmpl-e2","object":"chat.completion.chunk","model":"tutor","choices":[{"index":0,"delta":{"role":"assistant","content":"Good pace."}}]}

      data: {"id":"chatcmpl-e2","object":"chat.completion.chunk","model":"tutor","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"id":"chatcmpl-e2","model":"tutor","object":"chat.completion.chunk","choices":[{"index":0,"delta":{}}],"usage":{"completion_tokens":3,"prompt_tokens":8,"total_tokens":11}}

      data: [DONE]


      """, "Good pace.", TokenUse(tokensIn: 8, tokensOut: 3)
    ),
    (
      // A second choice and a tool are left out; content in parts.
      """
      data: {"choices":[{"index":1,"delta":{"content":"No."}}]}

      data: {"choices":[{"index":0,"delta":{"tool_calls":[{"function":{"name":"x","arguments":"{}"}}]}},{"index":1,"delta":{"content":"No."}}]}

      data: {"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"Good "},{"type":"text","text":"pace."}]},"finish_reason":"stop"}]}

      data: [DONE]

      data: {"choices":[{"index":0,"delta":{"content":"Nothing is read behind the end."}}]}


      """, "Good pace.", nil
    ),
    (
      // Thoughts in the text, from a server that does not know the model.
      Written(
        "data: {\"choices\":[{\"delta\":{\"content\":\"<thi\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"nk>A <b> c</th\"}}]}\n\n"
          + "data: {\"choices\":[{\"delta\":{\"content\":\"ink>\\n\\nGood pace.\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
      ),
      "Good pace.", nil
    ),
    (
      // No stream at all.
      Written(
        "{\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Good pace.\"},"
          + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":3}}"),
      "Good pace.", TokenUse(tokensIn: 2, tokensOut: 3)
    ),
  ]

  @Test(arguments: streams)
  func `a reply is read`(body: Written, said: String, counted: TokenUse?) {
    let (pieces, reader) = read(body)
    #expect(text(pieces) == said)
    #expect(use(pieces) == counted)
    #expect(reader.isDone)
    #expect(reader.fault == nil)
    #expect(pieces.contains(.finished(.complete)))
  }

  @Test(arguments: [
    ("stop", FinishReason.complete), ("length", .lengthReached), ("MAX_TOKENS", .lengthReached),
    ("content_filter", .filtered), ("tool_calls", .other("tool_calls")), ("a\u{1B}[31m", .other("a[31m")),
  ])
  func `the reason of an end is known by its name`(name: String, expected: FinishReason) {
    #expect(FinishReason(named: name) == expected)
  }

  static let bodies: [(Written, ReplyReader.Fault?)] = [
    ("", .malformed("nothing came")), (" \n ", .malformed("nothing came")),
    ("<!DOCTYPE html><title>Sign in</title>", .malformed("a web page came")),
    ("{\"choices\":", .malformed("no reply, but something else in JSON")),
    ("{\"models\":[]}", .malformed("no reply, but something else in JSON")),
    ("data: {\"choices\":[\n\n", .malformed("an event that is no JSON")),
    ("data: {\"a\":1}\n\n", .malformed("an event that is no part of a reply")),
    ("data: hello\n\n", .malformed("an event that is no JSON")),
    ("data: {\"choices\":[{\"delta\":{}}]}\n\ndata: {\"cho", nil), ("Internal error", nil), ("data:\n\n", nil),
  ]

  @Test(arguments: bodies)
  func `what is no reply is said to be none`(body: Written, fault: ReplyReader.Fault?) {
    let (pieces, reader) = read(body)
    #expect(text(pieces).isEmpty)
    #expect(reader.fault == fault)
    #expect(!reader.isDone)
  }

  @Test func `a line without end and a JSON text without end are refused`() {
    for start in ["data: ", "{\"choices\":\"", " "] {
      var reader = ReplyReader(status: 200)
      _ = reader.read(Array(start.utf8))
      let piece = [UInt8](repeating: start == " " ? 0x20 : 0x61, count: 1 << 20)
      for _ in 0..<10 { _ = reader.read(piece) }
      #expect(reader.fault == .tooLong, "\(start)")
    }
  }

  @Test(arguments: [
    (#"\ud83d"#, "\u{FFFD}"), (#"a\udE00b"#, "a\u{FFFD}b"), (#"\ud83d\ude00"#, "😀"),
    (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"),
    (#"\\ud83d \ud83d"#, #"\ud83d"# + " \u{FFFD}"), (#"\ud83d\n"#, "\u{FFFD}\n"),
  ])
  func `half a character does not spoil an answer`(written: String, said: String) {
    #expect(text(read(Written("data: {\"choices\":[{\"delta\":{\"content\":\"\(written)\"}}]}\n\n")).pieces) == said)
  }

  @Test(arguments: ["\\", "\"\\u", "\"\\ud83", "\"\\ud83d", "\"\\ud83d\\", "[\"\\udfff\",]x"])
  func `what cannot be mended is no JSON`(text: String) { #expect(replyJSON(text) == nil) }

  static let complaints: [(String, String, Int?, String)] = [
    (
      "{\"error\":{\"message\":\"No\",\"type\":\"t\",\"param\":null,\"code\":\"model_not_found\"}}", "No", nil,
      "model_not_found"
    ),
    (
      "{\"error\":{\"message\":\"No\",\"type\":\"invalid_request_error\",\"code\":\"400\"}}", "No", 400,
      "invalid_request_error"
    ),
    ("{\"error\":{\"message\":\"No\",\"type\":\"None\",\"code\":429}}", "No", 429, ""),
    ("{\"error\":\"model is busy\"}", "model is busy", nil, ""),
    (
      "[{\"error\":{\"code\":503,\"message\":\"Over\\u001b[2Jloaded\",\"status\":\"UNAVAILABLE\"}}]", "Over[2Jloaded",
      503, "UNAVAILABLE"
    ),
    (
      "{\"object\":\"error\",\"message\":\"too long\",\"type\":\"BadRequestError\",\"code\":400}", "too long", 400,
      "BadRequestError"
    ),
  ]

  @Test(arguments: complaints)
  func `an error inside a stream is a refusal`(json: String, message: String, status: Int?, code: String) {
    let expected: [ChatPiece] = [.refused(ServerComplaint(message: message, status: status, code: code))]
    #expect(read(Written("data: \(json)\n\n")).pieces == expected)
    #expect(read(Written("event: error\ndata: \(json)\n\n")).pieces == expected)
    #expect(read(Written(json)).pieces == expected)
    let reader = read(Written(json), status: 500).reader
    #expect(reader.complaint == ServerComplaint(message: message, status: status, code: code))
  }

  @Test(arguments: [
    (Written("{\"detail\":\"Not Found\"}"), "Not Found"), ("{\"message\":\"no Route matched\"}", "no Route matched"),
    ("{\"detail\":[{\"msg\":\"field required\",\"loc\":[\"body\"]}]}", "field required"),
    ("404 page not found\n", "404 page not found"),
    ("<html><h1>502</h1></html>", ""), ("", ""), ("{\"a\":1}", ""), ("null", ""),
  ])
  func `a failure's body says why`(body: Written, message: String) {
    #expect(read(body, status: 404).reader.complaint.message == message)
  }

  @Test func `the error line of an older llama cpp is a refusal`() {
    let body =
      "error: {\"code\":400,\"message\":\"the request exceeds the available context size\",\"type\":\"invalid_request_error\"}\n\ndata: [DONE]\n\n"
    #expect(
      read(Written(body)).pieces.first
        == .refused(
          ServerComplaint(
            message: "the request exceeds the available context size", status: 400, code: "invalid_request_error")))
  }

  @Test func `a reply in the wrong order or shape says nothing and does no harm`() {
    var random = SystemRandomNumberGenerator()
    let words = [
      "{", "}", "[", "]", "\"choices\"", ":", ",", "\"delta\"", "\"content\"", "null", "\"x\"", "1", "data: ", "\n",
      "\n\n", "error: ", "\u{0}", "é",
    ]
    for _ in 0..<2000 {
      let body = (0..<Int.random(in: 0...30, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        .joined()
      _ = read(Written(body))
    }
  }
}
