import Foundation
import Support
import Testing

extension EndToEnd {
  /// Side by side over SSH: learners who rehearse, tutors who log in and watch, and what the learners say to that.
  @Suite(.serialized, .enabled(if: Classroom.isThere, "\(Classroom.whyNot)"))
  struct WatchTests {
    @Test func `two learners on a wall, a note and a cue arrive, a third person is refused`() throws {
      let room = try Classroom()
      let (anna, ben) = (try room.learner(try Speech.endless()), try room.learner(otherSpeech()))
      let wall = try room.wall(of: try room.visitor())
      let tutor = wall.account.name
      try anna.answer(tutor, "y")
      try ben.answer(tutor, "y")
      anna.expectGuest("joined \(tutor)")
      ben.expectGuest("joined \(tutor)")
      #expect(wall.tmux.wait { $0.contains(anna.account.name) && $0.contains(ben.account.name) }, "\(wall.tmux.screen)")
      #expect(anna.tmux.wait { $0.contains("seen by \(tutor)") }, "\(anna.tmux.screen)")
      expectMoves(wall.tmux)

      // The wall sorts learners; the note and the cue go to the one that is selected.
      wall.tmux.press("Enter")
      #expect(wall.tmux.wait { $0.contains(anna.account.name) != $0.contains(ben.account.name) }, "\(wall.tmux.screen)")
      let (seen, other) = wall.tmux.screen.contains(anna.account.name) ? (anna, ben) : (ben, anna)
      wall.tmux.press("n")
      wall.tmux.enter("mind the pace")
      #expect(eventually { comments(of: seen).contains("\(tutor): mind the pace") }, "\(wall.tmux.screen)")
      wall.tmux.press("1")
      #expect(seen.tmux.wait { $0.contains("slower") }, "\(seen.tmux.screen)")
      #expect(eventually { cues(of: seen).contains("\(tutor): slower") }, "\(wall.tmux.screen)")
      #expect(comments(of: other).isEmpty && cues(of: other).isEmpty)

      // A tutor who is refused sees nothing; the others go on.
      let third = try room.wall(of: try room.visitor())
      try anna.answer(third.account.name, "n")
      anna.expectGuest("refused \(third.account.name)")
      #expect(!anna.guests.contains("joined \(third.account.name)"))
      #expect(third.tmux.wait { $0.contains("said no") }, "\(third.tmux.screen)")
      expectMoves(wall.tmux)

      // One key ends it for everybody, at once.
      anna.tmux.press("X")
      anna.expectGuest("ended \(tutor)")
      #expect(eventually { anna.sockets.isEmpty }, "\(anna.sockets)")
      wall.tmux.press("Escape")
      letRealTimePass(seconds: 0.6)
      wall.tmux.press("q")
      #expect(eventually(everySeconds: 0.05) { !wall.tmux.isAlternate }, "\(wall.tmux.screen)")
      ben.expectGuest("left \(tutor)")
      expectWhole(try anna.finish(), anna.account.name)
      expectWhole(try ben.finish(), ben.account.name)
      #expect(eventually { ben.sockets.isEmpty }, "\(ben.sockets)")
    }

