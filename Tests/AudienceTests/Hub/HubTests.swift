@testable import Audience
import Practice
import Support
import Testing

/// A hub on a real socket: who is let in sees each event once, whenever they come and however often their line breaks.
struct HubTests {
  private let events = SharedStreamTests.events(0..<2_000)

  @Test func `nothing is told before the learner says yes`() throws {
    let bench = try Bench(events)
    let caller = try #require(Caller(bench.path))
    caller.say(.hello(Hello(role: .tutor)))
    #expect(caller.text() == #"{"wire":"asked"}"#)
    bench.hub.tell(SessionEvent(at: 3_000, .mark("secret")))
    bench.hub.glance(Glance(seconds: 1))
    bench.hub.decide(try #require(bench.request()), .no)
    #expect(caller.text() == #"{"wire":"refused","reason":"declined"}"#)
    #expect(caller.text() == nil)
    #expect(eventually { bench.log == ["asked 1", "refused 1 declined"] })
  }

  @Test func `who comes is known by the kernel`() throws {
    let bench = try Bench()
    let caller = try #require(Caller(bench.path))
    caller.send(#"{"wire":"hello","version":1,"role":"tutor","name":"root","uid":0}"# + "\n")
    _ = bench.request()
    let account = try run(["id", "-un"]).output.split(separator: "\n").first.map(String.init)
    #expect(bench.watchers.first?.name == account)
  }

  @Test func `who comes late gets the past and the rest, each once`() throws {
    let bench = try Bench(Array(events[..<1_500]))
    let (caller, welcome) = try bench.watcher()
    #expect(welcome.role == .tutor && welcome.session == "s1" && welcome.learner == "lea" && !welcome.isPast)
    for event in events[1_500...] { bench.hub.tell(event) }
    expectSame(caller.events(2_000).events, events)
  }

  @Test func `an observer is sent no words, and counts without them`() throws {
    let bench = try Bench(Array(events[..<100]))
    let (caller, welcome) = try bench.watcher(.observer)
    for event in events[100..<200] { bench.hub.tell(event) }
    let seen = events[..<200].compactMap { SharedEvents.shown($0, to: .meters) }
    expectSame(caller.events(seen.count).events, seen)
    let back = try bench.resumed(welcome, next: 90)
    expectSame(back.events(seen.count - 90).events, seen[90...])
  }

  @Test func `a broken watch goes on where it was, without a question, again and again`() throws {
    let bench = try Bench(Array(events[..<1_000]))
    var (caller, welcome) = try bench.watcher()
    var got: [SessionEvent] = []
    for step in 0..<10 {
      for event in events[(1_000 + step * 100)..<(1_100 + step * 100)] { bench.hub.tell(event) }
      got += caller.events(min(150 + step * 7, 1_100 + step * 100 - got.count)).events
      caller = try bench.resumed(welcome, next: got.count)
    }
    got += caller.events(2_000 - got.count).events
    expectSame(got, events)
    bench.hub.close(.ended)
    #expect(bench.watchers.count { $0.change == .asked } == 1)
    #expect(Set(bench.watchers.map(\.id)) == [1])
  }

  @Test func `fifty watchers are sent the same`() throws {
    let bench = try Bench(Array(events[..<60]))
    let first = try bench.watcher(.tutor, .talk).caller
    var callers = [first]
    for number in 0..<49 {
      let caller = try #require(Caller(bench.path))
      caller.say(.hello(Hello(role: .tutor)))
      _ = try bench.welcome(of: caller)
      callers.append(caller)
      for event in events[(60 + number * 4)..<(64 + number * 4)] { bench.hub.tell(event) }
    }
    for event in events[256..<300] { bench.hub.tell(event) }
    bench.hub.close(.finished)
    for caller in callers {
      let (got, last) = caller.rest()
      expectSame(got, events[..<300])
      #expect(last == .over(.finished))
    }
    bench.hub.waitUntilClosed()
  }

  @Test func `remarks reach the learner with who made them, and their answers come back`() throws {
    let bench = try Bench()
    let (caller, _) = try bench.watcher()
    caller.say(.remark(number: 7, .note("a\u{1B}[2Jb\nc", at: 3)))
    #expect(eventually { bench.remarks.count == 1 })
    let remark = try #require(bench.remarks.first)
    #expect(remark.number == 7 && remark.from.id == 1 && remark.from.role == .tutor)
    guard case .note(let text, at: 3) = remark.remark else { throw SupportError("no note") }
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 })
    bench.hub.answer(1, number: 7, .taken)
    #expect(caller.line() == .answer(number: 7, .taken))
  }

  @Test func `readings and presence come, the latest`() throws {
    let bench = try Bench { $0.beatSeconds = 0.01 }
    let (caller, _) = try bench.watcher()
    bench.hub.show(Presence(tutor: .thinking))
    bench.hub.glance(Glance(seconds: 5))
    var seen: Set<String> = []
    while seen.count < 2, let text = caller.text() {
      switch HubLine(line: text) {
      case .glance(let glance)?: if glance.seconds == 5 { seen.insert("glance") }
      case .presence(let presence)?: if presence.tutor == .thinking { seen.insert("presence") }
      default: break
      }
    }
    #expect(seen.count == 2)
  }

