import Foundation
import Support
import Testing

extension EndToEnd {
  /// What leaves the machine, to whom, and for how much.
  @Suite(.serialized, .enabled(if: Speech.isThere, Speech.whyNot)) struct TutorPrivacyTests {
    private func world() throws -> World {
      let world = try World(World.withoutMicrophone.merging(Answer.environment) { $1 })
      _ = try world.rehearsed()
      return world
    }

    @Test func `what is private is masked before it is sent, and not in what is kept`() throws {
      let world = try world()
      let server = try FaultyServer([Answer.path: Answer.stream("Fine.")])
      try world.configure(endpoints: [server.url("/v1")], more: "privacy-mask: yes\nprivacy-names: Zacharias\n")
      let question =
        "I am Zacharias, zack@example.org, 0049 30 1234567, see https://example.org/me, 4111 1111 1111 1111"
      #expect(try world.ask(question, "--plain", "--yes").output == "Fine.\n")
      let sent = try #require(server.requests.first?.text)
      for secret in ["Zacharias", "zack@", "1234567", "example.org", "4111", "1111"] {
        #expect(!sent.contains(secret), "\(secret) is in \(sent)")
      }
      #expect(try world.turns(of: "last").first?.text("text") == question)
    }

    @Test func `where the month's budget is used up the offline tutor answers, and nothing is sent`() throws {
      let world = try world()
      let server = try FaultyServer([Answer.path: Answer.stream("Fine.")])
      try world.configure(
        "tutor-budget: 0.5\nendpoints:\n  - name: a\n    url: \(server.url("/v1"))\n    model: m\n    price-in: 9000\n")
      #expect(try world.ask("How was my pace?", "--plain", "--yes").output == "Fine.\n")
      let over = try world.ask("And my pauses?", "--plain", "--yes")
      #expect(over.code == 0 && over.errors.contains("budget of 0.50 is used up") && !over.output.isEmpty, "\(over)")
      #expect(server.requests.count == 1)
    }

    @Test func `a sound endpoint has a consent of its own, and gets sound; the others get none`() throws {
      let world = try world()
      let chat = try FaultyServer([Answer.path: Answer.stream("Fine.")])
      let words = "{\"text\":\"a calm reading\",\"words\":[{\"word\":\"calm\",\"start\":0.5,\"end\":0.9}]}"
      let sound = try FaultyServer(["/v1/audio/transcriptions": [.reply(200, words, type: "application/json")]])
      try world.configure(
        """
        recogniser: http
        endpoints:
          - {name: a, url: "\(chat.url("/v1"))", model: m}
          - {name: ears, use: transcription, url: "\(sound.url("/v1"))", model: whisper-1}

        """)
      let path = try world.file(try Speech.reading(seconds: 12))
      let listening = ["ROSTRUM_RECOGNISER": "http"]
      #expect(try world.rostrum("config", "allow", "a", "--yes").code == 0)
      let unasked = try world.rostrum("transcribe", path, environment: listening)
      #expect(unasked.code != 0 && unasked.errors.contains("rostrum config allow ears"), "\(unasked)")
      #expect(sound.connections == 0)
      #expect(try world.rostrum("config", "allow", "ears", "--yes").code == 0)
      let heard = try world.rostrum("transcribe", path, environment: listening)
      #expect(heard.code == 0 && heard.output.contains("calm"), "\(heard)")
      let request = try #require(sound.requests.first)
      #expect(request.fields("file").first?.bytes.starts(with: Array("RIFF".utf8)) == true)
      #expect(request.fields("model").first?.text == "whisper-1" && chat.requests.isEmpty)
    }

    @Test(.enabled(if: Tmux.isThere, "needs tmux"))
    func `a voice endpoint has a consent of its own, and gets the text of answers alone`() throws {
      let world = try World(Answer.environment)
      let id = try world.rehearsed()
      let chat = try FaultyServer([Answer.path: Answer.stream("Slow ", "down a little. ", "Then breathe.")])
      let silence = [UInt8](repeating: 0, count: 4_800)
      let mouth = try FaultyServer(["/v1/audio/speech": [.reply(200, bytes: silence, type: "audio/pcm")]])
      try world.configure(
        """
        speaker: "null"
        tutor-voice: mouth
        endpoints:
          - {name: a, url: "\(chat.url("/v1"))", model: m, key-env: \(Answer.variable)}
          - {name: mouth, use: speech, url: "\(mouth.url("/v1"))", model: tts-1, voice: alloy}

        """)
      #expect(try world.rostrum("config", "allow", "a", "--yes").code == 0)
      let tmux = try world.tmux()
      for (decision, answers) in [("n", 1), ("", 2)] {
        tmux.enter("\(rostrum) tutor last")
        #expect(tmux.wait { $0.contains("Answers come from a") }, "\(tmux.screen)")
        tmux.enter("how was my pace?")
        if !decision.isEmpty {
          #expect(tmux.wait { $0.contains("May this be sent?") && $0.contains("to mouth at") }, "\(tmux.screen)")
          #expect(chat.requests.isEmpty && mouth.connections == 0)
          tmux.press(decision)
        }
        #expect(eventually { (try? world.turns(of: id).count) == 2 * answers }, "\(tmux.screen)")
        #expect(tmux.wait { $0.contains("Then breathe.") && !$0.contains("speaking") }, "\(tmux.screen)")
        tmux.press("C-c")
        #expect(eventually(everySeconds: 0.05) { !tmux.isAlternate && tmux.foreground == "sh" }, "\(tmux.screen)")
        #expect(chat.requests.count == answers && mouth.requests.isEmpty == (answers == 1))
        if answers == 1 { #expect(try world.rostrum("config", "allow", "mouth", "--yes").code == 0) }
      }
      let spoken = mouth.requests.map(\.text).joined(separator: "\n")
      #expect(spoken.contains("Slow down a little.") && spoken.contains("Then breathe."), "\(spoken)")
      for words in ["how was my pace", "words a minute"] { #expect(!spoken.contains(words), "\(spoken)") }
      #expect(mouth.requests.allSatisfy { $0["authorization"] == nil }, "the key of another went with it")
    }
  }
}
