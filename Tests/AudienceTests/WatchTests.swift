import Glibc
import Practice
import Support
import Testing

@testable import Audience

/// Watches at sockets where learners answer who may mean ill.
struct WatchTests {
  private let scratch: Scratch
  private static let me = PeerLookup.name(of: getuid())

  init() throws { scratch = try Scratch() }

  private static func text(_ lines: [HubLine]) -> [UInt8] { lines.flatMap { Array(($0.text + "\n").utf8) } }

  private static let welcome = Welcome(
    session: "s1", learner: me, role: .tutor, shares: Watcher.Role.tutor.shares, secret: "secret")
  private static let opening: [HubLine] = [.welcome(welcome), .from(1), .past(WatchStreamTests.events(3))]

  /// What a watch tells of a learner who says these bytes.
  private func told(
    _ bytes: [UInt8], isCut: Bool = false, learner: String = me, limits: WatchLimits = WatchLimits()
  ) throws -> [String] {
    let learner = try ScriptedLearner(in: scratch.path, learner: learner) { _ in (bytes, isCut) }
    defer { learner.close() }
    let told = Told()
    let watch = Watch(learner.door, Hello(role: .tutor), limits: limits, news: told.hear)
    #expect(told.isOver)
    watch.close()
    return told.short
  }

  @Test func `a watch from the welcome to the good-bye`() throws {
    let lines = Self.opening + [.glance(Glance(seconds: 1)), .over(.finished)]
    #expect(try told(Self.text(lines)) == ["welcome \(Self.me)", "events 1-3", "glance", "over finished"])
    #expect(try told(Self.text([.asked, .refused(.declined)])) == ["asked", "refused declined"])
    #expect(try told(Self.text([.asked]), isCut: true) == ["asked", "broken: the line broke"])
  }

  @Test func `a line longer than may be, half a line, and what is no text`() throws {
    let endless = Self.text(Self.opening) + [UInt8](repeating: 65, count: 2 * Wire.hubLineBytes)
    let start = ["welcome \(Self.me)", "events 1-3"]
    #expect(try told(endless) == start + ["broken: a line was too long"])
    #expect(
      try told(Self.text(Self.opening) + Array(#"{"v":1,"t":3"#.utf8), isCut: true) == start + [
        "broken: the line broke"
      ])
    #expect(try told(Self.text(Self.opening) + [0xFF, 0x00, 10]) == start + ["broken: what came could not be read"])
  }

  @Test func `nobody else can stand at a learner's door`() throws {
    #expect(try told(Self.text(Self.opening), learner: "somebody else") == ["broken: somebody else answers there"])
    #expect(chmod(scratch.path, 0o770) == 0)
    #expect(try told(Self.text(Self.opening)) == ["broken: nobody is there any more"])
    #expect(chmod(scratch.path, 0o700) == 0)
  }

  @Test func `a door that nobody is behind, and what is no door`() throws {
    let learner = try ScriptedLearner(in: scratch.path, learner: Self.me) { _ in ([], false) }
    #expect(rename(learner.door.path, scratch.path("kept")) == 0)
    learner.close()
    let file = try scratch.write("x", to: "file.sock")
    #expect(symlink(scratch.path("kept"), scratch.path("link.sock")) == 0)
    for path in [scratch.path("kept"), file, scratch.path("link.sock"), scratch.path("none.sock"), ""] {
      let told = Told()
      let watch = Watch(Door(path: path, learner: Self.me, session: "s1"), Hello(role: .tutor), news: told.hear)
      #expect(told.isOver)
      #expect(told.short == ["broken: nobody is there any more"])
      watch.close()
    }
  }

  @Test func `who says nothing is given up`() throws {
    var limits = WatchLimits()
    (limits.silentSeconds, limits.answerSeconds) = (0.05, 0.05)
    #expect(try told(Self.text(Self.opening), limits: limits).last == "broken: nothing came any more")
    #expect(try told([], limits: limits) == ["broken: nothing came any more"])
  }

