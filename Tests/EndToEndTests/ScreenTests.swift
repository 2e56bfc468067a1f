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
      #expect(tmux.wait(seconds: 4) { $0.contains("0:02") || $0.contains("00:02") }, "\(tmux.screen)")
      let calm = tmux.screen
      tmux.press("v")
      #expect(tmux.wait(seconds: 2) { shape($0) != shape(calm) }, "v changes nothing:\n\(tmux.screen)")
      tmux.press("v")
      #expect(tmux.wait(seconds: 2) { abs(inked($0) - inked(calm)) < inked(calm) / 2 }, "v does not go back")
      tmux.press("m")
      tmux.press("m")
      #expect(
        eventually(within: 3) {
          (try? world.database.value("SELECT count(*) FROM event WHERE kind = 'mark'")) == "2"
        })
      tmux.press("Space")
      #expect(tmux.wait(seconds: 2) { $0.localizedCaseInsensitiveContains("paused") }, "\(tmux.screen)")
      let held = try world.database.value("SELECT max(seconds) FROM event")
      letRealTimePass(seconds: 2.2)
      #expect(abs((Double(try world.database.value("SELECT max(seconds) FROM event")) ?? 0) - (Double(held) ?? 0)) < 1)
      tmux.press("Space")
      #expect(tmux.wait(seconds: 2) { !$0.localizedCaseInsensitiveContains("paused") }, "\(tmux.screen)")
      let colours = styles(tmux.styledScreen)
      tmux.press("t")
      #expect(eventually(within: 2, everySeconds: 0.1) { styles(tmux.styledScreen) != colours }, "t changes no colour")
      tmux.press("?")
      #expect(
        tmux.wait(seconds: 2) { screen in
          ["pause", "mark", "theme", "finish"].allSatisfy { screen.localizedCaseInsensitiveContains($0) }
        }, "\(tmux.screen)")
      tmux.press("Escape", "x", "F5", "Up")
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
      #expect(tmux.wait(seconds: 4) { $0.contains("0:01") }, "\(tmux.screen)")
      for answer in ["n", "Escape"] {
        tmux.press("q")
        #expect(tmux.wait(seconds: 2) { $0.contains("Finish and save?") }, "\(tmux.screen)")
        tmux.press(answer)
        #expect(tmux.wait(seconds: 2) { !$0.contains("Finish and save?") }, "\(answer):\n\(tmux.screen)")
        let clock = clockText(tmux.screen)
        #expect(tmux.wait(seconds: 3) { clock != nil && clockText($0) != clock }, "after \(answer) it stands still")
        #expect(tmux.isAlternate && rehearsal.process != nil, "\(answer) ended it")
      }
      let state = try world.database.value("SELECT state FROM session")
      #expect(state == "live")
      #expect(savedSession(in: try rehearsal.finish().shell) != nil)
    }

    @Test func `the screen fits every size at once, and below 40 by 12 says so in a line`() throws {
      let world = try World()
      let tmux = try world.tmux(columns: 80, rows: 24)
      let rehearsal = try Rehearsal(in: tmux, "--input '\(try longSpeech(world))'")
      #expect(tmux.wait(seconds: 4) { $0.contains("0:01") }, "\(tmux.screen)")
      for (columns, rows) in [(120, 40), (40, 12), (200, 60), (41, 13), (80, 24)] {
        tmux.resize(columns: columns, rows: rows)
        let begin = now()
        #expect(tmux.wait(seconds: 1.5) { isWhole($0, columns, rows) }, "\(columns)x\(rows):\n\(tmux.screen)")
        #expect(now() - begin < 1, "\(columns)x\(rows) took \(now() - begin) s")
      }
      for (columns, rows) in [(39, 12), (40, 11), (12, 4), (1, 1)] {
        tmux.resize(columns: columns, rows: rows)
        #expect(
          tmux.wait(seconds: 1.5) {
            $0.split(separator: "\n").filter { $0.contains { !$0.isWhitespace } }.count <= 2
              && (columns < 20 || $0.contains("40"))
          }, "\(columns)x\(rows):\n\(tmux.screen)")
        #expect(rehearsal.process != nil)
      }
      tmux.resize(columns: 80, rows: 24)
      #expect(tmux.wait(seconds: 1.5) { isWhole($0, 80, 24) }, "\(tmux.screen)")
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
      #expect(terminal.wait(seconds: 4) { $0.count > 2_000 })
      terminal.hold(true)
      #expect(
        eventually(within: 12) {
          (try? world.database.value("SELECT count(*) FROM event WHERE kind = 'second'")).flatMap(Int.init) ?? 0 >= 7
        }, "the session stands still with the terminal")
      terminal.hold(false)
      terminal.child.send(SIGTERM)
      #expect(terminal.child.wait(seconds: 4) != nil)
    }

    private func longSpeech(_ world: World) throws -> String {
      try world.file(try Speech.reading().looped(seconds: 60), "long.wav")
    }

    /// Which cells of a screen are used, row by row, digits aside.
    private func shape(_ screen: String) -> [Int] {
      screen.split(separator: "\n", omittingEmptySubsequences: false).map { $0.filter(\.isLetter).count }
    }

    /// The elapsed time that a screen shows.
    private func clockText(_ screen: String) -> String? { screen.firstMatch(of: /\d+:\d\d/).map { String($0.0) } }

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
