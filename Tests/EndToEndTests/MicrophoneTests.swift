import Foundation
import Support
import Testing

extension EndToEnd {
  /// A real microphone, as far as a machine without one can have it, and a person who reads into it.
  @Suite(
    .serialized, .enabled(if: Speech.isThere, Speech.whyNot),
    .enabled(if: PulseAudio.isThere && Tmux.isThere && Database.isThere, "needs pulseaudio, tmux and sqlite3"))
  struct MicrophoneTests {
    @Test func `speech is heard, shown, saved, and sums up as the same file does`() throws {
      let (pulse, speech) = (try PulseAudio(), try Speech.reading())
      let world = try World(pulse.environment)
      let path = try world.file(speech)
      let tmux = try world.tmux(columns: 100, rows: 30)
      let rehearsal = try Rehearsal(in: tmux, "--device testmic --keep-audio")
      #expect(tmux.wait(seconds: 8) { $0.contains("No sound from") }, "\(tmux.screen)")

      // Beside it: the same file paced, a second ear on the same microphone, and one that does not wait.
      let paced = try World()
      let fileRun = try paced.start("rehearse", "--input", path, "--json")
      let second = try Pty(
        [RostrumBinary.path, "rehearse", "--device", "testmic", "--json"], environment: world.environment, columns: 500)
      #expect(eventually(within: 5) { second.text.contains("\"began\"") })
      let playing = try pulse.play(path)
      var screens: Set<String> = []
      while playing.child.poll() == nil {
        screens.insert(tmux.screen)
        usleep(300_000)
      }
      #expect(screens.count > 30, "the meters hardly move: \(screens.count) screens in \(speech.seconds) s")
      #expect(screens.contains { $0.contains("≈") }, "no pace: \(tmux.screen)")
      #expect(!tmux.screen.contains("No sound from"))
      expectClockAgrees(second)
      second.child.send(SIGTERM)

      let (summary, shell) = try rehearsal.finish()
      for word in ["pace", "paus", "filler", "LUFS", "pitch"] {
        #expect(summary.localizedCaseInsensitiveContains(word), "\(summary)")
      }
      let id = try #require(savedSession(in: shell), "\(shell)")
      let events = try kept(id, in: world)
      let heard = try #require(Outcome(events))
      #expect(try world.database.value("SELECT state FROM session WHERE id = '\(id)'") == "finished")
      #expect(FileManager.default.fileExists(atPath: "\(world.home)/data/takes/\(id).flac"))

      let finished = fileRun.finish(seconds: 20)
      #expect(finished.code == 0, "\(finished)")
      let read = try #require(Outcome(SeenEvent.all(in: finished.output) ?? []))
      #expect(abs(read.duration - speech.seconds) < 0.02)
      #expect(abs(finished.seconds - speech.seconds) < 2, "the file was not paced: \(finished.seconds) s")
      expectAlike(heard, read)
      let fast = try paced.rostrum("rehearse", "--input", path, "--fast", "--json")
      #expect(comparable(fast.output) == comparable(finished.output))
      #expect(fast.seconds < 10, "\(fast.seconds) s")
      _ = second.child.wait(seconds: 5)
      #expect(try world.database.value("SELECT count(*) FROM session WHERE state = 'live'") == "0")
    }

