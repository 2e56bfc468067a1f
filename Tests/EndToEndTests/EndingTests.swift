import Foundation
import Support
import Testing

extension EndToEnd {
  /// Ends that nobody planned: kills, signals, hang-ups and crashes.
  @Suite(.serialized, .enabled(if: Speech.isThere && Database.isThere, "needs pocketsphinx-testdata and sqlite3"))
  struct EndingTests {
    @Test func `after kill -9 the next start finds what was told of, and leaves the living alone`() throws {
      let (world, witness) = (try World(), Witness())
      let path = try world.file(try Speech.endless())
      let killed = try (0..<3).map { _ in
        try Watched(began: now(), world.start("rehearse", "--input", path, "--json", "--keep-audio"))
      }
      let living = try world.start("rehearse", "--input", path, "--json")
      let haveBegun = eventually { killed.allSatisfy { $0.begin() } && living.output.contains("\"began\"") }
      try #require(haveBegun, "\((killed.map(\.running) + [living]).map { $0.output.prefix(200) + $0.errors })")
      // At three places between one roll-up, known a third of a second after its end, and the next.
      let haveBeenKilled = eventually(everySeconds: 0.005) {
        for (index, watched) in killed.enumerated() { watched.kill(at: 7.6 + 0.33 * Double(index)) }
        return killed.allSatisfy { $0.killedAt != nil }
      }
      #expect(haveBeenKilled && killed.allSatisfy { $0.running.child.wait() == .killed(by: SIGKILL) })
      let listed = try world.rostrum("sessions", "--json")
      #expect(listed.code == 0 && !showsTrace(listed.errors), "\(listed)")
      for watched in killed { try expectKept(watched, listed, witness, in: world) }
      #expect(try world.database.value("SELECT count(*) FROM session WHERE state = 'live'") == "1")
      living.child.send(SIGINT)
      let finished = living.finish()
      #expect(finished.code == 130, "\(finished)")
      #expect(try world.database.rows("SELECT state FROM session WHERE state NOT IN ('interrupted')") == [["finished"]])
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal ends the session in order and gives the terminal back`(signal: Int32) throws {
      let world = try World()
      let path = try world.file(try Speech.endless())
      let terminal = try Pty([RostrumBinary.path, "rehearse", "--input", path], environment: world.environment)
      #expect(eventually { (try? world.database.value("SELECT count(*) > 1 FROM event")) == "1" })
      terminal.child.send(signal)
      let ending = terminal.ending()
      #expect(ending == .exited(128 + signal), "\(signal): \(ending as Any)")
      expectRestored(terminal, "signal \(signal)")
      let states = try world.database.rows("SELECT state FROM session")
      let state = signal == SIGINT ? "finished" : "interrupted"
      #expect(states == [[state]], "\(states)")
      let last = try #require(SeenEvent(try world.database.value("SELECT line FROM event ORDER BY seq DESC LIMIT 1")))
      #expect(last.kind == "ended" && last.fields["reason"] as? String == state, "\(last.fields)")
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGILL])
    func `a crash gives the terminal back and loses nothing that was kept`(signal: Int32) throws {
      let world = try World()
      let path = try world.file(try Speech.endless())
      let terminal = try Pty([RostrumBinary.path, "rehearse", "--input", path], environment: world.environment)
      #expect(eventually { (try? world.database.value("SELECT count(*) > 1 FROM event")) == "1" })
      let kept = Int(try world.database.value("SELECT count(*) FROM event")) ?? 0
      terminal.child.send(signal)
      let ending = terminal.ending()
      #expect(ending == .killed(by: signal), "\(ending as Any)")
      expectRestored(terminal, "signal \(signal)")
      let shown = try world.rostrum("sessions", "show", "last", "--json")
      #expect(shown.code == 0 && shown.lines.count >= kept, "\(shown)")
    }

    @Test(.enabled(if: Tmux.isThere, "needs tmux")) func `a dropped line ends the session and keeps it`() throws {
      let world = try World()
      let path = try world.file(try Speech.endless())
      let tmux = try world.tmux()
      let rehearsal = try Rehearsal(in: tmux, "--input '\(path)'")
      let process = try #require(rehearsal.process)
      #expect(eventually { (try? world.database.value("SELECT count(*) > 1 FROM event")) == "1" })
      tmux.hangUp()
      #expect(eventually { ProcessFigures(pid: process) == nil }, "it still runs")
      let shown = try world.rostrum("sessions", "show", "last", "--json")
      #expect(SeenEvent.all(in: shown.output)?.last?.kind == "ended", "\(shown)")
      #expect(try world.database.rows("SELECT state FROM session") == [["interrupted"]])
    }

    @Test(.enabled(if: Tmux.isThere, "needs tmux")) func `Ctrl-Z gives the shell, fg the rehearsal`() throws {
      let world = try World()
      let path = try world.file(try Speech.endless())
      let tmux = try world.tmux()
      let rehearsal = try Rehearsal(in: tmux, "--input '\(path)'")
      _ = tmux.wait { $0.contains("0:0") }
      tmux.press("C-z")
      #expect(eventually(everySeconds: 0.05) { !tmux.isAlternate && tmux.foreground == "sh" })
      tmux.enter("echo from the shell")
      #expect(tmux.wait { $0.contains("\nfrom the shell") })
      tmux.enter("fg")
      #expect(eventually(everySeconds: 0.05) { tmux.isAlternate })
      #expect(tmux.wait { !$0.contains("from the shell") && $0.count > 100 }, "\(tmux.screen)")
      #expect(savedSession(in: try rehearsal.finish().shell) != nil)
    }

    @Test func `a reader that goes away ends the event stream quietly`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 12))
      let shell = "\(rostrum) rehearse --input '\(path)' --json | head -n 1"
      let cut = try run(["/bin/sh", "-c", shell], environment: world.environment)
      #expect(cut.lines.count == 1 && !cut.isTimedOut && !showsTrace(cut.errors), "\(cut)")
      #expect(
        eventually {
          (try? world.rostrum("sessions").code) == 0
            && (try? world.database.value("SELECT count(*) FROM session WHERE state = 'live'")) == "0"
        })
    }

    /// A killed session is there, interrupted, with all that was told of well before its end, and with its sound.
    private func expectKept(_ watched: Watched, _ listed: Run, _ witness: Witness, in world: World) throws {
      let id = watched.id
      let row = try world.database.rows("SELECT state, endedSeconds FROM session WHERE id = '\(id)'").first ?? []
      #expect(row.first == "interrupted" && listed.output.contains(id), "\(listed)")
      let shown = try world.rostrum("sessions", "show", id, "--json")
      let events = try #require(SeenEvent.all(in: shown.output), "\(shown)")
      let last = try #require(events.last)
      #expect(last.kind == "ended", "\(shown)")
      #expect(abs((row.last.flatMap(Double.init) ?? 0) - last.seconds) < 0.01, "\(row) against \(last.seconds)")
      let long = watched.linesToldLong(witness)
      let lost = long.subtracting(shown.lines)
      #expect(long.count > 5 && lost.isEmpty, "told of a second before the end, not kept: \(lost)")
      let told = long.compactMap { SeenEvent($0)?.seconds }.max() ?? 0
      try expectTake(of: id, lasts: told - 1.5, to: watched.wallSeconds + 0.5, in: world)
    }

    /// The sound of a killed session is a recording that plays, about as long as its events.
    private func expectTake(of id: String, lasts least: Double, to most: Double, in world: World) throws {
      let take = "\(world.home)/data/takes/\(id).flac"
      let alone = try World()
      let played = try alone.rostrum("rehearse", "--input", take, "--fast", "--json")
      #expect(played.code == 0 && !showsTrace(played.errors), "\(played)")
      let duration = SeenEvent(played.lines.last ?? "")?.number("duration_seconds") ?? 0
      #expect(duration >= least && duration <= most, "\(duration) s of sound, not \(least) to \(most) s")
    }

    /// The terminal is as it was: its modes, the main screen, the cursor.
    private func expectRestored(_ terminal: Pty, _ what: Comment) {
      #expect(terminal.hasItsModesBack, "modes after \(what)")
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

/// A run whose event lines are read as they come, each with the time when it was first seen.
private final class Watched {
  let running: Running
  private(set) var id = ""
  /// When it was killed, in seconds of CLOCK_MONOTONIC; nil while it runs.
  private(set) var killedAt: Double?
  private let began: Double
  private var lines: [(text: String, seenAt: Double)] = []
  private var last = 0.0
  private var length = 0

  init(began: Double, _ running: Running) { (self.began, self.running) = (began, running) }

  /// Whether the session has begun; remembers its id.
  func begin() -> Bool {
    look()
    return !id.isEmpty
  }

  /// Looks, and kills the run once about `seconds` of audio have gone by.
  func kill(at seconds: Double) {
    guard killedAt == nil else { return }
    look()
    guard let arrived = lines.last?.seenAt, last + now() - arrived >= seconds else { return }
    running.child.send(SIGKILL)
    killedAt = now()
  }

  /// Takes in what is new.
  private func look() {
    let output = running.output
    guard output.utf8.count > length, output.hasSuffix("\n") else { return }
    length = output.utf8.count
    let seenAt = now()
    for line in output.split(separator: "\n").dropFirst(lines.count).map(String.init) {
      lines.append((line, seenAt))
      guard let event = SeenEvent(line) else { continue }
      last = max(last, event.seconds)
      if let begun = event.fields["id"] as? String { id = begun }
    }
  }

  /// The lines that were seen a second or more before the kill, or longer where nobody was let run.
  func linesToldLong(_ witness: Witness) -> Set<String> {
    let killed = killedAt ?? 0
    let due = killed - 1 - 5 * witness.lateness(from: killed - 2, to: killed)
    return Set(lines.filter { $0.seenAt <= due }.map(\.text))
  }

  /// The most that a run in real time can have heard, in seconds.
  var wallSeconds: Double { (killedAt ?? began) - began }
}
