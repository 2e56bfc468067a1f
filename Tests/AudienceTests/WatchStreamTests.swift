import NIOCore
import Practice
import Testing

@testable import Audience

/// What a learner's lines come to, as a watcher's half of the conversation has it.
struct WatchStreamTests {
  static let door = Door(path: "/nowhere/s1.sock", learner: "anna", session: "s1")
  static let welcome = Welcome(
    session: "s1", learner: "who knows", role: .tutor, shares: Watcher.Role.tutor.shares, secret: "secret")

  /// News in a few letters.
  static func short(_ news: Watch.News) -> String {
    switch news {
    case .asked: "asked"
    case .welcome(let welcome): "welcome \(welcome.learner)"
    case .refused(let refusal): "refused \(refusal)"
    case .events(let events, let first): "events \(first)-\(first + events.count - 1)"
    case .glance: "glance"
    case .presence: "presence"
    case .answer(let number, _): "answer \(number)"
    case .sound: "sound"
    case .over(let farewell): "over \(farewell)"
    case .broken(let reason): "broken: \(reason)"
    }
  }

  static func events(_ count: Int) -> [SessionEvent] {
    (0..<count).map { SessionEvent(at: Double($0), .note("note \($0)")) }
  }

  private func check(
    _ lines: [HubLine?], _ expected: [String], resume: Resume? = nil, limits: WatchLimits = WatchLimits()
  ) {
    var stream = WatchStream(Self.door, Hello(role: .tutor, resume: resume), limits: limits)
    for line in lines { _ = stream.take(line, bytes: 100) }
    #expect(stream.news().map(Self.short) == expected)
    #expect(stream.news().isEmpty)
  }

  @Test func `a watch from the question to the good-bye`() {
    check(
      [
        .asked, .welcome(Self.welcome), .from(1), .past(Self.events(3)), .event(Self.events(1)[0]),
        .glance(Glance(seconds: 1)),
        .event(Self.events(1)[0]), .presence(Presence()), .answer(number: 7, .taken), .over(.finished), .ping,
      ],
      ["asked", "welcome anna", "events 1-4", "glance", "events 5-5", "presence", "answer 7", "over finished"])
  }

  @Test func `nobody is watched before they said welcome`() {
    check([.refused(.declined), .event(Self.events(1)[0])], ["refused declined"])
    check([.over(.ended)], ["over ended"])
    for line: HubLine in [
      .from(1), .event(Self.events(1)[0]), .past([]), .glance(Glance(seconds: 1)), .presence(Presence()),
      .answer(number: 1, .taken), .sound(seconds: 0, []),
    ] { check([line], ["broken: what came made no sense"]) }
  }

  @Test(arguments: [HubLine.asked, .welcome(welcome), .refused(.full)])
  func `who is in is not let in again`(line: HubLine) {
    check([.welcome(Self.welcome), line], ["welcome anna", "broken: what came made no sense"])
  }

  @Test func `sound may be given and taken back while somebody watches, and nothing else`() {
    var (heard, more, another) = (Self.welcome, Self.welcome, Self.welcome)
    heard.shares.insert(.sound)
    (more.shares, another.shares, another.secret) = ([.meters], heard.shares, "another")
    check(
      [.welcome(Self.welcome), .welcome(heard), .welcome(Self.welcome)], Array(repeating: "welcome anna", count: 3))
    for line in [more, another] {
      check([.welcome(Self.welcome), .welcome(line)], ["welcome anna", "broken: what came made no sense"])
    }
  }

  @Test func `what cannot be read breaks the watch, what a newer version says does not`() {
    check([.welcome(Self.welcome), nil, .ping], ["welcome anna", "broken: what came could not be read"])
    #expect(HubLine.isOfNewer(#"{"wire":"applause","hands":2}"#))
    #expect(!HubLine.isOfNewer(#"{"wire":"past","rows":7}"#))
    #expect(!HubLine.isOfNewer("hands"))
  }

  @Test func `events have a number before they come, and no number is left out`() {
    let start: [HubLine?] = [.welcome(Self.welcome), .from(1), .past(Self.events(2))]
    check([.welcome(Self.welcome), .event(Self.events(1)[0])], ["welcome anna", "broken: what came made no sense"])
    check(start + [.from(3), .past(Self.events(2))], ["welcome anna", "events 1-2", "events 3-4"])
    check(start + [.from(2), .past(Self.events(2))], ["welcome anna", "events 1-2", "events 2-3"])
    check(start + [.from(4), .past(Self.events(2))], ["welcome anna", "events 1-2", "broken: events are missing"])
    check([.welcome(Self.welcome), .from(-1)], ["welcome anna", "broken: what came made no sense"])
  }

