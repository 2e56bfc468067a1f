import Practice
import Support
import Terminal
import Testing

@testable import Coach

@Suite struct ScreenGoldenTests {
  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 40, rows: 12)]
  static let screens: [(String, @Sendable () -> Desk)] = [
    ("calm", { Rehearsed.desk(.rehearsal) }),
    ("full", { Rehearsed.desk(.rehearsal, density: .full) }),
    ("summary", { Rehearsed.desk(.summary) }),
    ("home", { Rehearsed.desk(.home) }),
    (
      "help",
      {
        var desk = Rehearsed.desk(.rehearsal)
        desk.rooms.append(.help)
        return desk
      }
    ),
    ("tutor-welcome", { Rehearsed.conversation([]) }),
    (
      "tutor-listening",
      { Rehearsed.conversation(Rehearsed.answered + [.talk, .clock(14.1), .hears("what else", silence: 0)]) }
    ),
    ("tutor-answering", { Rehearsed.conversation(Rehearsed.answered + Rehearsed.streaming) }),
    ("tutor-consent", { Rehearsed.conversation([.type("How was my pace?"), .send, .consent(Rehearsed.consent)]) }),
  ]

  @Test(arguments: screens.map(\.0), sizes) func `screens look as they were approved`(name: String, size: Size) throws {
    let desk = try #require(ScreenGoldenTests.screens.first { $0.0 == name }).1()
    for (suffix, glyphs) in [("utf8", Glyphs.unicode), ("ascii", Glyphs.ascii)] {
      let grid = Frame.grid(of: desk, size: size, glyphs: glyphs)
      expectGolden(grid.golden, "\(name)-\(size.columns)x\(size.rows)-\(suffix)")
      let isASCII = grid.lines().joined().unicodeScalars.allSatisfy(\.isASCII)
      #expect(isASCII || !glyphs.isASCII, "\(name) is not ASCII")
    }
  }

  @Test func `below the smallest size one line says so`() {
    for size in [Size(columns: 39, rows: 12), Size(columns: 40, rows: 11), Size(columns: 1, rows: 1)] {
      let lines = Frame.grid(of: Rehearsed.desk(.home), size: size, glyphs: .ascii).lines().filter { !$0.isEmpty }
      #expect(lines.count == 1)
    }
  }

  @Test(arguments: Room.allCases) func `every room draws at every size`(room: Room) {
    var desk =
      [.conversation, .consent, .sent].contains(room)
      ? Rehearsed.conversation(Rehearsed.answered) : Rehearsed.desk(room)
    desk.rooms.append(room)
    desk.past = Rehearsed.past
    desk.entry = LineEntry(.title, "What is it called?")
    desk.history.lines = (0..<50).map {
      .init(id: "id\($0)", when: "2026-11-21 05:52", title: "A talk", duration: "5:12", pace: "148 wpm", state: "")
    }
    desk.devices = [.init(id: "default", summary: "Default", ability: "48 kHz")]
    for density in Settings.Density.allCases {
      desk.density = density
      for columns in stride(from: 40, through: 220, by: 36) {
        for rows in stride(from: 12, through: 70, by: 9) {
          let grid = Frame.grid(of: desk, size: Size(columns: columns, rows: rows), glyphs: .unicode)
          #expect(grid.lines().contains { !$0.isEmpty })
        }
      }
    }
  }

  static let troubles: [(@Sendable (inout Desk) -> Void, String)] = [
    ({ desk in desk.source.flatSeconds = 3 }, "No sound from default. Muted?"),
    ({ desk in desk.source.isRecovering = true }, "default is gone; trying again each second."),
    ({ desk in desk.saving = .late(seconds: 7, reason: "the disk is full") }, "Not saved for 7 s (the disk is full)."),
    ({ desk in _ = desk.press(.character("q")) }, "Finish and save?"),
    ({ desk in _ = desk.session.apply(SessionEvent(at: 140, .paused)) }, "Paused. Space goes on."),
    ({ desk in desk.notice = "Theme: dusk." }, "Theme: dusk."),
  ]

  @Test(arguments: troubles) func `what needs a word gets one line, in both densities and on small screens`(
    change: @Sendable (inout Desk) -> Void, words: String
  ) {
    for density in Settings.Density.allCases {
      var desk = Rehearsed.desk(.rehearsal, density: density)
      change(&desk)
      for size in ScreenGoldenTests.sizes {
        let text = Frame.grid(of: desk, size: size, glyphs: .unicode).lines().joined(separator: "\n")
        #expect(text.contains(words.prefix(30)), "\(density) at \(size)")
      }
    }
  }

  @Test func `escape sequences in a title or a device do not reach the grid`() {
    var desk = Rehearsed.desk(.rehearsal)
    desk.session = Rehearsed.session(title: "A\u{1B}[2J\u{1B}]0;x\u{7}\u{202E}B")
    desk.source.name = "hw\u{1B}[31m"
    for density in Settings.Density.allCases {
      desk.density = density
      let text = Frame.grid(of: desk, size: Size(columns: 120, rows: 40), glyphs: .unicode).lines().joined()
      #expect(!text.unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E })
    }
  }
}
