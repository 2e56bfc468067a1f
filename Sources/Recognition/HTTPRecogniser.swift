import Glibc
package import Network
package import Practice

/// An endpoint of the user's as a recogniser: sound goes out an utterance at a time, words come back.
///
/// It thinks for as long as the endpoint takes, on the thread that calls it. Nothing is sent in silence, there are no
/// partial words, and words are dated by the piece that brought them: the same sound and the same answers give the same
/// words. An endpoint that fails is asked again a few times, then it is an error; a model that knows no times is asked
/// for text alone from then on, and its words are spread over their piece.
package final class HTTPRecogniser: Recogniser {
  package let source = Word.Source.endpoint
  /// There are none.
  package var givesPartials = false

  private let client: HTTPClient
  private let endpoint: TranscriptionEndpoint
  private let isCancelled: @Sendable () -> Bool
  private let rest: (Double) -> Void
  private var detail = TranscriptionEndpoint.Detail.words
  private var pieces = SpeechPieces()

  /// A recogniser that asks `endpoint`; nothing is sent before speech was heard.
  ///
  /// - Parameter isCancelled: Asked while it waits; once it is true, everything throws `.cancelled`.
  package convenience init(
    client: HTTPClient, endpoint: TranscriptionEndpoint, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.init(client: client, endpoint: endpoint, isCancelled: isCancelled) { seconds in
      var left = timespec(tv_sec: Int(seconds), tv_nsec: Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9))
      nanosleep(&left, nil)
    }
  }

  /// The same with another way to let time pass.
  init(
    client: HTTPClient, endpoint: TranscriptionEndpoint, isCancelled: @escaping @Sendable () -> Bool,
    rest: @escaping (Double) -> Void
  ) {
    self.client = client
    self.endpoint = endpoint
    self.isCancelled = isCancelled
    self.rest = rest
  }

  package var secondsHeard: Double { pieces.secondsDone }

  package func hear(_ sound: Span<Float>, into heard: inout [Heard]) throws(RecognitionError) {
    try recognise(pieces.hear(sound), into: &heard)
  }

  package func cut(at seconds: Double, into heard: inout [Heard]) throws(RecognitionError) {
    try recognise(pieces.cut(at: seconds), into: &heard)
  }

  package func skip(seconds: Double, into heard: inout [Heard]) throws(RecognitionError) {
    try recognise(pieces.skip(seconds: seconds), into: &heard)
  }

  package func finish(into heard: inout [Heard]) throws(RecognitionError) {
    try recognise(pieces.finish(), into: &heard)
  }

  // MARK: Asking

  private func recognise(_ pieces: [SpeechPieces.Piece], into heard: inout [Heard]) throws(RecognitionError) {
    for piece in pieces {
      let reply = try ask(piece)
      let isEnglish = endpoint.language?.lowercased().hasPrefix("en") ?? true
      for word in reply.words(from: piece.start, isEnglish: isEnglish, prompt: endpoint.prompt) {
        heard.append(.final(word))
      }
      heard.append(.over)
    }
  }

  private func ask(_ piece: SpeechPieces.Piece) throws(RecognitionError) -> TranscriptionReply {
    var (attempt, turns) = (0, 0)
    while true {
      let result = client.fetch(endpoint.request(for: piece.samples, detail), isCancelled: isCancelled)
      switch TranscriptionVerdict.of(
        result, seconds: piece.seconds, detail: detail, attempt: attempt, turns: turns)
      {
      case .words(let reply): return reply
      case .askForText: detail = .text
      case .again(let seconds):
        attempt += 1
        try pause(seconds)
      case .outOfTurn:
        turns += 1
        try pause(1)
      case .failed(let kind, let detail, let complaint):
        throw RecognitionError(
          kind, operation: "transcribe", detail: "\(endpoint.name): \(detail)", complaint: complaint)
      }
    }
  }

  /// Waits, a quarter of a second at a time.
  private func pause(_ seconds: Double) throws(RecognitionError) {
    var left = seconds
    while left > 0 {
      guard !isCancelled() else { throw RecognitionError(.cancelled, operation: "transcribe") }
      rest(min(left, 0.25))
      left -= 0.25
    }
  }
}
