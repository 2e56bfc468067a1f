import Foundation
import Support
import Testing

extension EndToEnd {
  /// Words in the events of the built program: the same each time, kept whatever happens, and never in the way.
  @Suite(
    .serialized, .enabled(if: Speech.isThere, Speech.whyNot),
    .enabled(if: Database.isThere && Prompted.hasModel, "needs sqlite3 and pocketsphinx-en-us"))
  struct WordsTests {
    @Test func `the same recording gives the same words, however fast, and analyze hears them too`() throws {
      let world = try World(Prompted.listening)
      let path = try world.file(try Speech.reading())
      let talk = try world.scratch.write(Prompted.talk, to: "talk.md")
      let paced = try world.start("rehearse", talk, "--input", path, "--json")
      let runs = try (0..<2).map { _ in try world.rostrum("rehearse", talk, "--input", path, "--fast", "--json") }
      let analysis = try world.rostrum("analyze", "--script", talk, "--json", path)
      let slow = paced.finish()
      #expect(runs.allSatisfy { $0.code == 0 } && slow.code == 0 && analysis.code == 0, "\(analysis)")
      expectSame(runs[0], runs[1])
      expectSame(runs[0], slow)
      let events = try #require(SeenEvent.all(in: runs[0].output), "\(runs[0])")
      #expect(zip(events, events.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
      let rehearsed = events.filter { $0.kind == "word" }.map { Heard($0.fields) }
      let object = try #require(JSONSerialization.jsonObject(with: Data(analysis.output.utf8)) as? [String: Any])
      let analysed = (object["words"] as? [[String: Any]] ?? []).map { Heard($0) }
      #expect(rehearsed == analysed && rehearsed.count > 60)
      let fillers = (object["fillers"] as? [String: Any])?["count"] as? Int
      #expect(fillers == events.count { $0.kind == "filler" })
    }

    /// A script that is none, or an odd one; its bytes; what must be said of it.
    static let scripts: [(String, [UInt8], String?)] = [
      ("empty", [], nil), ("only headings", Array("# One\n\n## Two\n\n# Three\n".utf8), nil),
      ("only notes", Array("> Look up.\n>\n> Breathe.\n".utf8), nil), ("one word", Array("Hello".utf8), nil),
      ("Cyrillic", Array("# Речь\n\nДобрый день. Сегодня мы поговорим о тишине.\n".utf8), "English only"),
      ("Chinese", Array("# 演讲\n\n大家好。今天我们谈谈沉默。\n".utf8), "English only"),
      (
        "words of the recogniser's own",
        Array("Say read(2), the(3), <s>, </s>, <sil>, ++um++ and [noise]. \\data\\ ngram 1=9 \\end\\ a\u{0} b.\n".utf8),
        nil
      ),
    ]

    @Test(arguments: scripts.map(\.0)) func `any script can be rehearsed from`(name: String) throws {
      let world = try World(Prompted.listening)
      let (_, bytes, words) = try #require(WordsTests.scripts.first { $0.0 == name })
      let talk = try world.scratch.write(bytes, to: "talk.md")
      let path = try world.file(try Speech.reading(seconds: 8))
      let done = try world.rostrum("rehearse", talk, "--input", path, "--fast", "--json")
      let events = try #require(SeenEvent.all(in: done.output), "\(done)")
      #expect(done.code == 0 && events.last?.kind == "ended" && !showsTrace(done.errors), "\(done)")
      let notes = events.filter { $0.kind == "note" }.compactMap { $0.fields["text"] as? String }
      #expect(words.map { word in notes.contains { $0.contains(word) } } ?? notes.isEmpty, "\(notes)")
      // English words found in Russian would be nonsense.
      #expect(events.contains { $0.kind == "word" } == (words == nil))
      for event in events where event.kind == "word" {
        let text = event.fields["text"] as? String ?? ""
        #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "'") } && !text.isEmpty, "\(text)")
      }
    }