  @Test func `who sends without end holds up nobody but themselves`() throws {
    var limits = WatchLimits()
    (limits.eventsPerSecond, limits.eventsAtOnce) = (2_000, 1_000)
    let events = WatchStreamTests.events(2_000).map(HubLine.event)
    let learner = try ScriptedLearner(in: scratch.path, learner: Self.me) { _ in
      (Self.text([.welcome(Self.welcome), .from(1)] + events + [.over(.finished)]), false)
    }
    defer { learner.close() }
    let told = Told()
    let watch = Watch(learner.door, Hello(role: .tutor), limits: limits, news: told.hear)
    #expect(told.isOver)
    // All of it came in the end, in order, in pieces.
    var next = 1
    for case .events(let events, let first) in told.news {
      #expect(first == next)
      next += events.count
    }
    #expect(next == 2_001)
    #expect(watch.eventBytes > 2_000)
  }

  @Test func `a watch goes on behind the last event, wherever the line broke`() throws {
    let sample =
      Self.opening + WatchStreamTests.events(3).map(HubLine.event) + [.ping, .event(WatchStreamTests.events(1)[0])]
    let bytes = Self.text(sample)
    let learner = try ScriptedLearner(in: scratch.path, learner: Self.me) { (Array(bytes.prefix($0)), true) }
    defer { learner.close() }
    var seen = 0
    for _ in 1...bytes.count {
      let told = Told()
      let watch = Watch(learner.door, Hello(role: .tutor), news: told.hear)
      #expect(told.isOver)
      #expect(told.short.last == "broken: the line broke")
      var next = 1
      for case .events(let events, let first) in told.news {
        #expect(first == next)
        next += events.count
      }
      if next > 1 { #expect(watch.resume?.next == next) }
      seen = max(seen, next)
    }
    #expect(seen == 8)
  }

  @Test func `remarks go out, also those that were said just before the end`() throws {
    let learner = try ScriptedLearner(in: scratch.path, learner: Self.me) { _ in
      (Self.text(Self.opening + [.ping]), false)
    }
    defer { learner.close() }
    let told = Told()
    let watch = Watch(learner.door, Hello(role: .tutor), news: told.hear)
    #expect(told.has("events"))
    let remarks: [Remark] = [.cue("louder"), .note("at last", at: 1)]
    for (number, remark) in remarks.enumerated() { watch.send(remark, number: number) }
    watch.close()
    let expected = [WatcherLine.pong] + remarks.enumerated().map { .remark(number: $0, $1) }
    #expect(eventually { learner.lines.count == 4 }, "\(learner.lines)")
    #expect(learner.lines.dropFirst().compactMap { WatcherLine(line: $0) } == expected)
  }

  @Test func `a remark that cannot go out is answered`() throws {
    let learner = try ScriptedLearner(in: scratch.path, learner: Self.me) { _ in (Self.text([.asked]), false) }
    defer { learner.close() }
    let told = Told()
    let watch = Watch(learner.door, Hello(role: .tutor), news: told.hear)
    watch.send(.cue("slower"), number: 1)
    #expect(told.has("asked"))
    watch.send(.cue("slower"), number: 2)
    #expect(told.has("answer 2"))
    #expect(told.has("answer 1"))
    watch.close()
  }

  @Test func `remarks that a learner does not take are answered, and do not pile up`() throws {
    let learner = try ScriptedLearner(in: scratch.path, learner: Self.me, reads: false) { _ in
      (Self.text(Self.opening), false)
    }
    defer { learner.close() }
    let told = Told()
    let watch = Watch(learner.door, Hello(role: .tutor), news: told.hear)
    #expect(told.has("events"))
    let note = Remark.note(String(repeating: "x", count: 2_000), at: 1)
    for number in 1...1_000 { watch.send(note, number: number) }
    #expect(told.has("answer 1000"))
    watch.close()
  }

  @Test func `whatever a learner sends, the watch ends in words or goes on`() throws {
    let sample = Self.text(
      [.asked] + Self.opening + [
        .glance(Glance(seconds: 1)), .presence(Presence(tutor: .thinking)), .answer(number: 1, .refused("no")), .ping,
        .sound(seconds: 1, [1, 2, 3, 4]), .event(WatchStreamTests.events(1)[0]), .over(.finished),
      ])
    let learner = try ScriptedLearner(in: scratch.path, learner: Self.me) { number in
      var mutations = Mutations(seed: UInt64(number))
      return (mutations.next(sample, sample), true)
    }
    defer { learner.close() }
    for number in 1...400 {
      let told = Told()
      let watch = Watch(learner.door, Hello(role: .tutor), news: told.hear)
      #expect(told.isOver, "\(number)")
      withExtendedLifetime(watch) {}
    }
  }
}
