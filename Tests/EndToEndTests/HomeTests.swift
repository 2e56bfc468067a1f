import Support
import Testing

extension EndToEnd {
  /// The first screen, where there is no microphone and where there is one.
  @Suite(.serialized, .enabled(if: Speech.isThere && Tmux.isThere, "needs pocketsphinx-testdata and tmux"))
  struct HomeTests {
    @Test func `without a microphone the home screen says so, selects the demo, and leads everywhere and back`() throws
    {
      let world = try World(World.withoutMicrophone)
      let path = try world.file(try Speech.reading(seconds: 3))
      let done = try world.rostrum("rehearse", "--input", path, "--fast")
      let id = try #require(savedSession(in: done.output + done.errors), "\(done)")
      let tmux = try world.tmux()
      tmux.enter(rostrum)
      #expect(
        tmux.wait { isHome($0) && $0.contains("No microphone was found") && selected($0) == "Demo" }, "\(tmux.screen)")

      for (key, words) in [
        ("h", ["History", "1 session", "speech.wav", id]), ("d", ["Devices", "No capture device was found"]),
        ("?", ["Keys", "start rehearsing", "see past sessions", "list the microphones"]),
      ] {
        tmux.press(key)
        #expect(
          tmux.wait { screen in !isHome(screen) && words.allSatisfy { screen.contains($0) } },
          "\(key):\n\(tmux.screen)")
        tmux.press("Escape")
        #expect(tmux.wait { isHome($0) && selected($0) == "Demo" }, "back from \(key):\n\(tmux.screen)")
      }

      tmux.press("r")
      #expect(tmux.wait { isHome($0) && $0.contains("no capture device") }, "r:\n\(tmux.screen)")
      #expect(tmux.isAlternate && isHome(tmux.screen), "r did not stay:\n\(tmux.screen)")

      tmux.press("h")
      #expect(tmux.wait { !isHome($0) && $0.contains(id) }, "\(tmux.screen)")
      tmux.press("Enter")
      #expect(tmux.wait { $0.contains("Summary") && $0.contains(id) }, "\(tmux.screen)")
      tmux.press("Escape")
      #expect(tmux.wait { $0.contains("History") && !$0.contains("Summary") }, "\(tmux.screen)")
      tmux.press("Escape")
      #expect(tmux.wait { isHome($0) }, "\(tmux.screen)")
      tmux.press("q")
      #expect(
        eventually(everySeconds: 0.05) { !tmux.isAlternate && tmux.foreground == "sh" }, "\(tmux.screen)")
    }

    @Test(.enabled(if: PulseAudio.isThere, "needs pulseaudio"))
    func `with a microphone the home screen selects the rehearsal, and Enter begins one`() throws {
      let pulse = try PulseAudio()
      let world = try World(pulse.environment)
      #expect(try world.rostrum("config", "set", "device", PulseAudio.device).code == 0)
      let tmux = try world.tmux()
      tmux.enter(rostrum)
      #expect(tmux.wait { isHome($0) && selected($0) == "Rehearse" }, "\(tmux.screen)")
      tmux.press("Enter")
      #expect(eventually { pulse.isHeard }, "\(tmux.screen)")
      #expect(tmux.wait { $0.contains(PulseAudio.device) && $0.contains("48 kHz") }, "\(tmux.screen)")
      #expect(!tmux.everything.contains("No microphone was found"))
    }

    /// Whether all entries of the home screen are there.
    private func isHome(_ screen: String) -> Bool {
      ["Rehearse  ", "Demo  ", "History  ", "Devices  ", "Help  ", "Quit"].allSatisfy { screen.contains($0) }
    }

    /// The first word of the row that the caret stands before; nil if there is none, or more than one.
    private func selected(_ screen: String) -> String? {
      let rows = screen.split(separator: "\n").filter { $0.contains(/^ *> \S/) }
      return rows.count == 1 ? rows[0].split(separator: " ").dropFirst().first.map(String.init) : nil
    }
  }
}