    @Test(.enabled(if: Tmux.isThere, "needs tmux")) func `the screen says why the script moves by pace, or not at all`()
      throws
    {
      let world = try World(Prompted.listening)
      let sound = try world.file(try Speech.endless())
      for (name, words) in [("Cyrillic", "only English"), ("empty", "Nothing to say in")] {
        let bytes = try #require(WordsTests.scripts.first { $0.0 == name }).1
        let talk = try world.scratch.write(bytes, to: "talk.md")
        let tmux = try world.tmux(columns: 40, rows: 12)
        let rehearsal = try Rehearsal(in: tmux, "'\(talk)' --input '\(sound)'")
        #expect(
          tmux.wait { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(words) },
          "\(tmux.screen)")
        #expect(savedSession(in: try rehearsal.finish().shell) != nil)
      }
    }

    @Test func `a file that is no talk, or too long for one, gets a sentence`() throws {
      let world = try World(Prompted.listening)
      let path = try world.file(try Speech.reading(seconds: 3))
      let binary = try world.scratch.write(
        (0..<4_000).map { UInt8(truncatingIfNeeded: $0 &* 151 ^ $0 >> 3) }, to: "binary.md")
      let long = try world.scratch.write(String(repeating: "It goes on and on. ", count: 110_000), to: "long.md")
      for (talk, words) in [(binary, "UTF-8"), (long, "larger than")] {
        let done = try world.rostrum("rehearse", talk, "--input", path, "--fast")
        #expect(done.code == 65 && done.errors.contains(words) && done.output.isEmpty, "\(done)")
      }
    }

    @Test(.enabled(if: canHide, "needs root and mount namespaces"))
    func `a model that is missing is named by its package`()
      throws
    {
      let world = try World(Prompted.listening)
      let path = try world.file(try Speech.reading(seconds: 3))
      let talk = try world.scratch.write(Prompted.talk, to: "talk.md")
      func without(_ arguments: [String]) throws -> Run {
        let hidden = "mount -t tmpfs none /usr/share/pocketsphinx && exec \"$@\""
        return try run(
          ["unshare", "-m", "/bin/sh", "-c", hidden, "sh", RostrumBinary.path] + arguments,
          environment: world.environment)
      }
      for asked in [[], ["--recogniser", "pocketsphinx"]] {
        let arguments = ["rehearse", talk, "--input", path, "--fast", "--json"] + asked
        let done = try without(arguments)
        let notes = (SeenEvent.all(in: done.output) ?? []).filter { $0.kind == "note" }
          .compactMap { $0.fields["text"] as? String }
        #expect(done.code == 0 && notes.count == 1 && notes[0].contains("apt install pocketsphinx-en-us"), "\(done)")
      }
      for arguments in [["transcribe", path], ["analyze", "--words", path], ["analyze", "--script", talk, path]] {
        let done = try without(arguments)
        #expect(done.code == 69 && done.errors.contains("apt install pocketsphinx-en-us"), "\(done)")
      }
    }

    @Test func `after kill -9 the words that were told are kept, with their script`() throws {
      let world = try World(Prompted.listening)
      let talk = try world.scratch.write(Prompted.talk, to: "talk.md")
      let running = try world.start("rehearse", talk, "--input", try world.file(try Speech.endless()), "--json")
      func words(_ text: String) -> Int { text.split(separator: "\n").count { $0.contains("\"kind\":\"word\"") } }
      // The kill comes when a second utterance is told, so the first has been told a second ago and more.
      #expect(eventually { words(running.output) >= 25 }, "\(running.output)\(running.errors)")
      running.child.end()
      let listed = try world.rostrum("sessions", "--json")
      let shown = try world.rostrum("sessions", "show", "last", "--json")
      #expect(listed.code == 0 && shown.code == 0 && !showsTrace(shown.errors), "\(shown)")
      #expect(words(shown.output) >= 18 && shown.output.contains("\"kind\":\"script\""), "\(shown)")
      #expect(SeenEvent.all(in: shown.output)?.last?.fields["reason"] as? String == "interrupted", "\(shown)")
    }

