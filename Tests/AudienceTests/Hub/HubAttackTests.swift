import NIOCore
import Practice
import Support
import Synchronization
import Testing

@testable import Audience

/// What somebody may try who means no good: nothing gets in, nothing is lost, nobody else notices.
struct HubAttackTests {
  private let events = SharedStreamTests.events(0..<1_000)

  @Test func `another account is told nothing but that the learner was asked`() throws {
    let bench = try Bench(events)
    let line = WrittenLine()
    let eve = PeerIdentity(uid: 4_711, name: "eve", place: "pts/9")
    AudienceLoop.loop.execute {
      let visitor = bench.hub.admit(eve, line: line)
      visitor?.take(ByteBuffer(string: WatcherLine.hello(Hello(role: .tutor)).text))
    }
    _ = bench.request()
    for event in SharedStreamTests.events(1_000..<1_100) { bench.hub.tell(event) }
    bench.hub.glance(Glance(seconds: 1))
    let (caller, _) = try bench.watcher(number: 2)
    #expect(caller.events(1_100).events.count == 1_100)
    #expect(line.text == #"{"wire":"asked"}"# + "\n")
    #expect(bench.watchers[0].name == "eve" && bench.watchers[0].place == "pts/9")
  }

  @Test func `a token that is forged, or used up, lets nobody in`() throws {
    let bench = try Bench(invitations: ["good": Invitation(id: "i", name: "Bea", role: .tutor, seconds: 60)])
    for token in ["goo", "good ", "Good", String(repeating: "g", count: 256)] {
      let caller = try #require(Caller(bench.path))
      caller.say(.hello(Hello(role: .tutor, token: token)))
      #expect(caller.line() == .refused(.token))
      #expect(caller.line() == nil)
    }
    let bea = try #require(Caller(bench.path))
    bea.say(.hello(Hello(role: .tutor, token: "good")))
    let welcome = try bench.welcome(of: bea)
    let replay = try #require(Caller(bench.path))
    replay.say(.hello(Hello(role: .tutor, token: "good")))
    #expect(replay.line() == .refused(.token))
    #expect(welcome.secret.utf8.count == 64)
  }

  @Test func `a secret is good for its own account alone`() throws {
    let bench = try Bench(events)
    let (_, welcome) = try bench.watcher()
    let line = WrittenLine()
    let resume = Resume(session: "s1", secret: welcome.secret, next: 0)
    AudienceLoop.loop.execute {
      let visitor = bench.hub.admit(PeerIdentity(uid: 4_711, name: "eve"), line: line)
      visitor?.take(ByteBuffer(string: WatcherLine.hello(Hello(role: .tutor, resume: resume)).text))
    }
    #expect(bench.request(2) == 2)
    #expect(line.text == #"{"wire":"asked"}"# + "\n")
  }

  @Test func `an observer's remark ends their watch and reaches nobody`() throws {
    let bench = try Bench()
    let (caller, _) = try bench.watcher(.observer)
    caller.say(.remark(number: 1, .cue("stop")))
    #expect(caller.line() == .over(.forbidden))
    #expect(caller.line() == nil)
    #expect(bench.remarks.isEmpty)
    #expect(eventually { bench.log.last == "left 1 forbidden" })
  }

