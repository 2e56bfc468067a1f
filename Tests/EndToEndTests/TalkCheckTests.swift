import Support
import Testing

extension EndToEnd {
  /// `rostrum talk check`, with good talks and bad ones.
  @Suite struct TalkCheckTests {
    @Test func `a talk is checked, for people and for programs`() throws {
      let world = try World()
      let file = try world.scratch.write(
        "---\ntitle: Silence\nlength: 1m\n---\n# One {30s}\n\nGood evening. It is 1945. /\n", to: "talk.md")
      let page = try world.rostrum("talk", "check", file)
      #expect(page.code == 0 && page.errors.isEmpty, "\(page)")
      for text in ["Silence", "words/min", "140", "0:30", "far too short"] {
        #expect(page.output.contains(text), "\(page)")
      }
      let json = try world.rostrum("talk", "check", "--json", file)
      #expect(json.code == 0 && json.output.hasPrefix("{\"schema\":\"rostrum.talk-check/1\""), "\(json)")
      #expect(json.output.split(separator: "\n").count == 1)
    }

    @Test func `a talk that cannot be checked says why`() throws {
      let world = try World()
      func file(_ bytes: [UInt8], _ name: String) throws -> String { try world.scratch.write(bytes, to: name) }
      let cases: [(path: String, code: Int32, words: [String])] = [
        (world.scratch.path("none.md"), 66, ["no file", "none.md"]), (world.scratch.path(""), 66, ["not a file"]),
        (try file([], "empty.md"), 65, ["empty.md", "empty", "nothing to say"]),
        (try file(Array("# Only\n> notes\n".utf8), "notes.md"), 65, ["headings and notes", "nothing to say"]),
        (try file(Array("```\ncode\n".utf8), "code.md"), 65, ["code", "line 1", "nothing to say"]),
        (try file(Array("\n<!-- draft\nGood evening.\n".utf8), "open.md"), 65, ["no end", "line 2", "nothing to say"]),
        (try file(Array("# Only\n\n`` ` ``\n".utf8), "ticks.md"), 65, ["line 3", "`` ` ``", "nothing to say"]),
        (try file((0...255).map { UInt8($0) }, "binary.md"), 65, ["not UTF-8"]),
        (try file([UInt8](repeating: 0, count: 5_000), "zeros.md"), 65, ["zeros.md", "not a text"]),
        (try file([UInt8](repeating: 97, count: 2 << 20), "large.md"), 65, ["larger than 1024 KiB"]),
      ]
      for (path, code, words) in cases {
        let done = try world.rostrum("talk", "check", path)
        #expect(done.code == code && done.output.isEmpty, "\(path): \(done)")
        for word in words { #expect(done.errors.contains(word), "\"\(word)\" is missing: \(done)") }
        #expect(
          !showsTrace(done.errors) && !done.errors.contains("\u{1b}") && done.errors.utf8.count < 1_000, "\(done)")
      }
      #expect(try world.rostrum("talk", "check").code == 64)
    }

    @Test(arguments: [
      ("Добрый вечер, друзья. Сегодня о тишине.\n", "not in Latin letters"),
      ("各位晚上好。今天我们谈谈沉默。\n", "not in Latin letters"),
    ])
    func `a talk in another script is timed and told that the prompter will go by pace`(text: String, words: String)
      throws
    {
      let world = try World()
      let done = try world.rostrum("talk", "check", try world.scratch.write(text, to: "talk.md"))
      #expect(done.code == 0 && done.errors.isEmpty, "\(done)")
      for word in [words, "English", "pace", "words/min"] {
        #expect(done.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(word), "\(done)")
      }
    }

    @Test func `a full talk is checked with a mistake in its front matter`() throws {
      let world = try World()
      let words = String(repeating: "This is a line of a talk that goes on for a while.\n\n", count: 6_000)
      let file = try world.scratch.write("---\nsections:\n  None: 2m\n---\n" + words, to: "long.md")
      let done = try world.rostrum("talk", "check", "--json", file)
      #expect(done.code == 0 && done.output.contains("\"words\":78000,"), "\(done.errors)")
      #expect(done.output.contains("long.md:3: sections.None: is not a heading of this talk"), "\(done.errors)")
    }
  }
}
