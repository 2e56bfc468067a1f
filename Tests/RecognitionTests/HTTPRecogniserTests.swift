import Network
import Practice
import Support
import Synchronization
import Testing

@testable import Recognition

/// The HTTP recogniser against a server that looks at every field, and one that misbehaves.
struct HTTPRecogniserTests {
  /// Bursts of a tone over silence, each so many seconds long with a second before and after.
  private func sound(_ bursts: Double...) -> [Float] {
    let parts = bursts.map { Wave.tone(hertz: 220, seconds: $0, amplitude: 0.3) }
    let pause = Wave.silence(seconds: 1)
    return parts.reduce(pause) { $0 + $1 + pause }.samples.map { Float($0) / 32_768 }
  }

  private func endpoint(_ server: FaultyServer, patience: HTTPRequest.Patience = .init()) -> TranscriptionEndpoint {
    TranscriptionEndpoint(
      name: "here", url: server.url("/v1"), model: "whisper-1", secret: HTTPHeader("Authorization", "Bearer sk-1234"),
      patience: patience)
  }

  private let good =
    #"{"text":"Um, hello","words":[{"word":"Um","start":0.3,"end":0.5},{"word":"hello","start":0.6,"end":0.9}]}"#

  private func json(_ text: String, _ status: Int = 200) -> [FaultyServer.Step] {
    [.reply(status, text, type: "application/json")]
  }

