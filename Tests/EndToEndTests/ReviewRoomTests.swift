import Foundation
import Support
import Testing

extension EndToEnd {
  /// The rooms that look back, at the sizes that terminals have.
  @Suite(.serialized, .enabled(if: Reviewed.isThere, Reviewed.whyNot)) struct ReviewRoomTests {
    @Test func `a trend is drawn on 80 by 24, in braille and in letters, and says what it means`() throws {
      let world = try World(World.withoutMicrophone)
      let (short, long) = (
        try world.file(try Speech.reading(seconds: 14)), try world.file(try Speech.reading(), "b.wav")
      )
      for path in [short, long, short, long, long, short, short] {
        #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      }
      // Two days between each and the next.
      let spread = """
        UPDATE session SET startedAt = startedAt - 172800000 *
        (SELECT count(*) FROM session AS later WHERE later.rowid > session.rowid);
        UPDATE figure SET startedAt = (SELECT startedAt FROM session WHERE id = sessionId);
        """
      #expect(try run(["sqlite3", world.database.path, spread]).code == 0)
      for glyphs in ["unicode", "ascii"] {
        let look = try Looking(world, "--glyphs \(glyphs)")
        look.press("g", until: "Trends")
        look.expect("which of how many") { $0.contains("1 of ") }
        for figure in ["Longest speech", "Articulation"] {
          look.press("Right", until: figure)
          look.expect("a sentence") { $0.contains(".") && $0.contains("session") }
          let lines = look.screen.split(separator: "\n", omittingEmptySubsequences: false)
          #expect(lines.count <= 25 && lines.allSatisfy { $0.count <= 80 }, "\(look.screen)")
          let isBraille = look.screen.unicodeScalars.contains { (0x2801...0x28ff).contains($0.value) }
          #expect(isBraille == (glyphs == "unicode"), "\(look.screen)")
        }
        look.press("C-c", until: "7 sessions")
        look.leave()
      }
    }

    @Test func `another take of the talk runs beside this one`() throws {
      let (world, first) = try Reviewed.world()
      let look = try Looking(world)
      look.press("Space", until: "Replay")
      look.press("o", until: "There is no other take of this talk.")
      look.leave()
      let second = try world.spoken(wave: .silence(seconds: 2) + (try Reviewed.wave()))
      #expect(second != first)
      for columns in [80, 120] {
        let look = try Looking(world, "last --at 0:09", columns: columns, rows: 30)
        look.expectClock(9...9)
        look.press("o", until: "take of 20")
        look.expect("where this take is") { $0.contains(/this take, (level|[0-9]+ words (ahead|behind))/) }
        look.press("Space", until: "playing")
        look.expectClock(10...28)
        look.tmux.press("o")
        look.expect("this take alone") { !$0.contains("take of 20") && $0.contains("Replay") }
        look.leave()
      }
    }

    @Test func `all rooms are drawn on 40 by 12, and on less it is said`() throws {
      let (world, _) = try Reviewed.world()
      let look = try Looking(world, columns: 40, rows: 12)
      look.press("Space", until: "Replay")
      look.step(by: "filler")
      look.press("Right", until: "\" at 0:0")
      look.press("n", until: "Note at")
      look.press("Escape", until: "a filler (Tab)")
      look.press("c", until: "phrase")
      look.press("Escape", until: "a filler (Tab)")
      look.press("x", until: "Pace")
      look.press("x", until: "Rostrum")
      look.press("C-c", "C-c", "/", until: "Search")
      look.tmux.command("send-keys", "-l", "pretty")
      look.expect("a hit") { $0.contains("0:02") }
      look.press("C-c", "C-c", until: "Summary")
      look.press("e", until: "PDF")
      look.press("Escape", "g", until: "Trends")
      look.tmux.resize(columns: 39, rows: 11)
      look.expect("what is needed") { $0.contains("40x12") }
      look.tmux.resize(columns: 40, rows: 12)
      look.expect("the room") { $0.contains("Trends") }
      look.leave()
      for line in look.screen.split(separator: "\n") { #expect(line.count <= 40) }
    }
  }
}
