import Network
import Support
import Synchronization
import Testing

@testable import Tutor

/// A call over real sockets, to servers that misbehave.
struct CallTests {
  static let key = "hunter2secret"

  /// Asks endpoints called a, b, c… at these addresses, and waits for the end.
  private func ask(
    _ urls: [String], kind: ChatEndpoint.Kind = .standard, settings: ChatSettings = ChatSettings(),
    patience: HTTPRequest.Patience = HTTPRequest.Patience(), isOffline: Bool = false, requestsPerMinute: Int = 100,
    key: ChatEndpoint.Key = .environment("KEY")
  ) -> Told {
    let client = HTTPClient(isOffline: isOffline, requestsPerMinute: requestsPerMinute)
    let told = Told()
    let endpoints = zip("abcdef", urls).map {
      ChatEndpoint(
        name: String($0), kind: kind, url: $1, model: "m", key: key, patience: patience, pricePerMillionOut: 1_000_000)
    }
    let ring = KeyRing(environment: ["KEY": Self.key])
    let call = TutorCall(
      client: client, endpoints: endpoints, messages: [ChatMessage(.user, "How was my pace?")], settings: settings,
      keys: { ring.find($0) }, tell: { told.add($0) })
    call.start()
    #expect(eventually { told.isOver })
    for problem in told.problems { #expect(!problem.detail.contains(Self.key)) }
    return told
  }

  private static func chunk(_ text: String) -> String {
    "data: {\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"}}]}\n\n"
  }

  private static let end =
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
  private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
  private static let path = "/chat/completions"

  private static let good: [FaultyServer.Step] = [.text(head + chunk("Good ") + chunk("pace.") + end)]

  @Test func `an answer streams in and is reckoned`() throws {
    let server = try FaultyServer([Self.path: Self.good])
    let told = ask([server.url("")])
    #expect(told.words == ["try a", "\"Good pace.", "done a"])
    let receipt = try #require(told.receipt)
    #expect(receipt.model == "m-1" && receipt.isEstimated && !receipt.isCut)
    #expect(receipt.tokensIn == 8 && receipt.tokensOut == 3 && receipt.cost == 3)
    #expect(receipt.firstTokenSeconds >= 0 && receipt.seconds >= receipt.firstTokenSeconds)
    let request = try #require(server.requests.first)
    #expect(request.method == "POST" && request["Authorization"] == "Bearer " + Self.key)
    #expect(request["Content-Type"] == "application/json" && request.text.contains("\"stream\":true"))
  }

  @Test func `an answer byte by byte and an answer at once are the same`() throws {
    let server = try FaultyServer([
      "/drip" + Self.path: [.drip(Array((Self.head + Self.chunk("né 日本") + Self.end).utf8))],
      "/json" + Self.path: [
        .reply(
          200, "{\"choices\":[{\"message\":{\"content\":\"né 日本\"},\"finish_reason\":\"stop\"}]}", type: "text/html")
      ],
    ])
    for path in ["/drip", "/json"] { #expect(ask([server.url(path)]).words == ["try a", "\"né 日本", "done a"]) }
  }

  /// What the first endpoint does, what is told until the second answers.
  static let faults: [(String, [FaultyServer.Step], [String], CallProblem.Kind)] = [
    ("nothing", [], ["try a"], .cut), ("reset", [.reset], ["try a"], .cut),
    ("401", [.reply(401, "{\"error\":{\"message\":\"Incorrect API key \(key)\"}}")], ["try a"], .keyRefused),
    ("403", [.reply(403)], ["try a"], .keyRefused), ("404", [.reply(404)], ["try a"], .notFound),
    ("408", [.reply(408)], ["try a"], .requestTimedOut), ("500", [.reply(500, "oops")], ["try a"], .server),
    ("429", [.reply(429)], ["try a"], .tooManyForServer),
    ("429 for long", [.reply(429, headers: ["Retry-After: 3600"])], ["try a"], .tooManyForServer),
    ("a page", [.reply(200, "<html>Sign in</html>", type: "text/event-stream")], ["try a"], .malformed),
    ("empty", [.reply(200, "")], ["try a"], .malformed), ("no text", [.text(head + end)], ["try a"], .empty),
    ("error", [.text(head + "data: {\"error\":{\"message\":\"busy\",\"code\":503}}\n\n")], ["try a"], .server),
    ("broken off", [.text(head + chunk("Hal")), .reset], ["try a", "\"Hal", "cut a cut"], .cut),
    ("ends early", [.text(head + chunk("Hal"))], ["try a", "\"Hal", "cut a cut"], .cut),
    ("stalls", [.text(head + chunk("Hal")), .stall], ["try a", "\"Hal", "cut a stalled"], .stalled),
    ("silent", [.stall], ["try a"], .timedOut),
    (
      "malformed", [.text(head + chunk("Hal") + "data: {oh\n\n"), .stall], ["try a", "\"Hal", "cut a malformed"],
      .malformed
    ),
    (
      "error later", [.text(head + chunk("Hal") + "data: {\"error\":\"gone\"}\n\n"), .stall],
      ["try a", "\"Hal", "cut a server"], .server
    ),
    (
      "a line without end", [.text(head + chunk("Hal") + "data: "), .flood([UInt8](repeating: 0x61, count: 65536))],
      ["try a", "\"Hal", "cut a tooLarge"], .tooLarge
    ),
  ]

  @Test(arguments: faults)
  func `what fails leads to the next, and what had come stays`(
    name: String, steps: [FaultyServer.Step], told expected: [String], kind: CallProblem.Kind
  ) throws {
    let patience = HTTPRequest.Patience(firstByteSeconds: 0.5, stallSeconds: 0.5)
    let bad = try FaultyServer([Self.path: steps])
    let good = try FaultyServer([Self.path: Self.good])
    let told = ask([bad.url(""), good.url("")], patience: patience)
    #expect(told.words == expected + ["try b", "\"Good pace.", "done b"])
    for case .cut(_, let why) in told.all { #expect(why.spent?.isCut == true && why.spent?.tokensOut == 1) }
    let alone = ask([bad.url("")], patience: patience)
    #expect(alone.problems.map(\.kind) == [kind])
  }

  @Test func `an endless answer is given up`() throws {
    let server = try FaultyServer([
      Self.path: [.text(Self.head), .flood(Array(Self.chunk(String(repeating: "word ", count: 1000)).utf8))]
    ])
    let told = ask([server.url("")])
    #expect(told.words.suffix(2) == ["cut a tooLarge", "failed a:tooLarge"])
    #expect(told.words.count == 4)
  }

  @Test func `nobody there, a name that nobody has, and an address that is none`() {
    let told = ask(["http://127.0.0.1:1", "https://no-such-host.invalid", "no address", "http://plain.invalid/v1"])
    #expect(
      told.words == [
        "try a", "try b", "try c", "try d", "failed a:unreachable b:unknownHost c:badAddress d:plainRefused",
      ])
  }

  @Test func `a key that is not there is a problem of its endpoint alone`() throws {
    let server = try FaultyServer([Self.path: Self.good])
    let told = ask([server.url(""), server.url("")], key: .environment("NO_SUCH_KEY"))
    #expect(told.words == ["try a", "try b", "failed a:noKey b:noKey"])
    #expect(told.problems.first?.detail == "the environment variable NO_SUCH_KEY is not set")
    #expect(server.connections == 0)
  }

  @Test func `offline and over the limit of a minute nobody else is asked`() throws {
    let server = try FaultyServer([Self.path: Self.good])
    #expect(ask([server.url(""), server.url("")], isOffline: true).words == ["try a", "failed a:offline"])
    #expect(
      ask([server.url(""), server.url("")], requestsPerMinute: 0).words == ["try a", "failed a:tooManyFromHere"])
    #expect(server.connections == 0)
    #expect(ask([]).words == ["failed "])
  }

  @Test func `a server that asks for a moment is asked once more`() throws {
    let count = Mutex(0)
    let server = try FaultyServer { _ in
      count.withLock { $0 += 1 }
      return count.withLock { $0 } == 1 ? [.reply(429, headers: ["Retry-After: 0"])] : Self.good
    }
    #expect(ask([server.url("")]).words == ["try a", "\"Good pace.", "done a"])
    #expect(server.requests.count == 2)
  }

  @Test func `an option that is refused is left out, each once`() throws {
    let server = try FaultyServer { request in
      if request.text.contains("reasoning_effort") {
        return [
          .reply(400, "{\"error\":{\"message\":\"\\\"llama3\\\" does not support thinking\",\"type\":\"api_error\"}}")
        ]
      }
      if request.text.contains("\"max_tokens\"") {
        return [
          .reply(400, "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.\"}}")
        ]
      }
      return Self.good
    }
    let told = ask([server.url("")], kind: .ollama, settings: ChatSettings(longestTokens: 9))
    #expect(told.words == ["try a", "\"Good pace.", "done a"])
    #expect(server.requests.count == 3)
    #expect(server.requests.last?.text.contains("\"max_completion_tokens\":9") == true)
    let stubborn = try FaultyServer { _ in [.reply(400, "I want temperature, max_tokens and stream_options")] }
    let settings = ChatSettings(temperature: 1, longestTokens: 9)
    #expect(ask([stubborn.url("")], kind: .ollama, settings: settings).words == ["try a", "failed a:refused"])
    #expect(stubborn.requests.count == 5)
  }

  @Test func `a redirect to another host is told nothing, and one to the same is followed`() throws {
    let other = try FaultyServer(host: "127.0.0.2", [Self.path: Self.good])
    let server = try FaultyServer([
      Self.path: [.redirect(307, to: other.url(Self.path))],
      "/near" + Self.path: [.redirect(307, to: "/good" + Self.path)],
      "/good" + Self.path: Self.good,
    ])
    #expect(ask([server.url("")]).words == ["try a", "failed a:redirected"])
    #expect(other.connections == 0)
    #expect(ask([server.url("/near")]).words == ["try a", "\"Good pace.", "done a"])
    #expect(server.requests.allSatisfy { $0["Authorization"] == "Bearer " + Self.key })
  }

  @Test func `an answer that stops at its bound says so`() throws {
    let end = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}\n\ndata: [DONE]\n\n"
    let server = try FaultyServer([
      Self.path: [.text(Self.head + Self.chunk("Good") + end)], "/thinks" + Self.path: [.text(Self.head + end)],
    ])
    #expect(ask([server.url("")]).receipt?.isCut == true)
    let thinking = ask([server.url("/thinks")])
    #expect(thinking.problems.first?.kind == .empty && thinking.problems.first?.detail.contains("tokens") == true)
  }

  @Test func `an end that was announced is an end, whatever happens behind it`() throws {
    let finish = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
    for last in [FaultyServer.Step.reset, .stall] {
      let server = try FaultyServer([Self.path: [.text(Self.head + Self.chunk("Good") + finish), last]])
      let told = ask([server.url("")], patience: HTTPRequest.Patience(stallSeconds: 0.5))
      #expect(told.words == ["try a", "\"Good", "done a"])
    }
    let open = try FaultyServer([Self.path: [.text(Self.head + Self.chunk("Good") + Self.end), .stall]])
    #expect(ask([open.url("")]).words == ["try a", "\"Good", "done a"])
  }

  @Test(arguments: [[.text(head + chunk("Hal")), .stall], [.stall]] as [[FaultyServer.Step]])
  func `a call that is cancelled ends at once, and the server sees the client go`(steps: [FaultyServer.Step]) throws {
    let server = try FaultyServer([Self.path: steps])
    let told = Told()
    let client = HTTPClient()
    let call = TutorCall(
      client: client, endpoints: [ChatEndpoint(name: "a", url: server.url(""), model: "m")],
      messages: [ChatMessage(.user, "hi")], keys: { _ in .success(nil) }, tell: { told.add($0) })
    call.start()
    #expect(eventually { steps.count == 1 ? server.requests.count == 1 : told.words.contains("\"Hal") })
    call.cancel()
    let cut = steps.count == 1 ? [] : ["\"Hal", "cut a cancelled"]
    #expect(told.words == ["try a"] + cut + ["failed a:cancelled"])
    #expect(eventually { server.departures == 1 })
    call.cancel()
    call.start()
    #expect(told.words.count == 2 + cut.count)
  }

  @Test func `who listens may cancel from there`() throws {
    let server = try FaultyServer([Self.path: [.text(Self.head + Self.chunk("Hal")), .stall]])
    let told = Told()
    let client = HTTPClient()
    let held = Mutex<TutorCall?>(nil)
    let call = TutorCall(
      client: client, endpoints: [ChatEndpoint(name: "a", url: server.url(""), model: "m")],
      messages: [ChatMessage(.user, "hi")], keys: { _ in .success(nil) },
      tell: { news in
        told.add(news)
        if case .text = news { held.withLock { $0 }?.cancel() }
      })
    held.withLock { $0 = call }
    call.start()
    #expect(eventually { told.isOver })
    #expect(told.words == ["try a", "\"Hal", "cut a cancelled", "failed a:cancelled"])
    held.withLock { $0 = nil }
  }
}
