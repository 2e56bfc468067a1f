import Foundation
import Support
import Testing

extension EndToEnd {
  /// What the program finds around it: `rostrum devices` and `rostrum doctor`.
  @Suite(.serialized, .enabled(if: Speech.isThere && Database.isThere, "needs pocketsphinx-testdata and sqlite3"))
  struct DoctorTests {
    /// A check of `doctor --json`.
    private struct Check {
      let verdict: String
      let found: String
      let nextStep: String
    }

    @Test(.enabled(if: PulseAudio.isThere, "needs pulseaudio"))
    func `a device is listed with its rates, channels and formats, for people and for programs`() throws {
      let pulse = try PulseAudio()
      let world = try World(pulse.environment)
      let json = try world.rostrum("devices", "--json")
      #expect(json.code == 0 && json.errors.isEmpty, "\(json)")
      let devices = try json.lines.map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
      }
      let ours = devices.filter { $0["id"] as? String == PulseAudio.device }
      #expect(Set(ours.compactMap { $0["direction"] as? String }) == ["capture", "playback"] && ours.count == 2)
      for device in ours {
        #expect(device["summary"] as? String == PulseAudio.summary, "\(device)")
        // What ALSA's pulse plugin says of itself: 1 Hz to 8 times 48 kHz, 1 to 32 channels.
        #expect(device["rates"] as? [Int] == [1, 384_000] && device["channels"] as? [Int] == [1, 32], "\(device)")
        let formats = device["formats"] as? [String] ?? []
        #expect(Set(formats).isSuperset(of: ["S16_LE", "S32_LE", "FLOAT_LE"]), "\(formats)")
        #expect(device["problem"] is NSNull, "\(device)")
      }

      let plain = try world.rostrum("devices")
      #expect(plain.code == 0 && plain.errors.isEmpty, "\(plain)")
      let parts = plain.output.components(separatedBy: "\nPlayback\n")
      try #require(parts.count == 2 && parts[0].hasPrefix("Capture"), "\(plain)")
      for part in parts {
        let row = part.split(separator: "\n").first { $0.hasPrefix("  \(PulseAudio.device)  ") } ?? ""
        for word in ["kHz", "384", "1-32 channels", "S16_LE", PulseAudio.summary] {
          #expect(row.contains(word), "\(word) is missing from \"\(row)\": \(plain)")
        }
      }
    }

    @Test func `without a device both lists say so and what works`() throws {
      let world = try World(World.withoutMicrophone)
      let plain = try world.rostrum("devices")
      #expect(plain.code == 0 && plain.output.contains("none found") && plain.output.contains("--demo"), "\(plain)")
      let json = try world.rostrum("devices", "--json")
      #expect(json.code == 0 && json.output.isEmpty && json.errors.isEmpty, "\(json)")
    }

    @Test func `doctor finds no microphone, and says what to do`() throws {
      let world = try World(World.withoutMicrophone)
      let (checks, code) = try doctor(in: world)
      #expect(
        Set(checks.keys) == [
          "settings", "folders", "history", "baseline", "theme", "terminal", "microphone", "playback", "words",
          "fillers", "integrity", "index", "sound", "rubrics", "sharing", "watching",
        ])
      let check = try #require(checks["microphone"])
      #expect(check.verdict == "bad" && check.found.contains("no capture device"), "\(check)")
      #expect(check.nextStep.contains("rostrum") && code == 69, "\(check)")
      for name in ["settings", "folders", "history", "theme"] { #expect(checks[name]?.verdict == "ok", "\(name)") }
    }

