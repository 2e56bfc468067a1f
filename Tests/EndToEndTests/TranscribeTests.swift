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
      #expect(try world.rostrum("transcribe", text, "--format", "pdf").code == 64)
      #expect(try world.rostrum("transcribe", text, "--script", "/nonexistent.md").code == 66)
    }
  }
}
