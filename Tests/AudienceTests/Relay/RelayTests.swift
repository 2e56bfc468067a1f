import Audience
import Glibc
import NIOCore
import Support
import Testing

@Suite("A relay between visitors on a class host and a learner's machine")
struct RelayTests {
  @Test("Who comes there comes here, as the kernel there says, with the host's name")
  func comes() throws {
    let bench = try RelayBench()
    try bench.serve()
    let line = try bench.come()
    #expect(bench.comes { $0.visitors.first?.heard == ["hello"] })
    let identity = try bench.on { $0.visitors.first?.identity }
    #expect(identity == PeerIdentity(uid: 1_002, name: "beck", place: "pts/3", host: "class"))
    try bench.on { _ in line.say("more") }
    #expect(bench.comes { $0.visitors.first?.heard == ["hello", "more"] })
    try bench.on { _ in line.hangUp() }
    #expect(bench.comes { $0.visitors.first?.hasLeft == true })
    #expect(bench.heard.all.first == .ready(RelayReady(host: "class-host", account: "anna")))
    #expect(bench.heard.all.contains(.opened(["/run/abcd1234.sock"])))
  }

  @Test("Lines written here arrive there as they were, whatever is in them")
  func writes() throws {
    let bench = try RelayBench()
    try bench.serve()
    let line = try bench.come()
    #expect(bench.comes { !$0.visitors.isEmpty })
    let text = "{\"wire\":\"asked\"}\n}}\n\n{\"t\":1.50}\n" + String(repeating: "x", count: 262_000) + "\n"
    try bench.on { $0.visitors[0].line.write(ByteBuffer(string: text)) }
    #expect(bench.comes { _ in line.sent.readableBytes == text.utf8.count })
    #expect(try bench.on { _ in String(buffer: line.sent) } == text)
    // What was taken is told each second, so that nothing counts as unsent for ever.
    #expect(bench.comes { $0.visitors[0].line.unsentBytes == 0 && $0.visitors[0].moves > 0 })
    try bench.on { $0.visitors[0].line.close(within: 1) }
    #expect(bench.comes { $0.visitors[0].hasLeft && line.isClosed })
  }

  @Test("A visitor who takes nothing counts as unsent, and holds nobody up")
  func stuck() throws {
    let bench = try RelayBench()
    try bench.serve()
    let stuck = try bench.come("stuck")
    #expect(bench.comes { $0.visitors.count == 1 })
    let quick = try bench.come("quick")
    #expect(bench.comes { $0.visitors.count == 2 })
    try bench.on { facts in
      stuck.isStuck = true
      for _ in 0..<100 { facts.visitors[0].line.write(ByteBuffer(string: String(repeating: "s", count: 9_999) + "\n")) }
      facts.visitors[1].line.write(ByteBuffer(string: "q\n"))
    }
    #expect(bench.comes { _ in String(buffer: quick.sent) == "q\n" })
    #expect(try bench.on { $0.visitors[0].line.unsentBytes } == 1_000_000)
    try bench.on { _ in stuck.release() }
    #expect(bench.comes { $0.visitors[0].line.unsentBytes == 0 })
  }

  @Test("Who is far too slow is sent away by the relay itself")
  func far() throws {
    var limits = RelayLimits()
    limits.visitorBytes = 100_000
    let bench = try RelayBench(limits: limits)
    try bench.serve()
    let stuck = try bench.come()
    #expect(bench.comes { $0.visitors.count == 1 })
    try bench.on { facts in
      stuck.isStuck = true
      for _ in 0..<20 { facts.visitors[0].line.write(ByteBuffer(string: String(repeating: "s", count: 9_999) + "\n")) }
    }
    #expect(bench.comes { $0.visitors[0].hasLeft && stuck.isClosed })
    #expect(try bench.on { _ in stuck.waiting.readableBytes } < 200_000)
  }

  @Test("Half-open lines never reach the learner's machine, and the longest silent makes room")
  func halfOpen() throws {
    let bench = try RelayBench()
    try bench.serve()
    let silent = try (0..<200).map { _ in try bench.come(saying: nil) }
    let line = try bench.come("beck")
    #expect(bench.comes { $0.visitors.first?.heard == ["hello"] })
    #expect(try bench.on { $0.visitors.count } == 1)
    #expect(try bench.on { _ in silent.count { !$0.isClosed } } <= AudienceLimits().greeting)
    try bench.on { _ in line.hangUp() }
  }

  @Test("Of a flood of lines the first are handed on, and no more")
  func flood() throws {
    var limits = RelayLimits()
    limits.visitorLinesPerSecond = 3
    let bench = try RelayBench(limits: limits)
    try bench.serve()
    let line = try bench.come()
    let other = try bench.come("other")
    try bench.on { _ in for _ in 0..<1_000 { line.say("flood") } }
    try bench.on { _ in other.say("more") }
    #expect(bench.comes { $0.visitors.last?.heard == ["hello", "more"] })
    #expect(try bench.on { $0.visitors[0].heard.count } < 500)
  }

  @Test("A line longer than it may be is handed on one byte too long, and no more of it")
  func long() throws {
    let bench = try RelayBench()
    try bench.serve()
    _ = try bench.come(saying: String(repeating: "l", count: Wire.watcherLineBytes + 1))
    #expect(bench.comes { $0.visitors.first?.heard.first?.utf8.count == 2_049 })
  }
}
