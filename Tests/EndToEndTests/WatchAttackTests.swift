import Foundation
import Support
import Testing

extension EndToEnd {
  /// What other accounts of a host can try at a learner's socket. Nothing gets in, nothing is lost, and the rehearsal goes
  /// on as if nobody were there.
  @Suite(
    .serialized, .enabled(if: Classroom.isThere, "\(Classroom.whyNot)"),
    .enabled(if: RawClient.isThere, "needs Debian's python3"))
  struct WatchAttackTests {
    @Test func `another account gets nothing without the learner's word`() throws {
      let room = try Classroom()
      let anna = try room.learner(try Speech.endless())
      let socket = try #require(anna.sockets.first)
      let (stranger, tutor) = (try room.accounts.add(), try room.accounts.add(isTutor: true))
      let own = try run(["find", anna.account.home, "-type", "s"]).lines
      #expect(!own.isEmpty)
      for path in [socket] + own {
        let tried = try RawClient.start(as: stranger, of: room.accounts, at: path, RawClient.hello("tutor")).finish()
        #expect(tried.output.hasPrefix("no line: Permission denied"), "\(path): \(tried)")
      }
      for path in own {
        let tried = try RawClient.start(as: tutor, of: room.accounts, at: path, RawClient.hello("tutor")).finish()
        #expect(tried.output.hasPrefix("no line: Permission denied"), "\(path): \(tried)")
      }
      let asked = try RawClient.start(
        as: tutor, of: room.accounts, at: socket, RawClient.hello("tutor"), "rest 3",
        "send {\"wire\":\"remark\",\"number\":1,\"kind\":\"note\",\"text\":\"in\",\"at\":1}", "rest 2")
      let told = asked.finish()
      #expect(told.output.contains("\"asked\""), "\(told)")
      #expect(!isTold(told), "\(told)")
      anna.expectGuest("asked \(tutor.name)")
      #expect(!anna.guests.contains { $0.hasPrefix("joined") }, "\(anna.guests)")

      // A token that nobody gave, again and again: each refused, and not for ever answered.
      let wrong = (0..<12).map { number in
        try? RawClient.start(
          as: tutor, of: room.accounts, at: socket,
          RawClient.hello("tutor", token: "abcd\(1000 + number).\(String(repeating: "x", count: 43))"), "rest 1"
        ).finish()
      }
      #expect(wrong.allSatisfy { $0?.output.contains("refused") == true }, "\(wrong.compactMap { $0?.output })")
      #expect(wrong.contains { $0?.output.contains("tries") == true }, "\(wrong.compactMap { $0?.output })")
      #expect(!anna.guests.contains { $0.hasPrefix("joined") }, "\(anna.guests)")
      expectWhole(try anna.finish())
    }

    @Test func `an observer who sends a remark is sent away`() throws {
      let room = try Classroom()
      let anna = try room.learner(try Speech.endless())
      let socket = try #require(anna.sockets.first)
      let tutor = try room.accounts.add(isTutor: true)
      let remark = "send {\"wire\":\"remark\",\"number\":1,\"kind\":\"cue\",\"text\":\"louder\"}"
      let line = try RawClient.start(
        as: tutor, of: room.accounts, at: socket, RawClient.hello("observer"), "until \"second\"", remark, "rest 5")
      try anna.answer(tutor.name, "y")
      let told = line.finish()
      #expect(told.output.contains("\"over\"") && told.output.contains("forbidden"), "\(told.output.suffix(2_000))")
      #expect(told.output.contains("\"second\""), "it was never let in: \(told)")
      #expect(!told.output.contains("\"word\""))
      let events = try anna.finish()
      #expect(!events.contains { $0.kind == "cue" && $0.fields["by"] != nil })
      expectWhole(events)
    }

