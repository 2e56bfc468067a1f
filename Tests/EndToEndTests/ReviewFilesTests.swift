import Foundation
import Support
import Testing

extension EndToEnd {
  /// What leaves a past session: pages, tables, captions, lines; and what must not reach a terminal.
  @Suite(.serialized, .enabled(if: Reviewed.isThere, Reviewed.whyNot)) struct ReviewFilesTests {
    @Test func `a session is written in every format, and each is read by others`() throws {
      let (world, id) = try Reviewed.world()
      let look = try Looking(world)
      let formats = [
        ("p", "pdf"), ("h", "html"), ("j", "json"), ("c", "csv"), ("m", "md"), ("v", "vtt"), ("s", "srt"),
      ]
      for (key, ending) in formats {
        look.press("e", until: "PDF")
        look.tmux.press(key)
        #expect(
          eventually { text(look, id, ending)?.isEmpty == false || data(look, id, ending) != nil }, "\(look.screen)")
      }
      look.leave()

      let json = try #require(data(look, id, "json"))
      let document = try JSONSerialization.jsonObject(with: json) as? [String: Any]
      #expect(document?.isEmpty == false && text(look, id, "json")?.contains("acoustic") == true)
      let csv = try #require(text(look, id, "csv")).split(whereSeparator: \.isNewline)
      #expect(csv.count == 2 && csv[0].hasPrefix("id,started,") && csv[1].hasPrefix(id), "\(csv)")
      #expect(try #require(text(look, id, "md")).contains("# "))
      let vtt = try #require(text(look, id, "vtt"))
      #expect(vtt.hasPrefix("WEBVTT") && vtt.contains(" --> ") && vtt.contains("acoustic"), "\(vtt)")
      let srt = try #require(text(look, id, "srt"))
      #expect(srt.hasPrefix("1\n00:00:0") && srt.contains(",") && srt.contains("acoustic"), "\(srt)")
      let html = try #require(text(look, id, "html"))
      #expect(html.contains("acoustic") && html.contains("not for clinical use"))
      for outside in ["src=\"http", "href=\"http", "@import", "url(http"] { #expect(!html.contains(outside)) }
      if Machine.has(["pdftotext", "pdftoppm"]) {
        let path = "\(look.folder)/rostrum-\(id).pdf"
        let read = try run(["pdftotext", path, "-"])
        #expect(read.code == 0 && read.output.contains("not for clinical use"), "\(read)")
        #expect(read.output.contains("acoustic"), "\(read)")
        let drawn = try run(["pdftoppm", "-r", "40", "-png", path, "\(look.folder)/page"])
        #expect(drawn.code == 0 && drawn.errors.isEmpty, "\(drawn)")
        #expect(FileManager.default.contents(atPath: "\(look.folder)/page-1.png")?.count ?? 0 > 5_000)
      }
    }

    @Test(.enabled(if: Machine.has("chromium"), "needs chromium"))
    func `the page for a browser is read by one`() throws {
      let (world, id) = try Reviewed.world()
      let look = try Looking(world)
      look.press("e", until: "HTML")
      look.press("h", until: "rostrum-\(id)")
      #expect(eventually { text(look, id, "html") != nil })
      look.leave()
      let read = try run(
        Isolation.withoutNetwork + [
          "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(look.folder)/profile",
          "--dump-dom", "file://\(look.folder)/rostrum-\(id).html",
        ], environment: ["HOME": look.folder])
      #expect(read.code == 0 && read.output.contains("</html>") && read.output.contains("acoustic"), "\(read)")
    }

    private func data(_ look: Looking, _ id: String, _ ending: String) -> Data? {
      FileManager.default.contents(atPath: "\(look.folder)/rostrum-\(id).\(ending)")
    }

    private func text(_ look: Looking, _ id: String, _ ending: String) -> String? {
      data(look, id, ending).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `a session is told in lines and in events, from a second on`() throws {
      let (world, id) = try Reviewed.world()
      let plain = try world.rostrum("review", "last", "--plain")
      #expect(plain.code == 0 && plain.errors.isEmpty && plain.output.contains("score, Rostrum"), "\(plain)")
      #expect(!plain.output.utf8.contains { $0 < 0x20 && $0 != 0x0a }, "\(plain)")
      #expect(try world.rostrum("review", "last").output == plain.output, "a pipe is told in lines")
      let json = try world.rostrum("review", "last", "--json")
      let events = try #require(SeenEvent.all(in: json.output))
      #expect(json.code == 0 && events.first?.text("id") == id && events.contains { $0.kind == "scored" })
      let late = try #require(SeenEvent.all(in: try world.rostrum("review", "last", "--json", "--at", "0:20").output))
      #expect(late.count < events.count && late.allSatisfy { $0.seconds >= 20 })
      for arguments in [["--at", "soon"], ["--json", "--plain"]] {
        let refused = try run([RostrumBinary.path, "review", "last"] + arguments, environment: world.environment)
        #expect(refused.code == 64 && !refused.errors.isEmpty && refused.output.isEmpty, "\(refused)")
      }
      for arguments in [["--at", "1:00"], []] {
        let refused = try run([RostrumBinary.path, "review"] + arguments, environment: world.environment)
        #expect(refused.code == 64 && refused.errors.contains("rostrum review last"), "\(refused)")
      }
      #expect(try world.rostrum("review", "zzzzzzzz", "--plain").code != 0)
    }

    /// What would write the clipboard, name the window, ask the terminal, turn letters round, or never end a line.
    private static let attack =
      "a\\u001b]52;c;aGVsbG8=\\u0007\\u001b[6n\\u009b3;9r\\u202eb\\u0000\\u200bc\\u007f\\u001b]0;owned\\u001b\\\\d"

    @Test func `bytes in a title or a note that attack the terminal never reach it`() throws {
      let (world, id) = try Reviewed.world()
      let lines = [
        "edited": #"{"v":1,"t":26.7,"kind":"edited","title":"\#(Self.attack)","tags":["\#(Self.attack)"]}"#,
        "comment": #"{"v":1,"t":26.7,"kind":"comment","start":1,"text":"\#(Self.attack)"}"#,
      ]
      for (kind, line) in lines {
        let text = line.replacing("'", with: "''")
        let query = """
          INSERT INTO event(sessionId, seq, seconds, kind, line)
          SELECT sessionId, max(seq) + 1, max(seconds), '\(kind)', '\(text)' FROM event WHERE sessionId = '\(id)';
          """
        #expect(try run(["sqlite3", world.database.path, query]).code == 0)
      }
      #expect(
        try run(["sqlite3", world.database.path, "UPDATE session SET title = 'x' || char(27, 93) || '0;y' || char(7)"])
          .code == 0)
      for (arguments, words, keys) in [(["last", "--at", "0:01"], "Replay", "\r"), ([], "History", "#")] {
        let terminal = try Pty([RostrumBinary.path, "review"] + arguments, environment: world.environment)
        #expect(terminal.wait { $0.contains(words) }, "\(terminal.text.suffix(2_000))")
        terminal.type(keys + "/acou")
        #expect(terminal.wait { $0.contains("Search") }, "\(terminal.text.suffix(2_000))")
        // Typed, and pasted.
        terminal.type("\u{202e}\u{9b}6n\u{1b}[200~\u{1b}]0;pasted\u{7}\u{1b}[201~")
        letRealTimePass(seconds: 0.5)
        terminal.child.send(SIGTERM)
        #expect(terminal.ending() == .exited(143), "\(terminal.text.suffix(500))")
        #expect(terminal.hasItsModesBack)
        expectHarmless(terminal.bytes)
      }
      for style in [["--plain"], ["--json"]] {
        let told = try run([RostrumBinary.path, "review", "last"] + style, environment: world.environment)
        #expect(told.code == 0)
        expectHarmless(Array(told.output.utf8))
      }
    }

    private func expectHarmless(_ bytes: [UInt8]) {
      for sequence in [
        "\u{1b}]", "\u{1b}P", "\u{1b}[6n", "\u{1b}[3;9r", "\u{7}", "\u{7f}", "\u{202e}", "\u{200b}", "\u{9b}",
      ] {
        #expect(Data(bytes).range(of: Data(sequence.utf8)) == nil, "\(sequence.debugDescription)")
      }
    }
  }
}
