import Audience
import Practice
import Terminal
import Testing

@testable import Coach

/// Which seats of a wall come first, which one keys are for, and what seats of one learner are called.
@Suite struct WallOrderTests {
  private func door(_ learner: String, _ session: String = "k3f9") -> Door {
    Door(path: "/x/\(learner)/\(session).sock", learner: learner, session: session)
  }

  /// A session of `learner` that has begun `minutes` after ten past ten, told as far as its first second.
  private func told(
    _ learner: String, _ session: String, minutes: Int, title: String? = nil, isPast: Bool = false
  ) -> Seat {
    var seat = Seat(door(learner, session))
    seat.take(
      .welcome(
        Welcome(
          session: session, learner: learner, role: .tutor, shares: Watcher.Role.tutor.shares, secret: "s",
          isPast: isPast)))
    let began = Beginning(
      id: session, startedAtMilliseconds: 1_795_342_200_000 + minutes * 60_000, title: title, source: "jfk.wav")
    seat.take(.events([SessionEvent(at: 0, .began(began))], first: 1))
    return seat
  }

  @Test func `who speaks and lets one in comes first, who is gone last`() {
    var ended = Watched.seat("dora")
    ended.take(.over(.finished))
    let seats = [
      Watched.stranger("anna", .refused(.declined)), ended, Watched.stranger("cleo", .asked),
      told("emil", "k3f9", minutes: 0, isPast: true), Watched.seat("finn"), Watched.seat("gus"),
    ]
    #expect(Watched.wall(seats).seats.map(\.learner) == ["finn", "gus", "emil", "cleo", "dora", "anna"])
  }

  @Test func `a line that breaks keeps its place until it has been broken for long`() {
    var wall = Watched.wall([Watched.seat("beck"), Watched.seat("cora")])
    wall.take(.broken("reset"), of: "beck/k3f9")
    #expect(wall.seats.map(\.learner) == ["beck", "cora"] && wall.age(at: 0) == false)
    #expect(wall.age(at: 10_000_000_000) == true && wall.seats.map(\.learner) == ["cora", "beck"])
    #expect(wall.selected?.learner == "beck")
    wall.take(Watched.welcome("beck", secret: "t"), of: "beck/k3f9")
    #expect(wall.seats.map(\.learner) == ["beck", "cora"])
  }

  @Test func `the first who lets one in is selected, and nobody who is watched is left for another`() {
    var wall = Wall(cues: Watched.cues)
    _ = wall.meet(["anna", "beck", "cora"].map { door($0) })
    #expect(wall.selected?.learner == "anna")
    wall.take(Watched.welcome("beck"), of: "beck/k3f9")
    #expect(wall.selected?.learner == "beck")
    wall.take(Watched.welcome("anna"), of: "anna/k3f9")
    #expect(wall.seats.map(\.learner) == ["anna", "beck", "cora"] && wall.selected?.learner == "beck")
    wall.take(.over(.finished), of: "beck/k3f9")
    #expect(wall.seats.map(\.learner) == ["anna", "cora", "beck"] && wall.selected?.learner == "beck")
  }

  @Test func `who was chosen by hand stays selected`() {
    var wall = Wall()
    _ = wall.meet(["anna", "beck"].map { door($0) })
    wall.move(1)
    wall.move(1)
    wall.take(Watched.welcome("beck"), of: "beck/k3f9")
    #expect(wall.selected?.learner == "anna" && wall.seats.map(\.learner) == ["beck", "anna"])
  }

