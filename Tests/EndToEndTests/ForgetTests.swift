import Foundation
import Support
import Testing

extension EndToEnd {
  /// What is forgotten is gone, from every file; and what is not, is not.
  @Suite(.serialized, .enabled(if: Speech.isThere, Speech.whyNot)) struct ForgetTests {
    private let talk = """
      ---
      title: Xylophonic matters
      ---
      # Quarantined

      The vicarage flummoxed a zeppelin, and mister John Dashwood had then leisure to consider how much.

      """

    /// A world with a session of each title, their sound kept; returns their ids.
    private func world(_ titles: String..., recogniser: String = "none") throws -> (World, [String]) {
      let world = try World(["ROSTRUM_RECOGNISER": recogniser], withoutNetwork: true)
      let path = try world.file(try Speech.reading(seconds: 6))
      let ids = try titles.enumerated().map { number, title in
        let script = try world.scratch.write(talk.replacing("Xylophonic matters", with: title), to: "\(number).md")
        let done = try world.rostrum("rehearse", script, "--input", path, "--fast", "--keep-audio", "--plain")
        return try #require(savedSession(in: done.output + done.errors), "\(done)")
      }
      return (world, ids)
    }

    @Test func `no word, no note and no title is in any file afterwards`() throws {
      let (world, ids) = try world("Xylophonic matters", "Bassoons", recogniser: "pocketsphinx")
      let id = ids[0]
      let noted = try world.rostrum("sessions", "edit", id, "--comment", "0:02=Quixotic bluster", "--tag", "wobbly")
      #expect(noted.code == 0, "\(noted)")
      try Data("{}\n".utf8).write(to: URL(fileURLWithPath: "\(world.home)/state/rostrum-\(id).jsonl"))
      try Data().write(to: URL(fileURLWithPath: "\(world.home)/data/takes/\(id)-2.flac.repaired"))
      let words = ["ylophonic", "uixotic", "wobbly"]
      for word in words + [id] { #expect(!world.files(with: word).isEmpty, "\(word) was never there") }
      let done = try world.rostrum("forget", id, "--yes")
      #expect(done.code == 0 && done.output.contains("1 session") && done.output.contains("ackups"), "\(done)")
      for word in words + [id] {
        let found = world.files(with: word).filter { word != id || !$0.hasPrefix("state/logs/") }
        #expect(found.isEmpty, "\(word) in \(found)")
      }
      #expect(!world.scratch.listing("home").contains { $0.contains(id) }, "\(world.scratch.listing("home"))")
      #expect(try world.rostrum("sessions").output.contains("Bassoons"))
      #expect(world.scratch.listing("home").contains { $0.hasSuffix("takes/\(ids[1]).flac") })
      #expect(try world.rostrum("forget", id, "--yes").code == 66)
    }

    @Test func `everything leaves nothing but settings of one's own`() throws {
      let (world, _) = try world("Xylophonic matters")
      #expect(try world.rostrum("config", "set", "theme", "mono").code == 0)
      try Data("{\"v\":1,\"consents\":[]}\n".utf8)
        .write(to: URL(fileURLWithPath: "\(world.home)/data/consents.json"))
      let done = try world.rostrum("forget", "--everything", "--yes", "--json")
      #expect(
        done.code == 0 && done.output.contains("\"sessions\":1") && done.output.contains("\"purged\":true"), "\(done)")
      for word in ["ylophonic", "vicarage", "leisure"] { #expect(world.files(with: word).isEmpty, "\(word)") }
      let left = world.scratch.listing("home").filter { $0.contains(".") && !$0.hasSuffix(".sqlite") }
      #expect(left == ["config/config.yaml"], "\(left)")
    }

    @Test func `a talk and a day choose what goes, and nobody is asked twice`() throws {
      let (world, ids) = try world("Bassoons", "Xylophonic matters", "Bassoons")
      let unasked = try world.rostrum("forget", "--talk", "Bassoons")
      #expect(unasked.code == 64 && unasked.errors.contains("--yes"), "\(unasked)")
      let unknown = try world.rostrum("forget", "--talk", "Bassoon", "--yes")
      #expect(unknown.code == 66 && unknown.errors.contains("Did you mean \"Bassoons\"?"), "\(unknown)")
      let none = try world.rostrum("forget", "--before", "2020-02-29", "--yes")
      #expect(none.code == 0 && none.output.contains("Nothing was deleted"), "\(none)")
      for wrong in [["--before", "2021-02-29"], ["--before", "soon"], [], ["last", "--everything"]] {
        let refused = try run([RostrumBinary.path, "forget", "--yes"] + wrong, environment: world.environment)
        #expect(refused.code == 64 && !showsTrace(refused.errors), "\(refused)")
      }
      #expect(try world.rostrum("forget", "--talk", "Bassoons", "--yes").code == 0)
      let left = try world.rostrum("sessions", "--json").lines
      #expect(left.count == 1 && left[0].contains(ids[1]), "\(left)")
      #expect(try world.rostrum("forget", "--before", "2999-01-01", "--yes").code == 0)
      #expect(try world.rostrum("sessions", "--json").output.isEmpty)
      #expect(!world.scratch.listing("home").contains { $0.hasSuffix(".flac") })
    }

    @Test(.enabled(if: Tmux.isThere, "needs tmux")) func `it asks once, and says what goes`() throws {
      let (world, _) = try world("Bassoons")
      let tmux = try world.tmux()
      tmux.enter("\(rostrum) forget last")
      #expect(tmux.wait { $0.contains("Go on? [y/N]") && $0.contains("(Bassoons)") && $0.contains("6 s of sound") })
      tmux.enter("")
      #expect(tmux.wait { $0.contains("Nothing was deleted.") }, "\(tmux.screen)")
      tmux.enter("\(rostrum) forget last")
      #expect(tmux.wait { $0.contains("Go on? [y/N]") })
      tmux.enter("y")
      #expect(tmux.wait { $0.contains("Deleted: 1 session") }, "\(tmux.screen)")
    }

    @Test func `a session that is running is named and left alone`() throws {
      let world = try World(withoutNetwork: true)
      let running = try world.start("rehearse", "--input", try world.file(try Speech.endless()), "--plain")
      #expect(eventually { (try? world.database.value("SELECT count(*) > 0 FROM event")) == "1" })
      let id = try world.database.value("SELECT id FROM session")
      for what in [["last"], ["--everything"], ["--before", "2999-01-01"]] {
        let done = try run([RostrumBinary.path, "forget", "--yes"] + what, environment: world.environment)
        #expect(done.code == 69 && done.errors.contains(id) && done.errors.contains("still running"), "\(done)")
      }
      running.child.send(SIGINT)
      _ = running.finish()
      #expect(try world.rostrum("forget", id, "--yes").code == 0)
    }

    @Test(.enabled(if: Database.isThere, "needs sqlite3"))
    func `what is older than it is to be kept goes at the next start, and only that`() throws {
      let (world, ids) = try world("Old", "New", "Future")
      for (id, days) in [(ids[0], 40), (ids[2], -400)] {
        let moved = "UPDATE session SET startedAt = startedAt - \(days) * 86400000 WHERE id = '\(id)'"
        #expect(try run(["sqlite3", world.database.path, moved]).code == 0)
      }
      let path = try world.file(try Speech.reading(seconds: 2))
      func start(_ variable: String, _ days: String) throws -> Run {
        try world.rostrum("rehearse", "--input", path, "--fast", "--plain", environment: [variable: days])
      }
      func has(_ id: String) -> Bool { world.scratch.listing("home").contains { $0.hasSuffix("takes/\(id).flac") } }
      #expect(try !start("ROSTRUM_PRIVACY_KEEP_AUDIO_DAYS", "41").errors.contains("Deleted"))
      let quiet = try start("ROSTRUM_PRIVACY_KEEP_AUDIO_DAYS", "39")
      #expect(quiet.code == 0 && quiet.errors.contains("Deleted the sound of 1 session older than 39 days"), "\(quiet)")
      #expect(!has(ids[0]) && has(ids[1]) && has(ids[2]))
      let gone = try start("ROSTRUM_PRIVACY_KEEP_SESSIONS_DAYS", "39")
      #expect(gone.errors.contains("Deleted 1 session older than 39 days"), "\(gone)")
      let listed = try world.rostrum("sessions").output
      #expect(!listed.contains(ids[0]) && listed.contains(ids[1]) && listed.contains(ids[2]), "\(listed)")
    }
  }
}
