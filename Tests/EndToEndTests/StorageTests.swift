import Foundation
import Support
import Testing

extension EndToEnd {
  /// Folders, disks and databases that do not do as they should, and who may read what is kept.
  @Suite(.serialized, .enabled(if: Speech.isThere && Database.isThere, "needs pocketsphinx-testdata and sqlite3"))
  struct StorageTests {
    @Test(.enabled(if: Machine.has("setpriv"), "needs setpriv"))
    func `a folder one may not write to is named`() throws {
      let world = try World()
      let folder = try world.scratch.folder("home")
      let path = try world.file(try Speech.reading(seconds: 3))
      try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
      defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder) }
      let done = try run(
        (getuid() == 0 ? obeyingPermissions : []) + [RostrumBinary.path, "rehearse", "--input", path, "--fast"],
        environment: world.environment)
      #expect(done.code == 73 && done.errors.contains(folder) && !showsTrace(done.errors), "\(done)")
      #expect(world.scratch.listing("home").isEmpty)
    }

    @Test(arguments: ["/proc/nothing", "/dev/null/rostrum"])
    func `a folder that cannot be made is named`(folder: String) throws {
      let done = try run(
        [RostrumBinary.path, "rehearse", "--demo", "--fast"], environment: ["ROSTRUM_HOME": folder])
      #expect(done.code == 73 && done.errors.contains(folder) && !showsTrace(done.errors), "\(done)")
    }

    @Test(arguments: ["newer", "garbage", "another's"])
    func `a database that is not ours to change is refused and left untouched`(kind: String) throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 3))
      #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      let file = world.database.path
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) }
      switch kind {
      case "newer":
        let newer = "PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE"
        #expect(try run(["sqlite3", file, newer]).code == 0)
      case "garbage":
        try Data(repeating: 0x5a, count: 8_192).write(to: URL(fileURLWithPath: file))
      default:
        try FileManager.default.removeItem(atPath: file)
        #expect(try run(["sqlite3", file, "CREATE TABLE recipe(name); PRAGMA application_id = 7"]).code == 0)
      }
      let before = try #require(FileManager.default.contents(atPath: file))
      for command in [["rehearse", "--input", path, "--fast"], ["sessions"], ["sessions", "show", "last"]] {
        let done = try run([RostrumBinary.path] + command, environment: world.environment)
        #expect(done.code == 65 && done.errors.contains("history.sqlite"), "\(done)")
        #expect(!showsTrace(done.errors), "\(done)")
        if kind == "newer" { #expect(done.errors.localizedCaseInsensitiveContains("newer"), "\(done)") }
      }
      #expect(FileManager.default.contents(atPath: file) == before, "the file was changed")
    }

    @Test(.enabled(if: getuid() == 0 && Machine.has("mount"), "needs root, for a small disk of its own"))
    func `on a full disk the session goes on, says so, and saves again once it can`() throws {
      let world = try World()
      let disk = try world.scratch.folder("home")
      let mounted = try run(["mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", disk])
      try #require(mounted.code == 0, "\(mounted)")
      let leash = try Leash("umount -l '\(disk)'")
      defer { withExtendedLifetime(leash) {} }
      let running = try world.start("rehearse", "--input", try world.file(try Speech.endless()), "--plain")
      #expect(eventually { (try? world.database.value("SELECT count(*) > 0 FROM event")) == "1" })
      try run(["dd", "if=/dev/zero", "of=\(disk)/filler", "bs=4k"])
      func says(_ words: String) -> Bool {
        (running.output + running.errors).localizedCaseInsensitiveContains(words)
      }
      #expect(
        eventually { says("not being saved") || says("not saved") }, "\(running.output)\(running.errors)")
      #expect(running.child.poll() == nil, "it died: \(running.errors)")
      try FileManager.default.removeItem(atPath: "\(disk)/filler")
      #expect(
        eventually { says("then everything was") || says("saved again") },
        "\(running.output)\(running.errors)")
      running.child.send(SIGINT)
      let done = running.finish()
      #expect(done.code == 130 && !showsTrace(done.errors), "\(done)")
      let rows = try world.database.rows("SELECT seconds, kind FROM event ORDER BY seq")
      let duration = rows.last.flatMap { Double($0[0]) } ?? 0
      #expect(rows.last?[1] == "ended" && duration > 3, "\(rows)")
      #expect(Double(rows.count { $0[1] == "second" }) > duration - 1, "\(rows)")
    }

    @Test(.enabled(if: getuid() == 0 && Machine.has("mount"), "needs root, for a small disk of its own"))
    func `a disk that stays full leaves the session where it can be found`() throws {
      let world = try World()
      let disk = try world.scratch.folder("home")
      let mounted = try run(["mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", disk])
      try #require(mounted.code == 0, "\(mounted)")
      let leash = try Leash("umount -l '\(disk)'")
      defer { withExtendedLifetime(leash) {} }
      #expect(try world.rostrum("sessions").code == 0)
      try run(["dd", "if=/dev/zero", "of=\(disk)/filler", "bs=4k"])
      let path = try world.file(try Speech.reading(seconds: 4))
      let elsewhere = try world.scratch.folder("elsewhere")
      let done = try world.rostrum(
        "rehearse", "--input", path, "--fast", environment: ["TMPDIR": elsewhere])
      let said = done.output + done.errors
      let rescued = world.scratch.listing("elsewhere")
      #expect(rescued.count == 1 && said.contains(rescued.first ?? "nothing rescued"), "\(rescued) \(done)")
      let kept = FileManager.default.contents(atPath: "\(elsewhere)/\(rescued.first ?? "")") ?? Data()
      #expect(SeenEvent.all(in: String(decoding: kept, as: UTF8.self))?.last?.kind == "ended")
      #expect(done.code == 74 && said.localizedCaseInsensitiveContains("could not be saved"), "\(done)")
      #expect(!done.isTimedOut && !showsTrace(said), "\(done)")
      #expect(try world.rostrum("sessions").code == 0, "a full disk hides the history")
    }

    @Test func `whatever is kept is its owner's alone`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 3))
      let done = try run(
        ["/bin/sh", "-c", "umask 000; exec \(rostrum) rehearse --input '\(path)' --fast --keep-audio"],
        environment: world.environment)
      #expect(done.code == 0, "\(done)")
      #expect(try world.rostrum("config", "set", "theme", "mono").code == 0)
      let entries = world.scratch.listing("home").map { "home/" + $0 } + ["home"]
      #expect(entries.contains("home/data/history.sqlite") && entries.contains("home/config/config.yaml"), "\(entries)")
      #expect(entries.contains { $0.hasPrefix("home/data/takes/") && $0.hasSuffix(".flac") }, "\(entries)")
      for entry in entries {
        let attributes = try FileManager.default.attributesOfItem(atPath: world.scratch.path(entry))
        let mode = (attributes[.posixPermissions] as? Int ?? 0) & 0o777
        let wanted = attributes[.type] as? FileAttributeType == .typeDirectory ? 0o700 : 0o600
        #expect(mode == wanted, "\(entry) has mode \(String(mode, radix: 8))")
      }
    }

    @Test func `the take is kept only when asked for, whole, and by its session's name`() throws {
      let world = try World()
      let speech = try Speech.reading(seconds: 6)
      let path = try world.file(speech)
      let plain = try world.rostrum("rehearse", "--input", path, "--fast")
      #expect(plain.code == 0 && !world.scratch.listing("home").contains { $0.hasSuffix(".flac") })
      let kept = try world.rostrum("rehearse", "--input", path, "--fast", "--keep-audio", "--json")
      let began = try #require(SeenEvent(kept.lines.first ?? "")?.fields["id"] as? String)
      let take = "\(world.home)/data/takes/\(began).flac"
      let again = try world.rostrum("rehearse", "--input", take, "--fast", "--json")
      #expect(comparable(again.output) == comparable(kept.output), "\(again)")
    }

    @Test func `no words of the talk and no keys are in the logs`() throws {
      let world = try World()
      let talk = try world.scratch.write(
        "---\ntitle: Xylophones\nlength: 5-7m\n---\n# Quarantined zeppelins\n\nThe vicarage flummoxed us.\n",
        to: "talk.md")
      let path = try world.file(try Speech.reading(seconds: 5))
      #expect(try world.rostrum("rehearse", talk, "--input", path, "--fast").code == 0)
      let logs = world.scratch.listing("home").filter { $0.hasPrefix("state/") }
      for log in logs {
        let text = String(
          decoding: FileManager.default.contents(atPath: "\(world.home)/\(log)") ?? Data(), as: UTF8.self)
        for word in ["ylophon", "eppelin", "vicarage", "flummox"] {
          #expect(!text.localizedCaseInsensitiveContains(word), "\(log) holds \(word)")
        }
      }
      let began = try world.database.value("SELECT line FROM event WHERE kind = 'began'")
      #expect(began.contains("Xylophones") && !began.contains("vicarage"))
    }
  }
}