    @Test func `bytes reach the terminal without a break, also while the database is locked`() throws {
      let (pulse, speech) = (try PulseAudio(), try Speech.reading())
      let world = try World(pulse.environment)
      let terminal = try Pty(
        [RostrumBinary.path, "rehearse", "--device", "testmic"], environment: world.environment)
      #expect(eventually(within: 5) { pulse.isHeard })
      let playing = try pulse.play(try world.file(speech.looped(seconds: 33)))
      #expect(eventually(within: 8) { terminal.chunks.count > 30 }, "\(terminal.text.suffix(500))")
      let begin = now()
      letRealTimePass(seconds: 8)
      let holder = try world.database.holdWriteLock(seconds: 5)
      letRealTimePass(seconds: begin + 30 - now())
      #expect(holder.output.contains("held") && holder.output.contains("free"), "\(holder.output) \(holder.errors)")
      let times = terminal.chunks.map(\.seconds).filter { $0 >= begin && $0 <= begin + 30 }
      #expect(times.count >= 300, "\(times.count) chunks in 30 s: the meters move less than 10 times a second")
      let gaps = zip(times, times.dropFirst()).map { (at: $0 - begin, length: $1 - $0) }
      let worst = gaps.max { $0.length < $1.length } ?? (0, 30)
      #expect(worst.length <= 0.15, "\(worst.length) s without a byte, \(worst.at) s in; \(times.count) chunks")
      playing.child.end()
      terminal.type("q")
      #expect(terminal.wait(seconds: 3) { $0.contains("save?") }, "\(terminal.text.suffix(500))")
      terminal.type("y")
      _ = eventually(within: 2) { (try? world.database.value("SELECT state FROM session")) == "finished" }
      #expect(try world.database.value("SELECT state FROM session") == "finished")
      let seconds = try world.database.rows("SELECT seconds FROM event WHERE kind = 'second' ORDER BY seq")
      #expect(seconds.count >= 30, "a locked database lost events: \(seconds.count) seconds kept")
      terminal.type("q")
      #expect(terminal.child.wait(seconds: 5) == .exited(0))
    }

    @Test func `a microphone that goes and comes back leaves a gap, not an end`() throws {
      let (pulse, speech) = (try PulseAudio(), try Speech.reading(seconds: 20))
      let world = try World(pulse.environment)
      let path = try world.file(speech)
      let running = try world.start("rehearse", "--device", "testmic", "--json")
      let tmux = try world.tmux(columns: 100, rows: 30)
      let rehearsal = try Rehearsal(in: tmux, "--device testmic")
      #expect(eventually(within: 5) { pulse.listeners == 2 })
      func spoken(after kind: String) -> Int {
        let events = running.output.split(separator: "\n").compactMap { SeenEvent(String($0)) }
        guard let start = events.lastIndex(where: { $0.kind == kind }) else { return 0 }
        return events[start...].filter { ($0.number("speech_seconds") ?? 0) > 0.4 }.count
      }
      let before = try pulse.play(path)
      #expect(eventually(within: 8) { spoken(after: "began") >= 3 }, "\(running.output) \(running.errors)")
      try pulse.removeMicrophone()
      let gone = now()
      #expect(tmux.wait(seconds: 6) { $0.contains("is gone; trying again") }, "\(tmux.screen)")
      letRealTimePass(seconds: max(0, gone + 3 - now()))
      try pulse.insertMicrophone()
      let away = now() - gone
      before.child.end()
      #expect(
        eventually(within: 8) { pulse.listeners == 2 },
        "\(running.output.suffix(2_000)) \(running.errors)\n\(tmux.screen)")
      let after = try pulse.play(path)
      var meters: Set<String> = []
      let move = eventually(within: 9, everySeconds: 0.1) {
        meters.insert(withoutClock(tmux.screen))
        return meters.count >= 10
      }
      #expect(move && !tmux.screen.contains("is gone"), "\(meters.count) screens after the gap:\n\(tmux.screen)")
      #expect(eventually(within: 9) { spoken(after: "gap") >= 3 }, "\(running.output.suffix(2_000)) \(running.errors)")
      after.child.end()
      #expect(running.child.poll() == nil, "the session died: \(running.errors)")
      running.child.send(SIGTERM)
      let done = running.finish(seconds: 5)
      let events = try #require(SeenEvent.all(in: done.output))
      #expect(events.last?.kind == "ended")
      #expect(savedSession(in: try rehearsal.finish().shell) != nil)
      let lost = events.filter { $0.kind == "gap" }.compactMap { $0.number("lost_seconds") }.reduce(0, +)
      #expect(lost > away - 1 && lost < away + 5, "\(lost) s lost, \(away) s away")
      #expect(zip(events, events.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
      let sessions = try world.database.value("SELECT count(DISTINCT sessionId) FROM event WHERE kind = 'gap'")
      #expect(sessions == "2", "a session has no gap in its log")
    }