  @Test func `sound goes to whom the learner gave it, and to nobody else`() throws {
    let bench = try Bench()
    var callers: [Caller] = []
    for number in 1...2 {
      let caller = try #require(Caller(bench.path))
      caller.say(.hello(Hello(role: .observer, wantsSound: true)))
      _ = caller.line()
      bench.hub.decide(try #require(bench.request(number)), .once, hears: number == 1)
      let welcome = try bench.welcome(of: caller)
      #expect(welcome.shares.contains(.sound) == (number == 1))
      callers.append(caller)
    }
    #expect(eventually { bench.hub.isHeard })
    bench.hub.sound(seconds: 2, [1, -2])
    bench.hub.tell(events[0])
    #expect(callers[0].line() == .sound(seconds: 2, [1, 0, 0xFE, 0xFF]))
    #expect(callers[1].line() == .event(events[0]))

    // Taken from one and given to the other, and nobody goes.
    #expect(callers[0].line() == .event(events[0]))
    for (number, hears) in [(1, false), (2, true)] { bench.hub.hear(number, hears) }
    for (caller, hears) in zip(callers, [false, true]) {
      guard case .welcome(let welcome)? = caller.line() else { return #expect(Bool(false), "no second welcome") }
      #expect(welcome.shares.contains(.sound) == hears)
    }
    bench.hub.sound(seconds: 3, [7])
    let mark = SessionEvent(at: 3, .mark(nil))
    bench.hub.tell(mark)
    #expect(callers[0].line() == .event(mark))
    #expect(callers[1].line() == .sound(seconds: 3, [7, 0]))
  }

  @Test func `who is sent away goes at once, and the others stay`() throws {
    let bench = try Bench()
    let (one, _) = try bench.watcher()
    let (other, _) = try bench.watcher(number: 2)
    bench.hub.dismiss(1)
    #expect(one.line() == .over(.ended))
    #expect(one.line() == nil)
    bench.hub.tell(events[0])
    #expect(other.line() == .event(events[0]))
    #expect(eventually { bench.log == ["asked 1", "joined 1", "asked 2", "joined 2", "ended 1"] })
  }

  @Test func `a token lets in until it expires, in the middle of a watch`() throws {
    let bench = try Bench(
      invitations: ["t": Invitation(id: "i", name: "Bea", role: .tutor, seconds: 0.3)]
    ) { $0.beatSeconds = 0.01 }
    let caller = try #require(Caller(bench.path))
    caller.say(.hello(Hello(role: .tutor, token: "t")))
    let welcome = try bench.welcome(of: caller)
    #expect((welcome.seconds ?? 1) <= 0.3)
    #expect(caller.line() == .over(.expired))
    #expect(caller.line() == nil)
    #expect(eventually { bench.log == ["joined 1", "expired 1"] })
    #expect(bench.watchers.first?.name == "Bea")
    let back = try #require(Caller(bench.path))
    back.say(.hello(Hello(role: .tutor, resume: Resume(session: "s1", secret: welcome.secret, next: 0))))
    #expect(back.line() == .asked, "what is over is over")
  }

  @Test func `an invitation that is taken back ends its watch`() throws {
    let bench = try Bench(invitations: ["t": Invitation(id: "i", name: "Bea", role: .tutor, seconds: 60)])
    let caller = try #require(Caller(bench.path))
    caller.say(.hello(Hello(role: .tutor, token: "t")))
    _ = try bench.welcome(of: caller)
    bench.hub.revoke("i")
    #expect(caller.line() == .over(.ended))
  }

  @Test func `an invitation that is taken back lets nobody come back whose line was broken at the time`() throws {
    let bench = try Bench(invitations: ["t": Invitation(id: "i", name: "Bea", role: .tutor, seconds: 60)])
    var caller = Caller(bench.path)
    caller?.say(.hello(Hello(role: .tutor, token: "t")))
    let welcome = try bench.welcome(of: try #require(caller))
    caller = nil
    #expect(eventually { bench.log.last == "left 1" })
    bench.hub.revoke("i")
    let back = try #require(Caller(bench.path))
    back.say(.hello(Hello(role: .tutor, resume: Resume(session: "s1", secret: welcome.secret, next: 0))))
    #expect(back.line() == .asked)
  }

  @Test func `who closes their line has left`() throws {
    let bench = try Bench()
    _ = try bench.watcher()
    #expect(eventually { bench.log == ["asked 1", "joined 1", "left 1"] })
  }

  @Test func `the end of sharing removes the socket and tells everybody`() throws {
    let bench = try Bench(events)
    let (caller, _) = try bench.watcher()
    let asking = try #require(Caller(bench.path))
    asking.say(.hello(Hello(role: .tutor)))
    #expect(asking.line() == .asked)
    bench.hub.close(.ended)
    #expect(bench.scratch.listing("run").isEmpty)
    #expect(caller.rest().last == .over(.ended))
    #expect(asking.line() == .over(.ended))
    bench.hub.waitUntilClosed()
    #expect(bench.log.last == "ended 1")
    bench.hub.close(.ended)
    bench.hub.tell(events[0])
  }
}
