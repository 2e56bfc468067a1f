import Audience
import Practice
import Support
import Terminal
import Testing

@testable import Coach

@Suite struct WallGoldenTests {
  static let sizes = ScreenGoldenTests.sizes + [Size(columns: 140, rows: 40)]
  static let screens: [(String, @Sendable () -> Desk)] = [
    ("wall-empty", { Watched.desk([]) }),
    ("wall-one", { Watched.desk([Watched.seat("beck")]) }),
    ("wall-two", { Watched.desk(Watched.pair) }),
    ("wall-five", { Watched.desk(Watched.mixed) }),
    ("wall-dozen", { Watched.desk(Watched.dozen) }),
    ("wall-sessions", { Watched.desk(Watched.sessions) }),
    ("wall-taken-off", { Watched.desk(Watched.pair, pressing: "xxxx") }),
    ("wall-not-in", { Watched.desk([Watched.stranger("cora", .asked)], pressing: "nslow") }),
    ("watched-session", { Watched.desk(Watched.sessions, .watched) }),
    ("wall-observer", { Watched.desk([Watched.seat("beck", .observer)], role: .observer) }),
    (
      "wall-note",
      {
        var desk = Watched.desk(Watched.pair)
        for key in "nslow down here" { _ = desk.press(.character(key)) }
        return desk
      }
    ),
    (
      "wall-calm",
      {
        var desk = Watched.desk(Watched.pair)
        _ = desk.press(.character("v"))
        return desk
      }
    ),
    ("watched-asking", { Watched.desk([Watched.stranger("cora", .asked)], .watched) }),
    ("watched", { Watched.desk(Watched.pair, .watched) }),
    (
      "watched-calm",
      {
        var desk = Watched.desk(Watched.pair, .watched)
        _ = desk.press(.character("v"))
        return desk
      }
    ),
    (
      "watched-back",
      {
        var desk = Watched.desk(Watched.pair, .watched)
        for _ in 0..<5 { _ = desk.press(.left) }
        return desk
      }
    ),
    (
      "rubric-form",
      {
        var desk = Watched.desk(Watched.pair, .rubricForm)
        _ = desk.press(.character("3"))
        _ = desk.press(.down)
        return desk
      }
    ),
    ("drill-choice", { Watched.desk(Watched.pair, .drillChoice) }),
  ]

  @Test(arguments: screens.map(\.0), sizes) func `the wall looks as it was approved`(name: String, size: Size) throws {
    let desk = try #require(WallGoldenTests.screens.first { $0.0 == name }).1()
    for (suffix, glyphs) in [("utf8", Glyphs.unicode), ("ascii", Glyphs.ascii)] {
      let grid = Frame.grid(of: desk, size: size, glyphs: glyphs)
      expectGolden(grid.golden, "\(name)-\(size.columns)x\(size.rows)-\(suffix)")
      let signs = grid.lines().joined().unicodeScalars.filter { !(0x3000...0x9FFF).contains($0.value) }
      #expect(signs.allSatisfy(\.isASCII) || !glyphs.isASCII, "\(name) is not ASCII")
    }
  }

  @Test(arguments: screens.map(\.0)) func `nothing that a learner is called or says reaches the terminal`(name: String)
  {
    let harm = "\u{1B}[2J\u{1B}]0;x\u{7}\u{202E}\u{9B}1m\r\n"
    var seat = Seat(Door(path: "/x", learner: "a" + harm, session: "s" + harm))
    seat.take(
      .welcome(Welcome(session: harm, learner: harm, role: .tutor, shares: Watcher.Role.tutor.shares, secret: "")))
    let told: [SessionEvent.Kind] = [
      .began(Beginning(id: harm, title: harm, source: harm)), .cue(Cue(.tutor, harm, by: harm)),
      .word(Word(harm, start: 1, end: 2)), .comment(Comment(harm, start: 1, by: harm)),
      .watcher(Watcher(.joined, id: 1, name: harm, role: .tutor)),
      .filler(Filler(start: 1, end: 2, label: harm, confidence: 1)),
      .turn(Turn(.tutor, harm, source: harm)),
    ]
    seat.take(.events(told.map { SessionEvent(at: 1, $0) }, first: 1))
    seat.take(.presence(Presence(tutor: .speaking)))
    seat.remember(.cue(harm))
    seat.take(.answer(number: 1, .refused(harm)))
    for news in [Watch.News.presence(Presence(tutor: .speaking)), .broken(harm)] {
      seat.take(news)
      for room in [Room.wall, .watched, .rubricForm, .drillChoice] {
        var desk = Watched.desk([seat], room)
        desk.wall?.cues = [harm]
        for size in WallGoldenTests.sizes {
          let text = Frame.grid(of: desk, size: size, glyphs: .unicode).lines().joined()
          #expect(
            !text.unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E })
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3, 8, 9, 40, 100]) func `every number of learners draws at every size`(count: Int) {
    let mixed = Watched.dozen
    let seats = (0..<count).map { number in
      var seat = mixed[number % mixed.count]
      seat.door = Watched.door("learner\(number)")
      return seat
    }
    for room in [Room.wall, .watched] {
      var desk = Watched.desk(seats, room)
      for columns in [40, 100, 220] {
        for rows in [12, 24, 60] {
          _ = desk.press(.tab)
          let selected = desk.wall?.selected?.learner ?? "?"
          let lines = Frame.grid(of: desk, size: Size(columns: columns, rows: rows), glyphs: .ascii).lines()
          #expect(lines.contains { $0.contains(selected.prefix(8)) }, "\(count) at \(columns)x\(rows)")
        }
      }
    }
  }
}
