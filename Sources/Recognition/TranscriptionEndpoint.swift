package import Network

/// Where sound is sent to become words, and how: an endpoint that speaks OpenAI's `/audio/transcriptions`, such as
/// whisper.cpp's server, the servers around faster-whisper, or OpenAI itself.
package struct TranscriptionEndpoint: Sendable {
  /// What keeps a Whisper from leaving out "um": a longer prompt, or one of sentences, makes it lose sentences.
  package static let fillersPrompt = "Um, uh, hmm, er, ah."
  /// Bytes of an answer: words of six seconds are some ten thousand.
  private static let byteLimit = 256 << 10

  /// What it is called in the settings.
  package var name: String
  /// The address up to where `/audio/transcriptions` follows, as in `https://api.openai.com/v1`.
  package var url: String
  package var model: String
  /// The language spoken, as in `en`; nil lets the endpoint find out.
  package var language: String?
  package var prompt: String
  /// The header with the key.
  package var secret: HTTPHeader?
  package var headers: [HTTPHeader]
  package var patience: HTTPRequest.Patience
  package var trust: HTTPRequest.Trust

  /// Makes an endpoint; the patience is that of somebody who speaks on.
  package init(
    name: String, url: String, model: String, language: String? = "en", prompt: String = fillersPrompt,
    secret: HTTPHeader? = nil, headers: [HTTPHeader] = [],
    patience: HTTPRequest.Patience = .init(firstByteSeconds: 20, stallSeconds: 10, totalSeconds: 30),
    trust: HTTPRequest.Trust = .init()
  ) {
    self.name = name
    self.url = url
    self.model = model
    self.language = language
    self.prompt = prompt
    self.secret = secret
    self.headers = headers
    self.patience = patience
    self.trust = trust
  }

  /// What is asked for.
  enum Detail: Equatable, Sendable {
    /// Words with their times (`verbose_json` and `timestamp_granularities[]`).
    case words
    /// The text alone, of a model that knows no times.
    case text
  }

  /// Samples that are sent at least, with silence after them: OpenAI refuses what is shorter than a tenth of a second.
  private static let leastSamples = 8_000

  /// The request for the words of `samples`, mono at 16 kHz.
  func request(for samples: [Int16], _ detail: Detail) -> HTTPRequest {
    let silence = [Int16](repeating: 0, count: max(0, Self.leastSamples - samples.count))
    var parts = [
      FormPart(name: "file", fileName: "speech.wav", type: "audio/wav", bytes: Self.wave(samples + silence)),
      FormPart(name: "model", text: model),
      FormPart(name: "response_format", text: detail == .words ? "verbose_json" : "json"),
    ]
    if detail == .words { parts.append(FormPart(name: "timestamp_granularities[]", text: "word")) }
    if !prompt.isEmpty { parts.append(FormPart(name: "prompt", text: prompt)) }
    if let language { parts.append(FormPart(name: "language", text: language)) }
    let base = url.hasSuffix("/") ? String(url.dropLast()) : url
    let isWhole = url.contains("/audio/transcriptions")
    return HTTPRequest(
      method: "POST", url: isWhole ? url : base + "/audio/transcriptions",
      headers: [HTTPHeader("Accept", "application/json")] + headers, secret: secret, body: .form(parts),
      patience: patience, byteLimit: Self.byteLimit, trust: trust)
  }

  /// A request that shows whether the endpoint takes sound at all: these samples, and the text of them alone.
  package func probe(_ samples: [Int16]) -> HTTPRequest { request(for: samples, .text) }

  /// A WAV file of 16-bit samples, mono at 16 kHz.
  static func wave(_ samples: [Int16]) -> [UInt8] {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let rate = SpeechPieces.sampleRate
    var file = Array("RIFF".utf8) + little(36 + 2 * samples.count, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
    file += little(1, 2) + little(1, 2) + little(rate, 4) + little(2 * rate, 4) + little(2, 2) + little(16, 2)
    file += Array("data".utf8) + little(2 * samples.count, 4)
    file.reserveCapacity(file.count + 2 * samples.count)
    for sample in samples { file += [UInt8(truncatingIfNeeded: sample), UInt8(truncatingIfNeeded: sample >> 8)] }
    return file
  }
}
