import Foundation
import Support
import Testing

extension EndToEnd {
  /// What bad input gets: a sentence that names the thing and the next step, a code of sysexits, nothing half done.
  @Suite(.serialized) struct BadInputTests {
    /// A command line, the code it must end with, and words that the complaint must contain.
    struct Row: Sendable, CustomTestStringConvertible {
      let arguments: [String]
      let code: Int32
      let words: [String]

      init(_ arguments: String, _ code: Int32, _ words: String...) {
        self.arguments = arguments.split(separator: " ").map(String.init)
        self.code = code
        self.words = words
      }

      var testDescription: String { arguments.joined(separator: " ") }
    }

    @Test(arguments: [
      Row("--nosuch", 64, "--nosuch"), Row("nosuch", 64, "nosuch"), Row("rehearse --nosuch", 64, "--nosuch"),
      Row("rehearse --input", 64, "--input"), Row("rehearse --length soon --demo --fast", 64, "soon"),
      Row("rehearse --density wild --demo --fast", 64, "wild", "calm", "full"),
      Row("rehearse --theme nosuch --demo --fast", 64, "nosuch", "dusk"),
      Row("rehearse --input - --rate 3 --fast", 64, "rate"),
      Row("rehearse --input - --rate nine --fast", 64, "nine"),
      Row("rehearse --input /nonexistent/talk.wav --fast", 66, "/nonexistent/talk.wav"),
      Row("rehearse --input / --fast", 65, "/"),
      Row("rehearse /nonexistent/talk.md --demo --fast", 66, "/nonexistent/talk.md"),
      Row("rehearse --device nosuch", 69, "nosuch", "rostrum devices"),
      Row("sessions show nosuch", 66, "nosuch"), Row("sessions show last", 66),
      Row("config set nosuch 1", 64, "nosuch"), Row("config set thema dusk", 64, "theme"),
      Row("config set pace-comfortable fast", 64, "fast", "140-160"),
      Row("config set pause-seconds 99", 64, "99"),
    ])
    func `a wrong command line is named`(row: Row) throws {
      let world = try World()
      let done = try run([RostrumBinary.path] + row.arguments, environment: world.environment)
      expectComplaint(done, row.code, row.words)
      expectNothingKept(in: world)
    }

    /// A file that is no sound, the code, and words of the complaint.
    struct File: Sendable, CustomTestStringConvertible {
      let name: String
      let bytes: [UInt8]
      let testDescription: String

      init(_ description: String, _ name: String, _ bytes: [UInt8]) {
        (testDescription, self.name, self.bytes) = (description, name, bytes)
      }
    }

    @Test(arguments: [
      File("an empty file", "empty.wav", []), File("text", "notes.wav", Array("My talk, in words.\n".utf8)),
      File("a WAV head alone", "head.wav", Array(Wave().file)),
      File("half a WAV head", "half.wav", Array(Wave().file[..<20])),
      File("noise named FLAC", "noise.flac", (0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ $0 / 7) }),
      File("a FLAC mark alone", "mark.flac", Array("fLaC".utf8)),
      File("an Ogg mark alone", "mark.ogg", Array("OggS".utf8)),
    ])
    func `what is no recording is refused by name`(file: File) throws {
      let world = try World()
      let path = try world.scratch.write(file.bytes, to: file.name)
      for pace in [["--fast"], []] {
        let done = try run(
          [RostrumBinary.path, "rehearse", "--input", path] + pace, environment: world.environment)
        expectComplaint(done, 65, [file.name])
      }
      expectNothingKept(in: world)
    }

    @Test func `a truncated recording is used as far as it goes`() throws {
      let world = try World()
      let whole = Wave.tone(hertz: 200, seconds: 3).file
      let path = try world.scratch.write(Array(whole[..<(whole.count / 2)]), to: "torn.wav")
      let done = try world.rostrum("rehearse", "--input", path, "--fast", "--json")
      #expect(done.code == 0 && !showsTrace(done.errors), "\(done)")
      let events = try #require(SeenEvent.all(in: done.output))
      let notes = events.filter { $0.kind == "note" }.compactMap { $0.fields["text"] as? String }
      #expect(notes.contains { $0.contains("ends in the middle") }, "\(notes)")
      #expect(abs((events.last?.number("duration_seconds") ?? 0) - 1.5) < 0.05, "\(done)")
    }