  @Test func `a note to somebody who has not let one in goes into a line and nowhere else`() {
    var desk = Watched.desk([Watched.stranger("anna", .asked), Watched.stranger("beck", .asked)])
    for key in "nnaxxwq1" { #expect(desk.press(.character(key)).isEmpty) }
    #expect(desk.room == .entry && desk.entry?.text == "naxxwq1" && desk.wall?.seats.count == 2)
    #expect(desk.entry?.question == Messages.notSent("Asking anna; the answer is theirs."))
    #expect(desk.press(.enter).isEmpty && desk.room == .entry, "what was written is not lost")
    desk.wall?.take(Watched.welcome("anna"), of: "anna/k3f9")
    desk.wall?.take(.events(Watched.events(seconds: 20), first: 1), of: "anna/k3f9")
    #expect(desk.press(.enter) == [.watch(.send(seat: "anna/k3f9", .note("naxxwq1", at: 20), number: 1))])
    #expect(desk.rooms == [.wall])
  }

  @Test func `who was taken off is brought back as they were, and nobody is asked`() {
    var desk = Watched.desk(Watched.pair)
    let doors = Watched.pair.map(\.door)
    for key in "xx" { _ = desk.press(.character(key)) }
    #expect(desk.notice == Messages.takenOff("beck"))
    _ = desk.press(.tab)
    for key in "xx" { _ = desk.press(.character(key)) }
    #expect(desk.wall?.meet(doors) == [] && Messages.empty(desk.wall!) == Messages.allTakenOff(2))
    #expect(Keymap.bar(.wall, without: desk.idle(in: .wall)).map(\.key) == ["?", "q", "u"])
    #expect(desk.press(.character("u")).isEmpty && desk.wall?.seats.map(\.learner) == ["beck", "cora"])
    #expect(desk.wall?.seats[0].session == Watched.pair[0].session && desk.wall?.hidden.isEmpty == true)
    #expect(desk.press(.character("a")) == [.watch(.ask(seat: "beck/k3f9", .tutor))])
  }

  @Test func `seats of one learner are told apart, and counted as sessions`() {
    let seats = [
      told("ada", "a1", minutes: 0, title: "Silence"), told("ada", "a2", minutes: 70, isPast: true),
      Seat(door("ada", "a3")), told("ben", "b1", minutes: 0, title: "Rivers"),
    ]
    let wall = Watched.wall(seats)
    let names = SeatNames(wall)
    #expect(SeatNames.count(wall) == "4 sessions of 2 learners" && SeatNames.count(Watched.wall([])) == "0 learners")
    #expect(
      seats.map { names.tag($0, columns: 60) ?? "" } == ["since 10:10 Silence", "22 Nov 11:20 jfk.wav", "a3", ""])
    #expect(seats.map { names.tag($0, columns: 12) ?? "" } == ["since 10:10", "22 Nov 11:20", "a3", ""])
    #expect(seats.map { names.tag($0, columns: 3) ?? "" } == ["a1", "a2", "a3", ""])
    #expect(names.name(seats[1]) == "ada (22 Nov 11:20 jfk.wav)" && names.name(seats[3]) == "ben")
  }

  @Test func `of what is the same for two seats nothing is said`() {
    let twins = ["a1", "a2"].map { told("ada", $0, minutes: 3) }
    let names = SeatNames(Watched.wall(twins))
    #expect(twins.map { names.tag($0, columns: 60) } == ["since 10:13 a1", "since 10:13 a2"])
    #expect(twins.map { names.tag($0, columns: 9) } == ["a1", "a2"])
  }

  @Test func `a past session has no timing light and takes no cues`() {
    var desk = Watched.desk([told("ada", "a1", minutes: 0, isPast: true)])
    #expect(desk.idle(in: .wall).contains(.sendCue) && !desk.idle(in: .wall).contains(.comment))
    #expect(desk.press(.character("1")).isEmpty && desk.notice == Messages.nobodySpeaks)
    #expect(WatchWords.light(desk.wall!.seats[0]) == nil)
  }

  @Test(arguments: [
    (60, 3, ["you: breathe, not sent: 2 s between cues"]), (35, 3, ["breathe not sent: 2 s between cues"]),
    (20, 3, ["breathe not sent: 2", "s between cues"]), (20, 1, ["breathe not sent: 2 s between cues"]), (20, 0, []),
  ])
  func `why a cue was not sent is said as the room allows`(columns: Int, rows: Int, lines: [String]) {
    var seat = Watched.seat("beck")
    seat.remember(.cue("breathe"))
    seat.take(.answer(number: 1, .refused("2 s between cues")))
    #expect(WatchWords.lastSent(seat, columns: columns, rows: rows).lines == lines)
  }

  @Test func `the list of keys says which cue is on which`() {
    let desk = Watched.desk(Watched.pair)
    let lines = desk.help(of: .wall).map { $0.key + ": " + $0.help }
    #expect(lines.contains("1 to 6: " + Keymap.cueHelp) && lines.contains("3: cue: breathe"))
    #expect(Watched.desk([Watched.stranger("cora", .asked)]).help(of: .wall).allSatisfy { $0.help != Keymap.cueHelp })
  }
}
