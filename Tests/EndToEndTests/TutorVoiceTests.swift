import Foundation
import Support
import Testing

extension EndToEnd {
  /// A turn of speech from end to end, with no endpoint and no network: a voice asks, a voice answers.
  @Suite(
    .serialized,
    .enabled(if: Speech.isThere && Prompted.hasModel, "needs pocketsphinx-testdata and pocketsphinx-en-us"),
    .enabled(if: PulseAudio.isThere && Tmux.isThere && Machine.has("espeak-ng"), "needs pulseaudio, tmux, espeak-ng"))
  struct TutorVoiceTests {
    /// ALSA's names for a microphone, and for a loudspeaker that it does not hear.
    private static let sound = """
      </usr/share/alsa/alsa.conf>
      pcm.testmic { type pulse device "mic.monitor" }
      pcm.testspeaker { type pulse device "ear" }

      """

    /// What somebody says in a voice that is not the tutor's, as a recording.
    private func say(_ text: String, in world: World) throws -> String {
      let path = world.scratch.path("question.wav")
      let done = try run(["espeak-ng", "-v", "en-us+f3", "-s", "140", "-w", path, text])
      guard done.code == 0 else { throw SupportError("espeak-ng: \(done)") }
      return path
    }

    @Test func `a question is spoken, understood, answered, and the answer is heard`() throws {
      let pulse = try PulseAudio(alsa: Self.sound)
      try pulse.addSink("ear")
      let tape = try MonitorTape(of: pulse, monitor: "ear.monitor")
      let world = try World(pulse.environment.merging(["ROSTRUM_RECOGNISER": "auto"]) { $1 })
      let id = try world.rehearsed()
      try world.configure("device: testmic\nspeaker: testspeaker\nvolume: 0.8\noffline: yes\n")
      let tmux = try world.tmux()
      tmux.enter("\(rostrum) tutor last")
      #expect(tmux.wait { $0.contains("Nothing leaves this machine") }, "\(tmux.screen)")
      tmux.press("Space")
      #expect(tmux.wait { $0.contains("listening") }, "\(tmux.screen)")
      #expect(eventually { pulse.isHeard }, "\(tmux.screen)")
      let playing = try pulse.play(try say("How was my pace?", in: world))
      #expect(playing.finish().code == 0)
      #expect(tmux.wait { $0.contains("pace") }, "no words while speaking:\n\(tmux.screen)")
      tmux.press("Space")
      #expect(tmux.wait { $0.contains("words a minute") }, "\(tmux.screen)")
      #expect(eventually { tape.loud() != nil }, "nothing is heard:\n\(tmux.screen)")
      #expect(tmux.wait { !$0.contains("speaking") }, "\(tmux.screen)")
      #expect(eventually { tape.isQuiet(seconds: 0.3) })
      tmux.press("Escape")
      #expect(eventually(everySeconds: 0.05) { !tmux.isAlternate && tmux.foreground == "sh" }, "\(tmux.screen)")

      let turns = try world.turns(of: id)
      #expect(turns.map { $0.text("source") } == ["voice", "offline"])
      #expect(turns.first?.text("text").lowercased().contains("pace") == true, "\(turns.map { $0.text("text") })")
      let answer = turns.last?.text("text") ?? ""
      let share = try heard(tape, of: answer, in: world)
      print("of the answer's words heard: \(share) (\(answer))")
      #expect(share >= 0.8)
    }

    @Test func `a rehearsal waits while the tutor is talked to, and measures nothing of the tutor's voice`() throws {
      // Here the microphone hears the loudspeaker, as in a room.
      let room = Self.sound.replacingOccurrences(of: "\"ear\"", with: "\"mic\"")
      let pulse = try PulseAudio(alsa: room)
      let tape = try MonitorTape(of: pulse)
      let world = try World(pulse.environment.merging(["ROSTRUM_RECOGNISER": "none"]) { $1 })
      try world.configure("device: testmic\nspeaker: testspeaker\noffline: yes\n")
      let tmux = try world.tmux()
      let rehearsal = try Rehearsal(in: tmux, "")
      #expect(eventually { pulse.isHeard })
      for _ in 0..<2 {
        let start = tape.count
        tmux.press("a")
        #expect(tmux.wait { $0.contains("Offline tutor. Nothing leaves") }, "\(tmux.screen)")
        tmux.enter("how did it go?")
        #expect(eventually { tape.loud(from: start) != nil }, "nothing is heard:\n\(tmux.screen)")
        // Out in the middle of a word, and on with the talk at once.
        tmux.press("C-c", "Space")
        #expect(tmux.wait { !$0.contains("Offline tutor. Nothing leaves") && !$0.contains("Paused") }, "\(tmux.screen)")
        #expect(eventually { tape.isQuiet(seconds: 1) })
      }
      let id = try #require(savedSession(in: try rehearsal.finish().shell))
      let shown = try world.rostrum("sessions", "show", id, "--json")
      let events = try #require(SeenEvent.all(in: shown.output), "\(shown)")
      #expect(events.filter { $0.kind == "turn" }.map { $0.text("who") } == ["learner", "tutor", "learner", "tutor"])
      #expect(events.filter { $0.kind == "paused" }.count >= 2 && events.filter { $0.kind == "resumed" }.count >= 2)
      #expect(events.last?.kind == "ended" && events.last?.number("syllables") == 0, "\(shown)")
      #expect(!events.contains { $0.kind == "phrase" || ($0.number("speech_seconds") ?? 0) > 0 }, "\(shown)")
    }

    /// The share of the words of `text` that come back from a tape, in order, for one who knows what may be said.
    private func heard(_ tape: MonitorTape, of text: String, in world: World) throws -> Double {
      let sound = try world.file(tape.wave, "tape.wav")
      let script = try world.scratch.write(text, to: "script.md")
      let done = try world.rostrum("transcribe", sound, "--script", script)
      #expect(done.code == 0, "\(done)")
      let (wanted, found) = (words(text), words(done.output))
      return Double(common(wanted, found)) / Double(max(wanted.count, 1))
    }

    /// Figures are spoken in words and written down in words: they are left out on both sides.
    private func words(_ text: String) -> [String] {
      text.lowercased().split { !$0.isLetter && $0 != "'" }.map(String.init)
    }

    /// The length of the longest common subsequence.
    private func common(_ left: [String], _ right: [String]) -> Int {
      var row = [Int](repeating: 0, count: right.count + 1)
      for word in left {
        var diagonal = 0
        for (index, other) in right.enumerated() {
          let above = row[index + 1]
          row[index + 1] = word == other ? diagonal + 1 : max(above, row[index])
          diagonal = above
        }
      }
      return row[right.count]
    }
  }
}