  /// What is heard in `sound`, told in pieces of `size`; the seconds that were waited are put into `waits`.
  private func heard(
    _ sound: [Float], _ endpoint: TranscriptionEndpoint, size: Int = 1_600, waits: Waits = Waits(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(RecognitionError) -> [Heard] {
    let recogniser = HTTPRecogniser(client: HTTPClient(), endpoint: endpoint, isCancelled: isCancelled) {
      waits.add($0)
    }
    var heard: [Heard] = []
    for start in stride(from: 0, to: sound.count, by: size) {
      try recogniser.hear(sound[start..<min(start + size, sound.count)].span, into: &heard)
    }
    try recogniser.finish(into: &heard)
    return heard
  }

  /// How it fails with `steps`, and how often it asked.
  private func failure(
    _ steps: [FaultyServer.Step], patience: HTTPRequest.Patience = .init(), waits: Waits = Waits()
  ) throws -> (error: RecognitionError?, requests: Int) {
    let server = try FaultyServer { _ in steps }
    var found: RecognitionError?
    do throws(RecognitionError) {
      _ = try heard(sound(0.5), endpoint(server, patience: patience), waits: waits)
    } catch { found = error }
    return (found, server.requests.count)
  }

  @Test func `every field is where the endpoint looks for it`() throws {
    let server = try FaultyServer { [good] _ in [.reply(200, good, type: "application/json")] }
    #expect(try heard(sound(0.5), endpoint(server)).count == 3)
    let request = try #require(server.requests.first)
    #expect(server.requests.count == 1 && request.method == "POST" && request.path == "/v1/audio/transcriptions")
    #expect(request["authorization"] == "Bearer sk-1234" && request["accept"] == "application/json")
    let fields: [(String, [String])] = [
      ("model", ["whisper-1"]), ("prompt", ["Um, uh, hmm, er, ah."]), ("response_format", ["verbose_json"]),
      ("timestamp_granularities[]", ["word"]), ("language", ["en"]),
    ]
    for field in fields { #expect(request.fields(field.0).map(\.text) == field.1, "\(field.0)") }
    #expect(request.form.count == fields.count + 1)
    let file = try #require(request.fields("file").first)
    #expect(file.lines.contains { $0.contains(#"filename="speech.wav""#) })
    #expect(file.lines.contains { $0.lowercased() == "content-type: audio/wav" })
    let wave = try Wave(bytes: file.bytes)
    #expect(wave.rate == 16_000 && abs(wave.seconds - 1) < 0.15 && wave.samples.contains { $0 > 9_000 })
  }

  @Test func `utterances are asked for one by one, and words stand where they were said`() throws {
    let server = try FaultyServer { [good] _ in [.reply(200, good, type: "application/json")] }
    let all = try [160, 1_600, 7_777].map { try heard(sound(0.5, 1), endpoint(server), size: $0) }
    #expect(all[0] == all[1] && all[1] == all[2] && server.requests.count == 6)
    let words = all[0].compactMap { if case .final(let word) = $0 { word } else { nil } }
    #expect(words.map(\.text) == ["um", "hello", "um", "hello"] && words.allSatisfy { $0.source == .endpoint })
    #expect(all[0].filter { $0 == .over }.count == 2)
    // The pieces begin 0.3 s before the tone at 1 s, and before the one at 2.5 s.
    #expect(abs(words[0].start - 1) < 0.06 && abs(words[2].start - 2.5) < 0.06)
  }

  @Test func `silence and noise are not sent, and long speech is cut`() throws {
    let server = try FaultyServer { _ in [.reply(200, #"{"text":""}"#)] }
    #expect(try heard([Float](repeating: 0, count: 80_000), endpoint(server)).isEmpty)
    #expect(try heard([.nan, .infinity, -.infinity, 1e9], endpoint(server)).isEmpty && server.requests.isEmpty)
    _ = try heard(sound(14), endpoint(server))
    let lengths = try server.requests.map { try Wave(bytes: $0.fields("file")[0].bytes).seconds }
    #expect(lengths.count == 3 && lengths.allSatisfy { $0 <= 6.31 } && abs(lengths.reduce(0, +) - 14.5) < 0.3)
  }

  @Test func `a cut ends an utterance, a gap too, and time goes on`() throws {
    let server = try FaultyServer { _ in [.reply(200, #"{"text":"yes"}"#)] }
    let recogniser = HTTPRecogniser(client: HTTPClient(), endpoint: endpoint(server))
    var heard: [Heard] = []
    let talk = sound(3)
    try recogniser.hear(talk[0..<32_000].span, into: &heard)
    try recogniser.cut(at: 1.8, into: &heard)
    #expect(server.requests.count == 1)
    try recogniser.cut(at: .nan, into: &heard)
    try recogniser.cut(at: 2.5, into: &heard)
    #expect(server.requests.count == 1)
    try recogniser.hear(talk[32_000..<48_000].span, into: &heard)
    #expect(server.requests.count == 2)
    try recogniser.skip(seconds: 5, into: &heard)
    #expect(server.requests.count == 3 && abs(recogniser.secondsHeard - 8) < 0.02)
    let words = heard.compactMap { if case .final(let word) = $0 { word } else { nil } }
    #expect(words.count == 3 && zip(words, words.dropFirst()).allSatisfy { $0.end <= $1.start + 0.001 })
    try recogniser.finish(into: &heard)
    #expect(server.requests.count == 3)
  }

  @Test func `a model without times is asked for text alone, from then on`() throws {
    let server = try FaultyServer { request in
      request.fields("response_format").first?.text == "verbose_json"
        ? [.reply(400, #"{"error":{"message":"response_format 'verbose_json' is not compatible"}}"#)]
        : [.reply(200, #"{"text":"one two"}"#)]
    }
    let heard = try heard(sound(0.5, 0.5), endpoint(server))
    #expect(
      heard.compactMap { if case .final(let word) = $0 { word.text } else { nil } } == ["one", "two", "one", "two"])
    let formats = server.requests.map { $0.fields("response_format").first?.text }
    #expect(formats == ["verbose_json", "json", "json"])
    #expect(server.requests.dropFirst().allSatisfy { $0.fields("timestamp_granularities[]").isEmpty })
  }

  @Test(arguments: [401, 403, 404, 413])
  func `what will not get better is said at once`(status: Int) throws {
    let found = try failure(json(#"{"error":"sk-1234 is no key"}"#, status))
    #expect(found.error?.kind == .endpointRefused && found.requests == 1)
    let error = try #require(found.error)
    #expect(error.detail.hasPrefix("here: ") && error.detail.contains("(\(status))"))
    #expect(!"\(error)".contains("1234"))
  }

  @Test func `what may get better is asked again, with patience and an end`() throws {
    let short = HTTPRequest.Patience(connectSeconds: 30, firstByteSeconds: 0.05, stallSeconds: 0.05)
    let rows: [(steps: [FaultyServer.Step], requests: Int)] = [
      (json("no", 500), 3), (json("no", 503), 3), ([.stall], 3), ([.reset], 3),
      ([.reply(200, "{", headers: ["Content-Length: 99"])], 3), ([.text("HTTP/1.1 200 On\r\n\r\n{"), .stall], 3),
      (json("<html>it works</html>"), 1), (json("null"), 1), (json(#"{"error":"busy"}"#), 1),
      ([.text("HTTP/1.1 200 On\r\n\r\n"), .flood([UInt8](repeating: 32, count: 9_999))], 1),
    ]
    for row in rows {
      let waits = Waits()
      let stalls = row.steps.contains { if case .stall = $0 { true } else { false } }
      let found = try failure(row.steps, patience: stalls ? short : .init(), waits: waits)
      #expect(found.error?.kind == .endpointFailed && found.requests == row.requests, "\(row)")
      #expect(waits.total == (row.requests == 3 ? 2.5 : 0))
    }
  }

  @Test func `a server that recovers has its words, also slowly`() throws {
    let count = Mutex(0)
    let server = try FaultyServer { [good] _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      switch number {
      case 1: return [.reply(500, "no")]
      case 2: return [.reply(429, "no", headers: ["Retry-After: 3"])]
      default:
        return [.text("HTTP/1.1 200 On\r\nContent-Length: \(good.utf8.count)\r\n\r\n"), .drip(Array(good.utf8))]
      }
    }
    let waits = Waits()
    #expect(try heard(sound(0.5), endpoint(server), waits: waits).count == 3)
    #expect(server.requests.count == 3 && waits.total == 3.5)
  }

  @Test func `more than may be asked in a minute waits for its turn, for a minute and no longer`() throws {
    let server = try FaultyServer { _ in [.reply(200, #"{"text":"yes"}"#)] }
    let waits = Waits()
    let recogniser = HTTPRecogniser(
      client: HTTPClient(requestsPerMinute: 1), endpoint: endpoint(server), isCancelled: { false }
    ) { waits.add($0) }
    var heard: [Heard] = []
    let talk = sound(0.5, 0.5)
    #expect(throws: RecognitionError.self) { try recogniser.hear(talk.span, into: &heard) }
    #expect(server.requests.count == 1 && waits.total == 65 && heard.count == 2)
  }

  @Test func `it can be cancelled while it waits`() throws {
    let server = try FaultyServer { _ in [.stall] }
    let found = try? #require(throws: RecognitionError.self) {
      try heard(sound(0.5), endpoint(server), isCancelled: { !server.requests.isEmpty })
    }
    #expect(found?.kind == .cancelled)
    let busy = try FaultyServer { _ in [.reply(500, "no")] }
    let other = try? #require(throws: RecognitionError.self) {
      try heard(sound(0.5), endpoint(busy), isCancelled: { busy.requests.count == 1 })
    }
    #expect(other?.kind == .cancelled && busy.requests.count == 1)
  }
}

/// The seconds that somebody was told to wait.
final class Waits: Sendable {
  private let seconds = Mutex(0.0)

  var total: Double { seconds.withLock { $0 } }

  func add(_ more: Double) { seconds.withLock { $0 += more } }
}
