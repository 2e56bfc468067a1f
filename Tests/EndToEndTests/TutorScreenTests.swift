import Foundation
import Support
import Testing

extension EndToEnd {
  /// The screen of the tutor as a person sees it: typed turns, consent, what is sent, text that attacks the terminal.
  @Suite(.serialized, .enabled(if: Speech.isThere && Tmux.isThere, "needs pocketsphinx-testdata and tmux"))
  struct TutorScreenTests {
    /// A world without microphone, with a session, and with the key of endpoints.
    private func world() throws -> (world: World, id: String) {
      let world = try World(World.withoutMicrophone.merging(Answer.environment) { $1 })
      return (world, try world.rehearsed())
    }

    /// Opens the screen of the tutor over the last session.
    private func open(_ tmux: Tmux) throws {
      tmux.enter("\(rostrum) tutor last --voice none")
      guard tmux.wait(until: { $0.contains("AI tutor") && $0.contains("> _") || $0.contains("❯") }) else {
        throw SupportError("no tutor:\n\(tmux.screen)")
      }
    }

    private func isBack(_ tmux: Tmux) -> Bool {
      eventually(everySeconds: 0.05) { !tmux.isAlternate && tmux.foreground == "sh" }
    }

    @Test func `a typed question is answered on 80 by 24, the turns come back later, and Esc leaves`() throws {
      let (world, id) = try world()
      let tmux = try world.tmux()
      try open(tmux)
      #expect(tmux.screen.contains("Nothing leaves this machine"), "\(tmux.screen)")
      tmux.enter("how was my pace?")
      #expect(
        tmux.wait { $0.contains("You") && $0.contains("how was my pace?") && $0.contains("words a minute") },
        "\(tmux.screen)")
      #expect(tmux.screen.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(tmux.screen)")
      // What is typed and not sent is cleared first.
      tmux.command("send-keys", "-l", "and")
      #expect(tmux.wait { $0.contains("and_") }, "\(tmux.screen)")
      tmux.press("Escape")
      #expect(tmux.wait { !$0.contains("and_") } && tmux.isAlternate, "\(tmux.screen)")
      tmux.press("Escape")
      #expect(isBack(tmux), "\(tmux.screen)")
      #expect(try world.turns(of: id).map { $0.text("source") } == ["typed", "offline"])
      try open(tmux)
      #expect(tmux.wait { $0.contains("how was my pace?") && $0.contains("words a minute") }, "\(tmux.screen)")
      tmux.press("C-c")
      #expect(isBack(tmux), "\(tmux.screen)")
    }

    @Test func `who scrolls beyond the beginning comes back by as many keys as there is to see`() throws {
      let (world, _) = try world()
      let tmux = try world.tmux()
      try open(tmux)
      for question in [
        "how was my pace?", "how were my pauses?", "how many fillers did I use?", "was I loud enough?",
        "how did it go?",
      ] {
        tmux.enter(question)
        #expect(tmux.wait { $0.contains(question) && $0.contains("> _") }, "\(tmux.screen)")
      }
      let end = tmux.screen
      for _ in 0..<5 { tmux.press("PageUp") }
      #expect(tmux.wait { $0.contains("how was my pace?") && $0 != end }, "\(tmux.screen)")
      tmux.press("PageDown", "PageDown")
      #expect(tmux.wait { $0 == end }, "\(tmux.screen)\n\(end)")
      tmux.press("C-c")
      #expect(isBack(tmux), "\(tmux.screen)")
    }

    @Test func `an endpoint is asked only after a yes, and F2 shows what is sent`() throws {
      let (world, id) = try world()
      let server = try FaultyServer([Answer.path: Answer.stream("You held **150 words** a minute.")])
      try world.configure(endpoints: [server.url("/v1")])
      let tmux = try world.tmux()
      try open(tmux)
      tmux.press("F2")
      #expect(tmux.wait { $0.contains("What is sent") && $0.contains("[system]") }, "\(tmux.screen)")
      tmux.press("Escape")
      #expect(tmux.wait { !$0.contains("What is sent") }, "\(tmux.screen)")
      tmux.enter("how was my pace?")
      #expect(
        tmux.wait { $0.contains("May this be sent?") && $0.contains("127.0.0.1") && $0.contains("your question") },
        "\(tmux.screen)")
      tmux.press("n")
      #expect(tmux.wait { $0.contains("offline tutor") && !$0.contains("May this") }, "\(tmux.screen)")
      #expect(server.connections == 0)
      #expect(try world.turns(of: id).last?.text("source") == "offline")
      tmux.press("Escape")
      #expect(isBack(tmux), "\(tmux.screen)")

