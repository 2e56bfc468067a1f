import Audience
import Practice
import Terminal
import Testing

@testable import Coach

/// What is watched, as lines.
struct WatchLinesTests {
  private static let welcome = Welcome(
    session: "k3f9x7qa", learner: "anna", role: .tutor, shares: Watcher.Role.tutor.shares, seconds: 7_200,
    secret: "3f1c")

  /// A watcher who takes news in and tells them.
  private struct Told {
    var lines: WatchLines
    var seat: Seat
    var told: [String] = []

    init(_ style: LineFace.Style, learner: String = "anna", session: String = "k3f9x7qa") {
      lines = WatchLines(style)
      seat = Seat(Door(path: "/run/x.sock", learner: learner, session: session))
    }

    mutating func hear(_ all: Watch.News...) {
      for news in all {
        seat.take(news)
        told += lines.lines(for: news, seat: seat)
      }
    }

    /// Events one by one, as they come while they happen.
    mutating func live(_ events: some Sequence<SessionEvent>, first: Int) {
      for (place, event) in events.enumerated() { hear(.events([event], first: first + place)) }
    }
  }

  private static func at(_ seconds: Double, _ kind: SessionEvent.Kind) -> SessionEvent {
    SessionEvent(at: seconds, kind)
  }

  @Test func `a watch in sentences, from the question to the good-bye`() {
    var told = Told(.plain)
    let events = Rehearsed.events(seconds: 30)
    told.hear(.asked, .welcome(Self.welcome))
    told.live(events, first: 1)
    told.live([Self.at(30, .cue(Cue(.tutor, "slower", by: "beck"))), Self.at(30, .mark(nil))], first: 100)
    told.hear(.over(.ended))
    #expect(
      told.told == [
        "anna: asked to let you watch", "anna: lets you watch as tutor, for 2 h",
        "anna: rehearses \"The case for silence\", planned 2-3 min, heard from default",
      ] + told.told.dropFirst(3).dropLast(3) + [
        "anna 0:30 cue: slower (beck)", "anna 0:30 marked", "anna has ended it. a asks again.",
      ])
    // Ten seconds are too few for a pace that stands still.
    let meters = told.told.dropFirst(3).dropLast(3)
    #expect(meters.map { $0.prefix(9) } == ["anna 0:10", "anna 0:20", "anna 0:30"])
    #expect(meters.allSatisfy { $0.contains("words a minute") || $0.contains("no pace yet") })
    #expect(meters.last?.contains("words a minute") == true)
    #expect(Set(told.told).count == told.told.count)
  }

  @Test func `who comes late is told in one line what was before`() {
    var told = Told(.plain)
    let events = Rehearsed.events(seconds: 120)
    told.hear(.welcome(Self.welcome))
    for start in stride(from: 0, to: events.count, by: 40) {
      told.hear(.events(Array(events[start..<min(start + 40, events.count)]), first: 1 + start))
    }
    #expect(told.told.count == 2)
    told.live([Self.at(121, .mark(nil))], first: 1 + events.count)
    #expect(told.told.count == 4)
    #expect(told.told[2].hasPrefix("anna 2:01 so far: pace about "))
    #expect(told.told[3] == "anna 2:01 marked")
  }

  @Test func `a session that is over is told at its end`() {
    var told = Told(.plain)
    var past = Self.welcome
    (past.isPast, past.seconds) = (true, nil)
    let session = Rehearsed.session(seconds: 60)
    let end = Self.at(60, .ended(Ending(reason: .finished, summary: session.summary)))
    told.hear(.welcome(past), .events(Rehearsed.events(seconds: 60) + [end], first: 1), .over(.finished))
    #expect(told.told.first == "anna: lets you watch as tutor, a session that is over")
    #expect(told.told.contains("anna: Finished at 1:00."))
    #expect(told.told.contains { $0.hasPrefix("anna: pace: about ") })
    #expect(told.told.last == "anna: The session is over.")
  }

  @Test func `a line that broke is told once, and nothing is told again after it`() {
    var told = Told(.plain)
    told.hear(.welcome(Self.welcome), .events([Self.at(1, .mark(nil))], first: 1))
    told.hear(.broken("the line broke"), .broken("the line broke"), .welcome(Self.welcome))
    told.hear(.events([Self.at(1, .mark(nil)), Self.at(2, .mark(nil))], first: 1))
    // What happened meanwhile is told, and its meters are not.
    let meanwhile = [Self.at(3, .note("louder")), Self.at(20, .second(Rehearsed.second(20))), Self.at(40, .mark(nil))]
    told.hear(.events(meanwhile, first: 3))
    #expect(
      told.told.dropFirst() == [
        "anna 0:01 marked", "anna: the line broke", "anna: there again", "anna 0:02 marked", "anna 0:03 note: louder",
        "anna 0:40 marked",
      ])
  }

  @Test func `what is said comes in lines between pauses`() {
    var told = Told(.plain)
    let words = (0..<20).map { Word("w\($0)", start: Double($0) * 0.4, end: Double($0) * 0.4 + 0.3) }
    told.hear(.welcome(Self.welcome))
    told.live(words.map { Self.at($0.end, .word($0)) }, first: 1)
    told.live([Self.at(11, .mark(nil))], first: 21)
    let all = (0..<20).map { "w\($0)" }
    #expect(
      told.told.dropFirst() == [
        "anna 0:00 says: " + all.prefix(16).joined(separator: " "),
        "anna 0:06 says: " + all.suffix(4).joined(separator: " "), "anna 0:11 marked",
      ])
  }

  @Test func `the others, the AI tutor and what was sent`() {
    var told = Told(.plain)
    told.hear(.welcome(Self.welcome))
    let number = told.seat.nextNumber
    told.seat.remember(.cue("slower"))
    let note = told.seat.nextNumber
    told.seat.remember(.note("good", at: 3))
    let drill = told.seat.nextNumber
    told.seat.remember(.drill("hush", note: "", days: nil), drill: "A minute of silence")
    told.hear(.answer(number: drill, .taken))
    told.hear(
      .answer(number: number, .taken), .answer(number: note, .later), .answer(number: 99, .refused("too many")),
      .presence(Presence(tutor: .thinking)), .presence(Presence(tutor: .thinking)), .presence(Presence(isAway: true)),
      .events([Self.at(9, .watcher(Watcher(.joined, id: 2, name: "beck", role: .observer, hears: true)))], first: 1))
    #expect(
      told.told.dropFirst() == [
        "anna: the drill A minute of silence was given", "anna: your cue \"slower\" is on the screen",
        "anna: your note waits for the review",
        "anna: what you sent was not taken: too many", "anna: the AI tutor is thinking", "anna: the microphone is away",
        "anna 0:09 beck watches as observer, and hears them",
      ])
  }

  @Test func `two sessions of one learner are told apart`() {
    var lines = WatchLines(.plain)
    let seats = ["a1", "b2"].map { Seat(Door(path: "/x", learner: "anna", session: $0)) }
    #expect(
      seats.map { lines.lines(for: .asked, seat: $0) } == [
        ["anna: asked to let you watch"], ["anna (b2): asked to let you watch"],
      ])
    #expect(lines.lines(for: .refused(.declined), seat: seats[0]) == ["anna (a1) said no. a asks again."])
  }

  @Test func `a watch in JSON: each line says whose it is, and the secret stays`() {
    var told = Told(.json)
    let mark = Self.at(1, .mark(nil))
    told.hear(.asked, .welcome(Self.welcome), .events([mark, mark], first: 1), .glance(Glance(seconds: 1)))
    told.hear(
      .broken("the line broke"), .welcome(Self.welcome), .events([mark, mark], first: 2), .sound(seconds: 1, [0, 0]))
    told.hear(.over(.finished))
    let kinds = told.told.map { line -> String in
      let json = JSON(parsing: line, sortsFields: false)
      #expect(line.hasPrefix(#"{"learner":"anna","session":"k3f9x7qa","#))
      return json?["wire"]?.string ?? json?["kind"]?.string ?? "none"
    }
    #expect(
      kinds == ["asked", "welcome", "from", "mark", "mark", "glance", "broken", "welcome", "mark", "over"])
    #expect(told.told.allSatisfy { !$0.contains("3f1c") && !$0.contains("secret") })
  }

  @Test func `an event cannot say that it is somebody else's`() {
    var told = Told(.json)
    let fields = [JSON.Field("learner", .string("beck")), .init("session", .string("x")), .init("hands", .count(2))]
    var mark = Self.at(1, .mark(nil))
    mark.extra = fields
    told.hear(.welcome(Self.welcome), .events([mark, Self.at(1, .unknown(name: "clap", fields: fields))], first: 1))
    for line in told.told.suffix(2) {
      #expect(line.hasPrefix(#"{"learner":"anna","session":"k3f9x7qa","#) && line.contains(#""hands":2"#))
      #expect(!line.contains("beck"))
    }
  }
}
