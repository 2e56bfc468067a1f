package import Network
import Practice

/// Where speech is asked for: an endpoint that speaks OpenAI's `/audio/speech`.
package struct SpeechEndpoint: Sendable {
  /// What the config calls it; it is all that errors say of it.
  package var name: String
  /// The base address, as in `https://host/v1`; or the whole one, if it ends with `/audio/speech`.
  package var url: String
  /// As in `tts-1`.
  package var model: String
  /// As in `alloy`.
  package var voice: String
  /// The header that holds the key.
  package var secret: HTTPHeader?
  /// Headers that it wants beside.
  package var headers: [HTTPHeader]
  /// How long it is waited for.
  package var patience: HTTPRequest.Patience
  /// Whom is believed.
  package var trust: HTTPRequest.Trust

  /// An endpoint; by default it is waited for as long as a listener would.
  package init(
    name: String, url: String, model: String, voice: String, secret: HTTPHeader? = nil, headers: [HTTPHeader] = [],
    patience: HTTPRequest.Patience = .init(connectSeconds: 3, firstByteSeconds: 10, stallSeconds: 5, totalSeconds: 30),
    trust: HTTPRequest.Trust = .init()
  ) {
    self.name = name
    self.url = url
    self.model = model
    self.voice = voice
    self.secret = secret
    self.headers = headers
    self.patience = patience
    self.trust = trust
  }

  /// The address that is asked: the base with its path at the end, before a query.
  var speechURL: String {
    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path = String(parts.first ?? "")
    while path.hasSuffix("/") { path.removeLast() }
    if !path.hasSuffix("/audio/speech") { path += "/audio/speech" }
    return path + (parts.count > 1 ? "?" + parts[1] : "")
  }
}

/// A voice that is asked for over the network. Of a reply only the sentence is sent, and nothing else.
///
/// Plain samples are asked for, since they need no decoder; a server that knows only WAV may send that, and one that
/// refuses to make samples is asked for WAV from then on.
package final class HTTPVoice: SpeechMaker {
  /// Characters of a sentence at most: what OpenAI takes.
  static let textLimit = 4_096
  /// Bytes of sound at most: three minutes of plain samples.
  static let byteLimit = 8 << 20

  private let endpoint: SpeechEndpoint
  private let client: HTTPClient
  private var format = "pcm"

  /// A voice at `endpoint`; nothing is sent before the first `make`.
  package init(_ endpoint: SpeechEndpoint, client: HTTPClient) {
    self.endpoint = endpoint
    self.client = client
  }

  package func make(_ text: String, isCancelled: () -> Bool) throws(VoiceError) -> SpokenSound {
    guard text.count <= Self.textLimit else { throw fault(.tooLong, "make") }
    var reply = try ask(text, isCancelled)
    if [400, 415, 422].contains(reply.status), format == "pcm" {
      format = "wav"
      reply = try ask(text, isCancelled)
      if !(200..<300).contains(reply.status) { format = "pcm" }
    }
    switch reply.status {
    case 200..<300: break
    case 401, 403: throw fault(.unauthorized, "ask", reply.status)
    case 404, 405, 501: throw fault(.noSpeechThere, "ask", reply.status)
    default: throw fault(.refused, "ask", reply.status)
    }
    guard let sound = SentSound.read(reply.body, type: reply.headers["content-type"] ?? "") else {
      throw fault(.notSound, "read", reply.status)
    }
    return sound
  }

  private func ask(_ text: String, _ isCancelled: () -> Bool) throws(VoiceError) -> HTTPReply {
    let body = JSON.object([
      .init("model", .string(endpoint.model)), .init("input", .string(text)), .init("voice", .string(endpoint.voice)),
      .init("response_format", .string(format)),
    ])
    let request = HTTPRequest(
      method: "POST", url: endpoint.speechURL, headers: endpoint.headers, secret: endpoint.secret,
      body: .bytes(Array(body.text.utf8), type: "application/json"), patience: endpoint.patience,
      byteLimit: Self.byteLimit, trust: endpoint.trust)
    switch client.fetch(request, isCancelled: isCancelled) {
    case .success(let reply): return reply
    case .failure(let error):
      let kind: VoiceError.Kind =
        switch error.kind {
        case .cancelled: .cancelled
        case .tooLarge: .tooLong
        default: .unreachable
        }
      throw VoiceError(kind, operation: error.operation, code: error.code, detail: endpoint.name)
    }
  }

  private func fault(_ kind: VoiceError.Kind, _ operation: String, _ status: Int = 0) -> VoiceError {
    VoiceError(kind, operation: operation, code: Int32(clamping: status), detail: endpoint.name)
  }
}
