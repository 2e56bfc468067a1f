import Foundation
import Support
import Testing

extension EndToEnd {
  /// The two faces without a screen: event lines for programs, plain lines for people and screen readers.
  @Suite(.serialized, .enabled(if: Speech.isThere && Database.isThere, "needs pocketsphinx-testdata and sqlite3"))
  struct StreamTests {
    @Test func `event lines begin, pass through seconds and findings, and end with the summary`() throws {
      let world = try World()
      let speech = try Speech.reading()
      let done = try world.rostrum("rehearse", "--input", try world.file(speech), "--fast", "--json")
      #expect(done.code == 0, "\(done)")
      let events = try #require(SeenEvent.all(in: done.output), "not event lines: \(done)")
      let kinds = Set(events.map(\.kind))
      #expect(kinds.isSuperset(of: ["began", "second", "phrase", "pause", "ended"]), "\(kinds)")
      #expect(events.first?.kind == "began" && events.last?.kind == "ended")
      #expect(events.filter { $0.kind == "second" }.count == Int(speech.seconds.rounded(.up)))
      #expect(zip(events, events.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
      let ended = try #require(events.last)
      #expect(abs((ended.number("duration_seconds") ?? 0) - speech.seconds) < 0.02)
      #expect(ended.number("pauses") == Double(events.filter { $0.kind == "pause" }.count))
      for event in events where ["phrase", "pause", "filler"].contains(event.kind) {
        let (start, end) = (event.number("start") ?? -1, event.number("end") ?? -1)
        #expect(start >= 0 && end > start && end <= event.seconds && event.seconds - end < 0.6, "\(event)")
      }
    }

    @Test func `a file, standard input and a FIFO give the same events`() throws {
      let world = try World()
      let speech = try Speech.reading(seconds: 9)
      let file = try world.rostrum("rehearse", "--input", try world.file(speech), "--fast", "--json")
      let stream = try world.rostrum(
        "rehearse", "--input", "-", "--rate", "16000", "--fast", "--json", input: speech.raw)
      #expect(file.code == 0 && stream.code == 0, "\(stream)")
      #expect(comparable(stream.output) == comparable(file.output))
      let raw = try world.scratch.write(speech.raw, to: "raw")
      let line = """
        mkfifo pipe && { cat '\(raw)' > pipe & } && exec \(rostrum) rehearse --input pipe --rate 16000 --fast --json
        """
      let fifo = try run(["/bin/sh", "-c", line], environment: world.environment, folder: world.scratch.path)
      #expect(fifo.code == 0 && comparable(fifo.output) == comparable(file.output), "\(fifo)")
    }

    @Test func `a stream is paced by itself and shown plain when there is no terminal`() throws {
      let world = try World()
      let raw = try world.scratch.write(try Speech.reading(seconds: 4).raw, to: "raw")
      let half = 64_000
      let line = """
        { head -c \(half) '\(raw)'; sleep 1; tail -c +\(half + 1) '\(raw)'; } \
        | \(rostrum) rehearse --input - --rate 16000
        """
      let done = try run(["/bin/sh", "-c", line], environment: world.environment)
      #expect(done.code == 0 && done.seconds > 3.9, "four seconds were not paced: \(done)")
      expectPlain(done)
      #expect(savedSession(in: done.output + done.errors) != nil, "\(done)")
    }

    @Test func `with sound on standard input, keys come from the terminal`() throws {
      let world = try World()
      let raw = try world.scratch.write(try Speech.reading(seconds: 10).raw, to: "raw")
      let line = "{ cat '\(raw)'; exec sleep 600; } | \(rostrum) rehearse --input - --rate 16000"
      let terminal = try Pty(["/bin/sh", "-c", line], environment: world.environment)
      #expect(terminal.wait { $0.contains("\u{1b}[?1049h") && $0.count > 1_000 }, "\(terminal.text)")
      #expect(eventually { (try? world.database.value("SELECT count(*) > 1 FROM event")) == "1" })
      terminal.type("m")
      #expect(
        eventually {
          (try? world.database.value("SELECT count(*) FROM event WHERE kind = 'mark'")) == "1"
        }, "m was not heard")
      terminal.type("q")
      #expect(terminal.wait { $0.contains("save?") }, "q asked nothing: \(terminal.text.suffix(500))")
      terminal.type("y")
      #expect(terminal.wait { $0.contains("Summary") }, "\(terminal.text)")
      terminal.type("q")
      #expect(terminal.wait { savedSession(in: $0) != nil }, "\(terminal.text.suffix(500))")
      #expect(try world.database.value("SELECT count(*) FROM event WHERE kind = 'mark'") == "1")
    }