    @Test func `NaN, infinity and silence are no speech`() throws {
      let world = try World()
      let odd: [Float] = (0..<48_000).map { $0 % 3 == 0 ? .nan : $0 % 3 == 1 ? .infinity : -.infinity }
      let files = [
        try world.scratch.write(Wave.floatFile(odd), to: "odd.wav"),
        try world.file(Wave.silence(seconds: 4), "silent.wav"),
        try world.file(Wave(samples: [Int16](repeating: 900, count: 64_000)), "constant.wav"),
      ]
      for file in files {
        let done = try world.rostrum("rehearse", "--input", file, "--fast")
        #expect(done.code == 0 && done.output.localizedCaseInsensitiveContains("no speech heard"), "\(file): \(done)")
        let events = try #require(
          SeenEvent.all(in: try world.rostrum("rehearse", "--input", file, "--fast", "--json").output))
        #expect(events.last?.number("syllables") == 0 && events.last?.number("fillers") == 0, "\(file)")
        #expect(events.last?.number("integrated_lufs") == nil, "\(file)")
      }
    }

    @Test(arguments: [
      ("theme: [\n", "2", "theme"), ("# mine\npace-comfortable: fast\n", "2", "pace-comfortable"),
      ("device: default\nthema: dusk\n", "2", "thema"), ("\ttheme: dusk\n", "1", "tab"),
      ("theme: dusk\ntheme: mono\n", "2", "theme"), ("pause-seconds: 99\n", "1", "pause-seconds"),
      ("# evenings\n\ntheme: nosuch\n", "3", "nosuch"),
    ])
    func `a malformed configuration is named by file, line and key`(text: String, line: String, key: String) throws {
      let world = try World()
      let path = try world.scratch.folder("home/config") + "/config.yaml"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let done = try world.rostrum("rehearse", "--demo", "--fast")
      expectComplaint(done, 78, ["config.yaml:\(line)", key])
      #expect(FileManager.default.contents(atPath: path) == Data(text.utf8), "the file was changed")
      let doctor = try world.rostrum("doctor")
      #expect((doctor.output + doctor.errors).contains("config.yaml:\(line)"), "\(doctor)")
    }

    @Test func `a malformed theme is named by file, line and key`() throws {
      let world = try World()
      let path = try world.scratch.folder("home/config/Themes") + "/mine.yaml"
      let text = "name: mine\nsummary: Mine.\nbackground: terminal\nstyles:\n  text: {fg: \"#zzzzzz\"}\n"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let done = try world.rostrum("rehearse", "--demo", "--fast", "--theme", "mine")
      expectComplaint(done, 78, ["mine.yaml:5", "text", "zzzzzz"])
      expectNothingKept(in: world)
    }

    @Test(.enabled(if: PulseAudio.isThere, "needs pulseaudio"))
    func `every device that exists is listed when one does not`() throws {
      let pulse = try PulseAudio()
      let world = try World(pulse.environment)
      let done = try world.rostrum("rehearse", "--device", "nosuch")
      expectComplaint(done, 69, ["nosuch", "testmic"])
    }

    @Test func `a machine without a microphone is offered the demo`() throws {
      let world = try World(World.withoutMicrophone)
      let done = try world.rostrum("rehearse")
      expectComplaint(done, 69, ["--demo"])
      expectNothingKept(in: world)
    }

    @Test(.enabled(if: Machine.has("cc") || Machine.has("clang"), "needs a C compiler"))
    func `a busy device is said to be busy`() throws {
      let world = try World()
      let source = try world.scratch.write(
        "int snd_pcm_open(void **p, const char *n, int s, int m) { (void)p, (void)n, (void)s, (void)m; return -16; }\n",
        to: "busy.c")
      let compiler = Machine.has("cc") ? "cc" : "clang"
      let built = try run([compiler, "-shared", "-fPIC", "-o", world.scratch.path("busy.so"), source])
      try #require(built.code == 0, "\(built)")
      let done = try world.rostrum(
        "rehearse", "--device", "hw:0", environment: ["LD_PRELOAD": world.scratch.path("busy.so")])
      expectComplaint(done, 69, ["hw:0", "use"])
    }

    @Test(.enabled(if: canHide && Machine.has("setpriv"), "needs root, mount namespaces and setpriv"))
    func `a device one may not open names the group`() throws {
      let world = try World()
      // A /dev of its own, that nobody else on this machine sees.
      let devices = """
        mount -t tmpfs none /dev && mkdir /dev/snd && cd /dev/snd && touch controlC0 pcmC0D0c && chmod 0 * \\
        && chgrp audio * && cd / && exec "$@"
        """
      let done = try run(
        ["unshare", "-m", "/bin/sh", "-c", devices, "sh"] + obeyingPermissions
          + [RostrumBinary.path, "rehearse", "--device", "hw:0,0"], environment: world.environment)
      expectComplaint(done, 77, ["hw:0,0", "audio"])
    }

    /// One sentence on standard error, no trace, a code of sysexits, nothing on standard output.
    private func expectComplaint(_ done: Run, _ code: Int32, _ words: [String]) {
      #expect(done.code == code, "\(done)")
      for word in words {
        #expect(done.errors.localizedCaseInsensitiveContains(word), "\"\(word)\" is missing: \(done)")
      }
      #expect(!done.errors.isEmpty && done.errors.utf8.count < 4_000 && !showsTrace(done.errors), "\(done)")
      #expect(!done.output.contains("\u{1b}") && !done.errors.contains("\u{1b}"), "\(done)")
    }

    /// No session, no take, no half-written file.
    private func expectNothingKept(in world: World) {
      let left = world.scratch.listing("home").filter { $0.contains("takes/") || $0.contains("live/") }
      #expect(left.isEmpty, "\(left)")
      if Database.isThere, FileManager.default.fileExists(atPath: world.database.path) {
        #expect((try? world.database.value("SELECT count(*) FROM session")) == "0")
      }
    }
  }
}
