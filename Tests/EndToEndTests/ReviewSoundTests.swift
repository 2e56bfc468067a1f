import Foundation
import Support
import Testing

extension EndToEnd {
  /// A talk that is recorded, guessed at, and heard again.
  @Suite(
    .serialized, .enabled(if: Reviewed.isThere, Reviewed.whyNot),
    .enabled(if: PulseAudio.isThere, "needs pulseaudio"))
  struct ReviewSoundTests {
    /// ALSA's names for a microphone, and for a loudspeaker that it does not hear.
    private static let sound = """
      </usr/share/alsa/alsa.conf>
      pcm.testmic { type pulse device "mic.monitor" }
      pcm.testspeaker { type pulse device "ear" }

      """

    /// A sound server with that loudspeaker.
    private func server() throws -> PulseAudio {
      let pulse = try PulseAudio(alsa: Self.sound)
      try pulse.addSink("ear")
      return pulse
    }

    private let settings = ["ROSTRUM_SPEAKER": "testspeaker", "ROSTRUM_DEVICE": "testmic", "ROSTRUM_VOLUME": "1"]

    @Test func `a talk is recorded, its fillers are guessed before any number is seen, and it is heard again`() throws {
      let pulse = try server()
      let tape = try MonitorTape(of: pulse, monitor: "ear.monitor")
      let world = try World(pulse.environment.merging(settings) { $1 }.merging(["ROSTRUM_BLIND_COUNT": "yes"]) { $1 })
      let tmux = try world.tmux()
      let rehearsal = try Rehearsal(in: tmux, "--keep-audio --offline")
      #expect(eventually { pulse.isHeard })
      let spoken = try Reviewed.wave().cut(from: 5, to: 16)
      #expect(try pulse.play(try world.file(spoken)).finish().code == 0)
      tmux.press("q")
      #expect(tmux.wait { $0.contains("Finish and save?") }, "\(tmux.screen)")
      tmux.press("y")
      #expect(tmux.wait { $0.contains("Before you look") }, "\(tmux.screen)")
      let asked = tmux.screen
      #expect(!asked.contains { $0.isNumber } && !asked.contains("pace") && !asked.contains("LUFS"), "\(asked)")
      tmux.enter("many")
      #expect(tmux.wait { $0.contains("Type a whole number") } && !tmux.screen.contains("LUFS"), "\(tmux.screen)")
      tmux.command("send-keys", "-N", "9", "BSpace")
      tmux.enter("5")
      #expect(tmux.wait { $0.contains("Summary") && $0.contains("LUFS") }, "\(tmux.screen)")
      let id = try #require(tmux.screen.firstMatch(of: /show ([0-9a-z]{8})/).map { String($0.1) }, "\(tmux.screen)")
      #expect(eventually { (try? world.kept(id, "guess").first?.number("fillers")) == 5 })
      #expect(try world.kept(id, "guess").first?.number("counted") == Double(try world.kept(id, "filler").count))

      tmux.press("PageDown")
      #expect(tmux.wait { $0.contains("you guessed 5 fillers, ") && $0.contains(" counted") }, "\(tmux.screen)")
      // From the summary straight into the time machine, as soon as the take is kept.
      #expect(eventually { (try? world.database.value("SELECT state FROM session")) == "finished" })
      #expect(
        eventually(everySeconds: 0.2) {
          tmux.press("Space")
          return tmux.wait(until: { $0.contains("Replay") || $0.contains("being read") })
            && tmux.screen.contains("Replay")
        }, "\(tmux.screen)")
      tmux.press("Space")
      #expect(eventually { tape.loud() != nil }, "nothing is heard:\n\(tmux.screen)")
      #expect(tmux.wait { $0.contains("playing") && $0.contains("0:0") }, "\(tmux.screen)")
      tmux.press("Space")
      #expect(tmux.wait { $0.contains("stopped") }, "\(tmux.screen)")
      #expect(eventually { tape.isQuiet(seconds: 0.4) }, "a pause is not silent")
      while tmux.isAlternate {
        tmux.press("C-c")
        usleep(100_000)
      }
      #expect(tmux.wait { $0.contains("Saved session \(id)") }, "\(tmux.screen)")
      let shown = try world.rostrum("review", id, "--json").output
      #expect(SeenEvent.all(in: shown)?.contains { $0.kind == "guess" } == true)
      _ = rehearsal
    }

    @Test func `at one and a half times its speed a take is two thirds as long, and its pitch is the same`() throws {
      let pulse = try server()
      let tape = try MonitorTape(of: pulse, monitor: "ear.monitor")
      let world = try World(pulse.environment.merging(settings) { $1 })
      // A voice's harmonics at 160 Hz, with silence around it.
      let voice = harmonics(hertz: 160, seconds: 6)
      let path = try world.file(.silence(seconds: 0.5) + voice + .silence(seconds: 0.5))
      #expect(try world.rostrum("rehearse", "--input", path, "--fast", "--keep-audio").code == 0)
      let look = try Looking(world)
      look.press("Space", until: "Replay")
      look.press("]", "]", until: "1.50x")
      let from = tape.count
      look.press("Space", until: "playing")
      look.expect("the end") { $0.contains("stopped") && $0.contains("0:07 of 0:07") }
      #expect(eventually { tape.isQuiet(seconds: 0.3) })
      let loud = try #require(tape.loud(from: from, over: 600))
      let seconds = Double(loud.last - loud.first) / Double(MonitorTape.rate)
      let heard = tape.wave.samples[loud.first + MonitorTape.rate / 2..<loud.last - MonitorTape.rate / 2]
      let pitch = pitch(of: Array(heard.prefix(MonitorTape.rate / 2)))
      print("at 1.5 times: \(seconds) s of 6 s, \(pitch) Hz of 160 Hz")
      #expect(abs(seconds - 4) < 0.12, "\(seconds) s")
      #expect(abs(pitch - 160) < 4.8, "\(pitch) Hz")
      look.leave()
    }

