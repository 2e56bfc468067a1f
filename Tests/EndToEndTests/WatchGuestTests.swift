import Foundation
import Support
import Testing

extension EndToEnd {
  /// Somebody without an account: a key that may run `rostrum watch --guest` in the learner's account, and a token.
  @Suite(.serialized, .enabled(if: Classroom.isThere, "\(Classroom.whyNot)"))
  struct WatchGuestTests {
    @Test func `a token lets in once, nobody else's does, and it expires in mid-watch`() throws {
      let room = try Classroom()
      let (anna, guest) = (try room.learner(try Speech.endless()), try visitor(in: room))
      try invite(guest, to: anna, room)
      let token = try self.token(of: anna, room, "--for", "25s", "--role", "tutor", "--name", "Ms Beck")
      let began = now()

      let wall = try Tmux(columns: 140, rows: 40)
      wall.enter(quoted(room.server.command(guest, to: anna.account, token, isOnTerminal: true)))
      anna.expectGuest("joined Ms Beck")
      #expect(!anna.guests.contains { $0.hasPrefix("asked") }, "an invitation is an answer: \(anna.guests)")
      #expect(wall.wait { $0.contains(anna.account.name) }, "\(wall.screen)")
      #expect(anna.tmux.wait { $0.contains("seen by Ms Beck") }, "\(anna.tmux.screen)")
      wall.press("1")
      #expect(anna.tmux.wait { $0.contains("slower") }, "\(wall.screen)")

      // Replayed, forged, and cut: refused alike.
      for wrong in [token, flipped(token), String(token.dropLast(4))] {
        let tried = try run(
          room.server.command(guest, to: anna.account, wrong), timeoutSeconds: 30)
        #expect(tried.code != 0 && !tried.output.contains("\"kind\""), "\(tried)")
        #expect(!tried.output.contains(wrong) && !tried.errors.contains(wrong), "a token is repeated: \(tried)")
      }
      #expect(anna.guests.filter { $0.hasPrefix("joined") }.count == 1, "\(anna.guests)")

      anna.expectGuest("expired Ms Beck")
      #expect(now() - began > 20, "it was over too soon")
      #expect(wall.wait { $0.localizedCaseInsensitiveContains("over") }, "\(wall.screen)")
      letRealTimePass(seconds: 1)
      let after = wall.screen
      letRealTimePass(seconds: 3)
      #expect(clocks(wall.screen) == clocks(after), "it is still watched:\n\(wall.screen)")
      expectWhole(try anna.finish())
      let traces = try run([
        "grep", "-rlF", token.split(separator: ".").last.map(String.init) ?? token, anna.account.home,
      ])
      #expect(traces.output.isEmpty, "the token is kept in \(traces.output)")
    }

    @Test func `an invitation that is taken back ends the watch`() throws {
      let room = try Classroom()
      let (anna, guest) = (try room.learner(try Speech.endless()), try visitor(in: room))
      try invite(guest, to: anna, room)
      let token = try self.token(of: anna, room, "--for", "1h", "--role", "observer", "--name", "kim", "--uses", "5")
      let wall = try Tmux(columns: 140, rows: 40)
      wall.enter(quoted(room.server.command(guest, to: anna.account, token, isOnTerminal: true)))
      anna.expectGuest("joined kim")
      // An observer's keys send nothing.
      wall.press("1", "n")
      wall.enter("hello")
      let revoked = try room.rostrum(as: anna.account, "share", "--revoke", "all")
      #expect(revoked.code == 0, "\(revoked)")
      #expect(eventually { anna.guests.contains("ended kim") || anna.guests.contains("expired kim") }, "\(anna.guests)")
      let tried = try run(room.server.command(guest, to: anna.account, token), timeoutSeconds: 30)
      #expect(tried.code != 0, "\(tried)")
      let events = anna.events
      #expect(!events.contains { ["comment", "cue"].contains($0.kind) && $0.fields["by"] != nil })
    }

    @Test func `at a prompt the token is typed unseen`() throws {
      let room = try Classroom()
      let (anna, guest) = (try room.learner(try Speech.endless()), try visitor(in: room))
      try invite(guest, to: anna, room)
      let token = try self.token(of: anna, room, "--for", "1h", "--role", "observer", "--name", "kim")
      let terminal = try Pty(room.server.command(guest, to: anna.account, isOnTerminal: true), columns: 120, rows: 30)
      #expect(terminal.wait { $0.localizedCaseInsensitiveContains("invitation") || $0.contains("oken") })
      terminal.type(token + "\r")
      anna.expectGuest("joined kim")
      #expect(!terminal.text.contains(token), "the token is on the screen")
    }