  @Test func `a broken watch goes on where it stopped, and in no other session`() {
    let resume = Resume(session: "s1", secret: "secret", next: 9)
    var other = Self.welcome
    other.session = "s2"
    check([.welcome(Self.welcome), .from(9), .past(Self.events(2))], ["welcome anna", "events 9-10"], resume: resume)
    check([.welcome(Self.welcome), .from(1), .past(Self.events(2))], ["welcome anna", "events 1-2"], resume: resume)
    check([.welcome(Self.welcome), .from(10)], ["welcome anna", "broken: events are missing"], resume: resume)
    check([.welcome(other)], ["broken: another session answers there"], resume: resume)
  }

  @Test func `what goes on is behind what was told`() {
    var stream = WatchStream(Self.door, Hello(role: .tutor))
    #expect(stream.resume == nil)
    for line: HubLine in [.welcome(Self.welcome), .from(1), .past(Self.events(3))] {
      _ = stream.take(line, bytes: 100)
    }
    #expect(stream.resume == Resume(session: "s1", secret: "secret", next: 4))
  }

  @Test func `a session is no larger than one can be`() {
    var few = WatchLimits()
    few.events = 10
    var short = WatchLimits()
    short.eventBytes = 250
    let start: [HubLine?] = [.welcome(Self.welcome), .from(1)]
    let told = ["welcome anna", "broken: more came than a session can hold"]
    check(start + [.past(Self.events(10))], told, limits: few)
    check(
      start + [.past(Self.events(5)), .past(Self.events(5))], ["welcome anna", "events 1-5", told[1]], limits: few)
    check(
      start + Array(repeating: .event(Self.events(1)[0]), count: 3), ["welcome anna", "events 1-2", told[1]],
      limits: short)
    check(
      start + Array(repeating: .glance(Glance(seconds: 1)), count: 3), ["welcome anna", "glance", "glance", "glance"],
      limits: short)
  }

  @Test func `another version of the wire, and sound that nobody asked for`() {
    var later = Self.welcome
    later.wire = Wire.version + 1
    check([.welcome(later)], ["broken: it speaks another version of the wire"])
    check([.welcome(Self.welcome), .sound(seconds: 0, [1, 2])], ["welcome anna"])
    var loud = Self.welcome
    loud.shares.insert(.sound)
    check([.welcome(loud), .sound(seconds: 0, [1, 2])], ["welcome anna", "sound"])
  }

  @Test func `lines are cut wherever they were broken, and none is longer than may be`() {
    let bytes = Array("ab\n\ncdef\n".utf8)
    for size in 1...bytes.count {
      var cutter = LineCutter()
      var lines: [String] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        var piece = cutterBuffer(bytes[start..<min(start + size, bytes.count)])
        cutter.put(&piece)
        while case .line(let line) = cutter.next(limit: 4) { lines.append(String(buffer: line)) }
      }
      #expect(lines == ["ab", "", "cdef"])
    }
    var cutter = LineCutter()
    var piece = cutterBuffer("abcde"[...].utf8)
    cutter.put(&piece)
    #expect(cutter.next(limit: 4) == .tooLong(cutterBuffer("abcde"[...].utf8)))
    #expect(cutter.next(limit: 4) == .none)
  }

  @Test func `what comes too fast waits, and the past of a long session does not`() {
    var limits = WatchLimits()
    (limits.eventsPerSecond, limits.eventsAtOnce, limits.bytesAnEvent) = (10, 100, 1_000)
    var budget = WatchBudget(limits, now: 0)
    budget.take(events: 99, bytes: 0)
    #expect(budget.wait(now: 0) == 0)
    budget.take(events: 20, bytes: 0)
    #expect(abs(budget.wait(now: 0) - 2) < 1e-9)
    #expect(budget.wait(now: 2.1) == 0)
    budget.take(events: 0, bytes: 1_000)
    #expect(budget.wait(now: 2.1) > 0)
    _ = budget.wait(now: 1e6)
    budget.take(events: 99, bytes: 0)
    #expect(budget.wait(now: 1e6) == 0)
  }
}

/// A buffer of these bytes.
private func cutterBuffer(_ bytes: some Sequence<UInt8>) -> ByteBuffer { ByteBuffer(bytes: Array(bytes)) }
