import Audience
import NIOCore
import Support
import Testing

@Suite("The envelopes between a learner's machine and a relay")
struct RelayWireTests {
  static let hostile = [
    "", "{}", "{\"wire\":\"pong\"}", "}", "\"}}", "é\u{1B}[2J\0", "{\"relay\":\"to\",\"visitor\":1,\"line\":x}",
  ]

  static let toRelay: [ToRelay] =
    [
      .hello(wire: 1, version: "0.9.0"), .open(session: "abcd1234"), .shut, .ping,
      .close(visitor: 3, seconds: 1), .close(visitor: 0, seconds: 0.25),
    ] + hostile.map { .to(visitor: 7, ByteBuffer(string: $0)) }

  static let fromRelay: [FromRelay] =
    [
      .ready(RelayReady(host: "class-host", account: "anna")), .opened(["/run/rostrum/anna/abcd1234.sock"]),
      .came(visitor: 1, PeerIdentity(uid: 1_002, name: "beck", place: "pts/3 from lab-2")),
      .came(visitor: 2, PeerIdentity(uid: .max, name: "uid 4294967295")), .took(visitor: 1, bytes: 1 << 40),
      .gone(visitor: 1_000_000_000), .pong, .trouble("it is \"in use\""),
    ] + hostile.map { .line(visitor: 7, ByteBuffer(string: $0)) }

  @Test("Every line to a relay is read back as it was, on one line", arguments: toRelay)
  func roundTripTo(line: ToRelay) {
    var out = ByteBuffer()
    line.write(into: &out)
    #expect(ToRelay(RelayWireTests.unbroken(&out)) == line)
  }

  @Test("Every line from a relay is read back as it was, on one line", arguments: fromRelay)
  func roundTripFrom(line: FromRelay) {
    var out = ByteBuffer()
    line.write(into: &out)
    #expect(FromRelay(RelayWireTests.unbroken(&out)) == line)
  }

  @Test("A visitor's line is in its envelope byte for byte")
  func raw() {
    var out = ByteBuffer()
    ToRelay.to(visitor: 12, ByteBuffer(string: "{\"a\": 1.0e1}")).write(into: &out)
    #expect(String(buffer: out) == "{\"relay\":\"to\",\"visitor\":12,\"line\":{\"a\": 1.0e1}}\n")
  }

  @Test(
    "What is no line is none",
    arguments: [
      "", "{}", "null", "{\"relay\":7}", "{\"relay\":\"to\",\"visitor\":-1,\"line\":{}}",
      "{\"relay\":\"to\",\"visitor\":99999999999,\"line\":{}}", "{\"relay\":\"to\",\"visitor\":,\"line\":{}}",
      "{\"relay\":\"to\",\"visitor\":1,\"line\":", "{\"relay\":\"close\",\"visitor\":-1}", "{\"relay\":\"hello\"}",
      "{\"relay\":\"came\",\"visitor\":1,\"uid\":-4,\"account\":\"x\"}",
      "{\"relay\":\"took\",\"visitor\":1,\"bytes\":-1}",
      "{\"relay\":\"run\",\"words\":\"rm\"}",
    ])
  func refused(text: String) {
    #expect(ToRelay(ByteBuffer(string: text)) == nil)
    #expect(FromRelay(ByteBuffer(string: text)) == nil)
  }

  @Test("Names and words of a relay cannot move a cursor, and are cut")
  func safe() throws {
    let text =
      "{\"relay\":\"came\",\"visitor\":1,\"uid\":1,\"account\":\"\\u001b[2Jbeck\",\"place\":\""
      + String(repeating: "x", count: 900) + "\"}"
    guard case .came(_, let identity) = FromRelay(ByteBuffer(string: text)) else { throw SupportError("not read") }
    #expect(!identity.name.unicodeScalars.contains("\u{1B}"))
    #expect(identity.place?.utf8.count ?? 0 <= 100)
  }

  @Test("Thousands of damaged lines are read without harm")
  func mutations() {
    var out = ByteBuffer()
    for line in RelayWireTests.toRelay { line.write(into: &out) }
    for line in RelayWireTests.fromRelay { line.write(into: &out) }
    let lines = Array(out.readableBytesView).split(separator: UInt8(ascii: "\n")).map(Array.init)
    var mutations = Mutations(seed: 8)
    for index in 0..<10_000 {
      let bytes = mutations.next(lines[index % lines.count], lines[(index / 7) % lines.count])
      // A break is where lines are cut: none is within one.
      let buffer = ByteBuffer(bytes: bytes.filter { $0 != UInt8(ascii: "\n") })
      if let line = ToRelay(buffer) { RelayWireTests.expectStable(line) }
      _ = FromRelay(buffer)
    }
  }

  private static func expectStable(_ line: ToRelay) {
    var out = ByteBuffer()
    line.write(into: &out)
    #expect(ToRelay(unbroken(&out)) == line)
  }

  private static func unbroken(_ out: inout ByteBuffer) -> ByteBuffer {
    out.readSlice(length: out.readableBytes - 1) ?? ByteBuffer()
  }
}
