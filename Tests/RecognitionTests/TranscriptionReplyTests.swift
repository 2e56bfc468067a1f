import Network
import Practice
import Testing

@testable import Recognition

struct TranscriptionReplyTests {
  /// The words of an answer to a piece of four seconds that begins at 10 s, as "text@start-end".
  private func words(_ json: String, seconds: Double = 4, isEnglish: Bool = true) -> [String]? {
    TranscriptionReply(Array(json.utf8), seconds: seconds)?
      .words(from: 10, isEnglish: isEnglish, prompt: TranscriptionEndpoint.fillersPrompt)
      .map { "\($0.text)@\($0.start)-\($0.end)" }
  }

  @Test(
    arguments: [
      // OpenAI: words beside segments.
      (
        #"{"text":"Um, hello.","words":[{"word":"Um","start":0.1,"end":0.5},{"word":"hello","start":1,"end":1.5}]}"#,
        ["um@10.1-10.5", "hello@11.0-11.5"]
      ),
      // faster-whisper: in segments, a blank before each.
      (
        #"{"text":"x","segments":[{"words":[{"word":" Don't","start":0,"end":1},{"word":" stop.","start":1,"end":2}]}]}"#,
        ["don't@10.0-11.0", "stop@11.0-12.0"]
      ),
      // whisper.cpp: pieces of words.
      (
        #"{"text":"x","segments":[{"words":[{"word":" Ro","start":0,"end":1},{"word":"strum","start":1,"end":2},{"word":",","start":2,"end":2},{"word":" yes","start":3,"end":4}]}]}"#,
        ["rostrum@10.0-12.0", "yes@13.0-14.0"]
      ),
      // Segments alone, then text alone: spread by length.
      (#"{"text":"x","segments":[{"text":" one two","start":1,"end":3}]}"#, ["one@11.0-12.0", "two@12.0-13.0"]),
      (#"{"text":"abc de f"}"#, ["abc@10.0-11.778", "de@11.778-13.111", "f@13.111-14.0"]),
      // Words that have lost their times.
      (#"{"text":"a b","words":[{"word":"a"},{"word":"b"}]}"#, ["a@10.0-12.0", "b@12.0-14.0"]),
      (#"{"text":"a b","words":[{"word":"a","start":null,"end":1}]}"#, ["a@10.0-12.0", "b@12.0-14.0"]),
      // Nothing.
      (#"{"text":""}"#, []), (#"{"text":" . "}"#, []), (#"{"text":"","words":[],"segments":[]}"#, []),
      // Times that are none.
      (
        #"{"words":[{"word":"a","start":-5,"end":-1},{"word":"b","start":3,"end":2},{"word":"c","start":1e9,"end":1e300}]}"#,
        ["a@10.0-10.0", "b@13.0-13.0", "c@14.0-14.0"]
      ),
      // Figures are said.
      (
        #"{"words":[{"word":"25","start":0,"end":1},{"word":"years","start":1,"end":2}]}"#,
        ["twenty@10.0-10.5", "five@10.5-11.0", "years@11.0-12.0"]
      ),
      // What is no speech.
      (#"{"text":"[BLANK_AUDIO]"}"#, []), (#"{"text":"♪ la la ♪ (laughs) *coughs*"}"#, []),
      (#"{"text":"a [b c] d"}"#, ["a@10.0-10.8", "d@13.2-14.0"]),
      (#"{"text":"a (b"}"#, ["a@10.0-11.6", "b@11.6-14.0"]),
      (
        #"{"text":"x","segments":[{"text":"Thank you","start":0,"end":4,"no_speech_prob":0.9,"avg_logprob":-1.5}]}"#, []
      ),
      // The prompt come back; within words it may stand.
      (#"{"text":"Um, uh, hmm, er, ah."}"#, []), (#"{"text":"um"}"#, ["um@10.0-14.0"]),
      // Nothing that a terminal would obey.
      (#"{"text":"\u001b[2Ja\u0007 b\u202e"}"#, ["two@10.0-11.4", "ja@11.4-12.8", "b@12.8-14.0"]),
    ] as [(String, [String])])
  func `an answer has words`(json: String, expected: [String]) { #expect(words(json) == expected) }

  @Test(arguments: [
    "", "null", "[]", "<html>", "{", #"{"error":{"message":"no"}}"#, #""text""#, #"{"text":7}"#, "\u{0}",
  ])
  func `what is no answer is known for it`(text: String) { #expect(words(text) == nil) }

  @Test func `other languages keep their letters`() {
    #expect(
      words(#"{"text":"L’été, 25 ÖL"}"#, isEnglish: false)?.map { $0.prefix { $0 != "@" } } == ["l'été", "25", "öl"])
  }

  @Test func `a model that repeats itself is cut short`() {
    let text = String(repeating: "thank you ", count: 500)
    #expect(words(#"{"text":"\#(text)"}"#)?.count == 40)
  }

  /// Each would take minutes if it were looked at in full.
  @Test(arguments: ["()", "[", "* ", "9", "a", "a-"])
  func `an answer that goes on and on is soon read`(part: String) {
    let found = words(#"{"text":"\#(String(repeating: part, count: 100_000))"}"#)
    #expect(found.map { $0.count <= 40 } ?? false)
  }

  @Test func `words without end are cut short`() {
    for text in [" a", "a", " a["] {
      let pieces = (0..<1_500).map { _ in #"{"word":"\#(text)","start":0,"end":1}"# }.joined(separator: ",")
      let found = words(#"{"segments":[{"words":[\#(pieces)]}]}"#)
      #expect(found.map { $0.count == 40 } ?? false)
    }
  }

  @Test(arguments: [
    (#""probability":0.75"#, "", 0.75), (#""probability":7"#, "", 1), ("", #""avg_logprob":-0.2231,"#, 0.8),
    ("", #""avg_logprob":9,"#, 1), ("", "", TranscriptionReply.unsaidConfidence),
  ])
  func `how sure it is comes from what the endpoint says`(word: String, segment: String, expected: Double) {
    let tail = word.isEmpty ? "" : "," + word
    let json = #"{"segments":[{\#(segment)"words":[{"word":"a","start":0,"end":1\#(tail)}]}]}"#
    let found = TranscriptionReply(Array(json.utf8), seconds: 2)?.words(from: 0, isEnglish: true, prompt: "")
    #expect(found?.map(\.confidence) == [expected] && found?.first?.source == .endpoint)
  }

  @Test func `a wave is what every reader takes`() {
    let bytes = TranscriptionEndpoint.wave([0, -1, 258])
    #expect(bytes.count == 50 && bytes.suffix(6) == [0, 0, 255, 255, 2, 1])
    #expect(Array(bytes[22..<32]) == [1, 0, 0x80, 0x3E, 0, 0, 0, 0x7D, 0, 0])
  }

  /// What an answer means: "words", "text", "again after", or the kind of failure.
  private func verdict(
    _ result: Result<HTTPReply, NetworkError>, attempt: Int = 0, _ detail: TranscriptionEndpoint.Detail = .words
  ) -> String {
    switch TranscriptionVerdict.of(result, seconds: 1, detail: detail, attempt: attempt) {
    case .words: "words"
    case .askForText: "text"
    case .again(let seconds): "again after \(seconds)"
    case .outOfTurn: "out of turn"
    case .failed(let kind, _, _): "\(kind)"
    }
  }

  @Test func `every failure has a next step`() {
    func status(_ status: Int, attempt: Int = 0, wait: String? = nil) -> String {
      let headers = wait.map { [HTTPHeader("Retry-After", $0)] } ?? []
      return verdict(.success(HTTPReply(status: status, headers: headers)), attempt: attempt)
    }
    let rows: [(String, String)] = [
      (status(400), "text"), (status(422), "text"), (status(401), "endpointRefused"), (status(403), "endpointRefused"),
      (status(404), "endpointRefused"), (status(413), "endpointRefused"), (status(302), "endpointRefused"),
      (status(429), "again after 0.5"), (status(429, wait: "7"), "again after 7.0"),
      (status(429, wait: "60"), "endpointFailed"), (status(500), "again after 0.5"),
      (status(503, attempt: 1), "again after 2.0"),
      (status(500, attempt: 2), "endpointFailed"), (status(200), "endpointFailed"),
      (verdict(.success(HTTPReply(status: 400)), .text), "endpointRefused"),
    ]
    for row in rows { #expect(row.0 == row.1) }
  }

  @Test(arguments: [
    (NetworkError.Kind.offline, "endpointRefused", 0), (.badAddress, "endpointRefused", 0),
    (.plainRefused, "endpointRefused", 0),
    (.resolve, "endpointFailed", 2), (.connect, "endpointFailed", 2), (.tls, "endpointRefused", 0),
    (.timedOut, "endpointFailed", 2), (.stalled, "endpointFailed", 2), (.tooLarge, "endpointFailed", 0),
    (.cut, "endpointFailed", 2), (.cancelled, "cancelled", 0),
    (.failed, "endpointFailed", 0),
  ])
  func `what may pass is tried again`(kind: NetworkError.Kind, end: String, attempts: Int) {
    let error = NetworkError(kind, operation: "wait")
    #expect((0..<attempts).allSatisfy { verdict(.failure(error), attempt: $0).hasPrefix("again") })
    #expect(verdict(.failure(error), attempt: attempts) == end)
  }
}
