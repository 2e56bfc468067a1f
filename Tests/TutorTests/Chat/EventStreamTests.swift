import Support
import Testing

@testable import Tutor

/// Server-sent events, however they are cut.
struct EventStreamTests {
  typealias Event = EventStream.Event

  /// Documents, and the events in them. The first rows are the examples of the standard.
  static let documents: [(Written, [Event])] = [
    ("data: YHOO\ndata: +2\ndata: 10\n\n", [Event(data: "YHOO\n+2\n10")]),
    (
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
      [Event(data: "first event"), Event(data: "second event"), Event(data: " third event")]
    ),
    ("data\n\ndata\ndata\n\ndata:", [Event(data: ""), Event(data: "\n")]),
    ("data:test\n\ndata: test\n\n", [Event(data: "test"), Event(data: "test")]),
    (
      "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n",
      [Event(name: "add", data: "73857293"), Event(name: "remove", data: "2153")]
    ),
    // Line ends of all kinds, in one stream.
    ("data: a\r\n\r\ndata: b\r\rdata: c\n\n", [Event(data: "a"), Event(data: "b"), Event(data: "c")]),
    ("data: a\r\ndata: b\rdata: c\n\r\n", [Event(data: "a\nb\nc")]),
    ("\r\n\r\ndata: a\r\n\r\n\r\n\r\n", [Event(data: "a")]),
    // A byte order mark at the start is nothing, elsewhere it belongs to the field.
    ("\u{FEFF}data: a\n\n", [Event(data: "a")]),
    ("data: a\n\n\u{FEFF}data: b\n\n", [Event(data: "a")]),
    ("data: \u{FEFF}a\n\n", [Event(data: "\u{FEFF}a")]),
    // Fields that mean nothing here, and a name without data.
    ("retry: 10\nid: x\u{0}\nfoo: bar\ndatax: 1\n data: 2\nData: 3\n\n", []),
    ("event: a\n\ndata: b\n\n", [Event(data: "b")]),
    ("event:\ndata: b\n\n", [Event(data: "b")]),
    (": ping\n\n:\n\n: \r\n\r\n", []),
    ("data: {\"a\": \"b: c\"}\n\n", [Event(data: "{\"a\": \"b: c\"}")]),
    ("data: [DONE]\n\n", [Event(data: "[DONE]")]),
    ("data: né 日本 🎉 e\u{301}\n\n", [Event(data: "né 日本 🎉 e\u{301}")]),
    // The end without its empty line is no event.
    ("data: a\n\ndata: b\n", [Event(data: "a")]), ("data: b", []), ("", []), ("\n", []), ("\u{FEFF}", []),
    // How llama.cpp reported failures.
    (
      "error: {\"code\":400}\n\ndata: [DONE]\n\n",
      [Event(name: "error", data: "{\"code\":400}"), Event(data: "[DONE]")]
    ),
  ]

  @Test(arguments: documents)
  func `a document gives the same events cut at every byte`(text: Written, expected: [Event]) {
    let bytes = Array(text.text.utf8)
    for cut in 0...bytes.count {
      var stream = EventStream()
      #expect(stream.read(Array(bytes[..<cut])) + stream.read(Array(bytes[cut...])) == expected, "cut at \(cut)")
    }
    var stream = EventStream()
    #expect(bytes.flatMap { stream.read([$0]) } == expected)
  }

  @Test func `bytes that are no characters become replacements and end nothing`() {
    var stream = EventStream()
    let events = stream.read([0x64, 0x61, 0x74, 0x61, 0x3A, 0xFF, 0xE2, 0x82, 0x0A, 0x0A] + Array("data: b\n\n".utf8))
    #expect(events == [Event(data: "\u{FFFD}\u{FFFD}"), Event(data: "b")])
  }

  @Test(arguments: [
    (Written("data: [DONE]"), "[DONE]"), ("data: [DONE]\n", "[DONE]"), ("data: a\n\n", nil), ("data: a\r", "a"),
    ("", nil),
    (": comment", nil),
  ])
  func `what lacks its empty line is handed out at the end`(text: Written, expected: String?) {
    var stream = EventStream()
    _ = stream.read(Array(text.text.utf8))
    #expect(stream.finish()?.data == expected)
  }

  @Test func `a line of ten megabytes is refused at the bound, and nothing is read behind it`() {
    var stream = EventStream()
    let piece = [UInt8](repeating: 0x61, count: 64 << 10)
    #expect(stream.read(Array("data: kept\n\ndata: ".utf8)).count == 1)
    for _ in 0..<160 { #expect(stream.read(piece).isEmpty) }
    #expect(stream.isTooLong)
    #expect(stream.read(Array("\n\ndata: a\n\n".utf8)).isEmpty)
    #expect(stream.finish() == nil)
  }

  @Test(arguments: [0, 1, 5, 8, 9, 100])
  func `the bound is the same however the line is cut`(cut: Int) {
    for (length, isTooLong) in [(8, false), (9, true)] {
      var stream = EventStream(lineLimit: 8)
      let bytes = Array((String(repeating: ":", count: length) + "\n").utf8)
      let at = min(cut, bytes.count)
      _ = stream.read(Array(bytes[..<at]))
      _ = stream.read(Array(bytes[at...]))
      #expect(stream.isTooLong == isTooLong)
    }
  }

  @Test func `data in endless lines is refused at the bound`() {
    var stream = EventStream(lineLimit: 100)
    for _ in 0..<100 where !stream.isTooLong { _ = stream.read(Array("data: 0123456789\n".utf8)) }
    #expect(stream.isTooLong)
  }
}
