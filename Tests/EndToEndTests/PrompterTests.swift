import Foundation
import Support
import Testing

extension EndToEnd {
  /// The prompter on a terminal: it listens, obeys the hand, and makes room for an editor.
  @Suite(
    .serialized, .enabled(if: Speech.isThere, Speech.whyNot),
    .enabled(
      if: PulseAudio.isThere && Tmux.isThere && Database.isThere && Prompted.hasModel,
      "needs pulseaudio, tmux, sqlite3 and pocketsphinx-en-us"))
  struct PrompterTests {
    @Test func `the sentence that is spoken is the one at eye height, and the summary names what was left out`() throws
    {
      let pulse = try PulseAudio()
      let world = try World(pulse.environment.merging(Prompted.listening) { $1 })
      let talk = try world.scratch.write(Prompted.talk, to: "talk.md")
      let tmux = try world.tmux(columns: 100, rows: 40)
      let rehearsal = try Rehearsal(in: tmux, "'\(talk)' --device testmic")
      #expect(tmux.wait { Prompted.highlighted($0) == Prompted.sentences[0] }, "\(tmux.screen)")
      for (index, sentence) in Prompted.sentences.enumerated() {
        let playing = try pulse.play(Speech.paths[index])
        var seen: [String?] = []
        var isBright = false
        while playing.child.poll() == nil {
          let (plain, styled) = (tmux.screen, tmux.styledScreen)
          seen.append(Prompted.highlighted(plain))
          isBright = isBright || brightWords(styled).contains { sentence.contains($0) && $0.count > 3 }
          usleep(100_000)
        }
        #expect(seen.contains(sentence) && isBright, "\(index): \(Set(seen))\n\(tmux.styledScreen)")
        // Whoever has said it is on show still, or what the script has next: what nobody reads, after the second.
        let next = index == 1 ? Prompted.leftOut : Prompted.sentences[min(index + 1, 4)]
        #expect(tmux.wait { [sentence, next].contains(Prompted.highlighted($0)) }, "after \(index):\n\(tmux.screen)")
        if index == 2 {
          #expect(tmux.wait { Prompted.paragraph(in: $0, sign: "✗") == Prompted.leftOut }, "\(tmux.screen)")
        }
      }
      let (summary, shell) = try rehearsal.finish()
      #expect(summary.contains("left out") && summary.contains("The funeral was"), "\(summary)")
      #expect(summary.contains("from words") || summary.contains("words, syllables"), "\(summary)")
      #expect(savedSession(in: shell) != nil)
      #expect(try world.database.value("SELECT count(*) > 50 FROM event WHERE kind = 'word'") == "1")
    }

    @Test func `the hand wins, and listening goes on from there`() throws {
      let pulse = try PulseAudio()
      let world = try World(pulse.environment.merging(Prompted.listening) { $1 })
      let talk = try world.scratch.write(Prompted.talk, to: "talk.md")
      let tmux = try world.tmux(columns: 80, rows: 24)
      let rehearsal = try Rehearsal(in: tmux, "'\(talk)' --device testmic")
      func press(_ key: String, _ expected: String) {
        tmux.press(key)
        #expect(tmux.wait { Prompted.highlighted($0) == expected }, "\(key):\n\(tmux.screen)")
      }
      #expect(tmux.wait { Prompted.highlighted($0) == Prompted.sentences[0] }, "\(tmux.screen)")
      tmux.press("Up")
      press("Down", Prompted.sentences[1])
      press("Down", Prompted.leftOut)
      press("Up", Prompted.sentences[1])
      press("NPage", Prompted.sentences[3])
      tmux.press("NPage")
      press("PPage", Prompted.sentences[0])
      press("NPage", Prompted.sentences[3])
      let playing = try pulse.play(Speech.paths[3])
      #expect(tmux.wait { Prompted.highlighted($0) == Prompted.sentences[4] }, "\(tmux.screen)")
      playing.child.end()
      press("PPage", Prompted.sentences[3])
      let again = try pulse.play(Speech.paths[3])
      #expect(tmux.wait { Prompted.highlighted($0) == Prompted.sentences[4] }, "\(tmux.screen)")
      again.child.end()
      #expect(savedSession(in: try rehearsal.finish().shell) != nil)
      #expect(try world.database.value("SELECT count(*) FROM event WHERE kind = 'place'") == "7")
    }