    @Test(.enabled(if: PulseAudio.isThere && Machine.has(["chrt", "nice"]), "needs pulseaudio and util-linux"))
    func `a recogniser that cannot keep up holds nobody up`() throws {
      let (pulse, speech) = (try PulseAudio(), try Speech.reading())
      let world = try World(pulse.environment.merging(Prompted.listening) { $1 })
      let terminal = try Pty(
        [RostrumBinary.path, "rehearse", "--device", "testmic"], environment: world.environment)
      #expect(eventually { pulse.isHeard })
      let playing = try pulse.play(try world.file(speech.looped(seconds: 300)))
      func words() -> Int {
        Int((try? world.database.value("SELECT count(*) FROM event WHERE kind = 'word'")) ?? "") ?? 0
      }
      #expect(eventually(everySeconds: 0.2) { words() > 5 }, "\(terminal.text.suffix(500))")
      // Its thread gets what nobody else wants, and others want it all.
      let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(terminal.child.pid)/task")
      let scribe = try #require(
        threads.first {
          (try? String(contentsOfFile: "/proc/\(terminal.child.pid)/task/\($0)/comm", encoding: .utf8)) == "scribe\n"
        })
      let slowed = try run(["chrt", "--idle", "--pid", "0", scribe])
      #expect(slowed.code == 0, "\(slowed)")
      let hogs = try (0..<ProcessInfo.processInfo.activeProcessorCount).map { _ in
        try Running(["nice", "-n", "10", "/bin/sh", "-c", "while :; do :; done"])
      }
      let witness = Witness()
      let begin = now()
      letRealTimePass(seconds: 12)
      let end = now()
      hogs.forEach { $0.child.end() }
      let times = terminal.chunks.map(\.seconds).filter { $0 >= begin && $0 <= end }
      let breaks = zip(times, times.dropFirst()).filter {
        $1 - $0 > 0.4 + 5 * witness.lateness(from: $0 - 0.2, to: $1)
      }
      #expect(times.count > 12 && breaks.isEmpty, "\(breaks) of \(times.count) chunks")
      let seconds = try world.database.value("SELECT max(seconds) FROM event WHERE kind = 'second'")
      #expect((Double(seconds) ?? 0) > 0)
      // It was slower than real time, and goes on where it can once it is let.
      let before = words()
      #expect(eventually(everySeconds: 0.2) { words() > before + 10 }, "\(before) words and no more")
      playing.child.end()
      terminal.type("q")
      #expect(terminal.wait { $0.contains("save?") }, "\(terminal.text.suffix(500))")
      terminal.type("y")
      #expect(eventually { (try? world.database.value("SELECT state FROM session")) == "finished" })
      terminal.type("q")
      #expect(terminal.ending() == .exited(0))
    }

    @Test func `a script of 900 KB is read and listened for`() throws {
      let world = try World(Prompted.listening)
      let talk = try world.scratch.write(Prompted.longTalk(bytes: 900_000), to: "talk.md")
      let path = try world.file(try Speech.reading(seconds: 12))
      let terminal = try Pty(
        [RostrumBinary.path, "rehearse", talk, "--input", path, "--recogniser", "auto"],
        environment: world.environment)
      #expect(terminal.wait { $0.contains("leisure") || $0.contains("Mister") }, "\(terminal.text.suffix(500))")
      let shown = (terminal.chunks.first?.seconds ?? 0)
      #expect(shown > 0)
      #expect(terminal.wait { $0.contains("Summary") }, "\(terminal.text.suffix(500))")
      let figures = ProcessFigures(pid: terminal.child.pid)
      print("900 KB: \(figures.map { "\($0.processorSeconds) s of processor time, \($0.peakMebibytes) MiB" } ?? "")")
      terminal.type("q")
      #expect(terminal.ending() == .exited(0))
      #expect(try world.database.value("SELECT count(*) > 15 FROM event WHERE kind = 'word'") == "1")
    }

    /// A word as both commands tell it.
    private struct Heard: Equatable {
      let text: String?
      let start: Double?
      let end: Double?

      init(_ fields: [String: Any]) {
        text = fields["text"] as? String
        (start, end) = (fields["start"] as? Double, fields["end"] as? Double)
      }
    }

    /// Two runs told the same; the first line that differs otherwise.
    private func expectSame(_ one: Run, _ other: Run) {
      let (first, second) = (comparable(one.output), comparable(other.output))
      let place = zip(first, second).prefix { $0 == $1 }.count
      #expect(
        first == second,
        "line \(place + 1): \(first.dropFirst(place).first ?? "the end") or \(second.dropFirst(place).first ?? "the end")"
      )
    }
  }
}