    @Test func `long lines, half-open floods and nonsense end with those who send them`() throws {
      let room = try Classroom()
      let anna = try room.learner(try Speech.endless())
      let socket = try #require(anna.sockets.first)
      let tutors = try (0..<4).map { _ in try room.accounts.add(isTutor: true) }
      let process = try #require(anna.process)
      let before = try #require(ProcessFigures(pid: process)).peakMebibytes

      let wall = try room.wall(of: try room.visitor())
      try anna.answer(wall.account.name, "t")
      let attacks = try [
        RawClient.start(as: tutors[0], of: room.accounts, at: socket, "bytes 100000000", "rest 2"),
        RawClient.start(
          as: tutors[1], of: room.accounts, at: socket, "open 200", "rest 8", "open 200", "rest 2"),
        RawClient.start(
          as: tutors[2], of: room.accounts, at: socket, "send {\"wire\":\"hello\",\"version\":", "rest 2",
          "send [[[[[[",
          "send \u{1}\u{7f}\u{ff}", "rest 1"),
        RawClient.start(
          as: tutors[3], of: room.accounts, at: socket,
          "send {\"wire\":\"hello\",\"version\":1e999,\"role\":{\"a\":[]},\"token\":null,\"resume\":[]}", "rest 2",
          "send {\"v\":1,\"t\":1,\"kind\":\"second\"}", "rest 1"),
      ]
      let ends = attacks.map { $0.finish() }
      for end in ends {
        #expect(!isTold(end), "\(end)")
      }
      let gone = ends[0].output.firstMatch(of: /(\d+) bytes went/).flatMap { Int($0.1) } ?? .max
      #expect(gone < 4_000_000, "\(gone) bytes of one line were taken")
      let after = try #require(ProcessFigures(pid: process)).peakMebibytes
      #expect(after - before < 30, "memory grew from \(before) to \(after) MiB")

      // Who was there is there still, and somebody new gets in.
      let late = try room.wall(of: try room.visitor())
      try anna.answer(late.account.name, "y")
      anna.expectGuest("joined \(late.account.name)")
      #expect(anna.guests.filter { $0.hasPrefix("left") || $0.hasPrefix("ended") }.isEmpty, "\(anna.guests)")
      #expect(anna.guests.count < 40, "the log is flooded: \(anna.guests.count)")
      expectWhole(try anna.finish())
    }

    @Test func `a flood of remarks from somebody who may send them leaves the learner in peace`() throws {
      let room = try Classroom()
      let anna = try room.learner(try Speech.endless())
      let socket = try #require(anna.sockets.first)
      let tutor = try room.accounts.add(isTutor: true)
      let cues = (1...300).map { "send {\"wire\":\"remark\",\"number\":\($0),\"kind\":\"cue\",\"text\":\"now \($0)\"}" }
      let line = try RawClient.start(
        as: tutor, of: room.accounts, at: socket, RawClient.hello("tutor"), "until welcome",
        cues.joined(separator: "\n"), "rest 5")
      try anna.answer(tutor.name, "t")
      _ = line.finish()
      let events = try anna.finish()
      let taken = events.filter { $0.kind == "cue" && $0.fields["by"] != nil }.count
      #expect(taken <= 5, "\(taken) cues were shown")
      expectWhole(events)
    }