      // The answer is kept: it is not asked again, and another answer needs a command.
      #expect(try world.ask("And now?", "--plain").output.contains("150") == false)
      #expect(server.connections == 0)
      #expect(try world.rostrum("config", "allow", "a", "--yes").code == 0)
      try open(tmux)
      tmux.enter("and now?")
      #expect(tmux.wait { $0.contains("You held 150 words a minute.") }, "\(tmux.screen)")
      tmux.press("Escape")
      #expect(isBack(tmux), "\(tmux.screen)")
      #expect(server.requests.count == 1 && world.files(with: Answer.key).isEmpty)
    }

    /// Text that would move the cursor, write the clipboard, turn letters round, or never end a line.
    private static let attacks = [
      "Start. ", "\u{1b}]52;c;aGVsbG8=\u{07}", "\u{1b}]0;owned\u{1b}\\", "\u{1b}[6n\u{1b}[?1003h\u{1b}[3;9r\u{1b}c",
      "\u{9b}6n\u{9d}52;c;eA==\u{9c}\u{90}q\u{9c}", "\u{202e}\u{2066}evil\u{2069}\u{202c}\u{200f}",
      "a" + String(repeating: "\u{200b}\u{200d}\u{2060}\u{feff}", count: 400), "\u{0}\u{8}\u{7f}\u{e0001}\u{e0041}",
      "o" + String(repeating: "\u{301}", count: 400), "\n\n",
    ]

    /// Bytes that no program of ours sends to a terminal: what was in the text, as far as it means anything.
    private func expectHarmless(_ bytes: [UInt8], _ name: String) {
      let text = String(decoding: bytes, as: UTF8.self)
      for sequence in ["\u{1b}]", "\u{1b}P", "\u{1b}[6n", "\u{1b}[?1003h", "\u{1b}[3;9r", "\u{1b}c", "\u{7}", "\u{7f}"]
      {
        #expect(Data(bytes).range(of: Data(sequence.utf8)) == nil, "\(name): \(sequence.debugDescription)")
      }
      let hidden = text.unicodeScalars.filter { scalar in
        (0x80...0x9f).contains(scalar.value) || (0x200b...0x200f).contains(scalar.value)
          || (0x202a...0x202e).contains(scalar.value) || (0x2060...0x206f).contains(scalar.value)
          || scalar.value == 0xfeff || (0xe0000...0xe0fff).contains(scalar.value)
      }
      #expect(hidden.isEmpty, "\(name): \(hidden.map(\.value))")
      let accents = text.unicodeScalars.split { $0.value != 0x301 }.map(\.count).max() ?? 0
      #expect(accents < 40, "\(name): \(accents) accents on one letter")
    }

    @Test func `text that attacks the terminal reaches it as text, on the screen and in lines`() throws {
      let (world, _) = try world()
      let attack = Self.attacks.joined()
      // After the megabyte comes what must be seen no more, and the line is still not over.
      let long = (0..<64).map { _ in Answer.chunk(String(repeating: "x", count: 16_384)) }.joined()
      let server = try FaultyServer { request in
        let text = Answer.head + Answer.chunk(attack) + (request.text.contains("And the rest?") ? long : "")
        return [.text(text + Answer.chunk("The end is here.") + Answer.end)]
      }
      let refusing = try FaultyServer([
        Answer.path: [.reply(500, errorBody(attack), type: "application/json")]
      ])
      try world.configure(endpoints: [refusing.url("/v1"), server.url("/v1")])
      for question in ["How was my pace?", "And the rest?"] {
        let plain = try world.ask(question, "--plain", "--yes")
        #expect(plain.code == 0 && plain.output.contains("Start."), "\(plain.errors.prefix(500))")
        #expect(plain.output.utf8.count < 200_000)
        expectHarmless(Array((plain.output + plain.errors).utf8), "lines: \(question)")
        let json = try world.ask(question, "--json", "--yes")
        #expect(SeenEvent.all(in: json.output) != nil)
        #expect(!json.output.utf8.contains { $0 < 0x20 && $0 != 0x0a }, "an escape is written out in JSON")
      }

      for name in ["a", "b"] { #expect(try world.rostrum("config", "allow", name, "--yes").code == 0) }
      for question in ["How was my pace?", "And the rest?"] {
        let terminal = try Pty(
          [RostrumBinary.path, "tutor", "last", "--voice", "none"], environment: world.environment)
        #expect(terminal.wait { $0.contains("AI tutor") })
        // What was said before is shown as well.
        terminal.type("\(question)\r")
        let asked = server.requests.count
        #expect(eventually { server.requests.count > asked - 1 })
        #expect(terminal.wait { $0.contains("Start.") || $0.contains("xxxx") }, "\(terminal.text.suffix(2_000))")
        terminal.type("zebra")
        #expect(terminal.wait { $0.contains("zebra") }, "\(terminal.text.suffix(2_000))")
        terminal.type("\u{3}")
        #expect(terminal.ending() == .exited(0))
        #expect(terminal.hasItsModesBack)
        expectHarmless(terminal.bytes, "screen: \(question)")
      }
    }

    private func errorBody(_ text: String) -> String {
      let data = try? JSONSerialization.data(withJSONObject: ["error": ["message": text]])
      return String(decoding: data ?? Data(), as: UTF8.self)
    }
  }
}
