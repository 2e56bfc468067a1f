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
      #expect(tmux.wait { $0.contains("No sound from") }, "\(tmux.screen)")

      // Beside it: the same file paced, a second ear on the same microphone, and one that does not wait.
      let paced = try World()
      let fileRun = try paced.start("rehearse", "--input", path, "--json")
      let witness = Witness()
      let second = try Pty(
        [RostrumBinary.path, "rehearse", "--device", "testmic", "--json"], environment: world.environment, columns: 500)
      #expect(eventually { second.text.contains("\"began\"") })
      let playing = try pulse.play(path)
      var looks: [String] = []
      while playing.child.poll() == nil {
        looks.append(withoutClock(tmux.screen))
        usleep(300_000)
      }
      let screens = Set(looks)
      #expect(screens.count > 5 && screens.count > looks.count / 2, "the meters hardly move: \(screens.count) screens")
      #expect(screens.contains { $0.contains("≈") }, "no pace: \(tmux.screen)")
      #expect(screens.contains { !$0.contains("No sound from") }, "\(tmux.screen)")
      expectClockAgrees(second, witness)
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

      let finished = fileRun.finish()
      #expect(finished.code == 0, "\(finished)")
      let read = try #require(Outcome(SeenEvent.all(in: finished.output) ?? []))
      #expect(abs(read.duration - speech.seconds) < 0.02)
      #expect(finished.seconds > speech.seconds - 0.1, "the file was not paced: \(finished.seconds) s")
      expectAlike(heard, read)
      let fast = try paced.rostrum("rehearse", "--input", path, "--fast", "--json")
      #expect(comparable(fast.output) == comparable(finished.output))
      #expect(second.ending() == .exited(143), "\(second.text.suffix(500))")
      // On this terminal the sentence that takes leave follows the events.
      let lines = second.text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("{") }
      expectWhole(lines.joined(separator: "\n"))
      #expect(try world.database.value("SELECT count(*) FROM session WHERE state = 'live'") == "0")
    }

    @Test func `bytes reach the terminal without a break, also while the database is locked`() throws {
      let (pulse, speech) = (try PulseAudio(), try Speech.reading())
      let world = try World(pulse.environment)
      let terminal = try Pty(
        [RostrumBinary.path, "rehearse", "--device", "testmic"], environment: world.environment)
      #expect(eventually { pulse.isHeard })
      let playing = try pulse.play(try world.file(speech.looped(seconds: 300)))
      #expect(eventually { terminal.chunks.count > 30 }, "\(terminal.text.suffix(500))")
      let witness = Witness()
      let begin = now()
      letRealTimePass(seconds: 8)
      let holder = try world.database.holdWriteLock(seconds: 5)
      letRealTimePass(seconds: begin + 30 - now())
      #expect(holder.output.contains("held") && holder.output.contains("free"), "\(holder.output) \(holder.errors)")
      let times = terminal.chunks.map(\.seconds).filter { $0 >= begin && $0 <= begin + 30 }
      let gaps = zip(times, times.dropFirst()).map { (at: $0 - begin, length: $1 - $0, from: $0, to: $1) }
      // Sound passes four threads and a sound server on its way: each may have been as late as the witness was. How long
      // a stretch is at most is the bench's to print; whoever waited for the database would be silent for seconds.
      let breaks = gaps.filter { $0.length > 0.4 + 5 * witness.lateness(from: $0.from - 0.2, to: $0.to) }
      #expect(times.count > 30 && breaks.isEmpty, "\(breaks) of \(times.count) chunks")
      playing.child.end()
      terminal.type("q")
      #expect(terminal.wait { $0.contains("save?") }, "\(terminal.text.suffix(500))")
      terminal.type("y")
      #expect(eventually { (try? world.database.value("SELECT state FROM session")) == "finished" })
      let lines = try world.database.rows("SELECT line FROM event ORDER BY seq").map { $0[0] }
      expectWhole(lines.joined(separator: "\n"))
      terminal.type("q")
      #expect(terminal.ending() == .exited(0))
    }

    @Test func `a microphone that goes and comes back leaves a gap, not an end`() throws {
      let (pulse, speech) = (try PulseAudio(), try Speech.endless())
      let world = try World(pulse.environment)
      let path = try world.file(speech)
      let running = try world.start("rehearse", "--device", "testmic", "--json")
      let tmux = try world.tmux(columns: 100, rows: 30)
      let rehearsal = try Rehearsal(in: tmux, "--device testmic")
      #expect(eventually { pulse.listeners == 2 })
      func spoken(after kind: String) -> Int {
        let events = running.output.split(separator: "\n").compactMap { SeenEvent(String($0)) }
        guard let start = events.lastIndex(where: { $0.kind == kind }) else { return 0 }
        return events[start...].filter { ($0.number("speech_seconds") ?? 0) > 0.4 }.count
      }
      let before = try pulse.play(path)
      #expect(eventually { spoken(after: "began") >= 3 }, "\(running.output) \(running.errors)")
      let present = now()
      try pulse.removeMicrophone()
      let gone = now()
      #expect(tmux.wait { $0.contains("is gone; trying again") }, "\(tmux.screen)")
      letRealTimePass(seconds: max(0, gone + 3 - now()))
      try pulse.insertMicrophone()
      let away = now() - gone
      before.child.end()
      #expect(
        eventually { pulse.listeners == 2 },
        "\(running.output.suffix(2_000)) \(running.errors)\n\(tmux.screen)")
      let after = try pulse.play(path)
      var meters: Set<String> = []
      let move = eventually(everySeconds: 0.1) {
        let screen = tmux.screen
        if !screen.contains("is gone") { meters.insert(withoutClock(screen)) }
        return meters.count >= 10
      }
      #expect(move, "\(meters.count) screens after the gap:\n\(tmux.screen)")
      #expect(eventually { spoken(after: "gap") >= 3 }, "\(running.output.suffix(2_000)) \(running.errors)")
      let back = now() - present
      after.child.end()
      #expect(running.child.poll() == nil, "the session died: \(running.errors)")
      running.child.send(SIGTERM)
      let done = running.finish()
      let events = try #require(SeenEvent.all(in: done.output))
      #expect(events.last?.kind == "ended")
      #expect(savedSession(in: try rehearsal.finish().shell) != nil)
      let lost = events.filter { $0.kind == "gap" }.compactMap { $0.number("lost_seconds") }.reduce(0, +)
      #expect(lost > away - 1 && lost < back + 1, "\(lost) s lost, \(away) s away, heard again within \(back) s")
      #expect(zip(events, events.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
      let sessions = try world.database.value("SELECT count(DISTINCT sessionId) FROM event WHERE kind = 'gap'")
      #expect(sessions == "2", "a session has no gap in its log")
    }

    @Test func `where the default cannot be opened, the sound server is used and said to be`() throws {
      let pulse = try PulseAudio(
        alsa: "pcm.default { type hw card 99 }\npcm.pulse { type pulse device \"mic.monitor\" }\n")
      let world = try World(pulse.environment)
      let running = try world.start("rehearse", "--json")
      #expect(eventually { running.output.contains("\"second\"") }, "\(running.errors)\(running.output)")
      let terminal = try Pty([RostrumBinary.path, "rehearse"], environment: world.environment, columns: 100)
      #expect(terminal.wait { $0.contains("pulse is used instead") }, "\(terminal.text)")
      running.child.send(SIGINT)
      let done = running.finish()
      #expect(done.code == 130, "\(done)")
      let events = try #require(SeenEvent.all(in: done.output), "\(done)")
      #expect(events.first?.kind == "began" && events.first?.fields["source"] as? String == "pulse", "\(done)")
      let notes = events.filter { $0.kind == "note" }.compactMap { $0.fields["text"] as? String }
      #expect(notes.contains { $0.contains("default") && $0.contains("pulse") }, "\(notes)")
      terminal.child.send(SIGTERM)
      #expect(terminal.ending() == .exited(143))
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
      // The sound server's resampler, and a start between two frames, move some syllables that are near the bound.
      #expect(abs(heard.syllables - read.syllables) <= Int((0.06 * Double(read.syllables)).rounded(.up)), note)
      #expect(abs(heard.loudness - read.loudness) <= 0.5, note)
      #expect(read.syllables > 40 && read.pauses > 2 && read.talkSeconds > 20, note)
    }

    /// A screen without its digits, so that a clock alone does not make two of them differ.
    private func withoutClock(_ screen: String) -> String { screen.filter { !$0.isNumber } }

    /// Between the arrival of the first roll-up and that of the last, wall time and audio time agree within 1 %.
    private func expectClockAgrees(_ terminal: Pty, _ witness: Witness) {
      let arrivals = terminal.chunks.flatMap { chunk in
        String(decoding: chunk.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
          SeenEvent(String(line)).flatMap { $0.kind == "second" ? (wall: chunk.seconds, audio: $0.seconds) : nil }
        }
      }
      guard let first = arrivals.first, let last = arrivals.last, last.audio - first.audio > 10 else {
        Issue.record("too few roll-ups on the terminal: \(arrivals.count)")
        return
      }
      let (wall, audio) = (last.wall - first.wall, last.audio - first.audio)
      let late = [first, last].reduce(0) { $0 + witness.lateness(from: $1.wall - 0.5, to: $1.wall) }
      #expect(abs(wall - audio) <= 0.01 * wall + 5 * late, "\(wall) s by the wall, \(audio) s of audio, \(late) s late")
    }

    /// Event lines from the beginning to the summary, with a roll-up of each second that was heard.
    private func expectWhole(_ text: String) {
      let events = SeenEvent.all(in: text) ?? []
      let seconds = events.filter { $0.kind == "second" }.compactMap { $0.number("start") }
      #expect(events.first?.kind == "began" && events.last?.kind == "ended", "\(text)")
      let duration = events.last?.number("duration_seconds") ?? 0
      let lost = events.last?.number("lost_seconds") ?? 0
      #expect(zip(seconds, seconds.dropFirst()).allSatisfy { $0 < $1 }, "\(seconds)")
      #expect(duration > 5 && Double(seconds.count) > duration - lost - 2, "\(seconds.count) s of \(duration) s")
    }

    /// The events kept of a session, read from the database by another program.
    private func kept(_ id: String, in world: World) throws -> [SeenEvent] {
      let rows = try world.database.rows("SELECT line FROM event WHERE sessionId = '\(id)' ORDER BY seq")
      return try #require(SeenEvent.all(in: rows.map { $0[0] }.joined(separator: "\n")))
    }
  }
}
