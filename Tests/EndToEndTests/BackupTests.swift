import Foundation
import Support
import Testing

extension EndToEnd {
  /// The history as a file: made, put back, and refused where it is none.
  @Suite(.serialized, .enabled(if: Speech.isThere, Speech.whyNot)) struct BackupTests {
    @Test func `a backup holds the history, its owner's alone, and is put back over a later one`() throws {
      let world = try World(withoutNetwork: true)
      let path = try world.file(try Speech.reading(seconds: 3))
      #expect(try world.rostrum("backup", world.scratch.path("b.sqlite")).code == 66)
      #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      let events = try world.rostrum("sessions", "show", "last", "--json").output
      let file = world.scratch.path("b.sqlite")
      let done = try world.rostrum("backup", file)
      #expect(done.code == 0 && done.output.contains("1 session") && done.output.contains("takes"), "\(done)")
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode == 0o600 && !world.scratch.listing().contains { $0.hasSuffix(".partial") })
      let before = FileManager.default.contents(atPath: file)
      let again = try world.rostrum("backup", file)
      #expect(again.code == 73 && again.errors.contains("--yes"), "\(again)")
      #expect(FileManager.default.contents(atPath: file) == before)
      #expect(try world.rostrum("backup", world.database.path, "--yes").code == 73)
      #expect(try world.rostrum("forget", "--everything", "--yes").code == 0)
      #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      let unasked = try world.rostrum("restore", file)
      #expect(unasked.code == 64 && unasked.errors.contains("--yes"), "\(unasked)")
      let restored = try world.rostrum("restore", file, "--yes")
      #expect(restored.code == 0 && restored.output.contains("history-before-restore.sqlite"), "\(restored)")
      #expect(try world.rostrum("sessions", "show", "last", "--json").output == events)
      #expect(try world.rostrum("backup", file, "--yes", "--json").output.contains("\"sessions\":1"))
    }

    @Test func `a file that is no backup changes nothing`() throws {
      let world = try World(withoutNetwork: true)
      let path = try world.file(try Speech.reading(seconds: 3))
      #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      let good = world.scratch.path("b.sqlite")
      #expect(try world.rostrum("backup", good).code == 0)
      let bytes = try #require(FileManager.default.contents(atPath: good))
      let files: [(String, Data, Int32)] = [
        ("empty", Data(), 65), ("cut", bytes.prefix(bytes.count / 2), 65), ("short", bytes.prefix(100), 65),
        ("garbage", Data(repeating: 0x5a, count: 9_000), 65), ("text", Data("Dear diary".utf8), 65),
      ]
      let listed = try world.rostrum("sessions", "--json").output
      for (name, data, code) in files {
        try data.write(to: URL(fileURLWithPath: world.scratch.path(name)))
        let done = try world.rostrum("restore", world.scratch.path(name), "--yes")
        #expect(done.code == code && done.errors.contains("Nothing was changed"), "\(name): \(done)")
        #expect(!showsTrace(done.errors), "\(name): \(done)")
      }
      for missing in ["/nonexistent/b.sqlite", world.home] {
        #expect(try world.rostrum("restore", missing, "--yes").code == 66)
      }
      #expect(try world.rostrum("sessions", "--json").output == listed)
      let nowhere = try world.rostrum("backup", world.scratch.path("no/such/b.sqlite"))
      #expect(nowhere.code == 73 && nowhere.errors.contains("no/such"), "\(nowhere)")
    }

    @Test(.enabled(if: Database.isThere, "needs sqlite3")) func `a newer backup is left for a newer Rostrum`() throws {
      let world = try World(withoutNetwork: true)
      let path = try world.file(try Speech.reading(seconds: 3))
      #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      let file = world.scratch.path("b.sqlite")
      #expect(try world.rostrum("backup", file).code == 0)
      #expect(try run(["sqlite3", file, "PRAGMA user_version = 999"]).code == 0)
      let done = try world.rostrum("restore", file, "--yes")
      #expect(done.code == 65 && done.errors.localizedCaseInsensitiveContains("newer"), "\(done)")
    }

    @Test func `nothing is restored under a session that runs, but a backup is made of it`() throws {
      let world = try World(withoutNetwork: true)
      let path = try world.file(try Speech.reading(seconds: 3), "short.wav")
      #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      let file = world.scratch.path("b.sqlite")
      let running = try world.start("rehearse", "--input", try world.file(try Speech.endless()), "--plain")
      #expect(eventually { (try? world.rostrum("sessions", "--json").output.contains("\"live\"")) == true })
      #expect(try world.rostrum("backup", file).code == 0)
      let done = try world.rostrum("restore", file, "--yes")
      #expect(done.code == 69 && done.errors.contains("still running"), "\(done)")
      running.child.send(SIGINT)
      _ = running.finish()
      #expect(try world.rostrum("restore", file, "--yes").code == 0)
      #expect(try world.rostrum("sessions", "--json").lines.count == 2)
    }

    @Test func `doctor looks through the database and the sound`() throws {
      let world = try World(withoutNetwork: true)
      let path = try world.file(try Speech.reading(seconds: 3))
      let done = try world.rostrum("rehearse", "--input", path, "--fast", "--keep-audio")
      let id = try #require(savedSession(in: done.output + done.errors), "\(done)")
      func doctor(_ check: String) throws -> String {
        try world.rostrum("doctor", "--json").lines.first { $0.contains("\"check\":\"\(check)\"") } ?? ""
      }
      #expect(try doctor("integrity").contains("\"ok\""))
      #expect(try doctor("sound").contains("1 recording"))
      let takes = "\(world.home)/data/takes"
      try FileManager.default.copyItem(atPath: "\(takes)/\(id).flac", toPath: "\(takes)/zzzzzzzz.flac")
      #expect(try doctor("sound").contains("zzzzzzzz"))
      try FileManager.default.moveItem(atPath: "\(takes)/\(id).flac", toPath: "\(takes)/\(id)-2.flac")
      try FileManager.default.removeItem(atPath: "\(takes)/zzzzzzzz.flac")
      #expect(try doctor("sound").contains(id))
    }
  }
}
