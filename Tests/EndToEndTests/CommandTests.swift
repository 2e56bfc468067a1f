import Foundation
import Support
import Testing

extension EndToEnd {
  /// The commands that print and end.
  @Suite(.serialized) struct CommandTests {
    @Test func `the version and every help are quick and on standard output`() throws {
      let world = try World()
      let version = try world.rostrum("--version")
      #expect(version.code == 0 && version.output.contains(/[0-9]+\.[0-9]+/), "\(version)")
      for command in [
        "", "rehearse", "analyze", "calibrate", "review", "sessions", "sessions search", "sessions trends",
        "sessions scores", "sessions edit", "export", "import", "forget", "backup", "restore", "devices", "config",
        "doctor",
      ] {
        let help = try run(
          [RostrumBinary.path] + command.split(separator: " ").map(String.init) + ["--help"],
          environment: world.environment)
        #expect(help.code == 0 && help.errors.isEmpty && help.output.contains("USAGE"), "\(help)")
        if !command.isEmpty { #expect(help.output.contains("rostrum \(command)"), "no example: \(help)") }
      }
      #expect(!FileManager.default.fileExists(atPath: world.home), "help made a folder")
    }

    @Test(.enabled(if: Speech.isThere && Database.isThere, "needs pocketsphinx-testdata and sqlite3"))
    func `sessions are listed newest first and shown by id, prefix and last`() throws {
      let world = try World()
      #expect(try world.rostrum("sessions").code == 0)
      #expect(try world.rostrum("sessions", "--json").output.isEmpty)
      var ids: [String] = []
      var outputs: [String] = []
      for seconds in [3.0, 4, 5] {
        let path = try world.file(try Speech.reading(seconds: seconds))
        let done = try world.rostrum("rehearse", "--input", path, "--fast", "--json")
        outputs.append(done.output)
        ids.append(SeenEvent(done.lines.first ?? "")?.fields["id"] as? String ?? "")
      }
      let listed = try world.rostrum("sessions")
      for id in ids { #expect(listed.output.contains(id), "\(listed)") }
      let objects = try world.rostrum("sessions", "--json").lines.map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      #expect(objects.compactMap { $0["id"] as? String } == ids.reversed())
      for (id, output) in zip(ids, outputs) {
        #expect(try world.rostrum("sessions", "show", id, "--json").output == output)
      }
      #expect(try world.rostrum("sessions", "show", "last", "--json").output == outputs[2])
      #expect(try world.rostrum("sessions", "show", String(ids[0].prefix(7)), "--json").output == outputs[0])
      let shown = try world.rostrum("sessions", "show", ids[1])
      #expect(shown.code == 0 && shown.output.contains("LUFS") && !shown.output.contains("\u{1b}"), "\(shown)")
      _ = try run(["sqlite3", world.database.path, "UPDATE session SET id = 'zz' || substr(id, 3)"])
      let twins = try world.rostrum("sessions", "show", "zz")
      #expect(twins.code == 64 && twins.errors.contains("zz" + ids[0].dropFirst(2)), "\(twins)")
    }

    @Test func `config lists every key with its value, origin and meaning, and set keeps what a person wrote`() throws {
      let world = try World()
      let folder = try world.scratch.folder("home/config")
      let text = "# My settings.\n\ntheme: dusk   # evenings\n# the end\n"
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/config.yaml"))
      let before = try world.rostrum("config")
      for key in ["device", "theme", "density", "length", "keep-audio", "pause-seconds", "pace-comfortable"] {
        #expect(before.output.contains(key), "\(key): \(before)")
      }
      #expect(before.code == 0 && before.output.contains("config.yaml:3"), "\(before)")
      #expect(try world.rostrum("config", "set", "theme", "mono").code == 0)
      #expect(try world.rostrum("config", "set", "density", "full").code == 0)
      let after = String(
        decoding: FileManager.default.contents(atPath: folder + "/config.yaml") ?? Data(), as: UTF8.self)
      for kept in ["# My settings.\n\n", "theme: mono", "# evenings", "# the end", "density: full"] {
        #expect(after.contains(kept), "\(after)")
      }
      let flagged = try world.rostrum("config", environment: ["ROSTRUM_THEME": "daylight"])
      #expect(flagged.output.contains("daylight") && flagged.output.contains("ROSTRUM_THEME"), "\(flagged)")
    }

    @Test func `without a terminal the home screen says how to go on`() throws {
      let world = try World()
      let done = try world.rostrum()
      #expect(done.errors.contains("rostrum --help") && !done.output.contains("\u{1b}"), "\(done)")
      #expect(done.code == 64 && !done.isTimedOut)
    }
  }
}