    @Test func `e opens the editor, the take waits, and the new text is on the screen`() throws {
      var world = try World()
      let talk = try world.scratch.write(Prompted.talk, to: "talk.md")
      let log = world.scratch.path("log")
      let editor = try world.scratch.write(
        "#!/bin/sh\necho EDITING\nread line\n[ \"$line\" = fail ] && exit 3\nsed -i 's/small one/grand one/' \"$1\"\n"
          + "stty -a > '\(log)'\n", to: "editor")
      chmod(editor, 0o700)
      world.environment["EDITOR"] = "'\(editor)'"
      let sound = try world.file(try Speech.endless())
      // Tall enough for the whole talk, wherever in it the speaker is.
      let tmux = try world.tmux(columns: 100, rows: 60)
      tmux.enter("stty -a > '\(world.scratch.path("before"))'")
      let rehearsal = try Rehearsal(in: tmux, "'\(talk)' --input '\(sound)'")
      func edit(_ answer: String?, _ expected: String) {
        let seconds = heard(world)
        tmux.press("e")
        if let answer {
          #expect(tmux.wait { $0.contains("EDITING") } && !tmux.isAlternate && tmux.isCursorShown, "\(tmux.screen)")
          tmux.enter(answer)
        }
        // The shell's own screen may hold the same words.
        #expect(tmux.wait { $0.contains(expected) && tmux.isAlternate } && !tmux.isCursorShown, "\(tmux.screen)")
        #expect(eventually { heard(world) > seconds + 2 }, "the take stands still")
      }
      #expect(tmux.wait { $0.contains("small one") }, "\(tmux.screen)")
      edit("", "grand one")
      #expect(!tmux.screen.contains("small one"))
      edit("fail", "code 3")
      unlink(editor)
      edit(nil, "no such command")
      unlink(talk)
      _ = try world.scratch.write("#!/bin/sh\nexit 0\n", to: "editor")
      chmod(editor, 0o700)
      edit(nil, "talk.md")
      let (_, shell) = try rehearsal.finish()
      #expect(savedSession(in: shell) != nil && tmux.isCursorShown)
      tmux.enter("stty -a > '\(world.scratch.path("after"))'; echo d'on'e")
      #expect(tmux.wait { $0.contains("\ndone") })
      func modes(_ name: String) -> String? { try? String(contentsOfFile: world.scratch.path(name), encoding: .utf8) }
      #expect(modes("before") != nil && modes("before") == modes("after") && modes("log") == modes("before"))
      let kinds = try world.database.rows("SELECT kind FROM event WHERE kind IN ('paused', 'resumed', 'script')")
      #expect(kinds.flatMap { $0 }.starts(with: ["script", "paused", "resumed", "script"]), "\(kinds)")
      #expect(kinds.count { $0 == ["paused"] } == kinds.count { $0 == ["resumed"] } + 1, "the question pauses too")
    }

    /// Seconds kept so far.
    private func heard(_ world: World) -> Double {
      Double((try? world.database.value("SELECT max(seconds) FROM event WHERE kind = 'second'")) ?? "") ?? 0
    }

    /// What is drawn bold, as the sentence at eye height is in the theme of these tests.
    private func brightWords(_ styled: String) -> [String] {
      var (isBold, found) = (false, [String]())
      for part in styled.components(separatedBy: "\u{1b}[").dropFirst() {
        guard let end = part.firstIndex(of: "m") else { continue }
        let codes = part[..<end].split(separator: ";", omittingEmptySubsequences: false)
        if codes == ["1"] { isBold = true }
        if codes == ["0"] || codes == [""] || codes == ["22"] { isBold = false }
        guard isBold else { continue }
        found += part[part.index(after: end)...].split(separator: "\n").prefix(1).map { String($0).trimmed }
      }
      return found
    }
  }
}
