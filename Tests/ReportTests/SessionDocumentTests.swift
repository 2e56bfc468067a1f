import Practice
import Testing

@testable import Report

@Suite struct SessionDocumentTests {
  private static let lines = [
    #"{"v":1,"t":0,"kind":"began","id":"3kq9x2ab","started_at_ms":5,"talk":"A \"b\" \\ {[,]}"}"#,
    #"{"v":1,"t":1.50,"kind":"word","text":"d\u00e9jà","start":1,"end":1.5,"confidence":0.9,"source":"script","later":[1,{"a":null}]}"#,
    #"{"v":9,"t":2,"kind":"from-tomorrow","x":-1.5e-3,"y":[[],{}],"z":true}"#,
    #"{"v":1,"t":3,"kind":"mark","label":"}]"}"#,
  ]
  private static let facts = SessionFacts(
    id: "3kq9x2ab", startedAtMilliseconds: 5, utcOffsetSeconds: -3_600, title: "A \"b\"", source: "hw:0",
    endedSeconds: 3)

  /// What a text holds when it comes `size` bytes at a time.
  private func read(_ text: String, size: Int = .max) throws -> [SessionPiece] {
    var (reader, pieces) = (SessionDocumentReader(), [SessionPiece]())
    let bytes = Array(text.utf8)
    var place = 0
    while place < bytes.count {
      let end = place + min(size, bytes.count - place)
      try bytes[place..<end].withUnsafeBytes { try reader.read($0) { pieces.append($0) } }
      place = end
    }
    try reader.finish()
    return pieces
  }

  private func lines(_ pieces: [SessionPiece]) -> [String] {
    pieces.compactMap { if case .event(_, _, let line) = $0 { line } else { nil } }
  }

  @Test(arguments: [1, 2, 3, 7, 64, 10_000]) func `nothing is lost on the way out and back`(size: Int) throws {
    let text = SessionDocument.text(Self.facts, lines: Self.lines)
    let pieces = try read(text + "\n" + text + "\n", size: size)
    let half = pieces.count / 2
    #expect(pieces[..<half].elementsEqual(pieces[half...]))
    #expect(pieces.first == .session(Self.facts) && pieces[half - 1] == .end)
    #expect(lines(Array(pieces[..<half])) == Self.lines)
    #expect(SessionDocument.text(Self.facts, lines: lines(Array(pieces[..<half]))) == text)
    #expect(pieces.contains(.event(seconds: 2, kind: "from-tomorrow", line: Self.lines[2])))
  }

  @Test func `a file that was laid out anew is read, and its events are lines again`() throws {
    let text = SessionDocument.text(Self.facts, lines: Self.lines)
    let wide =
      "\u{FEFF} "
      + text.replacing("},{\"v\"", with: "} ,\r\n\t{ \"v\"").replacing("\"events\":[", with: "\"events\" : [ ")
    #expect(try lines(read(wide)) == Self.lines)
    let more = text.replacing(",\"events\"", with: ",\"made_by\":{\"a\":[1,2]},\"n\":-0.5e9,\"events\"")
    #expect(try lines(read(more)) == Self.lines)
  }

  @Test func `a file that was cut off anywhere is refused with the place`() {
    let text = SessionDocument.text(Self.facts, lines: Self.lines)
    let bytes = Array(text.utf8)
    for count in 1..<bytes.count {
      var reader = SessionDocumentReader()
      let error = #expect(throws: SessionDocumentError.self) {
        try bytes[..<count].withUnsafeBytes { try reader.read($0) { _ in } }
        try reader.finish()
      }
      #expect(error?.cause == .cutOff && error?.byte == count, "\(count)")
    }
  }

  private static let head = #"{"schema":"rostrum.session/1","session":{"id":"a"},"events":"#

  @Test(arguments: [
    ("", "there is no session in it"), ("[]", "it has no schema"), ("hello", "it has no schema"), ("{}", "no schema"),
    (#"{"schema":"rostrum.session/2"}"#, "\"rostrum.session/2\", not rostrum.session/1"),
    (#"{"schema":3}"#, "no schema"), (#"{"events":[]}"#, "before the session"),
    (#"{"session":{"id":"a"},"schema":"rostrum.session/1","events":[]}"#, "no schema"),
    (#"{"schema":"rostrum.session/1","session":{"id":"../../a"},"events":[]}"#, "no id that can be kept"),
    (#"{"schema":"rostrum.session/1","session":{"id":"A"},"events":[]}"#, "no id that can be kept"),
    (#"{"schema":"rostrum.session/1","session":{"id":"a"}}"#, "no events"), (head + "{}}", "the events are no list"),
    (head + "[1]}", "no JSON of a session"), (head + "[{}]}", "needs a time"),
    (head + #"[{"t":1}]}"#, "needs a time"), (head + #"[{"t":-1,"kind":"a"}]}"#, "needs a time"),
    (head + #"[{"t":1,"kind":"a",}]}"#, "no JSON"), (head + #"[{"t":01,"kind":"a"}]}"#, "no JSON"),
    (head + #"[{"t":1,"kind":"a"},]}"#, "no JSON"), (head + #"[{"t":1,"kind":"a"}{"t":1}]}"#, "no JSON"),
    (head + "[{\"t\":1,\"kind\":\"a\u{1}\"}]}", "no JSON"), (head + "[]}x", "no JSON"),
    (head + "[{\"t\":1,\"kind\":\"a\",\"b\":\"" + String(repeating: "x", count: 70_000) + "\"}]}", "longer than 65536"),
    (head + "[" + String(repeating: "{\"a\":", count: 40) + "1", "nested too deeply"),
  ]) func `what is no session is refused, saying why`(text: String, reason: String) {
    let error = #expect(throws: SessionDocumentError.self) { try read(text) }
    #expect(error?.words.contains(reason) == true, "\(error?.words ?? "")")
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    var reader = SessionDocumentReader()
    let bytes = Array((Self.head + "[{\"t\":1,\"kind\":\"").utf8) + [0xFF] + Array("\"}]}".utf8)
    #expect(throws: SessionDocumentError.self) { try bytes.withUnsafeBytes { try reader.read($0) { _ in } } }
  }

  @Test func `a line that is none is left out of a document and counted`() throws {
    var text = ""
    let leftOut = SessionDocument.write(Self.facts, lines: Self.lines + ["{\"t\":", "null", "{} {}", ""]) { text += $0 }
    #expect(leftOut == 4)
    #expect(try lines(read(text)) == Self.lines)
  }
}