    @Test func `without its sound a take still moves, and why is said; nothing is lost`() throws {
      let pulse = try server()
      let (world, id) = try Reviewed.world(pulse.environment.merging(settings) { $1 })
      let path = "\(world.home)/data/takes/\(id).flac"
      let sound = try #require(FileManager.default.contents(atPath: path))
      let half = sound.prefix(sound.count / 2)
      let cases: [(bytes: Data?, from: String, words: String)] = [
        (nil, "0:20", "no sound was kept"), (Data("not a sound".utf8), "0:20", "cannot be read"),
        (half, "0:22", "damaged"),
      ]
      for (bytes, from, words) in cases {
        try? FileManager.default.removeItem(atPath: path)
        if let bytes { try bytes.write(to: URL(fileURLWithPath: path)) }
        let look = try Looking(world, "last --at \(from)")
        look.press("Space", until: words)
        look.expectClock(21...50)
        if bytes == nil { look.press("c", "p", until: "No sound of this session was kept") }
        look.leave()
      }
      #expect(try world.database.value("SELECT state FROM session") == "finished")
      #expect(try world.rostrum("sessions", "show", id).code == 0)
    }

    @Test func `a phrase is cut out as a file that can be heard, with captions beside it`() throws {
      let (world, id) = try Reviewed.world()
      let look = try Looking(world, "last --at 0:09")
      look.press("c", until: "this phrase")
      look.press("p", until: "Written: ")
      look.press("c", "p", until: "-2.flac")
      look.press("c", "w", until: "Written: ")
      let isCut = eventually { (try? flacs(look).count) == 3 }
      #expect(isCut, "\(look.screen)")
      look.leave()
      let files = try FileManager.default.contentsOfDirectory(atPath: look.folder).sorted()
      #expect(files.allSatisfy { $0.hasPrefix("rostrum-\(id)-0m") }, "\(files)")
      let clip = try #require(files.first { $0.hasSuffix(".flac") && !$0.contains("-2") })
      let heard = try world.rostrum("analyze", "\(look.folder)/\(clip)", "--json")
      #expect(heard.code == 0 && heard.output.contains("syllables"), "\(heard)")
      if Machine.has("ffprobe") {
        let probe = try run([
          "ffprobe", "-v", "error", "-show_entries", "format=duration:stream=codec_name", "-of", "csv",
          "\(look.folder)/\(clip)",
        ])
        #expect(probe.code == 0 && probe.output.contains("flac"), "\(probe)")
      }
      let vtt = try String(contentsOfFile: look.folder + "/" + clip.replacing(".flac", with: ".vtt"), encoding: .utf8)
      let srt = try String(contentsOfFile: look.folder + "/" + clip.replacing(".flac", with: ".srt"), encoding: .utf8)
      #expect(vtt.hasPrefix("WEBVTT\n\n") && vtt.contains("00:00.000 --> ") || vtt.contains("00:00:00."), "\(vtt)")
      #expect(srt.hasPrefix("1\n00:00:0") && srt.contains(" --> 00:00:"), "\(srt)")
    }

    /// The pieces that were cut out.
    private func flacs(_ look: Looking) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: look.folder).filter { $0.hasSuffix(".flac") }
    }

    /// A tone with harmonics, each half as strong as the one before.
    private func harmonics(hertz: Double, seconds: Double) -> Wave {
      let rate = 16_000
      var samples: [Int16] = []
      for index in 0..<Int(seconds * Double(rate)) {
        let phase = 2 * Double.pi * hertz * Double(index) / Double(rate)
        var value = 0.0
        for (number, share) in [(1.0, 1.0), (2, 0.5), (3, 0.25), (4, 0.125)] { value += share * sin(number * phase) }
        samples.append(Int16(9_000 * value))
      }
      return Wave(rate: rate, samples: samples)
    }

    /// The pitch of steady samples at the tape's rate, in hertz, by the highest peak of their autocorrelation.
    private func pitch(of samples: [Int16]) -> Double {
      let values = samples.map(Double.init)
      let lags = MonitorTape.rate / 400...MonitorTape.rate / 60
      let count = values.count - lags.upperBound
      guard count > 0 else { return 0 }
      let sums = lags.map { lag in
        var sum = 0.0
        for index in 0..<count { sum += values[index] * values[index + lag] }
        return sum
      }
      // Twice a period is as good as one: the first peak that is about as high as any.
      let most = sums.max() ?? 0
      let first = sums.indices.dropFirst().dropLast().first {
        sums[$0] > 0.95 * most && sums[$0] >= sums[$0 - 1] && sums[$0] >= sums[$0 + 1]
      }
      return Double(MonitorTape.rate) / Double(lags.lowerBound + (first ?? 0))
    }
  }
}
