import Network
import Practice
import Support
import Testing

@testable import Tutor

/// What is sent to which address.
struct ChatRequestTests {
  @Test(arguments: [
    ("https://api.openai.com/v1", nil, "https://api.openai.com/v1/chat/completions"),
    ("http://127.0.0.1:11434/v1/", nil, "http://127.0.0.1:11434/v1/chat/completions"),
    ("https://x.example/v1/chat/completions", nil, "https://x.example/v1/chat/completions"),
    ("https://x.example/v1/chat/completions/?a=b", nil, "https://x.example/v1/chat/completions?a=b"),
    ("https://x.example/v1?a=b", nil, "https://x.example/v1/chat/completions?a=b"),
    (
      "https://generativelanguage.googleapis.com/v1beta/openai/", nil,
      "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions"
    ),
    (
      "https://me.openai.azure.com", nil,
      "https://me.openai.azure.com/openai/deployments/gpt%204%2Fo/chat/completions?api-version=2024-10-21"
    ),
    (
      "https://me.openai.azure.com/openai/", nil,
      "https://me.openai.azure.com/openai/deployments/gpt%204%2Fo/chat/completions?api-version=2024-10-21"
    ),
    (
      "https://me.openai.azure.com/openai/deployments/d?api-version=9", nil,
      "https://me.openai.azure.com/openai/deployments/d/chat/completions?api-version=9"
    ),
    (
      "https://me.openai.azure.com/openai/deployments/d/chat/completions?api-version=9", nil,
      "https://me.openai.azure.com/openai/deployments/d/chat/completions?api-version=9"
    ),
    ("https://me.openai.azure.com/openai/v1", nil, "https://me.openai.azure.com/openai/v1/chat/completions"),
    (
      "https://proxy.example", ChatEndpoint.Kind.azure,
      "https://proxy.example/openai/deployments/gpt%204%2Fo/chat/completions?api-version=2024-10-21"
    ),
  ])
  func `the address follows from base, kind and model`(url: String, kind: ChatEndpoint.Kind?, expected: String) {
    let endpoint = ChatEndpoint(name: "e", kind: kind, url: url, model: "gpt 4/o")
    #expect(ChatRequest(endpoint: endpoint, messages: []).request(key: nil).url == expected)
  }

  @Test(arguments: [
    ("https://me.openai.azure.com", ChatEndpoint.Kind.azure), ("https://me.cognitiveservices.azure.com/", .azure),
    ("http://localhost:11434/v1", .ollama), ("https://api.openai.com/v1", .standard),
    ("https://openai.azure.com.evil.example", .standard),
    ("", .standard),
  ])
  func `the kind follows from the address`(url: String, expected: ChatEndpoint.Kind) {
    #expect(ChatEndpoint.Kind(address: url) == expected)
  }

  @Test(arguments: [
    (ChatEndpoint.Kind.standard, nil, HTTPHeader("Authorization", "Bearer k3y")),
    (.azure, nil, HTTPHeader("api-key", "k3y")),
    (.ollama, nil, HTTPHeader("Authorization", "Bearer k3y")),
    (.standard, ChatEndpoint.KeyHeader.named("x-key"), HTTPHeader("x-key", "k3y")),
    (.azure, .bearer, HTTPHeader("Authorization", "Bearer k3y")),
  ])
  func `the key is in its header and nowhere else`(
    kind: ChatEndpoint.Kind, header: ChatEndpoint.KeyHeader?, expected: HTTPHeader
  ) {
    let endpoint = ChatEndpoint(name: "e", kind: kind, url: "https://x.example", model: "m", keyHeader: header)
    let request = ChatRequest(endpoint: endpoint, messages: [ChatMessage(.user, "hi")]).request(key: "k3y")
    #expect(request.secret == expected)
    var shown = request
    shown.secret = nil
    #expect(!"\(shown.url) \(shown.headers) \(shown.body) \(request)".contains("k3y"))
    #expect(ChatRequest(endpoint: endpoint, messages: []).request(key: nil).secret == nil)
  }