    @Test func `the forced command is all that a guest's key can do`() throws {
      let room = try Classroom()
      let (anna, guest) = (try room.learner(try Speech.endless()), try visitor(in: room))
      try invite(guest, to: anna, room)
      let server = room.server
      // No command, no shell, whatever is asked for.
      for asked in ["id", "sh", "cat .ssh/config", "watch --json", "; id", "$(id)", "`id`", "\nid\n", "--help", "-"] {
        let tried = try run(server.command(guest, to: anna.account, asked), timeoutSeconds: 30)
        #expect(tried.code != 0, "\(asked): \(tried)")
        #expect(!tried.output.contains("uid=") && !tried.output.contains("Host "), "\(asked): \(tried)")
      }
      let copied = try run(
        ["scp", "-O"] + Array(server.command(guest, to: anna.account).dropFirst().dropLast(2))
          + ["127.0.0.1:\(anna.account.home)/speech.wav", "/dev/null"], timeoutSeconds: 30)
      #expect(copied.code != 0, "\(copied)")
      let sftp = try run(server.command(guest, to: anna.account, "sftp", options: ["-s"]), timeoutSeconds: 30)
      #expect(sftp.code != 0 && !sftp.output.contains("\u{0}"), "\(sftp)")

      // No port of this machine, and none of theirs.
      let port = try FaultyServer([:])
      let forward = try Running(
        server.command(guest, to: anna.account, options: ["-N", "-W", "127.0.0.1:\(port.port)"]))
      #expect(forward.finish(seconds: 20).code != 0)
      let back = try run(
        server.command(
          guest, to: anna.account, options: ["-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:\(port.port)"]),
        timeoutSeconds: 20)
      #expect(back.code != 0 && !back.isTimedOut, "\(back)")
      #expect(server.log.contains("refused") || server.log.contains("denied") || back.code != 0)
    }

    @Test(.enabled(if: Machine.has("strace"), "needs strace"))
    func `a guest's program starts nothing, writes no file and opens none of the account's`() throws {
      let room = try Classroom()
      let (anna, guest) = (try room.learner(try Speech.endless()), try visitor(in: room))
      let trace = "\(anna.account.home)/trace"
      let traced = "strace -f -o \(trace) -e trace=execve,execveat,open,openat,creat,unlink,rename,connect,bind "
      try invite(guest, to: anna, room, before: traced)
      let token = try self.token(of: anna, room, "--for", "1h", "--role", "tutor", "--name", "Ms Beck")
      let wall = try Tmux(columns: 140, rows: 40)
      wall.enter(quoted(room.server.command(guest, to: anna.account, token, isOnTerminal: true)))
      anna.expectGuest("joined Ms Beck")
      #expect(wall.wait { $0.contains(anna.account.name) }, "\(wall.screen)")
      let prompt = wall.foreground
      for key in [
        "w", "e", "E", "x", "C-z", "?", "Escape", "Enter", "w", "e", "v", "t", "Escape", "r", "Escape", "d", "Escape",
      ] {
        wall.press(key)
        letRealTimePass(seconds: 0.1)
      }
      #expect(wall.foreground == prompt, "C-z left the program:\n\(wall.screen)")
      wall.press("q")
      #expect(eventually(everySeconds: 0.05) { wall.foreground == "sh" }, "\(wall.screen)")
      let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map(String.init)
      #expect(
        calls.filter { $0.contains("exec") && !$0.contains("resumed") }.count == 1,
        "\(calls.filter { $0.contains("exec") })")
      let opened = calls.filter { $0.contains("open") }
      let written = opened.filter {
        ($0.contains("O_WRONLY") || $0.contains("O_RDWR") || $0.contains("O_CREAT"))
          && !$0.contains("/dev/tty") && !$0.contains("/dev/pts/") && !$0.contains("/dev/null")
      }
      #expect(written.isEmpty, "\(written)")
      #expect(
        calls.allSatisfy {
          !$0.contains("creat(") && !$0.contains("unlink") && !$0.contains("rename") && !$0.contains("bind(")
        })
      let own = opened.filter {
        $0.contains(anna.account.home) && !$0.contains("ENOENT") && !$0.contains("O_DIRECTORY")
      }
      #expect(own.isEmpty, "\(own)")
      #expect(!(try run(["ls", "-A", anna.account.home])).output.contains("rostrum-watched"))
    }

    /// Somebody whose key is all that is known of them; the account stands for another machine.
    private func visitor(in room: Classroom) throws -> Accounts.Account { try room.accounts.add() }

    /// Lets the key of `guest` into the learner's account as the documents say.
    private func invite(
      _ guest: Accounts.Account, to learner: SharingLearner, _ room: Classroom, before: String = ""
    ) throws {
      try room.server.allow(
        guest, into: learner.account,
        options: "restrict,pty,command=\"\(before)\(room.accounts.program) watch --guest\"")
    }

    /// What `rostrum share` prints.
    private func token(of learner: SharingLearner, _ room: Classroom, _ arguments: String...) throws -> String {
      let line = room.accounts.command(as: learner.account, [room.accounts.program, "share"] + arguments)
      let done = try run(line)
      guard done.code == 0, let token = done.lines.first else { throw SupportError("no invitation: \(done)") }
      return token
    }

    /// The token with one letter of its secret changed.
    private func flipped(_ token: String) -> String {
      String(token.dropLast(6)) + (token.suffix(6).first == "A" ? "B" : "A") + token.suffix(5)
    }

    /// The times of day and clocks on a screen.
    private func clocks(_ screen: String) -> [String] { screen.matches(of: /\d+:\d\d/).map { String($0.0) } }
  }
}
