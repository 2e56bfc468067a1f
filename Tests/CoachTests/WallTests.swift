import Audience
import Practice
import Terminal
import Testing

@testable import Coach

@Suite struct WallTests {
  static let keys: [(Room, String, [Order], [Room])] = [
    (.wall, "n", [], [.wall, .entry]), (.wall, "r", [], [.wall, .rubricForm]), (.wall, "d", [], [.wall, .drillChoice]),
    (.wall, "1", [.watch(.send(seat: "beck/k3f9", .cue("slower"), number: 2))], [.wall]),
    (.wall, "9", [], [.wall]), (.wall, "w", [.watch(.write(seat: "beck/k3f9"))], [.wall]),
    (.wall, "x", [.watch(.close(seat: "beck/k3f9"))], [.wall]), (.wall, "q", [.leave], [.wall]),
    (.wall, "a", [], [.wall]),
    (.wall, "?", [], [.wall, .help]), (.watched, "q", [], [.wall]), (.watched, "v", [], [.wall, .watched]),
    (
      .rubricForm, "4",
      [
        .watch(
          .send(
            seat: "beck/k3f9", .level(rubric: "rostrum", version: 2, criterion: "pace", level: 4, reason: nil),
            number: 2)
        )
      ], [.wall, .rubricForm]
    ),
    (.rubricForm, "7", [], [.wall, .rubricForm]), (.rubricForm, "0", [], [.wall, .rubricForm]),
  ]

  @Test(arguments: keys) func `a key does what the table says`(room: Room, key: String, orders: [Order], rooms: [Room])
  {
    var desk = Watched.desk(Watched.pair)
    if room != .wall { desk.rooms.append(room) }
    #expect(desk.press(.character(Character(key))) == orders)
    #expect(desk.rooms == rooms)
  }

  @Test func `a note is about the second of its key, and goes to who was selected then`() {
    var desk = Watched.desk(Watched.pair)
    _ = desk.press(.character("n"))
    desk.wall?.take(.events([SessionEvent(at: 150, .mark(nil))], first: 1_000), of: "beck/k3f9")
    _ = desk.wall?.meet([Watched.door("aaron"), Watched.door("cora"), Watched.door("beck")])
    for key in "slow" { _ = desk.press(.character(key)) }
    #expect(desk.press(.enter) == [.watch(.send(seat: "beck/k3f9", .note("slow", at: 134), number: 2))])
    #expect(desk.rooms == [.wall] && desk.entry == nil)
    _ = desk.press(.character("n"))
    #expect(desk.press(.enter).isEmpty, "an empty note is none")
  }

