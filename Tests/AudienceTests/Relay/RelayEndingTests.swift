import Audience
import Glibc
import NIOCore
import Support
import Testing

@Suite("How a line to a relay ends")
struct RelayEndingTests {
  @Test("Where the line breaks, all who came over it have left, and the sockets there are closed")
  func breaks() throws {
    let bench = try RelayBench()
    try bench.serve()
    _ = try bench.come()
    #expect(bench.comes { $0.visitors.count == 1 })
    bench.far.close()
    #expect(bench.comes { $0.visitors[0].hasLeft })
    #expect(bench.comes { $0.closed == ["/run/abcd1234.sock"] })
    #expect(eventually(within: 10) { bench.heard.all.last == .over(.broken) && bench.ended.all == [.closed] })
  }

  @Test("Where it is closed here, visitors are told at last, and then it is over")
  func closes() throws {
    let bench = try RelayBench()
    try bench.serve()
    let line = try bench.come()
    #expect(bench.comes { $0.visitors.count == 1 })
    try bench.on { facts in
      facts.visitors[0].line.write(ByteBuffer(string: "over\n"))
      facts.visitors[0].line.close(within: 1)
    }
    bench.near.close(within: 5)
    #expect(eventually(within: 10) { bench.heard.all.last == .over(.closed) && bench.ended.all == [.closed] })
    #expect(try bench.on { _ in String(buffer: line.sent) } == "over\n")
  }

  @Test("Another session takes the place of the first, whose visitors have to go")
  func another() throws {
    let bench = try RelayBench()
    try bench.serve("abcd1234")
    let line = try bench.come()
    #expect(bench.comes { $0.visitors.count == 1 })
    try bench.serve("wxyz5678")
    #expect(bench.comes { $0.visitors[0].hasLeft && line.isClosed && $0.closed == ["/run/abcd1234.sock"] })
  }

  @Test("A line rests: its sockets are closed, and opened for the next session")
  func rests() throws {
    let bench = try RelayBench()
    try bench.serve("abcd1234")
    let line = try bench.come()
    #expect(bench.comes { $0.visitors.count == 1 })
    bench.near.rest()
    #expect(bench.comes { $0.visitors[0].hasLeft && line.isClosed && $0.closed == ["/run/abcd1234.sock"] })
    try bench.serve("wxyz5678")
    #expect(!bench.heard.all.contains { if case .over = $0 { true } else { false } })
  }

  @Test("What keeps the sockets from being opened is told in words, and they can be tried again")
  func trouble() throws {
    let bench = try RelayBench()
    try bench.on { $0.troubles = [.unsafeFolder("/run/rostrum/anna")] }
    bench.near.serve("abcd1234") { _, _ in nil }
    #expect(eventually(within: 10) { bench.heard.all.contains { if case .trouble = $0 { true } else { false } } })
    try bench.serve()
  }

  @Test("A newcomer of the same account has the relay leave; another account's word for it is a line like any other")
  func displaced() throws {
    let bench = try RelayBench()
    try bench.serve()
    _ = try bench.come("mallory", uid: geteuid() &+ 1, saying: RelayWire.yield)
    #expect(bench.comes { $0.visitors.first?.heard == [RelayWire.yield] })
    _ = try bench.come("anna", uid: geteuid(), saying: RelayWire.yield)
    #expect(eventually(within: 10) { bench.ended.all == [.displaced] })
    #expect(
      eventually(within: 10) {
        bench.heard.all.contains(.trouble("another connection of yours took the place of this one"))
      })
  }

  @Test("An end from which nothing is heard any more is left", arguments: [true, false])
  func silent(isNear: Bool) throws {
    var limits = RelayLimits()
    (limits.pingSeconds, limits.silentSeconds) = (0.05, 0.2)
    let (down, up) = (try RelayBench.pair(), try RelayBench.pair())
    let (news, endings) = (Pocket<RelayEnd.News>(), Pocket<Relay.Ending>())
    defer { for descriptor in [isNear ? down.1 : down.0, isNear ? up.1 : up.0] { close(descriptor) } }
    if isNear {
      let near = RelayEnd(reading: up.0, writing: down.0, host: "class", limits: limits) { news.put($0) }
      send("{\"relay\":\"ready\",\"wire\":1}\n", to: up.1)
      #expect(eventually(within: 10) { news.all.last == .over(.silent) })
      near.close(within: 0)
    } else {
      let far = Relay(
        reading: down.1, writing: up.1, places: [], name: RelayReady(host: "h", account: "a"), limits: limits
      ) { endings.put($0) }
      #expect(eventually(within: 10) { endings.all == [.silent] })
      far.close()
    }
  }

  @Test(
    "What a login prints before the relay's first line is passed over; another version, and what is no relay, are left",
    arguments: [
      ("Welcome!\n\n{\"relay\":\"ready\",\"wire\":1}\n", nil),
      ("{\"relay\":\"ready\",\"wire\":2,\"version\":\"9.0\"}\n", RelayEnd.Ending.version("9.0")),
      (String(repeating: "y\n", count: 40_000), .malformed), (String(repeating: "y", count: 40_000), .malformed),
      ("{\"relay\":\"gone\",\"visitor\":1}\n", .malformed),
    ])
  func greeting(text: String, ending: RelayEnd.Ending?) throws {
    let (down, up) = (try RelayBench.pair(), try RelayBench.pair())
    defer { for descriptor in [down.1, up.1] { close(descriptor) } }
    let news = Pocket<RelayEnd.News>()
    let near = RelayEnd(reading: up.0, writing: down.0, host: "class") { news.put($0) }
    send(text, to: up.1)
    let awaited = ending.map { RelayEnd.News.over($0) }
    #expect(
      eventually(within: 10) {
        news.all.last.map { if case .ready = $0 { awaited == nil } else { $0 == awaited } } ?? false
      })
    near.close(within: 0)
  }

  @Test("A relay that lets more come than there can be is left, and nothing is kept of them")
  func crowd() throws {
    let (down, up) = (try RelayBench.pair(), try RelayBench.pair())
    defer { for descriptor in [down.1, up.1] { close(descriptor) } }
    let news = Pocket<RelayEnd.News>()
    let near = RelayEnd(reading: up.0, writing: down.0, host: "class") { news.put($0) }
    let bench = try Bench()
    near.serve(bench.hub, session: "s1")
    let came = (1...2_000).map {
      "{\"relay\":\"came\",\"visitor\":\($0),\"uid\":\($0),\"account\":\"u\"}\n"
    }
    send("{\"relay\":\"ready\",\"wire\":1}\n" + came.joined(), to: up.1)
    #expect(eventually(within: 10) { news.all.last == .over(.malformed) })
    near.close(within: 0)
  }

  private func send(_ text: String, to descriptor: Int32) {
    _ = text.withCString { write(descriptor, $0, strlen($0)) }
  }
}
