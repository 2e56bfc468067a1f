import Foundation
import Support
import Testing

extension EndToEnd {
  /// What is told after a talk that was spoken from a script.
  @Suite(.serialized) struct AfterTests {
    private let talk = """
      # Dashwood {20s}

      And Mister John Dashwood had then leisure to consider how much there might be prudently in his power to do for
      them. He was not an ill disposed young man.

      # Not said

      Every evening after work the neighbours came to look at the boat and some of them laughed.

      """

    @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `the script, the fillers and the words are told`() throws {
      let world = try World(["ROSTRUM_RECOGNISER": "pocketsphinx"])
      let path = try world.file(try Speech.reading(seconds: 12))
      let script = try world.scratch.write(talk, to: "talk.md")
      let take = try world.rostrum("rehearse", script, "--input", path, "--fast", "--plain")
      #expect(take.code == 0 && take.output.contains("script, section: \"Dashwood\", 0:"), "\(take)")
      #expect(take.output.contains("script, the rest: not reached: the last 17 words, from \"Not said\" on"), "\(take)")
      #expect(!take.output.contains("leisure to consider"), "\(take)")
      let shown = try world.rostrum("sessions", "show", "last").output
      for words in ["of its words heard", "section        \"Dashwood\"", "heard ", "leisure to consider"] {
        #expect(shown.contains(words), "\(words) in \(shown)")
      }
      let said = try world.rostrum("sessions", "show", "last", "--transcript")
      #expect(said.code == 0 && said.errors.isEmpty && said.output.contains("leisure to consider"), "\(said)")
      #expect(try world.rostrum("sessions", "show", "last", "--transcript", "--json").code == 64)
    }

    @Test(.enabled(if: Speech.isThere && Tmux.isThere, "needs pocketsphinx-testdata and tmux"))
    func `the summary scrolls as far as it is long, and back at once`() throws {
      let world = try World(["ROSTRUM_RECOGNISER": "pocketsphinx"])
      let path = try world.file(try Speech.reading(seconds: 12))
      let script = try world.scratch.write(talk, to: "talk.md")
      let tmux = try world.tmux(columns: 80, rows: 20)
      tmux.enter("\(rostrum) rehearse '\(script)' --input '\(path)' --fast")
      #expect(tmux.wait { $0.contains("Down: more") }, "\(tmux.screen)")
      for _ in 0..<9 { tmux.press("PageDown") }
      #expect(tmux.wait { $0.contains("leisure to consider") && !$0.contains("Down: more") }, "\(tmux.screen)")
      tmux.press("Up")
      #expect(tmux.wait { $0.contains("Down: more") }, "\(tmux.screen)")
      tmux.press("q")
      #expect(tmux.wait { $0.contains("Saved session") && !$0.contains("Summary") }, "\(tmux.screen)")
    }

    @Test func `a session without words says so`() throws {
      let world = try World()
      let path = try world.file(.silence(seconds: 2), "quiet.wav")
      #expect(try world.rostrum("rehearse", "--input", path, "--fast", "--plain").code == 0)
      let said = try world.rostrum("sessions", "show", "last", "--transcript")
      #expect(said.code == 0 && said.output.isEmpty && said.errors.contains("No words"), "\(said)")
    }
  }
}
