import Foundation
import Support
import Testing

extension EndToEnd {
  /// A history that a disk damaged: said, left as it is, and what is readable of it saved.
  @Suite(.serialized, .enabled(if: Speech.isThere && Database.isThere, "needs pocketsphinx-testdata and sqlite3"))
  struct SalvageTests {
    /// A world with some sessions, and its database in one file.
    private func world() throws -> (World, Data) {
      let world = try World(withoutNetwork: true)
      let path = try world.file(try Speech.reading())
      for _ in 0..<4 { #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0) }
      #expect(try run(["sqlite3", world.database.path, "PRAGMA wal_checkpoint(TRUNCATE)"]).code == 0)
      return (world, try #require(FileManager.default.contents(atPath: world.database.path)))
    }

    private func damage(_ kind: String, _ bytes: Data, _ world: World) throws -> Data {
      var damaged = bytes
      switch kind {
      case "truncated": damaged = bytes.prefix(bytes.count * 7 / 10)
      case "header": damaged.replaceSubrange(0..<100, with: Data(repeating: 0x5a, count: 100))
      default:
        for page in stride(from: 3, to: bytes.count / 4_096, by: 4) {
          let start = bytes.startIndex + page * 4_096
          damaged.replaceSubrange(start..<start + 4_096, with: Data(repeating: 0x5a, count: 4_096))
        }
      }
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: world.database.path + suffix) }
      try damaged.write(to: URL(fileURLWithPath: world.database.path))
      return damaged
    }

    @Test(arguments: ["truncated", "header", "pages"])
    func `a damaged history is told, left as it is, and saved as far as it can be read`(kind: String) throws {
      let (world, bytes) = try world()
      let damaged = try damage(kind, bytes, world)
      let saved = world.scratch.path("saved")
      let done = try world.rostrum("export", "--all", "--output", saved)
      #expect(done.code == 65 && done.errors.contains("damaged") && done.errors.contains("session"), "\(done)")
      #expect(!showsTrace(done.errors), "\(done)")
      #expect(FileManager.default.contents(atPath: world.database.path) == damaged, "it was written to")
      let files = world.scratch.listing("saved")
      #expect(!files.isEmpty && files.allSatisfy { $0.hasSuffix(".json") }, "\(files)")
      for command in [
        ["sessions", "scores", "last"], ["sessions", "search", "leisure"], ["sessions", "show", "last"],
      ] {
        let read = try run([RostrumBinary.path] + command, environment: world.environment)
        #expect(!showsTrace(read.output + read.errors), "\(read)")
        if kind == "header" { #expect(read.code == 65 && read.errors.contains("rostrum export --all"), "\(read)") }
      }
      let other = try World(withoutNetwork: true)
      let taken = try run(
        [RostrumBinary.path, "import"] + files.map { "\(saved)/\($0)" }, environment: other.environment)
      #expect(taken.code == 0, "\(taken)")
      #expect(try other.rostrum("sessions", "--json").lines.count == files.count)
    }

    @Test func `a damaged history replaces no backup, and is replaced by one`() throws {
      let (world, bytes) = try world()
      let file = world.scratch.path("good.sqlite")
      #expect(try world.rostrum("backup", file).code == 0)
      let good = FileManager.default.contents(atPath: file)
      let damaged = try damage("pages", bytes, world)
      let refused = try world.rostrum("backup", file, "--yes")
      #expect(refused.code == 65 && refused.errors.contains("damaged"), "\(refused)")
      #expect(FileManager.default.contents(atPath: file) == good)
      #expect(try world.rostrum("doctor").output.contains("BAD   integrity"))
      let done = try world.rostrum("restore", file, "--yes")
      #expect(done.code == 0, "\(done)")
      #expect(try world.rostrum("sessions", "--json").lines.count == 4)
      let kept = "\(world.home)/data/history-before-restore.sqlite"
      #expect(FileManager.default.contents(atPath: kept)?.count == damaged.count)
    }

    @Test func `everything can be forgotten of a damaged history, and nothing of another program's file`() throws {
      let (world, bytes) = try world()
      _ = try damage("header", bytes, world)
      #expect(try world.rostrum("forget", "last", "--yes").code == 65)
      let done = try world.rostrum("forget", "--everything", "--yes")
      #expect(done.code == 0 && world.files(with: "\"kind\":\"began\"").isEmpty, "\(done)")
      try Data(repeating: 0x5a, count: 9_000).write(to: URL(fileURLWithPath: world.database.path))
      let kept = try world.rostrum("forget", "--everything", "--yes")
      #expect(kept.code == 65 && FileManager.default.fileExists(atPath: world.database.path), "\(kept)")
    }
  }
}