    @Test func `escape sequences do not get to anybody's terminal`() throws {
      let room = try Classroom()
      let anna = try room.learner(try Speech.endless())
      let socket = try #require(anna.sockets.first)
      let tutor = try room.accounts.add(isTutor: true)
      let hostile = #"\u001b]0;owned\u0007\u001b[2J\u009b31mred\u202e\r\nrow"#
      let line = try RawClient.start(
        as: tutor, of: room.accounts, at: socket, RawClient.hello("tutor"), "until welcome",
        "send {\"wire\":\"remark\",\"number\":1,\"kind\":\"note\",\"text\":\"\(hostile)\",\"at\":1}", "rest 1",
        "send {\"wire\":\"remark\",\"number\":2,\"kind\":\"cue\",\"text\":\"\(hostile)\"}", "until \"number\":2",
        "rest 30")
      let visitor = try room.visitor()
      let wall = try Pty(
        room.server.command(visitor, to: visitor, room.remote("watch"), isOnTerminal: true), columns: 140, rows: 40)
      for name in [tutor.name, visitor.name] {
        #expect(eventually { anna.tmux.screen.contains("asks to watch") || anna.guests.contains("joined \(name)") })
      }
      for _ in 0..<2 where anna.tmux.wait(until: { $0.contains("asks to watch") }) {
        anna.tmux.press("S")
        #expect(anna.tmux.wait { $0.contains("Sharing") })
        anna.tmux.press("t", "Escape")
        letRealTimePass(seconds: 1)
      }
      anna.expectGuest("joined \(tutor.name)")
      anna.expectGuest("joined \(visitor.name)")
      #expect(eventually { anna.events.contains { $0.kind == "comment" } }, "\(line.output.suffix(1_000))")
      #expect(eventually { anna.events.contains { $0.kind == "cue" && $0.fields["by"] != nil } })
      let kept = anna.events.filter { ["comment", "cue"].contains($0.kind) }.compactMap { $0.fields["text"] as? String }
      for text in kept {
        #expect(
          text.unicodeScalars.allSatisfy { $0.value >= 32 && !(0x7f...0x9f).contains($0.value) },
          "\(text.debugDescription)")
      }
      #expect(wall.wait { $0.contains(anna.account.name) })
      wall.type("\r")
      letRealTimePass(seconds: 2)
      let seen = wall.text
      for evil in ["\u{1b}]0;owned", "\u{9b}2J", "\u{9b}31m", "\u{202e}"] { #expect(!seen.contains(evil)) }
      #expect(!anna.tmux.command("display-message", "-p", "#{pane_title}").contains("owned"))
      wall.type("q")
      line.child.end()
    }

    @Test func `what lies in a socket's place is not touched, unless it is a dead socket of one's own`() throws {
      let room = try Classroom()
      let anna = try room.learner(try Speech.reading(seconds: 6))
      let socket = try #require(anna.sockets.first)
      #expect(anna.tmux.wait { $0.contains("Summary") }, "\(anna.tmux.screen)")
      anna.tmux.press("Enter")
      #expect(eventually(everySeconds: 0.05) { anna.tmux.foreground == "sh" }, "\(anna.tmux.screen)")
      #expect(eventually { anna.sockets.isEmpty })
      let share = quoted(
        room.accounts.command(
          as: anna.account, [room.accounts.program, "share", "last"], environment: ["TERM": "tmux-256color"]))

      let victim = try room.accounts.write(Array("mine".utf8), to: "victim", of: anna.account)
      for made in ["ln -s '\(victim)' '\(socket)'", "echo mine > '\(socket)'"] {
        try run(room.accounts.command(as: anna.account, ["/bin/sh", "-c", made]))
        anna.tmux.enter(share)
        #expect(eventually(everySeconds: 0.05) { anna.tmux.isAlternate || anna.tmux.foreground == "sh" })
        letRealTimePass(seconds: 2)
        #expect(!isSocket(socket), "\(made) was replaced")
        #expect((try? String(contentsOfFile: socket, encoding: .utf8))?.hasPrefix("mine") == true)
        #expect(!anna.tmux.screen.contains("Shared:"), "\(anna.tmux.screen)")
        anna.tmux.press("q")
        _ = anna.tmux.wait { _ in !anna.tmux.isAlternate }
        unlink(socket)
      }

      // A dead one: bound by a process that is no more.
      let bind = "import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])"
      try run(room.accounts.command(as: anna.account, ["/usr/bin/python3", "-c", bind, socket]))
      #expect(isSocket(socket))
      anna.tmux.enter(share)
      let tutor = try room.accounts.add(isTutor: true)
      #expect(eventually { anna.tmux.isAlternate })
      var isAsked = false
      _ = eventually(everySeconds: 0.3) {
        let tried = try? RawClient.start(as: tutor, of: room.accounts, at: socket, RawClient.hello("tutor"), "rest 1")
          .finish()
        isAsked = tried?.output.contains("asked") == true
        return isAsked
      }
      #expect(isAsked, "nobody listens in the dead socket's place:\n\(anna.tmux.screen)")
    }

    /// Whether anything of a session was told.
    private func isTold(_ run: Run) -> Bool {
      ["welcome", "\"past\"", "\"kind\"", "glance"].contains { run.output.contains($0) }
    }

    private func isSocket(_ path: String) -> Bool {
      var status = stat()
      return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
  }
}