  @Test(arguments: [
    ("mind the pauses, in 3 days", "mind the pauses", 3), ("in 1 day", "", 1), ("tomorrow", "", 1),
    ("come in 3", "come in 3", nil), ("in 900 days", "in 900 days", nil), ("", "", nil), ("today", "", 0),
  ])
  func `a drill is due when the end of its line says so`(line: String, note: String, days: Int?) {
    var desk = Watched.desk(Watched.pair)
    for key in [Key.character("d"), .down, .enter] + line.map(Key.character) { _ = desk.press(key) }
    #expect(
      desk.press(.enter)
        == [.watch(.send(seat: "beck/k3f9", .drill("metronome-140", note: note, days: days), number: 2))])
    #expect(desk.rooms == [.wall])
  }

  @Test func `levels are given, taken back, and gone where they were refused`() {
    var desk = Watched.desk([Watched.seat("beck")], .rubricForm)
    let key = Seat.LevelKey(rubric: "rostrum", criterion: "pace")
    _ = desk.press(.character("3"))
    #expect(desk.wall?.selected?.levels[key] == 3)
    #expect(desk.press(.character("0")).count == 1)
    #expect(desk.wall?.selected?.levels.isEmpty == true)
    _ = desk.press(.character("2"))
    desk.wall?.take(.answer(number: 3, .refused("too many")), of: "beck/k3f9")
    #expect(desk.wall?.selected?.levels.isEmpty == true)
  }

  static let limited: [(String, Watcher.Role, Watcher.Role, Bool, Set<String>)] = [
    ("a tutor", .tutor, .tutor, false, ["note", "rubric", "drill", "write"]),
    ("a guest", .tutor, .tutor, true, ["note", "rubric", "drill"]),
    ("an observer", .observer, .observer, false, ["write"]),
    ("a tutor let in as observer", .tutor, .observer, false, ["ask", "write"]),
    ("a guest let in as observer", .tutor, .observer, true, []),
  ]

  @Test(arguments: limited) func `keys that mean nothing to a role are not listed, and say why`(
    who: String, asked: Watcher.Role, given: Watcher.Role, isGuest: Bool, labels: Set<String>
  ) {
    var desk = Watched.desk([Watched.seat("beck", given)], role: asked, isGuest: isGuest)
    let listed = Set(Keymap.bar(.wall, without: desk.idle(in: .wall)).map(\.label))
    #expect(listed.intersection(["note", "rubric", "drill", "write", "ask"]) == labels, "\(who)")
    for (key, label) in [("n", "note"), ("r", "rubric"), ("d", "drill"), ("w", "write")] where !labels.contains(label) {
      #expect(desk.press(.character(Character(key))).isEmpty)
      #expect(desk.notice != nil && desk.rooms == [.wall], "\(who), \(key)")
    }
  }

  @Test func `who was left stays off the wall until they share anew`() {
    var desk = Watched.desk(Watched.pair)
    let doors = Watched.pair.map(\.door)
    #expect(desk.press(.character("x")) == [.watch(.close(seat: "beck/k3f9"))])
    #expect(desk.wall?.selected?.isLeft == true)
    _ = desk.press(.character("x"))
    #expect(desk.wall?.meet(doors) == [] && desk.wall?.seats.map(\.learner) == ["cora"])
    #expect(desk.wall?.meet([doors[1]]) == [])
    #expect(desk.wall?.meet(doors) == ["beck/k3f9"])
  }

  @Test func `who shares no more cannot be asked, and who shares anew can`() {
    var desk = Watched.desk(Watched.pair)
    let doors = Watched.pair.map(\.door)
    desk.wall?.take(.over(.ended), of: "beck/k3f9")
    _ = desk.wall?.meet([doors[1]])
    #expect(desk.press(.character("a")).isEmpty && desk.notice == Messages.sharesNot("beck"))
    _ = desk.wall?.meet(doors)
    #expect(desk.wall?["beck/k3f9"]?.state == .found)
    #expect(desk.press(.character("a")) == [.watch(.ask(seat: "beck/k3f9", .tutor))])
  }

  @Test func `a cue is for who speaks, a note for who has spoken`() {
    var desk = Watched.desk(Watched.pair)
    let end = SessionEvent(at: 150, .ended(Ending(reason: .finished, summary: Summary())))
    desk.wall?.take(.events([end], first: 1_000), of: "beck/k3f9")
    #expect(desk.idle(in: .wall).contains(.sendCue) && !desk.idle(in: .wall).contains(.comment))
    #expect(desk.press(.character("1")).isEmpty && desk.notice == Messages.nobodySpeaks)
    _ = desk.press(.character("n"))
    #expect(desk.room == .entry)
  }

  @Test func `a guest's keys are theirs in every room`() {
    for room in [Room.wall, .watched, .rubricForm, .drillChoice] {
      let desk = Watched.desk([Watched.seat("beck")], room, isGuest: true)
      let listed = Keymap.help(room, without: desk.idle(in: room))
      #expect(!listed.contains { $0.key.contains("^Z") || $0.help.contains("aside") }, "\(room)")
    }
  }

  @Test func `what was given stays in sight when it is news no more`() {
    var desk = Watched.desk([Watched.seat("beck")])
    func given() -> [String] {
      WatchWords.remarks(desk.wall!.seats[0], last: 100, .ascii).map(\.text).filter { $0.contains("you:") }
    }
    func news() -> [String] { WatchWords.lastSent(desk.wall!.seats[0], columns: 60, rows: 3).lines }
    let before = given()
    for key in [Key.character("d"), .down, .enter, .enter] { _ = desk.press(key) }
    let name = desk.wall!.drills[1].name
    #expect(news() == ["you: \(name), sent"])
    desk.wall?.take(.answer(number: 1, .taken), of: "beck/k3f9")
    #expect(news() == ["you: \(name), given"])
    #expect(given() == before)
    #expect(desk.wall?.age(at: 0) == false && desk.wall?.age(at: 14_900_000_000) == false)
    #expect(desk.wall?.age(at: 15_000_000_000) == true && desk.wall?.age(at: 16_000_000_000) == false)
    #expect(news().isEmpty)
    #expect(given() == before + ["2:14 you: \(name)"])
  }

  @Test func `a seat goes with its door unless there is something to see on it`() {
    var wall = Watched.wall(Watched.mixed)
    #expect(wall.meet([]) == [])
    #expect(wall.seats.map(\.learner) == ["beck", "fay", "eve"])
    #expect(wall.meet((0..<200).map { Watched.door("l\($0)") }).count == Wall.seatLimit - 3)
  }
}

