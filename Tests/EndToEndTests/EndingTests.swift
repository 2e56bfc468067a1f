import Foundation
import Support
import Testing

extension EndToEnd {
  /// Ends that nobody planned: kills, signals, hang-ups and crashes.
  @Suite(.serialized, .enabled(if: Speech.isThere && Database.isThere, "needs pocketsphinx-testdata and sqlite3"))
  struct EndingTests {
    @Test func `after kill -9 the next start finds all but the last second, and leaves the living alone`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 12))
      let killed = try (0..<3).map { _ in
        try Watched(world.start("rehearse", "--input", path, "--json", "--keep-audio"))
      }
      let living = try world.start("rehearse", "--input", path, "--json")
      let haveBegun = eventually(within: 5) {
        killed.allSatisfy { $0.begin() } && living.output.contains("\"began\"")
      }
      try #require(haveBegun, "\((killed.map(\.running) + [living]).map { $0.output.prefix(200) + $0.errors })")
      var expected: [String: Double] = [:]
      for (index, watched) in killed.enumerated() {
        // At three places between one roll-up, known a third of a second after its end, and the next.
        let moment = 7.6 + 0.33 * Double(index)
        _ = eventually(within: 12, everySeconds: 0.005) {
          watched.look()
          return watched.audioSeconds >= moment
        }
        watched.running.child.send(SIGKILL)
        expected[watched.id] = watched.audioSeconds
      }
      let listed = try world.rostrum("sessions", "--json")
      #expect(listed.code == 0 && !showsTrace(listed.errors), "\(listed)")
      for (id, audio) in expected {
        let row = try world.database.rows("SELECT state, endedSeconds FROM session WHERE id = '\(id)'").first ?? []
        #expect(row.first == "interrupted", "\(listed)")
        let last = Double(try world.database.value("SELECT max(seconds) FROM event WHERE sessionId = '\(id)'")) ?? 0
        #expect(last >= audio - 1, "\(audio - last) s of \(audio) s are missing")
        // 0.35 s is what a decision may take: the roll-up of a second is known that long after its end.
        let rollup = "SELECT max(json_extract(line, '$.end')) FROM event WHERE kind = 'second' AND sessionId = '\(id)'"
        let whole = Double(try world.database.value(rollup)) ?? 0
        #expect(whole >= audio - 1.35, "roll-ups end at \(whole) s of \(audio) s")
        #expect(abs((row.last.flatMap(Double.init) ?? 0) - last) < 1.01, "\(row) against \(last)")
        let shown = try world.rostrum("sessions", "show", id, "--json")
        #expect(SeenEvent.all(in: shown.output)?.last?.kind == "ended", "\(shown)")
        let watched = try #require(killed.first { $0.id == id })
        let known = watched.running.output.split(separator: "\n").filter {
          (SeenEvent(String($0))?.seconds ?? .infinity) < audio - 1
        }
        let lost = Set(known).subtracting(shown.output.split(separator: "\n"))
        #expect(known.count > 5 && lost.isEmpty, "told of, more than a second before the end, and not kept: \(lost)")
        #expect(listed.output.contains(id))
        try expectTake(of: id, lasts: last, in: world)
      }
      #expect(try world.database.value("SELECT count(*) FROM session WHERE state = 'live'") == "1")
      let finished = living.finish(seconds: 15)
      #expect(finished.code == 0, "\(finished)")
      #expect(try world.database.rows("SELECT state FROM session WHERE state NOT IN ('interrupted')") == [["finished"]])
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal ends the session in order and gives the terminal back`(signal: Int32) throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 12))
      let terminal = try Pty([RostrumBinary.path, "rehearse", "--input", path], environment: world.environment)
      #expect(eventually(within: 6) { (try? world.database.value("SELECT count(*) > 1 FROM event")) == "1" })
      terminal.child.send(signal)
      let ending = terminal.child.wait(seconds: 3)
      #expect(ending == .exited(128 + signal), "\(signal): \(ending as Any)")
      expectRestored(terminal, "signal \(signal)")
      let states = try world.database.rows("SELECT state FROM session")
      let state = signal == SIGINT ? "finished" : "interrupted"
      #expect(states == [[state]], "\(states)")
      let last = try #require(SeenEvent(try world.database.value("SELECT line FROM event ORDER BY seq DESC LIMIT 1")))
      #expect(last.kind == "ended" && last.fields["reason"] as? String == state, "\(last.fields)")
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGILL])
    func `a crash gives the terminal back and loses at most a second`(signal: Int32) throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 12))
      let terminal = try Pty([RostrumBinary.path, "rehearse", "--input", path], environment: world.environment)
      #expect(eventually(within: 6) { (try? world.database.value("SELECT count(*) > 1 FROM event")) == "1" })
      let kept = Int(try world.database.value("SELECT count(*) FROM event")) ?? 0
      terminal.child.send(signal)
      let ending = terminal.child.wait(seconds: 10)
      #expect(ending == .killed(by: signal), "\(ending as Any)")
      expectRestored(terminal, "signal \(signal)")
      let shown = try world.rostrum("sessions", "show", "last", "--json")
      #expect(shown.code == 0 && shown.lines.count >= kept, "\(shown)")
    }

    @Test(.enabled(if: Tmux.isThere, "needs tmux")) func `a dropped line ends the session and keeps it`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 12))
      let tmux = try world.tmux()
      let rehearsal = try Rehearsal(in: tmux, "--input '\(path)'")
      let process = try #require(rehearsal.process)
      #expect(eventually(within: 6) { (try? world.database.value("SELECT count(*) > 1 FROM event")) == "1" })
      tmux.hangUp()
      #expect(eventually(within: 4) { ProcessFigures(pid: process) == nil }, "it still runs")
      let shown = try world.rostrum("sessions", "show", "last", "--json")
      #expect(SeenEvent.all(in: shown.output)?.last?.kind == "ended", "\(shown)")
      #expect(try world.database.rows("SELECT state FROM session") == [["interrupted"]])
    }

    @Test(.enabled(if: Tmux.isThere, "needs tmux")) func `Ctrl-Z gives the shell, fg the rehearsal`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading().looped(seconds: 40))
      let tmux = try world.tmux()
      let rehearsal = try Rehearsal(in: tmux, "--input '\(path)'")
      _ = tmux.wait(seconds: 3) { $0.contains("0:0") }
      tmux.press("C-z")
      #expect(eventually(within: 3, everySeconds: 0.05) { !tmux.isAlternate && tmux.foreground == "sh" })
      tmux.enter("echo from the shell")
      #expect(tmux.wait(seconds: 3) { $0.contains("\nfrom the shell") })
      tmux.enter("fg")
      #expect(eventually(within: 3, everySeconds: 0.05) { tmux.isAlternate })
      #expect(tmux.wait(seconds: 3) { !$0.contains("from the shell") && $0.count > 100 }, "\(tmux.screen)")
      #expect(savedSession(in: try rehearsal.finish().shell) != nil)
    }

    @Test func `a reader that goes away ends the event stream quietly`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 12))
      let shell = "\(rostrum) rehearse --input '\(path)' --json | head -n 1"
      let cut = try run(["/bin/sh", "-c", shell], environment: world.environment, timeoutSeconds: 20)
      #expect(cut.lines.count == 1 && !cut.isTimedOut && !showsTrace(cut.errors), "\(cut)")
      #expect(
        eventually(within: 15) {
          (try? world.rostrum("sessions").code) == 0
            && (try? world.database.value("SELECT count(*) FROM session WHERE state = 'live'")) == "0"
        })
    }

    /// The sound of a killed session is a recording that plays, about as long as its events.
    private func expectTake(of id: String, lasts seconds: Double, in world: World) throws {
      let take = "\(world.home)/data/takes/\(id).flac"
      let alone = try World()
      let played = try alone.rostrum("rehearse", "--input", take, "--fast", "--json")
      #expect(played.code == 0 && !showsTrace(played.errors), "\(played)")
      let duration = SeenEvent(played.lines.last ?? "")?.number("duration_seconds") ?? 0
      #expect(abs(duration - seconds) <= 2.5, "\(duration) s of sound, events up to \(seconds) s")
    }

    /// The terminal is as it was: its modes, the main screen, the cursor.
    private func expectRestored(_ terminal: Pty, _ what: Comment) {
      #expect(eventually(within: 2) { terminal.hasItsModesBack }, "modes after \(what)")
      _ = terminal.wait(seconds: 1) { $0.contains("\u{1b}[?1049l") }
      let text = terminal.text
      #expect(text.contains("\u{1b}[?1049h"), "it never took the screen: \(what)")
      func isLast(_ on: String, _ off: String) -> Bool {
        guard let end = text.range(of: off, options: .backwards) else { return false }
        return !text[end.upperBound...].contains(on)
      }
      #expect(isLast("\u{1b}[?1049h", "\u{1b}[?1049l"), "still on the alternate screen after \(what)")
      #expect(isLast("\u{1b}[?25l", "\u{1b}[?25h"), "no cursor after \(what)")
    }
  }
}

/// A run whose event lines are read as they come, so that its audio time is known at any moment.
private final class Watched {
  let running: Running
  private(set) var id = ""
  private var (last, arrived) = (0.0, 0.0)
  private var length = 0

  init(_ running: Running) { self.running = running }

  /// Whether the session has begun; remembers its id.
  func begin() -> Bool {
    look()
    return !id.isEmpty
  }

  /// Takes in what is new.
  func look() {
    let output = running.output
    guard output.utf8.count > length, output.hasSuffix("\n") else { return }
    length = output.utf8.count
    arrived = now()
    for event in output.split(separator: "\n").suffix(20).compactMap({ SeenEvent(String($0)) }) {
      last = max(last, event.seconds)
      if let begun = event.fields["id"] as? String { id = begun }
    }
  }

  /// The audio time now: that of the last line, and the time since it came.
  var audioSeconds: Double { arrived == 0 ? 0 : last + now() - arrived }
}
