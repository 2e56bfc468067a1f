import Network
import Practice
import Support
import Synchronization
import Testing

@testable import Voice

@Suite struct HTTPVoiceTests {
  private static let samples: [Int16] = (0..<2_400).map { Int16($0 * 10) }
  private static var pcm: [UInt8] {
    samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  private func voice(_ server: FaultyServer, base: String = "/v1", stall: Double = 5) -> HTTPVoice {
    HTTPVoice(
      SpeechEndpoint(
        name: "studio", url: server.url(base), model: "tts-1", voice: "alloy",
        secret: HTTPHeader("Authorization", "Bearer sesame"), headers: [HTTPHeader("X-Room", "7")],
        patience: .init(connectSeconds: 2, firstByteSeconds: 5, stallSeconds: stall, totalSeconds: 20)),
      client: HTTPClient())
  }

  private func make(_ voice: HTTPVoice, _ text: String = "Good morning.") -> Result<SpokenSound, VoiceError> {
    do throws(VoiceError) { return .success(try voice.make(text, isCancelled: { false })) } catch {
      return .failure(error)
    }
  }

  @Test func `a sentence is asked for, and nothing but it is sent`() throws {
    let server = try FaultyServer(["/v1/audio/speech": [.reply(bytes: Self.pcm, type: "audio/pcm")]])
    let sound = try make(voice(server), "\"Good\" – morning.\n").get()
    #expect(sound.rate == 24_000 && sound.samples == Self.samples.map { Float($0) / 32_768 } && sound.fault == nil)
    let request = try #require(server.requests.first)
    #expect(request.method == "POST" && request["content-type"] == "application/json")
    #expect(request["authorization"] == "Bearer sesame" && request["x-room"] == "7")
    let wanted = JSON.object([
      .init("input", .string("\"Good\" – morning.\n")), .init("model", .string("tts-1")),
      .init("response_format", .string("pcm")), .init("voice", .string("alloy")),
    ])
    #expect(JSON(parsing: request.text) == wanted)
  }

  @Test(arguments: [
    ("https://a.example/v1", "https://a.example/v1/audio/speech"),
    ("https://a.example/v1/", "https://a.example/v1/audio/speech"),
    ("https://a.example/v1/audio/speech", "https://a.example/v1/audio/speech"),
    ("https://a.example/x?api-version=3", "https://a.example/x/audio/speech?api-version=3"),
  ])
  func `the address is made of the base`(base: String, expected: String) {
    #expect(SpeechEndpoint(name: "", url: base, model: "", voice: "").speechURL == expected)
  }

  @Test(arguments: [
    (401, VoiceError.Kind.unauthorized), (403, .unauthorized), (404, .noSpeechThere), (429, .refused), (500, .refused),
  ])
  func `a refusal is told by its kind, status and the endpoint's name`(status: Int, kind: VoiceError.Kind) throws {
    let server = try FaultyServer(["/v1/audio/speech": [.reply(status, "sesame!")]])
    #expect(make(voice(server)) == .failure(VoiceError(kind, operation: "ask", code: Int32(status), detail: "studio")))
  }

  @Test(
    arguments: [
      ([FaultyServer.Step.reply(200, "{\"error\":1}", type: "application/json")], VoiceError.Kind.notSound),
      ([.reply(200, "<html>", type: "text/html")], .notSound), ([.reply(200, "", type: "audio/pcm")], .notSound),
      ([.reply(200, "ID3....", type: "application/octet-stream")], .notSound),
      ([.reply(200, "xx", type: "audio/mpeg")], .notSound),
      ([.reply(200, "RIFF1234WAVE", type: "audio/wav")], .notSound),
      ([.text("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nabc")], .unreachable), ([.reset], .unreachable),
      (
        [.text("HTTP/1.1 200 OK\r\nContent-Type: audio/pcm\r\n\r\n"), .flood([UInt8](repeating: 1, count: 65_536))],
        .tooLong
      ),
    ] as [([FaultyServer.Step], VoiceError.Kind)])
  func `what is no sound is none`(steps: [FaultyServer.Step], kind: VoiceError.Kind) throws {
    let server = try FaultyServer(["/v1/audio/speech": steps])
    guard case .failure(let error) = make(voice(server)) else { throw SupportError("sound of \(steps)") }
    #expect(error.kind == kind && error.detail == "studio")
  }

  @Test func `who stalls is given up, and who is cancelled at once`() throws {
    let server = try FaultyServer(["/v1/audio/speech": [.stall]])
    let asked = Atomic<Int>(0)
    let error = #expect(throws: VoiceError.self) {
      try voice(server).make("Hello.") { asked.add(1, ordering: .relaxed).newValue > 3 }
    }
    #expect(error?.kind == .cancelled)
    #expect(eventually { server.departures == 1 })
  }