@Suite struct SeatTests {
  @Test func `a watch that resumes repeats nothing and loses nothing`() {
    let told = Watched.events()
    var whole = Watched.stranger("beck", Watched.welcome("beck"))
    whole.take(.events(told, first: 1))
    var broken = Watched.stranger("beck", Watched.welcome("beck"))
    for start in stride(from: 0, to: told.count, by: 50) {
      broken.take(.broken("reset"))
      broken.take(Watched.welcome("beck", secret: "next"))
      let from = max(start - 7, 0)
      broken.take(.events(Array(told[from..<min(start + 50, told.count)]), first: from + 1))
    }
    #expect(broken.session == whole.session && broken.events == whole.events)
    #expect(broken.resume == Resume(session: "k3f9", secret: "next", next: told.count + 1))
  }

  @Test func `who is let in with other rights is told from the beginning`() {
    var seat = Watched.seat("beck", .observer)
    seat.take(Watched.welcome("beck", .tutor))
    #expect(seat.events.isEmpty && seat.resume == nil)
    seat.take(.events(Watched.events(), first: 1))
    #expect(!seat.session.words.isEmpty)
  }

  @Test func `who may hear too from now on keeps what was told`() {
    var seat = Watched.seat("beck")
    let next = seat.next
    let shares = Watcher.Role.tutor.shares.union(.sound)
    seat.take(.welcome(Welcome(session: "k3f9", learner: "beck", role: .tutor, shares: shares, secret: "s")))
    #expect(seat.next == next && !seat.session.words.isEmpty && seat.shares == shares)
  }

  @Test(arguments: [
    ([Watch.News.asked], Seat.State.asked), ([.asked, .refused(.declined), .broken("eof")], .refused(.declined)),
    ([.broken("eof")], .broken("eof")), ([.over(.expired), .broken("eof")], .over(.expired)),
    ([.over(.slow), Watched.welcome("beck")], .watching),
  ])
  func `a last word stands, whatever becomes of the line`(news: [Watch.News], state: Seat.State) {
    var seat = Watched.seat("beck")
    for item in news { seat.take(item) }
    #expect(seat.state == state)
  }

  @Test func `a glance moves the meters and keeps nothing`() {
    var seat = Watched.seat("beck")
    let events = seat.events.count
    seat.take(.glance(Glance(seconds: 134.2, levelDecibels: -8, silenceSeconds: 0.4, syllablesPerSecond: 5)))
    #expect(seat.source.levelDecibels == -8 && seat.session.silenceSeconds > 0.39 && seat.events.count == events)
    seat.take(.glance(Glance(seconds: .nan, levelDecibels: .infinity)))
    seat.take(.glance(Glance(seconds: 1e300)))
    seat.take(.broken("reset"))
    #expect(seat.source.levelDecibels == -100)
  }

  @Test func `looking back shows what was, and comes to what is`() {
    var seat = Watched.seat("beck")
    seat.step(-10)
    #expect(seat.position == 124 && seat.shown.seconds < 125 && seat.session.seconds == 134)
    seat.take(.events([SessionEvent(at: 150, .mark(nil))], first: seat.next ?? 0))
    seat.step(10)
    #expect(seat.position == 134, "more has come meanwhile")
    seat.step(10)
    seat.step(10)
    #expect(seat.position == nil && seat.shown.seconds == 150)
    for _ in 0..<30 { seat.step(-10) }
    #expect(seat.position == 0)
    seat.goLive()
    #expect(seat.position == nil)
  }

  @Test func `words are laid out from their end, and lines never break anew`() {
    let session = Watched.seat("beck").session
    let all = SpokenWords(session, columns: 30, rows: 100).lines
    #expect(all.allSatisfy { line in line.reduce(-1) { $0 + 1 + cellWidth($1.text) } <= 30 })
    for rows in 1...6 {
      #expect(SpokenWords(session, columns: 30, rows: rows).lines == Array(all.suffix(rows)))
      #expect(SpokenWords(session, columns: 30, rows: rows, up: 3).lines == Array(all.dropLast(3).suffix(rows)))
      #expect(SpokenWords(session, columns: 30, rows: rows, up: 900).lines == Array(all.prefix(rows)))
    }
    #expect(all.joined().contains { $0.text == "(um)" && $0.role == .tick })
  }
}
