import Foundation
import Support
import Testing

extension EndToEnd {
  /// The rooms of drills on a small terminal, and a learner who speaks into the microphone.
  @Suite(
    .serialized, .enabled(if: Learner.isThere && Database.isThere, Learner.whyNot),
    .enabled(if: PulseAudio.isThere && Tmux.isThere, "needs pulseaudio and tmux"))
  struct DrillScreenTests {
    private let pulse: PulseAudio
    private let world: World
    private let tmux: Tmux

    init() throws {
      pulse = try PulseAudio()
      world = try World(pulse.environment)
      let set = try world.rostrum("config", "set", "device", PulseAudio.device)
      #expect(set.code == 0, "\(set)")
      tmux = try world.tmux()
    }

    /// Presses keys and waits for all of `words` on the screen, which has to fit the terminal.
    private func press(_ keys: String..., until words: String..., at place: SourceLocation = #_sourceLocation) {
      for key in keys { tmux.press(key) }
      let isSeen = tmux.wait { screen in words.allSatisfy { screen.contains($0) } }
      let screen = tmux.screen
      #expect(isSeen, "\(keys): \(words) are not seen:\n\(screen)", sourceLocation: place)
      let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 25 && lines.allSatisfy { $0.count <= 80 }, "\(screen)", sourceLocation: place)
    }

    /// Opens the program with these arguments and waits for all of `words`.
    private func open(_ arguments: String, until words: String, at place: SourceLocation = #_sourceLocation) {
      tmux.enter("clear; \(rostrum) \(arguments)")
      press(until: words, at: place)
    }

    /// Goes back by Escape until the screen's first row begins so.
    private func goBack(to title: String, at place: SourceLocation = #_sourceLocation) {
      let isThere = eventually(everySeconds: 0.2) {
        if tmux.screen.trimmed.hasPrefix(title) { return true }
        tmux.press("Escape")
        return false
      }
      #expect(isThere, "\(tmux.screen)", sourceLocation: place)
    }

    /// Leaves the program by Ctrl-C.
    private func leave(at place: SourceLocation = #_sourceLocation) {
      let isBack = eventually(everySeconds: 0.2) {
        guard tmux.isAlternate || tmux.foreground != "sh" else { return true }
        tmux.press("C-c")
        return false
      }
      #expect(isBack, "\(tmux.screen)", sourceLocation: place)
    }

    /// Breaks off the attempt under way.
    private func breakOff(at place: SourceLocation = #_sourceLocation) {
      press("q", until: "Finish and save?", at: place)
      press("y", until: "Result", "It ended before all of it was done", at: place)
    }

    private func topic() throws -> String {
      try world.drill(
        "short-topic",
        """
        name: Short topic
        kind: impromptu
        skill: structure
        length: 10-14s
        early: 6s
        think: 0s
        topic: A meal that went wrong
        pass:
          within: at least 90 %
        """)
    }

    @Test func `what is due is opened, passed, done again, planned, and replayed when its file has gone`() throws {
      let file = try topic()
      let assigned = try world.rostrum(
        "drills", "assign", "short-topic", "--note", "Before the interview.", "--by", "Ana")
      #expect(assigned.code == 0, "\(assigned)")
      var learner = Learner(voice: "en-gb")
      learner.rest(1)
      for text in ["Last summer I cooked for my whole family.", "I put sugar where the salt should have gone."] {
        try learner.say(text, speed: 160)
        learner.rest(0.4)
      }
      try learner.say("Nobody said a word.", speed: 160)
      learner.rest(1)
      let sound = try world.file(learner.sound)

      open("", until: "Rehearse")
      press("x", until: "1 due", "Short topic", "today", "Before the interview.")
      press("Enter", until: "Ana: Before the interview.", "inside the qualifying time: at least 90 %")
      press("Enter", until: "A meal that went wrong", "Point", "green")
      #expect(eventually { pulse.isHeard })
      let playing = try pulse.play(sound)
      press(until: "Result", "Passed", "It comes back on", "inside the qualifying time")
      playing.child.end()
      let id = try #require(savedSession(in: tmux.screen), "\(tmux.screen)")
      let (first, last) = (try #require(learner.said.first), try #require(learner.said.last))
      let drilled = try #require(try world.kept(id, "drilled").first)
      let talked = (drilled.fields["figures"] as? [String: Double])?["talk-seconds"] ?? 0
      #expect(abs(talked - (last.end - first.start)) < 0.2, "\(drilled.fields)")
      #expect(tmux.screen.contains("\(Int(talked.rounded())) seconds"), "\(tmux.screen)")
      #expect(eventually { (try? world.database.value("SELECT count(*) FROM review WHERE grade > 1")) == "1" })

      press("n", until: "Nothing else is due")
      press("r", until: "A meal that went wrong", "0:14")
      breakOff()
      // What was broken off is no attempt for the schedule.
      #expect(try world.database.value("SELECT count(*) FROM review") == "1")
      goBack(to: "Drills")
      #expect(!tmux.screen.contains("1 due"), "\(tmux.screen)")
      press("p", until: "Plan", "10 minutes a day", "Short topic")
      leave()

      try FileManager.default.removeItem(atPath: file)
      open("drills show short-topic", until: "short-topic")
      #expect(tmux.screen.contains("There is no drill called"), "\(tmux.screen)")
      open("review \(id)", until: "Passed")
      press("Space", until: "Replay", "Short topic", "A meal that went wrong", "0:00 of 0:1")
      press("Right", "Right", "Right", "Right", until: "0:04 of 0:1")
      press("Escape", until: "Result", "Passed")
      // It is done again as it was.
      press("r", until: "A meal that went wrong", "0:14")
      breakOff()
      leave()
    }

    @Test func `a summary offers the drill for what was found, puts it on the schedule, and begins it`() throws {
      var learner = Learner(voice: "en-gb")
      learner.rest(1)
      try learner.talk(
        [
          "Last summer I cooked for my whole family.", "I put sugar where the salt should have gone.",
          "Then my brother laughed, and we ate bread and cheese instead.", "It was the best evening of the year.",
        ], until: 30, speed: 160, hesitates: { $0 > 0 && $0 < 8 })
      learner.rest(2)
      let done = try world.rostrum("rehearse", "--input", try world.file(learner.sound), "--fast")
      #expect(done.code == 0, "\(done)")
      open("review last", until: "A drill for it: ")
      let name = try #require(tmux.screen.firstMatch(of: /A drill for it: ([^,]+),/).map { String($0.1) })
      press("s", until: "On your schedule: tomorrow.", "is on the schedule")
      let listed = try world.rostrum("drills", "--json").lines.filter { $0.contains("\"name\":\"\(name)\"") }
      #expect(listed.count == 1 && listed[0].contains("\"skill\":\"fillers\""), "\(listed)")
      #expect(listed[0].contains("\"due_days\":1,"), "\(listed)")
      press("d", until: name, "step 1 of", "Talk")
      breakOff()
      press(until: "It comes back tomorrow.")
      leave()
    }
  }
}
