import Support
import Testing

extension EndToEnd {
  /// The bench itself, tried on programs that are known: a probe that cannot fail proves nothing.
  @Suite(.serialized) struct TestBenchTests {
    @Test func `a run reports output, errors, code and signal`() throws {
      let said = try run(["/bin/sh", "-c", "cat; echo bad >&2; exit 66"], input: Array("in\n".utf8))
      #expect(said.output == "in\n" && said.errors == "bad\n" && said.code == 66)
      #expect(try run(["/bin/sh", "-c", "kill -SEGV $$"]).ending == .killed(by: 11))
      #expect(try run(["sh", "-c", "pwd; tty"], folder: "/usr").lines.first == "/usr")
    }

    @Test func `a run that takes too long is killed with all it started`() throws {
      let running = try Running(["/bin/sh", "-c", "sleep 500 & echo $!; wait"])
      #expect(eventually { running.output.hasSuffix("\n") })
      let slow = running.finish(seconds: 0.1)
      #expect(slow.isTimedOut && slow.ending == .killed(by: 9))
      let child = try #require(Int32(slow.lines.first ?? ""))
      #expect(eventually { ProcessFigures(pid: child) == nil })
    }

    @Test func `a child has no controlling terminal unless it is given one`() throws {
      #expect(try run(["/bin/sh", "-c", "echo > /dev/tty"]).code != 0)
      let terminal = try Pty(["/bin/sh", "-c", "echo through > /dev/tty; read line; echo got $line; stty size"])
      #expect(terminal.wait { $0.contains("through") })
      terminal.type("keys\n")
      #expect(terminal.wait { $0.contains("got keys") && $0.contains("24 80") })
      #expect(terminal.ending() == .exited(0))
    }

    @Test func `a terminal tells its program of a new size and notices changed modes`() throws {
      let terminal = try Pty([
        "/bin/sh", "-c", "trap 'stty size' WINCH; stty raw; echo set; while :; do sleep 0.05; done",
      ])
      #expect(terminal.wait { $0.contains("set") })
      #expect(!terminal.hasItsModesBack)
      terminal.resize(columns: 43, rows: 17)
      #expect(terminal.wait { $0.contains("17 43") })
      let chunks = terminal.chunks
      #expect(zip(chunks, chunks.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
    }

    @Test(.enabled(if: Tmux.isThere, "needs tmux")) func `tmux shows a screen, its styles, a resize and what runs`()
      throws
    {
      var server: Int32 = 0
      defer { #expect(server > 0 && eventually { ProcessFigures(pid: server) == nil }, "tmux stays") }
      let tmux = try Tmux(environment: ["GREETING": "hello"], columns: 60, rows: 12)
      server = tmux.server
      tmux.enter("printf '\\033[1;31m%s\\033[0m\\n' \"$GREETING ≈ $(stty size)\"")
      #expect(tmux.wait { $0.contains("hello ≈ 12 60") })
      #expect(tmux.styledScreen.contains("\u{1b}[1m\u{1b}[31mhello"))
      tmux.resize(columns: 40, rows: 10)
      tmux.enter("stty size; tput smcup; tput civis; cat")
      #expect(tmux.wait { _ in tmux.isAlternate && !tmux.isCursorShown && tmux.foreground == "cat" })
      tmux.press("C-c")
      tmux.enter("tput rmcup; tput cnorm")
      #expect(tmux.wait { $0.contains("10 40") && !tmux.isAlternate && tmux.isCursorShown })
    }

    @Test(.enabled(if: PulseAudio.isThere && Machine.has("arecord"), "needs pulseaudio and alsa-utils"))
    func `what is played into the sink is heard by ALSA, and the sink can go and come`() throws {
      let (pulse, scratch) = (try PulseAudio(), try Scratch())
      let recording = try Running(
        [
          "arecord", "-q", "-D", PulseAudio.device, "-f", "S16_LE", "-r", "16000", "-c", "1", scratch.path("heard.wav"),
        ],
        environment: pulse.environment)
      #expect(eventually { pulse.isHeard })
      let playing = try pulse.play(try scratch.write(Wave.tone(hertz: 440, seconds: 0.6).file, to: "tone.wav"))
      #expect(playing.finish().code == 0)
      recording.child.send(15)
      _ = recording.finish()
      let heard = try Wave(path: scratch.path("heard.wav"))
      #expect(heard.samples.contains { $0 > 10_000 }, "\(heard.seconds) s, \(pulse.daemonLog)")
      try pulse.removeMicrophone()
      #expect(try !pulse.control("list", "short", "sinks").output.contains("\tmic\t"))
      try pulse.insertMicrophone()
      #expect(try pulse.control("list", "short", "sinks").output.contains("\tmic\t"))
      pulse.daemon.end()
      #expect(ProcessFigures(pid: pulse.daemon.pid) == nil)
    }

    @Test func `a leash runs its commands when let go`() throws {
      let scratch = try Scratch()
      var leash: Leash? = try Leash("echo tidied > '\(scratch.path("mark"))'")
      #expect(leash != nil && scratch.listing().isEmpty)
      leash = nil
      #expect(scratch.listing() == ["mark"])
    }

    @Test func `a golden file is missed, written, met and differed from`() throws {
      let folder = try Scratch().path + "-golden"
      defer { _ = try? run(["rm", "-rf", folder]) }
      #expect(compareGolden("a\nb", "screen 80x24", folder: folder, update: false)?.contains("no golden file") == true)
      #expect(compareGolden("a\nb", "screen 80x24", folder: folder, update: true) == nil)
      #expect(compareGolden("a\nb", "screen 80x24", folder: folder, update: false) == nil)
      let difference = compareGolden("a\nc", "screen 80x24", folder: folder, update: false)
      #expect(difference?.contains("differs from line 2: expected \"b\", got \"c\"") == true)
      for name in ["../x", "a/b", "", ".hidden"] {
        #expect(compareGolden("a", name, folder: folder, update: true)?.contains("cannot name") == true)
      }
    }

    @Test(.enabled(if: Database.isThere, "needs sqlite3")) func `the database is read, and its write lock held`() throws
    {
      let scratch = try Scratch()
      _ = try scratch.folder("data")
      let database = Database(home: scratch.path)
      try run(["sqlite3", database.path, "CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 'x'), (2, NULL)"])
      #expect(try database.rows("SELECT a, b FROM t ORDER BY a") == [["1", "x"], ["2", ""]])
      let holder = try database.holdWriteLock(seconds: 0.4)
      #expect(eventually { holder.output.contains("held") })
      #expect(try run(["sqlite3", database.path, "INSERT INTO t VALUES (3, 3)"]).errors.contains("locked"))
      #expect(holder.finish().output.contains("free"))
    }

    @Test func `sound is cut, joined and written as it is read`() throws {
      let wave = Wave.tone(hertz: 100, seconds: 0.25) + Wave.silence(seconds: 0.25)
      #expect(wave.seconds == 0.5 && wave.cut(from: 0.25, to: 9).samples.allSatisfy { $0 == 0 })
      #expect(try Wave(bytes: wave.file) == wave)
      #expect(throws: SupportError.self) { try Wave(bytes: [1, 2, 3]) }
      #expect(wave.looped(seconds: 2).seconds == 2)
      if Speech.isThere { #expect(abs(try Speech.reading().seconds - 28.3) < 0.2) }
    }
  }
}