    @Test func `where the default cannot be opened, the sound server is used and said to be`() throws {
      let pulse = try PulseAudio(
        alsa: "pcm.default { type hw card 99 }\npcm.pulse { type pulse device \"mic.monitor\" }\n")
      let world = try World(pulse.environment)
      let running = try world.start("rehearse", "--json")
      #expect(eventually(within: 6) { running.output.contains("\"second\"") }, "\(running.errors)\(running.output)")
      let terminal = try Pty([RostrumBinary.path, "rehearse"], environment: world.environment, columns: 100)
      #expect(terminal.wait(seconds: 4) { $0.contains("pulse is used instead") }, "\(terminal.text)")
      running.child.send(SIGINT)
      let done = running.finish(seconds: 5)
      #expect(done.code == 130, "\(done)")
      let events = try #require(SeenEvent.all(in: done.output), "\(done)")
      #expect(events.first?.kind == "began" && events.first?.fields["source"] as? String == "pulse", "\(done)")
      let notes = events.filter { $0.kind == "note" }.compactMap { $0.fields["text"] as? String }
      #expect(notes.contains { $0.contains("default") && $0.contains("pulse") }, "\(notes)")
      terminal.child.send(SIGTERM)
      #expect(terminal.child.wait(seconds: 4) == .exited(143))
    }

    @Test func `a device that was named is not replaced by another`() throws {
      let pulse = try PulseAudio(
        alsa: "pcm.mine { type hw card 99 }\npcm.pulse { type pulse device \"mic.monitor\" }\n")
      let done = try World(pulse.environment).rostrum("rehearse", "--device", "mine")
      #expect(done.code == 69 && done.errors.contains("mine"), "\(done)")
    }

    /// The two runs heard the same talk, within what a sound server may change.
    private func expectAlike(_ heard: Outcome, _ read: Outcome) {
      let note = Comment(rawValue: "microphone: \(heard)\nfile: \(read)")
      #expect(abs(heard.talkSeconds - read.talkSeconds) <= 0.01 * read.talkSeconds, note)
      #expect(abs(heard.pauses - read.pauses) <= 1, note)
      #expect(abs(heard.syllables - read.syllables) <= Int((0.03 * Double(read.syllables)).rounded(.up)), note)
      #expect(abs(heard.loudness - read.loudness) <= 0.5, note)
      #expect(read.syllables > 40 && read.pauses > 2 && read.talkSeconds > 20, note)
    }

    /// A screen without its digits, so that a clock alone does not make two of them differ.
    private func withoutClock(_ screen: String) -> String { screen.filter { !$0.isNumber } }

    /// Between the arrival of the first roll-up and that of the last, wall time and audio time agree within 1 %.
    private func expectClockAgrees(_ terminal: Pty) {
      var arrivals: [(wall: Double, audio: Double)] = []
      var line = ""
      for chunk in terminal.chunks {
        for byte in chunk.bytes {
          if byte != 10 {
            line.unicodeScalars.append(Unicode.Scalar(byte))
          } else {
            if let event = SeenEvent(line), event.kind == "second" { arrivals.append((chunk.seconds, event.seconds)) }
            line = ""
          }
        }
      }
      guard let first = arrivals.first, let last = arrivals.last, last.audio - first.audio > 15 else {
        Issue.record("too few roll-ups on the terminal: \(arrivals.count)")
        return
      }
      let (wall, audio) = (last.wall - first.wall, last.audio - first.audio)
      #expect(abs(wall - audio) <= 0.01 * wall, "\(wall) s by the wall, \(audio) s of audio")
    }

    /// The events kept of a session, read from the database by another program.
    private func kept(_ id: String, in world: World) throws -> [SeenEvent] {
      let rows = try world.database.rows("SELECT line FROM event WHERE sessionId = '\(id)' ORDER BY seq")
      return try #require(SeenEvent.all(in: rows.map { $0[0] }.joined(separator: "\n")))
    }
  }
}
