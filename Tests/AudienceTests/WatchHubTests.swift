import Glibc
import Practice
import Support
import Synchronization
import Testing

@testable import Audience

/// Both ends of the wire in one process: a learner who shares, and those who watch.
struct WatchHubTests {
  private let scratch: Scratch
  private static let me = PeerLookup.name(of: getuid())
  private static let tutor = Watcher.Role.tutor.shares

  init() throws { scratch = try Scratch() }

  /// A learner who answers each request alike.
  private final class Sharer: Sendable {
    let door: Door
    private let hub = Mutex<Hub?>(nil)
    private let told = Mutex<[Watcher]>([])

    init(
      in folder: String, _ past: [SessionEvent], _ decision: Hub.Decision?, hears: Bool = false,
      invitations: Book = Book(), limits: AudienceLimits = AudienceLimits()
    ) throws {
      door = Door(path: folder + "/s1.sock", learner: me, session: "s1")
      let opened = try Hub(
        .init(session: "s1", learner: me, events: past), at: [SocketPlace(folder, .own)], invitations: invitations,
        limits: limits
      ) { [weak self] news in self?.hear(news, decision, hears) }
      hub.withLock { $0 = opened }
    }

    /// The other end.
    var end: Hub? { hub.withLock { $0 } }
    /// What became of those who came.
    var changes: [Watcher.Change] { told.withLock { $0.map(\.change) } }

    private func hear(_ news: Hub.News, _ decision: Hub.Decision?, _ hears: Bool) {
      switch news {
      case .watcher(let watcher):
        told.withLock { $0.append(watcher) }
        if watcher.change == .asked, let decision { end?.decide(watcher.id, decision, hears: hears) }
      case .remark(let watcher, let number, let remark):
        end?.answer(watcher.id, number: number, remark == .cue("slower") ? .taken : .later)
      case .failed: break
      }
    }
  }

  /// One invitation, good for so many seconds.
  private struct Book: InvitationBook {
    var seconds: Double?

    func redeem(_ token: String) -> Invitation? {
      seconds.map { Invitation(name: "a guest", role: .tutor, seconds: $0) }
    }
  }

  /// Events of a talk of so many seconds, of many kinds.
  private static func talk(_ seconds: Range<Int>) -> [SessionEvent] {
    seconds.flatMap { second -> [SessionEvent] in
      let at = Double(second)
      var events = [SessionEvent(at: at + 0.5, .word(Word("word\(second)", start: at, end: at + 0.4)))]
      if second % 3 == 0 { events.append(SessionEvent(at: at + 0.9, .note("note \(second)"))) }
      if second % 5 == 0 { events.append(SessionEvent(at: at + 0.9, .mark("here"))) }
      if second % 7 == 0 { events.append(SessionEvent(at: at + 0.9, .cue(Cue(.pace, "slower")))) }
      return events
    }
  }

  /// What events a watch told, as lines; that their numbers leave nothing out is checked on the way.
  private static func lines(_ told: Told, from number: Int = 0) -> [String] {
    var (lines, next): ([String], Int) = ([], number)
    for case .events(let events, let first) in told.news {
      #expect(first == next)
      next += events.count
      lines += events.map(EventLine.text)
    }
    return lines
  }

  private static func shown(_ events: [SessionEvent], to shares: Shares = tutor) -> [String] {
    events.compactMap { SharedEvents.shown($0, to: shares) }.map(EventLine.text)
  }

  private func watch(_ sharer: Sharer, _ hello: Hello = Hello(role: .tutor)) -> (watch: Watch, told: Told) {
    let told = Told()
    return (Watch(sharer.door, hello, news: told.hear), told)
  }

  @Test func `who comes late gets the session so far, then what happens, and nothing twice`() throws {
    let past = Self.talk(0..<600)
    let sharer = try Sharer(in: scratch.path, past, .once)
    let (watch, told) = watch(sharer)
    #expect(told.has("events"))
    let live = Self.talk(600..<660)
    for event in live { sharer.end?.tell(event) }
    sharer.end?.close(.finished)
    #expect(told.isOver)
    #expect(told.short.first == "asked" && told.short.last == "over finished")
    #expect(Self.lines(told) == Self.shown(past + live))
    #expect(watch.resume?.next == past.count + live.count)
    watch.close()
  }

  @Test func `an observer is told of no words`() throws {
    let past = Self.talk(0..<30)
    let sharer = try Sharer(in: scratch.path, past, .once)
    let (watch, told) = watch(sharer, Hello(role: .observer))
    sharer.end?.close(.finished)
    #expect(told.isOver)
    _ = watch
    let lines = Self.lines(told)
    #expect(lines.isEmpty || lines == Self.shown(past, to: .meters))
    #expect(lines.allSatisfy { !$0.contains("word") })
  }