  @Test(arguments: [true, false]) func `a line of a hundred megabytes is not kept`(isInside: Bool) throws {
    let bench = try Bench()
    let caller = isInside ? try bench.watcher().caller : try #require(Caller(bench.path))
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    let sent = (0..<100).prefix { _ in caller.send(piece) }.count
    // What a kernel keeps for a socket, and no more.
    #expect(sent < 8, "nobody takes it")
    if let line = caller.line() { #expect([.over(.flood), .refused(.greeting)].contains(line)) }
    let (other, _) = try bench.watcher(number: isInside ? 2 : 1)
    bench.hub.tell(events[0])
    #expect(other.line() == .event(events[0]))
  }

  @Test func `two hundred lines that say nothing keep nobody out`() throws {
    let bench = try Bench()
    var silent: [Caller] = []
    for number in 0..<200 {
      silent.append(try #require(Caller(bench.path)))
      if number % 50 == 49 {
        let (caller, _) = try bench.watcher(number: number / 50 + 1)
        bench.hub.tell(events[0])
        #expect(caller.events(1).events == [events[0]])
      }
    }
    #expect(silent[0].line() == .refused(.full))
    #expect(bench.log.count { $0.hasPrefix("refused") } <= 1, "and the log is not filled")
  }

  @Test(arguments: [
    "{", "[1,2]", "null", #"{"wire":"remark"}"#, #"{"wire":"remark","number":1,"kind":"keys","text":"rm"}"#,
    #"{"wire":7}"#, "\u{0}", String(repeating: "[", count: 8_000), #"{"v":1,"t":1,"kind":"note","text":"x"}"#,
  ])
  func `what is no line ends the watch of who sent it, and that alone`(line: String) throws {
    let bench = try Bench()
    let (other, _) = try bench.watcher()
    let (caller, _) = try bench.watcher(number: 2)
    caller.send(line + "\n")
    #expect(caller.line() == .over(.flood))
    #expect(caller.line() == nil)
    bench.hub.tell(events[0])
    #expect(other.line() == .event(events[0]))
    #expect(bench.remarks.isEmpty)
  }

  @Test func `bytes that are no text end it`() throws {
    let bench = try Bench()
    let (caller, _) = try bench.watcher()
    caller.send([0xFF, 0xFE, 0x0A])
    #expect(caller.line() == .over(.flood))
  }

  @Test func `names and remarks hold nothing that moves a cursor`() throws {
    let bench = try Bench(
      invitations: ["t": Invitation(id: "i", name: "B\u{1B}[2Jea\u{202E}", role: .tutor, seconds: 60)])
    let caller = try #require(Caller(bench.path))
    caller.say(.hello(Hello(role: .tutor, token: "t")))
    _ = try bench.welcome(of: caller)
    caller.send(#"{"wire":"remark","number":1,"kind":"note","text":"a\u001b]0;x\u0007\u009b1m\nb","at":1}"# + "\n")
    #expect(eventually { bench.remarks.count == 1 })
    guard case .note(let text, _)? = bench.remarks.first?.remark else { throw SupportError("no note") }
    for scalar in (text + (bench.watchers.first?.name ?? "")).unicodeScalars {
      #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.value != 0x202E)
    }
  }

  @Test func `who does not read is told less, then sent away, and comes back without a gap`() throws {
    let bench = try Bench {
      ($0.firstMark, $0.secondMark, $0.beatSeconds) = (16_384, 200_000, 0.01)
    }
    let (slow, welcome) = try bench.watcher()
    let (quick, _) = try bench.watcher(number: 2)
    let long = (0..<3_000).map { SessionEvent(at: Double($0), .note("\($0) " + String(repeating: "x", count: 200))) }
    var (read, quickly) = ([SessionEvent](), [SessionEvent]())
    for event in long {
      bench.hub.tell(event)
      bench.hub.glance(Glance(seconds: event.seconds))
      if Int(event.seconds) % 100 == 99 { quickly += quick.events(Int(event.seconds) + 1 - quickly.count).events }
    }
    expectSame(quickly, long)
    #expect(eventually { bench.log.contains("left 1 slow") })
    let (got, last) = slow.rest()
    read = got
    expectSame(read, long[..<min(read.count, long.count - 1)])
    #expect(last == nil || last == .over(.slow))
    let back = try bench.resumed(welcome, next: read.count)
    read += back.events(long.count - read.count).events
    expectSame(read, long)
  }

  @Test func `readings wait for nobody: who does not read gets few of them`() throws {
    let line = WrittenLine(stuckAfter: 1)
    let bench = try Bench { ($0.beatSeconds, $0.glanceMark) = (0.005, 0) }
    AudienceLoop.loop.execute {
      let visitor = bench.hub.admit(PeerIdentity(uid: 1, name: "a"), line: line)
      visitor?.take(ByteBuffer(string: WatcherLine.hello(Hello(role: .tutor)).text))
    }
    bench.hub.decide(try #require(bench.request()), .once)
    let (quick, _) = try bench.watcher(number: 2)
    var count = 0
    while count < 20 {
      bench.hub.glance(Glance(seconds: Double(count)))
      if case .glance? = quick.text().flatMap(HubLine.init(line:)) { count += 1 }
    }
    #expect(!line.text.contains("glance"))
  }

  @Test func `nobody who looks on makes the learner wait`() throws {
    let bench = try Bench { $0.secondMark = 1 << 30 }
    var callers: [Caller] = []
    for number in 1...8 { callers.append(try bench.watcher(number: number).caller) }
    // None of them reads, and telling is putting behind a lock: it is over long before the loop has sent anything.
    for event in SharedStreamTests.events(0..<5_000) { bench.hub.tell(event) }
    bench.hub.close(.ended)
    bench.hub.waitUntilClosed()
    #expect(bench.log.count { $0.hasPrefix("ended") } == 8)
  }
}

/// A line that keeps what is written; from some write on nothing goes any more.
// SAFETY: the hub writes on its own thread, and `text` is read under the same lock.
final class WrittenLine: VisitorLine, @unchecked Sendable {
  private struct Held {
    var (text, writes, unsent) = ("", 0, 0)
  }
  private let held = Mutex(Held())
  private let stuckAfter: Int

  init(stuckAfter: Int = .max) { self.stuckAfter = stuckAfter }

  var text: String { held.withLock { $0.text } }
  var unsentBytes: Int { held.withLock { $0.unsent } }

  func write(_ bytes: ByteBuffer) {
    held.withLock { held in
      held.text += String(buffer: bytes)
      held.writes += 1
      if held.writes > stuckAfter { held.unsent += bytes.readableBytes }
    }
  }

  func close(within seconds: Double) {}
}
