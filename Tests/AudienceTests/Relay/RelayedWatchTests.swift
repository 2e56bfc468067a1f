import Audience
import Practice
import Support
import Testing

/// A hub, a relay, real sockets: who comes through a relay is served as who comes to the learner's own socket.
@Suite("Watching through a relay")
struct RelayedWatchTests {
  private let events = (0..<2_000).map { SessionEvent(at: Double($0), .mark("mark \($0) \u{1F3A4} \"}")) }

  @Test("The same lines come through a relay as to a socket here")
  func same() throws {
    let bench = try Bench(Array(events[..<1_000]))
    let relayed = try RelayedHub(bench)
    try relayed.connect()
    try #require(relayed.isOpen())
    let (here, _) = try bench.watcher(.tutor, .talk)
    let there = try #require(Caller(relayed.path))
    there.say(.hello(Hello(role: .tutor)))
    try #require(there.line() == .asked)
    bench.hub.decide(try #require(bench.request(2)), .once)
    let welcome = try bench.welcome(of: there)
    #expect(welcome.learner == "lea" && welcome.session == "s1")
    let place = bench.watchers.first { $0.change == .joined && $0.id == 2 }?.place
    #expect(place?.contains("class") == true)
    for event in events[1_000...] { bench.hub.tell(event) }
    bench.hub.close(.finished)
    let (mine, theirs) = (here.rest(), there.rest())
    #expect(mine.events == events && mine.last == .over(.finished))
    #expect(theirs.events == events && theirs.last == .over(.finished))
  }

  @Test("A line that is cut anywhere is made again, and the watch goes on without a question, a gap or a repeat")
  func cuts() throws {
    let bench = try Bench(Array(events[..<300]))
    let relayed = try RelayedHub(bench)
    try relayed.connect()
    try #require(relayed.isOpen())
    let first = try #require(Caller(relayed.path))
    first.say(.hello(Hello(role: .tutor)))
    try #require(first.line() == .asked)
    bench.hub.decide(try #require(bench.request()), .once)
    let welcome = try bench.welcome(of: first)
    var (got, told) = ([SessionEvent](), 300)
    var bytes = 60
    while got.count < events.count {
      // Nothing is heard from a line before it is made: each is cut a little later than the one before.
      bytes += 331
      let goal = min(told + 40, events.count)
      try next(relayed, bytes, tell: events[told..<goal], bench)
      told = goal
      guard relayed.isOpen(), let caller = Caller(relayed.path) else { continue }
      caller.say(.hello(Hello(role: .tutor, resume: Resume(session: "s1", secret: welcome.secret, next: got.count))))
      got += caller.events(told - got.count).events
    }
    #expect(got == events)
    #expect(bench.log.filter { $0.hasPrefix("asked") } == ["asked 1"])
  }

  private func next(_ relayed: RelayedHub, _ bytes: Int, tell events: ArraySlice<SessionEvent>, _ bench: Bench) throws {
    relayed.cut()
    #expect(relayed.ends())
    try relayed.connect(cutAfter: bytes)
    for event in events { bench.hub.tell(event) }
  }

  @Test("A relay that comes in another's place gets it")
  func displaces() throws {
    let bench = try Bench(Array(events[..<10]))
    let relayed = try RelayedHub(bench)
    try relayed.connect()
    try #require(relayed.isOpen())
    // The old one goes on until the new one has it leave.
    let (old, before) = (relayed.news, relayed.parts)
    defer { withExtendedLifetime(before) {} }
    try relayed.connect()
    try #require(relayed.isOpen())
    #expect(eventually { old.all.last == .over(.broken) })
    let caller = try #require(Caller(relayed.path))
    caller.say(.hello(Hello(role: .tutor)))
    #expect(caller.line() == .asked)
  }

  @Test("A socket here is not given up for a relay, and that is said in words")
  func taken() throws {
    let bench = try Bench(Array(events[..<10]))
    let news = Pocket<RelayEnd.News>()
    let (down, up) = (try RelayBench.pair(), try RelayBench.pair())
    let far = Relay(
      reading: down.1, writing: up.1, places: [SocketPlace(bench.scratch.path("run"), .own)],
      name: RelayReady(host: "h", account: "a"), ended: { _ in })
    let near = RelayEnd(reading: up.0, writing: down.0, host: "class") { news.put($0) }
    near.serve(bench.hub, session: "s1")
    let path = bench.path
    #expect(eventually { news.all.contains(.trouble("\(path) is in use")) })
    near.close(within: 0)
    far.close()
    #expect(Caller(path) != nil)
  }
}