  @Test func `wherever the line is cut, the watch goes on without a gap and without a repeat`() throws {
    var limits = AudienceLimits()
    (limits.hellosPerMinute, limits.asksPerMinute) = (1_000_000, 1_000_000)
    let past = Self.talk(0..<8)
    let sharer = try Sharer(in: scratch.path, past, .talk, limits: limits)
    let (first, before) = watch(sharer)
    #expect(before.has("events"))
    first.close()
    let live = Self.talk(8..<12)
    for event in live { sharer.end?.tell(event) }
    let expected = Self.shown(past + live)
    let proxy = try CuttingProxy(to: sharer.door.path, in: scratch.folder("proxy"), learner: Self.me)
    defer { proxy.close() }
    var bytes = 1
    while true {
      proxy.cut(after: bytes)
      let told = Told()
      let cut = Watch(proxy.door, Hello(role: .tutor), news: told.hear)
      let isWhole = eventually(everySeconds: 0.001) {
        told.short.contains { $0.hasPrefix("broken") } || Self.count(told) == expected.count
      }
      #expect(isWhole, "cut after \(bytes) bytes")
      if Self.count(told) == expected.count, told.short.last?.hasPrefix("broken") == false { break }
      let (again, rest) = watch(sharer, Hello(role: .tutor, resume: cut.resume))
      let have = Self.lines(told)
      #expect(eventually(everySeconds: 0.001) { have.count + Self.count(rest) >= expected.count })
      #expect(have + Self.lines(rest, from: have.count) == expected, "cut after \(bytes) bytes")
      again.close()
      bytes += 1
    }
    #expect(bytes > 500)
    sharer.end?.close(.ended)
  }

  private static func count(_ told: Told) -> Int {
    told.news.reduce(0) { sum, news in
      if case .events(let events, _) = news { return sum + events.count }
      return sum
    }
  }

  @Test func `a watch ends as the learner, or a rule, says`() throws {
    var impatient = AudienceLimits()
    impatient.answerSeconds = 0.05
    let rows: [(Hub.Decision?, Book, Hello, [String])] = [
      (.no, Book(), Hello(role: .tutor), ["asked", "refused declined"]),
      (nil, Book(), Hello(role: .tutor), ["asked", "refused unanswered"]),
      (nil, Book(), Hello(role: .tutor, token: "forged"), ["refused token"]),
      (
        nil, Book(seconds: 0.1), Hello(role: .tutor, token: "good"), ["welcome \(Self.me)", "presence", "over expired"]
      ),
      (.once, Book(), Hello(role: .tutor, wire: 99, oldest: 99), ["refused version"]),
    ]
    for (place, (decision, book, hello, expected)) in rows.enumerated() {
      let sharer = try Sharer(
        in: scratch.folder("\(place)"), [], decision, invitations: book, limits: impatient)
      let (watch, told) = watch(sharer, hello)
      #expect(told.isOver)
      #expect(told.short == expected)
      watch.close()
    }
  }

  @Test func `a watcher who is sent away, and a learner who is gone`() throws {
    let sharer = try Sharer(in: scratch.path, [], .once)
    let (first, told) = watch(sharer)
    #expect(told.has("welcome"))
    sharer.end?.dismiss(1)
    #expect(told.isOver)
    #expect(told.short.last == "over ended")
    let again = try Sharer(in: scratch.folder("again"), [], .once)
    let (second, later) = watch(again)
    #expect(later.has("welcome"))
    again.end?.close(.ended)
    #expect(later.isOver)
    #expect(later.short.last == "over ended")
    let (third, last) = watch(again)
    #expect(last.isOver)
    #expect(last.short == ["broken: nobody is there any more"])
    for watch in [first, second, third] { watch.close() }
  }

  @Test func `remarks, readings, presence and sound go where they should`() throws {
    let sharer = try Sharer(in: scratch.path, [], .once, hears: true)
    let (watch, told) = watch(sharer, Hello(role: .tutor, wantsSound: true))
    let (deaf, quiet) = self.watch(sharer)
    #expect(told.has("welcome") && quiet.has("welcome"))
    watch.send(.cue("slower"), number: 7)
    watch.send(.note("good", at: 1), number: 8)
    #expect(told.has("answer 7") && told.has("answer 8"))
    sharer.end?.show(Presence(tutor: .thinking))
    sharer.end?.glance(Glance(seconds: 3))
    #expect(eventually { sharer.end?.isHeard == true })
    sharer.end?.sound(seconds: 3, [1, 2, 3])
    for word in ["presence", "glance", "sound"] { #expect(told.has(word)) }
    for word in ["presence", "glance"] { #expect(quiet.has(word)) }
    sharer.end?.close(.finished)
    #expect(told.isOver && quiet.isOver)
    #expect(!quiet.short.contains("sound"))
    #expect(sharer.changes.filter { $0 == .joined }.count == 2)
    for watch in [watch, deaf] { watch.close() }
  }
}