  @Test func `a server that makes WAV alone is asked for that, from then on`() throws {
    let wave = Wave(rate: 22_050, samples: Self.samples).file
    let server = try FaultyServer { request in
      request.text.contains("\"wav\"") ? [.reply(bytes: wave, type: "audio/wav")] : [.reply(422, "no pcm")]
    }
    let voice = voice(server)
    for _ in 0..<2 { #expect(try make(voice).get().rate == 22_050) }
    #expect(server.requests.count == 3)
  }

  @Test func `a fallback speaks where the first cannot, says why, and leaves it alone for a while`() throws {
    let server = try FaultyServer { _ in [.reply(503)] }
    let fallback = FallbackVoice(voice(server), else: EspeakVoice(VoiceSettings()))
    for _ in 0...FallbackVoice.restSentences {
      let sound = try fallback.make("Hello.", isCancelled: { false })
      #expect(sound.rate == 22_050 && sound.fault?.kind == .refused && sound.fault?.code == 503)
    }
    #expect(server.requests.count == 1)
    _ = try fallback.make("Hello.", isCancelled: { false })
    #expect(server.requests.count == 2)
    let silent = try FaultyServer([:])
    let other = FallbackVoice(voice(silent), else: EspeakVoice(VoiceSettings()))
    for _ in 0..<30 { #expect(try other.make("Hello.", isCancelled: { false }).fault?.kind == .noSpeechThere) }
    #expect(silent.requests.count == 1, "an endpoint without speech is not asked again")
  }
}

@Suite struct SentSoundTests {
  private func wave(
    _ data: [UInt8], rate: Int = 16_000, channels: Int = 1, bits: Int = 16, tag: Int = 1, claimed: Int? = nil
  ) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let head = Array("RIFF".utf8) + number(claimed ?? 36 + data.count, 4) + Array("WAVEfmt ".utf8) + number(16, 4)
    let format = number(tag, 2) + number(channels, 2) + number(rate, 4) + number(rate * channels * bits / 8, 4)
    return head + format + number(channels * bits / 8, 2) + number(bits, 2) + Array("data".utf8)
      + number(claimed ?? data.count, 4) + data
  }

  @Test func `samples of every kind are read`() {
    #expect(SentSound.read([0, 64, 0, 192, 9], type: "") == SpokenSound(samples: [0.5, -0.5], rate: 24_000))
    #expect(SentSound.read([0, 64], type: "audio/pcm; rate=16000")?.rate == 16_000)
    #expect(SentSound.read(wave([0, 64, 0, 192]), type: "x/y") == SpokenSound(samples: [0.5, -0.5], rate: 16_000))
    #expect(SentSound.read(wave([0, 64, 0, 0], channels: 2), type: "")?.samples == [0.25])
    #expect(SentSound.read(wave([0, 0, 64], bits: 24), type: "")?.samples == [0.5])
    #expect(SentSound.read(wave([0, 0, 0, 64], bits: 32), type: "")?.samples == [0.5])
    #expect(SentSound.read(wave([0, 0, 0, 63, 0, 0, 192, 127], bits: 32, tag: 3), type: "")?.samples == [0.5, 0])
    #expect(SentSound.read(wave([0, 64, 0, 64], claimed: 0xFFFF_FFFF), type: "")?.samples == [0.5, 0.5], "streamed")
  }

  @Test func `nothing is read of anything else`() {
    for bytes in [
      wave([], rate: 16_000), wave([1, 2], rate: 7), wave([1, 2], channels: 0), wave([1, 2], bits: 12),
      wave([1, 2], tag: 85),
    ] {
      #expect(SentSound.read(bytes, type: "audio/wav") == nil)
    }
    #expect(SentSound.read([1, 2], type: "audio/pcm;rate=9999999") == nil)
    let whole = wave([1, 2, 3, 4])
    for count in 0..<whole.count { _ = SentSound.read(Array(whole.prefix(count)), type: "audio/wav") }
  }
}