    @Test func `plain lines are chosen by themselves, and hold nothing but text`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading())
      let asked = try world.rostrum("rehearse", "--input", path, "--fast", "--plain")
      let chosen = try world.rostrum("rehearse", "--input", path, "--fast")
      expectPlain(asked)
      expectPlain(chosen)
      func steady(_ text: String) -> String { text.replacing(/[0-9a-z]{8}/, with: "") }
      #expect(steady(asked.output) == steady(chosen.output))
      for word in ["LUFS", "pause", "filler"] {
        #expect(asked.output.localizedCaseInsensitiveContains(word), "\(word): \(asked)")
      }
    }

    @Test func `plain lines on a terminal move no cursor, and keys work`() throws {
      let world = try World()
      let path = try world.file(try Speech.endless())
      let terminal = try Pty(
        [RostrumBinary.path, "rehearse", "--input", path, "--plain"], environment: world.environment)
      #expect(terminal.wait { $0.contains("Listening") }, "\(terminal.text)")
      terminal.type("q")
      #expect(terminal.wait { $0.contains("save?") }, "\(terminal.text)")
      terminal.type("y")
      #expect(terminal.ending() == .exited(0), "\(terminal.text)")
      #expect(!terminal.text.contains("\u{1b}") && terminal.hasItsModesBack, "\(terminal.text)")
      #expect(savedSession(in: terminal.text) != nil, "\(terminal.text)")
    }

    @Test func `a stream that ends without a sound is bad data, a session ended before the first sound is not`() throws
    {
      let world = try World()
      let nothing = try world.rostrum("rehearse", "--input", "-", "--rate", "16000")
      #expect(nothing.code == 65 && nothing.errors.isEmpty && nothing.output.contains("No sound came in"), "\(nothing)")
      let feed = try Feed()
      let terminal = try Pty(
        [RostrumBinary.path, "rehearse", "--input", feed.path, "--rate", "16000", "--plain"],
        environment: world.environment)
      #expect(terminal.wait { $0.contains("Listening") }, "\(terminal.text)")
      terminal.type("qy")
      #expect(terminal.ending() == .exited(0), "\(terminal.text)")
      #expect(savedSession(in: terminal.text) != nil && !terminal.text.contains("No sound came in"), "\(terminal.text)")
    }

    @Test(arguments: ["dumb", "nosuch-terminal"]) func `a terminal that cannot be drawn on gets plain lines`(
      term: String
    ) throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 3))
      let terminal = try Pty(
        [RostrumBinary.path, "rehearse", "--input", path], environment: world.environment, term: term)
      #expect(terminal.ending() == .exited(0), "\(terminal.text)")
      #expect(!terminal.text.contains("\u{1b}") && savedSession(in: terminal.text) != nil, "\(terminal.text)")
    }

    @Test func `the demo is a talk of a minute with planned pauses and a few ums`() throws {
      let world = try World()
      let done = try world.rostrum("rehearse", "--demo", "--fast", "--json")
      let events = try #require(SeenEvent.all(in: done.output))
      let ended = try #require(events.last)
      #expect(done.code == 0, "\(done.errors)")
      #expect(abs((ended.number("duration_seconds") ?? 0) - 60) < 20)
      #expect((ended.number("pauses") ?? 0) >= 3 && (ended.number("fillers") ?? 0) >= 1, "\(done.lines.last ?? "")")
      #expect(ended.number("words_per_minute") != nil, "\(done.lines.last ?? "")")
    }

    @Test func `a talk's title and length come from its front matter, and a flag outranks it`() throws {
      let world = try World()
      let talk = try world.scratch.write(
        "---\ntitle: On bridges\nlength: 5-7m\n---\n# Bridges\n\nWords.\n", to: "talk.md")
      let path = try world.file(try Speech.reading(seconds: 3))
      let own = try world.rostrum("rehearse", talk, "--input", path, "--fast", "--json")
      let began = try #require(SeenEvent(own.lines.first ?? ""), "\(own)")
      #expect(
        began.fields["talk"] as? String == "On bridges" && began.fields["length"] as? String == "5-7m", "\(began)")
      let flag = try world.rostrum("rehearse", talk, "--length", "90s", "--input", path, "--fast", "--json")
      #expect((SeenEvent(flag.lines.first ?? "")?.fields["length"] as? String)?.contains("5-7") == false, "\(flag)")
    }

    @Test func `the lights turn green, amber and red in words`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading().looped(seconds: 46))
      let done = try world.rostrum("rehearse", "--input", path, "--fast", "--plain", "--length", "20-40s")
      let said = done.output.lowercased()
      let (green, amber, red) = (said.range(of: "green"), said.range(of: "amber"), said.range(of: "red"))
      #expect(green != nil && amber != nil && red != nil, "\(done)")
      if let green, let amber { #expect(green.lowerBound < amber.lowerBound) }
    }

    /// Append-only text: no control characters but line feeds, no boxes, blocks or braille.
    private func expectPlain(_ done: Run) {
      #expect(done.code == 0 && !done.output.isEmpty, "\(done)")
      for scalar in done.output.unicodeScalars where scalar != "\n" {
        let isDrawn = (0x2500...0x259f).contains(scalar.value) || (0x2800...0x28ff).contains(scalar.value)
        if scalar.value < 0x20 || scalar.value == 0x7f || isDrawn {
          Issue.record("U+\(String(scalar.value, radix: 16)) in plain lines: \(done.output)")
          return
        }
      }
    }
  }
}