    @Test(.enabled(if: PulseAudio.isThere, "needs pulseaudio"))
    func `doctor hears whether a microphone is silent`() throws {
      let pulse = try PulseAudio()
      let world = try World(pulse.environment)
      let (silent, code) = try doctor(in: world, "--device", PulseAudio.device)
      let muted = try #require(silent["microphone"])
      #expect(muted.verdict == "note" && muted.found.contains("testmic") && muted.found.contains("silent"), "\(muted)")
      #expect(muted.nextStep.contains("Unmute") && code == 0, "\(muted)")

      let playing = try pulse.play(try world.file(try Speech.reading().cut(from: 1, to: 28).looped(seconds: 120)))
      #expect(
        eventually { (try? pulse.control("list", "short", "sink-inputs").output.contains("\t")) == true })
      let (heard, well) = try doctor(in: world, "--device", PulseAudio.device)
      playing.child.end()
      let check = try #require(heard["microphone"])
      #expect(check.verdict == "ok" && check.found.contains("48 kHz") && check.found.contains("peak"), "\(check)")
      #expect(well == 0)
    }

    @Test func `doctor names a bad line of the settings`() throws {
      let world = try World()
      let path = try world.scratch.folder("home/config") + "/config.yaml"
      try Data("device: default\npause-seconds: 99\n".utf8).write(to: URL(fileURLWithPath: path))
      let (checks, code) = try doctor(in: world)
      let check = try #require(checks["settings"])
      #expect(check.verdict == "bad" && code == 69, "\(check)")
      #expect(check.found.contains("config.yaml:2") && check.found.contains("pause-seconds"), "\(check)")
      #expect(check.nextStep.contains("config set"), "\(check)")
    }

    @Test(.enabled(if: Machine.has("setpriv"), "needs setpriv"))
    func `doctor names a folder one may not write to`() throws {
      let world = try World()
      let folder = try world.scratch.folder("home")
      try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
      defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder) }
      let (checks, code) = try doctor(in: world, under: getuid() == 0 ? obeyingPermissions : [])
      let check = try #require(checks["folders"])
      #expect(check.verdict == "bad" && check.found.contains(folder) && code == 69, "\(check)")
      #expect(check.nextStep.contains("ROSTRUM_HOME"), "\(check)")
    }

    @Test func `doctor names a history from a newer version, and leaves it alone`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 3))
      #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      let newer = "PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE"
      #expect(try run(["sqlite3", world.database.path, newer]).code == 0)
      let before = try #require(FileManager.default.contents(atPath: world.database.path))
      let (checks, code) = try doctor(in: world)
      let check = try #require(checks["history"])
      #expect(check.verdict == "bad" && check.found.contains("newer") && code == 69, "\(check)")
      #expect(check.found.contains("Update") && check.nextStep.contains("ROSTRUM_HOME"), "\(check)")
      #expect(FileManager.default.contents(atPath: world.database.path) == before, "the file was changed")
    }

    /// The checks by name, and the exit code; what people read says the same as what programs read, and whatever is
    /// not well comes with a next step.
    private func doctor(
      in world: World, under wrapper: [String] = [], _ arguments: String...
    ) throws -> (checks: [String: Check], code: Int32) {
      let command = wrapper + [RostrumBinary.path, "doctor"] + arguments
      let json = try run(command + ["--json"], environment: world.environment)
      var checks: [String: Check] = [:]
      for line in json.lines {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        let name = try #require(object["check"] as? String)
        checks[name] = Check(
          verdict: object["verdict"] as? String ?? "", found: object["found"] as? String ?? "",
          nextStep: object["next_step"] as? String ?? "")
      }
      #expect(json.errors.isEmpty && !showsTrace(json.output), "\(json)")
      #expect((json.code == 0) == checks.values.allSatisfy { $0.verdict != "bad" }, "\(json)")
      for (name, check) in checks {
        #expect(["ok", "note", "bad"].contains(check.verdict) && !check.found.isEmpty, "\(name): \(check)")
        if check.verdict == "bad" { #expect(!check.nextStep.isEmpty, "\(name) says not what to do: \(check)") }
      }
      let plain = try run(command, environment: world.environment)
      #expect(plain.errors.isEmpty && plain.code == json.code, "\(plain)")
      // A level, and the seconds that a model takes to load, are measured anew by each run.
      for (name, check) in checks where !["microphone", "words"].contains(name) {
        for words in [name, check.found, check.nextStep] where !words.isEmpty {
          #expect(plain.output.contains(words), "\(name): \(plain)")
        }
      }
      return (checks, json.code)
    }
  }
}
