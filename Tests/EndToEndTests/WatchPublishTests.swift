import Foundation
import Support
import Testing

extension EndToEnd {
  /// A learner on a machine of their own, whose session is seen on a class host that they log in to.
  @Suite(.serialized, .enabled(if: Classroom.isThere, "\(Classroom.whyNot)"))
  struct WatchPublishTests {
    @Test func `a line that breaks in the middle loses nothing for those who watch on the class host`() throws {
      let room = try Classroom()
      let there = try room.accounts.add(isLearner: true)
      let tutor = try room.visitor()
      let anna = try published(in: room, at: there)
      let watching = try Running(room.server.command(tutor, to: tutor, room.remote("watch --json")))
      try anna.answer(tutor.name, "t")
      let wall = try room.wall(of: try room.visitor())
      try anna.answer(wall.account.name, "t")
      #expect(wall.tmux.wait { $0.contains(there.name) || $0.contains(anna.account.name) }, "\(wall.tmux.screen)")
      #expect(eventually { seconds(watching.output) >= 5 }, "\(watching.output.suffix(2_000)) \(watching.errors)")

      // The connection, then the far end's program; each time the watch goes on by itself, from where it was.
      for round in 0..<2 {
        let broken = round == 0 ? room.server.carriers(of: there) : relays(of: there, in: room)
        #expect(!broken.isEmpty, "round \(round)")
        broken.forEach { kill($0, SIGKILL) }
        let before = seconds(watching.output)
        #expect(
          eventually { seconds(watching.output) >= before + 6 }, "round \(round): \(watching.output.suffix(2_000))")
        #expect(anna.process != nil)
      }
      wall.tmux.press("1")
      #expect(anna.tmux.wait { $0.contains("slower") }, "\(wall.tmux.screen)")
      let kept = try anna.finish()
      #expect(eventually { watching.output.contains("\"ended\"") }, "\(watching.output.suffix(2_000))")
      watching.child.send(SIGTERM)
      let told = watching.finish().output.split(separator: "\n").compactMap { SeenEvent(String($0)) }
      let shown: Set = ["began", "second", "phrase", "pause", "filler", "cluster", "cue", "ended"]
      #expect(told.filter { shown.contains($0.kind) }.map(mark) == kept.filter { shown.contains($0.kind) }.map(mark))
      expectWhole(kept)
      #expect(kept.filter { $0.kind == "watcher" && $0.fields["change"] as? String == "asked" }.count == 2)
      #expect(eventually { sockets(of: there, in: room).isEmpty && relays(of: there, in: room).isEmpty })
    }

    @Test func `a class host that is not there is said before the screen opens`() throws {
      let room = try Classroom()
      let (learner, there) = (try room.accounts.add(), try room.accounts.add(isLearner: true))
      let path = try room.accounts.write(Speech.reading(seconds: 3).file, to: "speech.wav", of: learner)
      // Nobody let the learner in; then: a name that is none; then: a word that ssh would take for a flag.
      try room.server.name("class", for: learner, to: there)
      for address in ["ssh://class", "ssh://nowhere.invalid", "ssh://-oProxyCommand=id", "ssh://a b", "class"] {
        let done = try room.rostrum(
          as: learner, "rehearse", "--input", path, "--share", "--publish", address, "--json")
        #expect([64, 69, 77].contains(done.code), "\(address): \(done)")
        #expect(
          !done.output.contains("began") && !done.errors.isEmpty && !showsTrace(done.errors), "\(address): \(done)")
        #expect(!done.errors.contains("uid=") && !done.output.contains("uid="), "\(done)")
      }
    }

    @Test func `kill -9 of the learner leaves neither program nor socket on the class host`() throws {
      let room = try Classroom()
      let there = try room.accounts.add(isLearner: true)
      let anna = try published(in: room, at: there)
      kill(try #require(anna.process), SIGKILL)
      #expect(eventually { sockets(of: there, in: room).isEmpty && relays(of: there, in: room).isEmpty })
      let own = room.accounts.processes(of: anna.account).filter { name($0) == "ssh" }
      #expect(eventually { own.allSatisfy { ProcessFigures(pid: $0) == nil } }, "the learner's ssh goes on")
    }

    /// A rehearsal of an account of its own, published at `there`, where it may run the far end and nothing else.
    private func published(in room: Classroom, at there: Accounts.Account) throws -> SharingLearner {
      let account = try room.accounts.add()
      let settings = "LANG=C.UTF-8 ROSTRUM_SHARE_FOLDER=\(room.accounts.share)"
      try room.server.allow(
        account, into: there, options: "restrict,command=\"env \(settings) \(room.accounts.program) relay\"")
      try room.server.name("class", for: account, to: there)
      return try SharingLearner(
        in: room, account, try Speech.endless(), more: "--publish ssh://class", columns: 110, rows: 30,
        isShared: { !sockets(of: there, in: room).isEmpty })
    }

    private func sockets(of account: Accounts.Account, in room: Classroom) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: "\(room.accounts.share)/\(account.name)")) ?? [])
        .filter { $0.hasSuffix(".sock") }
    }

    private func relays(of account: Accounts.Account, in room: Classroom) -> [Int32] {
      room.accounts.processes(of: account).filter { name($0) == "rostrum" }
    }

    private func name(_ process: Int32) -> String {
      (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8))?.trimmingCharacters(in: .newlines) ?? ""
    }

    private func seconds(_ output: String) -> Int {
      output.split(separator: "\n").filter { SeenEvent(String($0))?.kind == "second" }.count
    }

    private func mark(_ event: SeenEvent) -> String { "\(event.kind) \(event.seconds) \(event.number("start") ?? -1)" }
  }
}
