import Foundation
import Support
import Testing

extension EndToEnd {
  /// The screen as a person sees it and the keys as a person presses them.
  @Suite(.serialized, .enabled(if: Speech.isThere && Tmux.isThere, "needs pocketsphinx-testdata and tmux"))
  struct ScreenTests {
    @Test func `every key of a rehearsal does what the help says`() throws {
      let world = try World()
      let tmux = try world.tmux(columns: 100, rows: 30)
      let rehearsal = try Rehearsal(in: tmux, "--input '\(try longSpeech(world))'")
      #expect(tmux.wait { clock($0) >= 2 }, "\(tmux.screen)")
      let calm = tmux.screen
      tmux.press("v")
      #expect(tmux.wait { shape($0) != shape(calm) }, "v changes nothing:\n\(tmux.screen)")
      tmux.press("v")
      #expect(tmux.wait { abs(inked($0) - inked(calm)) < inked(calm) / 2 }, "v does not go back")
      tmux.press("m")
      tmux.press("m")
      #expect(
        eventually {
          (try? world.database.value("SELECT count(*) FROM event WHERE kind = 'mark'")) == "2"
        })
      tmux.press("Space")
      #expect(tmux.wait { $0.localizedCaseInsensitiveContains("paused") }, "\(tmux.screen)")
      // What was heard before is still being kept. But where time goes on, a roll-up comes every second.
      let standsStill = eventually {
        let held = try? world.database.value("SELECT max(seq) FROM event")
        letRealTimePass(seconds: 2.2)
        return held != nil && held == (try? world.database.value("SELECT max(seq) FROM event"))
      }
      #expect(standsStill, "paused, time goes on")
      tmux.press("Space")
      #expect(tmux.wait { !$0.localizedCaseInsensitiveContains("paused") }, "\(tmux.screen)")
      let colours = styles(tmux.styledScreen)
      tmux.press("t")
      #expect(eventually(everySeconds: 0.1) { styles(tmux.styledScreen) != colours }, "t changes no colour")
      tmux.press("?")
      #expect(
        tmux.wait { screen in
          ["pause", "mark", "theme", "finish"].allSatisfy { screen.localizedCaseInsensitiveContains($0) }
        }, "\(tmux.screen)")
      // An Escape and what comes right after it would be one key.
      tmux.press("Escape")
      #expect(tmux.wait { clock($0) >= 0 && !$0.contains("valid in:") }, "\(tmux.screen)")
      tmux.press("x", "F5", "Up")
      #expect(tmux.isAlternate, "a key without a meaning ended the rehearsal")
      let (_, shell) = try rehearsal.finish()
      let id = try #require(savedSession(in: shell))
      let kinds = try world.database.rows("SELECT kind FROM event WHERE sessionId = '\(id)'").map { $0[0] }
      #expect(Set(kinds).isSuperset(of: ["mark", "paused", "resumed", "ended"]), "\(kinds)")
    }

    @Test func `q asks once, and any answer but yes goes on`() throws {
      let world = try World()
      let tmux = try world.tmux()
      let rehearsal = try Rehearsal(in: tmux, "--input '\(try longSpeech(world))'")
      #expect(tmux.wait { clock($0) >= 1 }, "\(tmux.screen)")
      for answer in ["n", "Escape"] {
        tmux.press("q")
        #expect(tmux.wait { $0.contains("Finish and save?") }, "\(tmux.screen)")
        tmux.press(answer)
        #expect(tmux.wait { !$0.contains("Finish and save?") }, "\(answer):\n\(tmux.screen)")
        let seconds = clock(tmux.screen)
        #expect(tmux.wait { seconds >= 0 && clock($0) > seconds }, "after \(answer) it stands still")
        #expect(tmux.isAlternate && rehearsal.process != nil, "\(answer) ended it")
      }
      let state = try world.database.value("SELECT state FROM session")
      #expect(state == "live")
      #expect(savedSession(in: try rehearsal.finish().shell) != nil)
    }

    @Test func `the screen fits every size, and below 40 by 12 says so in a line`() throws {
      let world = try World()
      let tmux = try world.tmux(columns: 80, rows: 24)
      let rehearsal = try Rehearsal(in: tmux, "--input '\(try longSpeech(world))'")
      #expect(tmux.wait { clock($0) >= 1 }, "\(tmux.screen)")
      for (columns, rows) in [(120, 40), (40, 12), (200, 60), (41, 13), (80, 24)] {
        tmux.resize(columns: columns, rows: rows)
        #expect(tmux.wait { isWhole($0, columns, rows) }, "\(columns)x\(rows):\n\(tmux.screen)")
      }
      for (columns, rows) in [(39, 12), (40, 11), (12, 4), (1, 1)] {
        tmux.resize(columns: columns, rows: rows)
        #expect(
          tmux.wait {
            $0.split(separator: "\n").filter { $0.contains { !$0.isWhitespace } }.count <= 2
              && (columns < 20 || $0.contains("40"))
          }, "\(columns)x\(rows):\n\(tmux.screen)")
        #expect(rehearsal.process != nil)
      }
      tmux.resize(columns: 80, rows: 24)
      #expect(tmux.wait { isWhole($0, 80, 24) }, "\(tmux.screen)")
      #expect(savedSession(in: try rehearsal.finish().shell) != nil)
    }

    @Test func `a terminal that stops reading stops nothing`() throws {
      let world = try World()
      let terminal = try Pty(
        [
          RostrumBinary.path, "rehearse", "--input", try world.file(try Speech.reading(seconds: 8)), "--density",
          "full",
        ],
        environment: world.environment, columns: 200, rows: 60)
      #expect(terminal.wait { $0.count > 2_000 })
      terminal.hold(true)
      #expect(
        eventually {
          (try? world.database.value("SELECT count(*) FROM event WHERE kind = 'second'")).flatMap(Int.init) ?? 0 >= 7
        }, "the session stands still with the terminal")
      terminal.hold(false)
      terminal.child.send(SIGTERM)
      #expect(terminal.child.wait() != nil)
    }

    private func longSpeech(_ world: World) throws -> String {
      try world.file(try Speech.endless(), "long.wav")
    }

    /// Which cells of a screen are used, row by row, digits aside.
    private func shape(_ screen: String) -> [Int] {
      screen.split(separator: "\n", omittingEmptySubsequences: false).map { $0.filter(\.isLetter).count }
    }

    /// The elapsed time that a screen shows, in seconds; -1 where it shows none.
    private func clock(_ screen: String) -> Int {
      guard let found = screen.firstMatch(of: /(\d+):(\d\d)/), let minutes = Int(found.1), let seconds = Int(found.2)
      else { return -1 }
      return minutes * 60 + seconds
    }

    private func inked(_ screen: String) -> Int { screen.filter { !$0.isWhitespace }.count }

    private func styles(_ screen: String) -> Set<String> {
      Set(screen.matches(of: /\u{1b}\[([0-9;:]*)m/).map { String($0.1) })
    }

    /// A screen with something on it near its top and its bottom, and no line too long.
    private func isWhole(_ screen: String, _ columns: Int, _ rows: Int) -> Bool {
      let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
      func isUsed(_ range: Range<Int>) -> Bool {
        range.contains { lines.indices.contains($0) && lines[$0].contains { !$0.isWhitespace } }
      }
      return lines.allSatisfy { $0.count <= columns } && isUsed(0..<2) && isUsed(rows - 3..<rows)
    }
  }
}

/// Names read from the folders of the package.
enum SourceNames {
  /// The shipped themes.
  static let themes: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: Machine.package + "/Themes")) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
}
