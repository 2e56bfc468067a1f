import Foundation
import Support
import Testing

extension EndToEnd {
  /// `rostrum calibrate`: at a microphone, from recordings, and what it leaves behind.
  @Suite(.serialized, .enabled(if: Speech.isThere, Speech.whyNot))
  struct CalibrateTests {
    /// Ten seconds of room at about -61 dBFS, then ten of reading in it, `gain` times as loud.
    private static func take(gain: Double = 1, noise: Int = 31) throws -> Wave {
      let readings = try Speech.paths.prefix(2).map { try Wave(path: $0) }
      var sound = (Wave.silence(seconds: 10) + readings[0] + readings[1]).cut(to: 20)
      var state: UInt32 = 1
      for index in sound.samples.indices {
        state = state &* 1_664_525 &+ 1_013_904_223
        let hiss = Double(Int32(bitPattern: state)) / 2_147_483_648 * Double(noise) * 1.6
        sound.samples[index] = Int16(max(-32_768, min(32_767, (Double(sound.samples[index]) + hiss) * gain)))
      }
      return sound
    }

    private func object(_ run: Run) throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run)")
    }

    @Test func `a recording is measured, kept, shown by doctor and forgotten`() throws {
      let world = try World(World.withoutMicrophone)
      let path = try world.file(try Self.take(), "take.wav")
      let done = try world.rostrum("calibrate", "--input", path)
      #expect(done.code == 0 && done.errors.isEmpty && !done.output.contains("\u{1b}"), "\(done)")
      for word in ["room", "dBFS", "speech", "peaks", "pitch", "words/min", "Kept for take.wav", "--forget"] {
        #expect(done.output.contains(word), "\(word): \(done)")
      }
      let kept = "\(world.home)/data/baseline.json"
      let mode = try FileManager.default.attributesOfItem(atPath: kept)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try world.rostrum("doctor").output.contains(/baseline +take.wav, 16 kHz: own level -[0-9]+ dB, .*today/))
      #expect(try world.rostrum("calibrate", "--forget").output.contains(kept))
      #expect(!FileManager.default.fileExists(atPath: kept))
      #expect(try world.rostrum("doctor").output.contains("rostrum calibrate"))
      #expect(try world.rostrum("calibrate", "--forget").code == 0)
    }

    @Test func `the figures are those of the sound`() throws {
      let world = try World(World.withoutMicrophone)
      for (gain, advice) in [(1.0, 0 as ClosedRange<Int>.Bound), (0.1, 1), (4, -1)] {
        let sound = try Self.take(gain: gain)
        let done = try world.rostrum("calibrate", "--input", try world.file(sound), "--json")
        // A voice that clips has no level to be kept.
        let isKept = gain <= 1
        #expect(done.code == (isKept ? 0 : 65) && done.lines.count == 1, "\(done)")
        #expect(done.errors.contains("Your voice clips") == !isKept, "\(done)")
        let found = try object(done)
        let room = try #require(found["room"] as? [String: Any])
        let reading = try #require(found["reading"] as? [String: Any])
        let quiet = sound.cut(from: 1, to: 9).samples.map { pow(Double($0) / 32_768, 2) }
        let floor = 10 * log10(quiet.reduce(0, +) / Double(quiet.count))
        #expect(abs((room["floor_db"] as? Double ?? 0) - floor) < 0.7, "\(floor): \(done)")
        let peak = 20 * log10(Double(sound.samples.map { abs(Int($0)) }.max() ?? 1) / 32_768)
        let said = try #require(reading["peak_db"] as? Double)
        #expect(said <= peak + 0.1 && said > peak - 6, "\(peak): \(done)")
        let change = try #require(found["level_change_db"] as? Int)
        #expect(change.signum() == advice, "\(done)")
        if gain < 1 { #expect(abs(said + Double(change) + 9) <= 0.6, "\(done)") }
        #expect(((reading["clipped"] as? Int ?? 0) > 0) == (gain > 1), "\(done)")
        #expect(found["stored"] as? Bool == isKept && (reading["speech_seconds"] as? Double ?? 0) > 6)
        let baseline = found["baseline"] as? [String: Any]
        #expect((baseline?["speech_seconds"] as? Double ?? 0) > 6 || !isKept)
        #expect(abs((reading["snr_db"] as? Double ?? 0) - 36) < 4 || gain > 1, "\(done)")
      }
    }

    @Test func `a stream is calibrated as the same file is`() throws {
      let world = try World(World.withoutMicrophone)
      let sound = try Self.take()
      let file = try object(try world.rostrum("calibrate", "--input", try world.file(sound), "--json"))
      let piped = try object(
        try world.rostrum("calibrate", "--input", "-", "--rate", "16000", "--json", input: sound.raw))
      for part in ["room", "reading"] {
        #expect(NSDictionary(dictionary: file[part] as? [String: Any] ?? [:]).isEqual(piped[part]), "\(part)")
      }
      let text = String(
        decoding: FileManager.default.contents(atPath: "\(world.home)/data/baseline.json") ?? Data(), as: UTF8.self)
      #expect(text.contains("\"speech.wav\"") && text.contains("\"stream\""), "\(text)")
    }

    @Test func `what cannot be calibrated from is named, and nothing is kept`() throws {
      let world = try World(World.withoutMicrophone)
      let take = try Self.take()
      let speech = try Speech.reading(seconds: 20)
      let rows: [(Wave, String)] = [
        (take.cut(to: 15), "15.0 s"), (.silence(seconds: 20), "silent throughout"),
        (take.cut(to: 10).looped(seconds: 20), "No speech"), (speech, "A voice was heard"),
        (take.cut(to: 12) + take.cut(to: 8), "Only"),
      ]
      for (sound, words) in rows {
        let path = try world.file(sound)
        for flags in [[], ["--json"]] {
          let done = try run(
            [RostrumBinary.path, "calibrate", "--input", path] + flags, environment: world.environment)
          #expect(done.code == 65 && done.errors.contains(words), "\(words): \(done)")
          #expect(done.errors.contains("Nothing was kept") && !showsTrace(done.errors), "\(done)")
          if !flags.isEmpty { #expect(try object(done)["stored"] as? Bool == false) }
        }
      }
      for (arguments, code) in [
        ("--input /nonexistent.wav", 66), ("--device nosuch", 69), ("--json --plain", 64), ("--input x --device y", 64),
        ("--rate 7", 64), ("--input -", 64), ("", 69),
      ] {
        let done = try run(
          [RostrumBinary.path, "calibrate"] + arguments.split(separator: " ").map(String.init),
          environment: world.environment)
        #expect(done.code == Int32(code) && !done.errors.isEmpty && !showsTrace(done.errors), "\(arguments): \(done)")
      }
      #expect(!world.scratch.listing("home").contains { $0.contains("baseline") })
    }

    @Test func `a baseline from a newer version is not touched, and rehearsing goes on without it`() throws {
      let world = try World(World.withoutMicrophone)
      let path = try world.scratch.folder("home/data") + "/baseline.json"
      let newer = Data(#"{"schema":"rostrum.baseline/9"}"#.utf8)
      try newer.write(to: URL(fileURLWithPath: path))
      let sound = try world.file(try Self.take())
      let done = try world.rostrum("calibrate", "--input", sound)
      #expect(done.code == 65 && done.errors.contains("newer"), "\(done)")
      #expect(FileManager.default.contents(atPath: path) == newer)
      #expect(try world.rostrum("rehearse", "--input", sound, "--fast", "--json").code == 0)
      let doctor = try world.rostrum("doctor", "--json")
      #expect(doctor.output.contains(#""check":"baseline","verdict":"note""#), "\(doctor)")
    }

    @Test(.enabled(if: PulseAudio.isThere && Tmux.isThere && Database.isThere, "needs pulseaudio, tmux and sqlite3"))
    func `at a microphone: twenty seconds, then rehearsals start from what was heard`() throws {
      let (pulse, sound) = (try PulseAudio(), try Self.take())
      let world = try World(pulse.environment)
      let tmux = try world.tmux()
      tmux.enter("\(rostrum) calibrate --device testmic; echo code $?")
      #expect(eventually { pulse.isHeard })
      let playing = try pulse.play(try world.file(sound))
      #expect(tmux.wait { $0.contains("be quiet") && $0.contains("s left") }, "\(tmux.screen)")
      #expect(tmux.wait { $0.contains("read aloud") && $0.contains("Alice") }, "\(tmux.screen)")
      #expect(tmux.wait { $0.contains("\ncode ") && !tmux.isAlternate }, "\(tmux.screen)")
      #expect(tmux.screen.contains("Kept for testmic") && tmux.screen.contains("code 0"), "\(tmux.screen)")
      playing.child.end()
      let text = String(
        decoding: FileManager.default.contents(atPath: "\(world.home)/data/baseline.json") ?? Data(), as: UTF8.self)
      let level = try #require(text.firstMatch(of: /"speech_level_db":(-[0-9.]+)/).map { String($0.1) }, "\(text)")

      let rehearsal = try world.start("rehearse", "--device", "testmic", "--json")
      #expect(eventually { rehearsal.output.contains("\"began\"") })
      #expect(rehearsal.output.contains("\"own_level_db\":\(level)"), "\(rehearsal.output)")
      rehearsal.child.send(SIGINT)
      _ = rehearsal.finish()
    }

    @Test(.enabled(if: PulseAudio.isThere, "needs pulseaudio"), arguments: ["q", "\u{3}"])
    func `leaving early leaves everything as it was`(key: String) throws {
      let pulse = try PulseAudio()
      let world = try World(pulse.environment)
      for flags in [[], ["--plain"], ["--json"]] {
        let terminal = try Pty(
          [RostrumBinary.path, "calibrate", "--device", "testmic"] + flags, environment: world.environment)
        #expect(eventually { pulse.isHeard }, "\(terminal.text)")
        terminal.type(key)
        #expect(terminal.ending() == .exited(130), "\(flags): \(terminal.text)")
        #expect(terminal.hasItsModesBack, "\(flags)")
        #expect(eventually { !pulse.isHeard })
      }
      #expect(!world.scratch.listing("home").contains { $0.contains("baseline") })
    }
  }
}