  @Test(
    arguments: [
      (ChatEndpoint.Kind.standard, ChatSettings(), [], #""stream":true,"stream_options":{"include_usage":true}"#),
      (
        .standard, ChatSettings(temperature: 0.7, longestTokens: 300), [],
        #""stream":true,"stream_options":{"include_usage":true},"temperature":0.7,"max_tokens":300"#
      ),
      (
        .standard, ChatSettings(temperature: 0.7, longestTokens: 300), [.temperature, .longest, .usage],
        #""stream":true,"max_completion_tokens":300"#
      ),
      (
        .standard, ChatSettings(temperature: 9, longestTokens: -4, reasoningEffort: "low"), [.usage],
        #""stream":true,"temperature":2,"max_tokens":1,"reasoning_effort":"low""#
      ),
      (
        .ollama, ChatSettings(), [], #""stream":true,"stream_options":{"include_usage":true},"reasoning_effort":"none""#
      ),
      (
        .ollama, ChatSettings(reasoningEffort: "high"), [],
        #""stream":true,"stream_options":{"include_usage":true},"reasoning_effort":"high""#
      ),
      (.ollama, ChatSettings(), [.reasoningEffort], #""stream":true,"stream_options":{"include_usage":true}"#),
    ] as [(ChatEndpoint.Kind, ChatSettings, Set<ChatRequest.Option>, String)])
  func `the body says what is set and no more`(
    kind: ChatEndpoint.Kind, settings: ChatSettings, omitted: Set<ChatRequest.Option>, tail: String
  ) {
    let endpoint = ChatEndpoint(name: "e", kind: kind, url: "https://x.example", model: "m")
    let request = ChatRequest(
      endpoint: endpoint, messages: [ChatMessage(.system, "Be \"kind\".\u{1B}"), ChatMessage(.user, "hi\nho")],
      settings: settings,
      omitted: omitted)
    #expect(
      request.body.text
        == #"{"model":"m","messages":[{"role":"system","content":"Be \"kind\".\u001b"},{"role":"user","content":"hi\nho"}],"#
        + tail + "}")
  }

  @Test func `Ollama is waited for longer, and can be warmed up without a word`() {
    let endpoint = ChatEndpoint(name: "e", url: "http://127.0.0.1:11434/v1", model: "qwen3")
    #expect(endpoint.patience.firstByteSeconds == 180)
    let request = ChatRequest.warmUp(endpoint, key: nil)
    #expect(request?.url == "http://127.0.0.1:11434/api/generate")
    #expect(
      request?.body
        == .bytes(Array(#"{"model":"qwen3","keep_alive":"30m","stream":false}"#.utf8), type: "application/json"))
    #expect(ChatRequest.warmUp(ChatEndpoint(name: "e", url: "https://x.example", model: "m"), key: nil) == nil)
  }

  @Test(arguments: [
    ("", 0), ("word", 1), ("How was my pace?", 4), ("привет", 3), ("你好", 2), ("🎉", 1), ("é", 1),
  ])
  func `tokens are reckoned from characters`(text: String, tokens: Int) {
    #expect(TokenEstimate(text).tokens == tokens)
  }

  @Test func `messages cost four tokens more each`() {
    #expect(TokenEstimate([ChatMessage(.system, "word"), ChatMessage(.user, "")]).tokens == 9)
  }

  @Test(
    arguments: [(nil, nil, nil), (2.0, 8.0, 0.0028), (2.0, nil, 0.002), (nil, 8.0, 0.0008)]
      as [(Double?, Double?, Double?)])
  func `the cost follows from the prices`(priceIn: Double?, priceOut: Double?, cost: Double?) {
    let endpoint = ChatEndpoint(
      name: "e", url: "u", model: "m", pricePerMillionIn: priceIn, pricePerMillionOut: priceOut)
    let reckoned = endpoint.cost(tokensIn: 1000, tokensOut: 100)
    #expect((reckoned == nil) == (cost == nil))
    #expect(abs((reckoned ?? 0) - (cost ?? 0)) < 1e-12)
  }
}

/// Keys, from where the config says they are.
struct KeyRingTests {
  private let ring = KeyRing(environment: ["KEY": "abc", "EMPTY": "", "TWO": "a b", "EVIL": "a\r\nX-Header: b"])

  private func outcome(_ key: ChatEndpoint.Key) -> String {
    switch ring.find(key) {
    case .success(let key): key ?? "none"
    case .failure(let problem): problem.sentence
    }
  }

  @Test(arguments: [
    (ChatEndpoint.Key.none, "none"), (.environment("KEY"), "abc"),
    (.environment("EMPTY"), "the environment variable EMPTY is not set"),
    (.environment("NO"), "the environment variable NO is not set"), (.environment("TWO"), "TWO holds no key"),
    (.environment("EVIL"), "EVIL holds no key"),
    (.file("/nowhere/key"), "/nowhere/key cannot be read: No such file or directory"),
    (.file("/dev/null"), "/dev/null cannot be read: it is no file"),
  ])
  func `a key is found or its absence is said`(key: ChatEndpoint.Key, expected: String) {
    #expect(outcome(key) == expected)
  }

  @Test(arguments: [
    ("abc\n", "600", "abc"), ("abc", "400", "abc"), ("abc", "644", "others"), ("abc", "640", "others"),
    ("", "600", "no key"),
    ("a b", "600", "no key"), ("a\nb", "600", "no key"), (String(repeating: "a", count: 9000), "600", "no key"),
    ("é", "600", "no key"),
  ])
  func `a file with a key is its owner's alone`(content: String, mode: String, expected: String) throws {
    let scratch = try Scratch()
    let path = try scratch.write(content, to: "key")
    try run(["chmod", mode, path])
    #expect(outcome(.file(path)).contains(expected))
  }

  @Test func `a pipe in a key's place is not waited for`() throws {
    let scratch = try Scratch()
    try run(["mkfifo", "-m", "600", scratch.path("key")])
    #expect(outcome(.file(scratch.path("key"))).hasSuffix("it is no file"))
  }
}