    @Test func `a wrong folder of an administrator takes nothing from the learner but the tutors`() throws {
      let room = try Classroom()
      let account = try room.accounts.add(isLearner: true)
      try room.accounts.make(
        "\(room.accounts.share)/\(account.name)", mode: 0o2770, for: account, group: room.accounts.tutors)
      let own = "\(account.home)/.local/state/rostrum/run"
      let anna = try SharingLearner(in: room, account, try Speech.endless()) {
        (try? FileManager.default.contentsOfDirectory(atPath: own))?.contains { $0.hasSuffix(".sock") } == true
      }
      #expect(anna.tmux.wait { $0.contains("tutors of this host cannot come: S says why") }, "\(anna.tmux.screen)")
      #expect(anna.sockets.isEmpty)
      anna.tmux.press("S")
      #expect(
        anna.tmux.wait { $0.contains("has mode 2770") && $0.contains("Ask who runs this host") }, "\(anna.tmux.screen)")
      anna.tmux.press("Escape")
      // Who is no tutor is told that there is somebody they cannot see.
      let doctor = try room.rostrum(as: account, "doctor", "--json")
      #expect(doctor.output.contains("has mode 2770, which has to be 2750"), "\(doctor)")
      let ben = try room.accounts.add(isLearner: true)
      let stranger = try room.visitor(isTutor: false)
      let other = try room.rostrum(as: stranger, "doctor", "--json")
      #expect(
        other.output.contains("is closed to you, for you are not in the group \(room.accounts.tutors)"),
        "\(other), \(ben)")
      let wall = try room.wall(of: stranger)
      #expect(wall.tmux.wait { $0.contains("you are not in \(room.accounts.tutors)") }, "\(wall.tmux.screen)")
    }

    @Test func `kill -9 of a learner, a tutor or a connection ends nothing for the others`() throws {
      let room = try Classroom()
      let (anna, ben) = (try room.learner(try Speech.endless()), try room.learner(otherSpeech()))
      let walls = try (0..<3).map { _ in
        let wall = try room.wall(of: try room.visitor())
        for learner in [anna, ben] { try learner.answer(wall.account.name, "t") }
        return wall
      }
      for wall in walls {
        anna.expectGuest("joined \(wall.account.name)")
        ben.expectGuest("joined \(wall.account.name)")
      }
      #expect(eventually { anna.events.count { $0.kind == "second" } > 4 })
      let before = anna.events.count

      kill(try #require(anna.process), SIGKILL)
      #expect(eventually(everySeconds: 0.05) { anna.tmux.foreground == "sh" })
      for wall in walls {
        #expect(wall.tmux.wait { $0.contains("\(anna.account.name) is not there any more") }, "\(wall.tmux.screen)")
        expectMoves(wall.tmux)
      }
      let kept = anna.events
      #expect(kept.count >= before)
      expectWhole(kept, isOver: false, "killed")

      // A tutor's program, and the server's process for another tutor's connection.
      let program = room.accounts.processes(of: walls[0].account).first { isRostrum($0) }
      kill(try #require(program), SIGKILL)
      ben.expectGuest("left \(walls[0].account.name)")
      let carriers = room.server.carriers(of: walls[1].account)
      #expect(!carriers.isEmpty)
      carriers.forEach { kill($0, SIGKILL) }
      ben.expectGuest("left \(walls[1].account.name)")
      for wall in walls.prefix(2) {
        #expect(eventually(everySeconds: 0.05) { wall.tmux.foreground == "sh" }, "\(wall.tmux.screen)")
      }
      #expect(ben.process != nil)
      expectMoves(walls[2].tmux)

      // Who was let in for the talk comes back without a question, and sees all of it.
      let again = try room.wall(of: walls[0].account)
      #expect(again.tmux.wait { $0.contains(ben.account.name) }, "\(again.tmux.screen)")
      #expect(eventually { ben.guests.filter { $0 == "joined \(walls[0].account.name)" }.count == 2 }, "\(ben.guests)")
      #expect(ben.guests.filter { $0 == "asked \(walls[0].account.name)" }.count == 1)
      expectWhole(try ben.finish(), ben.account.name)

      // What the killed one left: a socket, which the next rehearsal of that learner does not trip over.
      let next = try SharingLearner(
        in: room, anna.account, try Speech.endless(), more: "", columns: 80, rows: 24)
      #expect(next.process != nil && !next.tmux.screen.contains("cannot"), "\(next.tmux.screen)")
    }

    @Test func `who comes late is told everything once and in order`() throws {
      let room = try Classroom()
      let anna = try room.learner(try Speech.reading(seconds: 24))
      #expect(eventually { anna.events.filter { $0.kind == "second" }.count >= 6 })
      let tutor = try room.visitor()
      let watching = try Running(room.server.command(tutor, to: tutor, room.remote("watch --json")))
      try anna.answer(tutor.name, "y")
      #expect(anna.tmux.wait { $0.contains("Summary") }, "\(anna.tmux.screen)")
      #expect(eventually(within: 60) { watching.output.contains("\"ended\"") }, "\(watching.output) \(watching.errors)")
      letRealTimePass(seconds: 1)
      watching.child.send(SIGTERM)
      let told = lines(watching.finish().output)
      let kept = (try anna.database.rows("SELECT line FROM event ORDER BY seq")).compactMap { SeenEvent($0[0]) }
      let shown: Set = ["began", "second", "phrase", "pause", "filler", "cluster", "paused", "resumed", "ended"]
      #expect(told.filter { shown.contains($0.kind) }.map(mark) == kept.filter { shown.contains($0.kind) }.map(mark))
      expectWhole(told, "told")
    }

    @Test func `a session that is over is shared with who was not there`() throws {
      let room = try Classroom()
      let anna = try room.learner(try Speech.reading(seconds: 10))
      #expect(anna.tmux.wait { $0.contains("Summary") }, "\(anna.tmux.screen)")
      anna.tmux.press("Enter")
      #expect(eventually(everySeconds: 0.05) { anna.tmux.foreground == "sh" }, "\(anna.tmux.screen)")
      #expect(eventually { anna.sockets.isEmpty }, "\(anna.sockets)")
      let line = room.accounts.command(
        as: anna.account, [room.accounts.program, "share", "last"],
        environment: ["TERM": "tmux-256color"])
      anna.tmux.enter(quoted(line))
      #expect(eventually { !anna.sockets.isEmpty }, "\(anna.tmux.screen)")
      let wall = try room.wall(of: try room.visitor())
      try anna.answer(wall.account.name, "y")
      #expect(wall.tmux.wait { $0.contains(anna.account.name) && $0.contains("0:10") }, "\(wall.tmux.screen)")
      wall.tmux.press("n")
      wall.tmux.enter("a calm beginning")
      #expect(eventually { comments(of: anna).contains("\(wall.account.name): a calm beginning") })
      wall.tmux.press("1")
      #expect(wall.tmux.wait { $0.contains("Nobody is speaking") }, "\(wall.tmux.screen)")
      anna.tmux.press("X")
      #expect(eventually { anna.sockets.isEmpty }, "\(anna.sockets)")
    }

    /// The same speaker, from another place in the recording.
    private func otherSpeech() throws -> Wave {
      let all = try Speech.reading()
      return (all.cut(from: all.seconds / 2, to: all.seconds) + all).looped(seconds: 300)
    }

    private func isRostrum(_ process: Int32) -> Bool {
      (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)) == "rostrum\n"
    }

    private func comments(of learner: SharingLearner) -> [String] { said(learner, "comment", "text") }

    private func cues(of learner: SharingLearner) -> [String] { said(learner, "cue", "text") }

    /// What somebody by name said, as `beck: slower`.
    private func said(_ learner: SharingLearner, _ kind: String, _ field: String) -> [String] {
      learner.events.filter { $0.kind == kind && $0.fields["by"] != nil }
        .map { "\($0.fields["by"] as? String ?? "?"): \($0.fields[field] as? String ?? "?")" }
    }

    private func lines(_ text: String) -> [SeenEvent] {
      text.split(separator: "\n").compactMap { SeenEvent(String($0)) }
    }

    /// An event as it can be told from all others.
    private func mark(_ event: SeenEvent) -> String { "\(event.kind) \(event.seconds) \(event.number("start") ?? -1)" }

    /// Expects the clocks and meters of a wall to go on.
    private func expectMoves(_ tmux: Tmux) {
      let first = tmux.screen
      var screens: Set<String> = [first]
      #expect(
        eventually(everySeconds: 0.2) {
          screens.insert(tmux.screen)
          return screens.count >= 4
        }, "the wall stands still:\n\(first)")
    }
  }
}
