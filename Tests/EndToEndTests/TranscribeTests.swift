import Foundation
import Glibc
import Support
import Testing

extension EndToEnd {
  /// `rostrum transcribe`, from a recording to words.
  @Suite(.serialized) struct TranscribeTests {
    @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `words come as text, JSON and captions`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 12))
      let talk = try world.scratch.write(
        "# Dashwood\n\nAnd Mister John Dashwood had then leisure to consider how much there might be prudently in his power "
          + "to do for them. He was not an ill disposed young man.\n", to: "talk.md")
      let text = try world.rostrum("transcribe", path, "--script", talk)
      #expect(text.code == 0 && text.output.contains("leisure to consider how much"), "\(text)")
      #expect(!text.output.contains("\u{1b}") && !text.errors.contains("wrong"))
      let json = try world.rostrum("transcribe", path, "--script", talk, "--format", "json")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      #expect(object["schema"] as? String == "rostrum.transcript/1" && object["source"] as? String == "script")
      #expect((object["words"] as? [[String: Any]])?.count ?? 0 > 20)
      let captions = world.scratch.path("talk.srt")
      let written = try world.rostrum("transcribe", path, "--script", talk, "--format", "srt", "--output", captions)
      let file = try String(contentsOfFile: captions, encoding: .utf8)
      #expect(written.output.isEmpty && file.hasPrefix("1\n00:00:") && file.contains(" --> "), "\(written)")
      #expect(try world.rostrum("transcribe", path, "--output", captions).code == 73)
    }

    @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `without a script it says what to think of it`() throws {
      let world = try World()
      let done = try world.rostrum("transcribe", try world.file(try Speech.reading(seconds: 3)))
      #expect(done.code == 0 && done.errors.contains("every second word") && !done.output.isEmpty, "\(done)")
      let quiet = try world.rostrum("transcribe", try world.file(.silence(seconds: 2), "quiet.wav"), "--format", "vtt")
      #expect(quiet.code == 0 && quiet.output == "WEBVTT\n\n" && quiet.errors.contains("no words"), "\(quiet)")
    }

    @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `an interrupt leaves nothing half-written`() throws {
      let world = try World()
      let path = try world.file(try Speech.endless())
      let running = try world.start("transcribe", path, "--output", world.scratch.path("out.txt"))
      #expect(eventually { world.scratch.listing().contains { $0.hasPrefix("out.txt") } })
      kill(running.child.pid, SIGINT)
      #expect(running.finish().code == 130)
      #expect(!world.scratch.listing().contains { $0.hasPrefix("out.txt") }, "\(world.scratch.listing())")
    }

    @Test func `bad input gets a sentence and a code`() throws {
      let world = try World()
      let text = try world.scratch.write("no sound", to: "no.wav")
      #expect(try world.rostrum("transcribe", "/nonexistent.wav").code == 66)
      #expect(try world.rostrum("transcribe", text).code == 65)
      #expect(try world.rostrum("transcribe", "-").code == 64)
      for (path, word) in [("/tmp", "folder"), ("/dev/zero", "not a file")] {
        let done = try world.rostrum("transcribe", path)
        #expect(done.code == 65 && done.errors.contains(word) && !done.errors.contains("rehearse"), "\(done)")
      }
      #expect(try world.rostrum("transcribe", text, "--format", "pdf").code == 64)
      #expect(try world.rostrum("transcribe", text, "--script", "/nonexistent.md").code == 66)
    }

    @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `a script is never overwritten, and an ending is a form`()
      throws
    {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 3))
      let text = "---\nsections:\n  None: 2m\n---\n# Dashwood\n\nAnd Mister John Dashwood had leisure to consider.\n"
      let talk = try world.scratch.write(text, to: "talk.md")
      for command in ["transcribe", "analyze"] {
        let done = try world.rostrum(command, path, "--script", talk, "--output", talk, "--yes")
        #expect(done.code == 73 && done.errors.contains("is the script"), "\(done)")
      }
      #expect(try String(contentsOfFile: talk, encoding: .utf8) == text)
      let captions = world.scratch.path("talk.srt")
      let written = try world.rostrum("transcribe", path, "--script", talk, "--output", captions)
      #expect(written.code == 0 && written.errors.contains("sections.None"), "\(written)")
      #expect(try String(contentsOfFile: captions, encoding: .utf8).hasPrefix("1\n00:00:"))
      #expect(try world.rostrum("transcribe", path, "--script", talk, "--json").output.hasPrefix("{\"schema\""))
      #expect(try world.rostrum("transcribe", path, "--json", "--format", "srt").code == 64)
    }

    @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `one rule for a script in all commands`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading(seconds: 3))
      let rows: [(text: String, code: Int32, said: String, rehearsed: String)] = [
        ("# Only\n", 65, "nothing to say", "rehearsing without a script"),
        ("a\0b", 65, "not a text", "rehearsing without a script"),
        ("Добрый вечер, дорогие друзья.\n", 0, "not in English", ""),
        ("---\nsections:\n  None: 2m\n---\n# One\n\nGood evening.\n", 0, "sections.None", "sections.None"),
      ]
      for row in rows {
        let talk = try world.scratch.write(row.text, to: "talk.md")
        for command in ["transcribe", "analyze"] {
          let done = try world.rostrum(command, path, "--script", talk)
          #expect(done.code == row.code && done.errors.contains(row.said), "\(command) \(row.text): \(done)")
        }
        let done = try world.rostrum("rehearse", talk, "--input", path, "--fast", "--plain")
        #expect(
          done.code == 0 && (row.rehearsed.isEmpty || done.errors.contains(row.rehearsed)), "\(row.text): \(done)")
      }
    }

    @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `a damaged model ends a child, not the program`() throws {
      let world = try World()
      let (installed, copy) = ("/usr/share/pocketsphinx/model/en-us", try world.scratch.folder("model"))
      guard FileManager.default.fileExists(atPath: installed) else { return }
      _ = try world.scratch.folder("model/en-us")
      for name in ["cmudict-en-us.dict", "en-us.lm.bin"] { symlink("\(installed)/\(name)", "\(copy)/\(name)") }
      for name in try FileManager.default.contentsOfDirectory(atPath: installed + "/en-us") where name != "sendump" {
        symlink("\(installed)/en-us/\(name)", "\(copy)/en-us/\(name)")
      }
      #expect(try world.rostrum("probe-words", installed).code == 0)
      _ = try world.scratch.write([], to: "model/en-us/sendump")
      #expect(try world.rostrum("probe-words", copy).code != 0)
    }

    @Test func `a list of fillers with a mistake does not keep anybody from rehearsing`() throws {
      let world = try World()
      let path = try world.file(.silence(seconds: 1))
      _ = try world.scratch.folder("home/config/Prompts/fillers")
      _ = try world.scratch.write("nonsense: 1\nsounds: [um]\n", to: "home/config/Prompts/fillers/en.yaml")
      let take = ["rehearse", "--input", path, "--fast", "--plain", "--recogniser"]
      let heard = try run([RostrumBinary.path] + take + ["pocketsphinx"], environment: world.environment)
      #expect(heard.code == 0 && heard.errors.contains("en.yaml:1: nonsense"), "\(heard)")
      let unheard = try run([RostrumBinary.path] + take + ["none"], environment: world.environment)
      #expect(unheard.code == 0 && !unheard.errors.contains("en.yaml"), "\(unheard)")
    }
  }
}
