import Foundation
import Support
import Testing

extension EndToEnd {
  /// Looking back at a session: what is corrected, noted and named there stays, beside what was heard.
  @Suite(.serialized, .enabled(if: Reviewed.isThere, Reviewed.whyNot)) struct ReviewTests {
    /// Opens the time machine of the last session, stepping by fillers.
    private func stepping(_ world: World) throws -> Looking {
      let look = try Looking(world)
      look.press("Space", until: "Replay")
      look.step(by: "filler")
      return look
    }

    @Test func `fillers that are removed, confirmed, relabelled and added move count and score, and stay`() throws {
      let (world, id) = try Reviewed.world()
      let look = try Looking(world)
      let events = try world.kept(id, "filler").count
      look.expect("the count") { $0.contains("fillers") }
      let heard = try #require(look.number("fillers"), "\(look.screen)")
      look.expect("scores") { $0.contains("by Rostrum") }
      look.press("x", until: "19 times in 20")
      let before = try #require(look.number("Fluency"))
      look.press("C-c", until: "Summary")
      look.press("Space", until: "Replay")
      look.step(by: "filler")
      look.press("Right", until: "% sure")
      look.expectClock(7...8)
      look.press("Enter", until: "confirmed")
      look.press("r", typing: "like", until: "\"like\"")
      look.press("Right", until: "% sure")
      look.tmux.press("-")
      #expect(eventually { (try? world.kept(id, "correction").count) == 3 }, "\(look.screen)")
      look.press("Home", until: "0:00 of")
      look.step(by: "second")
      for second in 1...5 {
        look.press("Right", until: "0:0\(second) of")
        look.press("+", typing: "um", until: "\"um\" at 0:0")
      }
      #expect(eventually { (try? world.kept(id, "correction").count) == 8 }, "\(look.screen)")
      look.press("C-c", until: "Summary")
      look.expect("four more") { _ in look.number("fillers") == heard + 4 }
      look.expect("scores") { $0.contains("by Rostrum") }
      look.press("x", until: "19 times in 20")
      look.expect("a lower score") { _ in (look.number("Fluency") ?? 100) < before }
      let after = look.number("Fluency")
      look.leave()

      try look.open()
      look.expect("the count, corrected") { _ in look.number("fillers") == heard + 4 }
      look.expect("scores") { $0.contains("by Rostrum") }
      look.press("x", until: "19 times in 20")
      #expect(look.number("Fluency") == after, "\(look.screen)")
      look.leave()
      #expect(try world.kept(id, "filler").count == events, "what was heard is not there any more")
      let corrections = try world.kept(id, "correction")
      #expect(
        corrections.map { $0.text("change") } == ["confirmed", "relabelled", "removed"]
          + [String](
            repeating: "added", count: 5))
      #expect(corrections[1].text("text") == "like" && !corrections[1].text("was").isEmpty)
      #expect(corrections.allSatisfy { ($0.number("at_ms") ?? 0) > 1e12 })
      #expect(try world.rostrum("sessions", "show", "last").output.contains("\(Int(heard) + 4)"))
    }

    @Test func `a word is corrected, a note is written, and both are found`() throws {
      let (world, id) = try Reviewed.world()
      let words = try world.kept(id, "word")
      let word = try #require(words.first { $0.text("text").count > 3 && ($0.number("start") ?? 0) > 2 })
      let start = try #require(word.number("start"))
      let look = try Looking(world, "last --at \(start)")
      look.press("w", typing: "zeppelin", until: "zeppelin")
      look.press("End", until: "Replay")
      look.press("n", typing: "breathe before the end", until: "note: breathe before the end")
      let place = try #require(look.seconds)
      look.leave()
      #expect(try world.kept(id, "word").map { $0.text("text") } == words.map { $0.text("text") })
      let corrected = try #require(try world.kept(id, "correction").first)
      #expect(corrected.text("text") == "zeppelin" && corrected.text("was") == word.text("text"))
      #expect(try world.kept(id, "comment").map { $0.text("text") } == ["breathe before the end"])

      try look.open()
      look.press("Space", until: "Replay")
      look.step(by: "comment")
      look.press("Right", until: "note: breathe before the end")
      look.expectClock(place...place)
      for (typed, seconds, kind) in [("zepp", Int(start)...Int(start), "said"), ("breath", place...place, "note")] {
        look.press("/", until: "Search")
        look.tmux.command("send-keys", "-l", typed)
        look.expect("a hit") { $0.contains(kind) && $0.contains(typed) && $0.contains("1 moment") }
        look.press("Enter", until: "Replay")
        look.expectClock(seconds)
      }
      look.leave()
      let said = try world.rostrum("sessions", "show", "last", "--transcript").output
      #expect(said.contains("zeppelin"), "\(said)")
    }

    @Test func `whatever is typed into the search does no harm`() throws {
      let (world, _) = try Reviewed.world()
      let look = try Looking(world, "")
      look.press("/", until: "Search")
      for typed in ["\"", "'*)(:^-", "AND OR NOT", "NEAR(", "corpus\"; DROP TABLE session; --", "🎤 ñ"] {
        look.tmux.command("send-keys", "-l", typed)
        look.expect(typed) { $0.contains(typed) && !$0.contains("fts5") && !$0.contains("syntax") }
        look.tmux.command("send-keys", "-N", "60", "BSpace")
        look.expect("an empty line") { $0.contains("> _") }
      }
      for _ in 0..<10 { look.tmux.command("send-keys", "-l", String(repeating: "um \"", count: 125)) }
      look.expect("the end of it") { $0.contains("um \"_") }
      look.press("C-c", until: "History")
      look.press("/", until: "> _")
      look.tmux.command("send-keys", "-l", "prett")
      look.expect("a hit") { $0.contains("said") && $0.contains("pretty") }
      look.press("Enter", until: "Replay")
      look.expectClock(2...3)
      look.leave()
    }

    @Test func `titles and tags are edited, and sessions are filtered and sorted by them`() throws {
      let (world, first) = try Reviewed.world()
      let second = try world.spoken()
      let look = try Looking(world)
      look.press("T", typing: "Keynote rehearsal", until: "Summary")
      look.press("#", typing: "Work, big stage #Work", until: "Summary")
      #expect(eventually { (try? world.kept(second, "edited").count) == 2 }, "\(look.screen)")
      look.leave()
      try look.open("")
      look.expect("both sessions") { $0.contains("2 sessions") && $0.contains("#work") && $0.contains("Keynote") }
      for (typed, ids) in [
        ("#work", [second]), ("#nothing", []), ("keynote #stage", [second]), ("score>0", [first, second]),
        ("score>100", []), ("since 2020 until 2021", []), ("since 2020", [first, second]), ("", [first, second]),
      ] {
        look.press("f", typing: typed, until: "History")
        look.expect(typed) { screen in
          !screen.contains("Which sessions") && [first, second].allSatisfy { screen.contains($0) == ids.contains($0) }
        }
      }
      look.press("f", typing: "since soon", until: "soon\" is not understood")
      look.press("Escape", until: "2 sessions")
      for order in ["oldest", "longest", "score", "fillers"] { look.press("o", until: "by " + order) }
      look.leave()
      #expect(try world.kept(second, "began").first?.text("talk") == "Corpus", "what it was called is gone")
    }

    @Test func `what was said to be kept is there after a kill, and after an end by signal`() throws {
      let (world, id) = try Reviewed.world()
      for (signal, notes) in [(SIGTERM, ["first"]), (SIGKILL, ["first", "second"])] {
        let look = try stepping(world)
        look.press("n", typing: notes.last ?? "", until: "note: " + (notes.last ?? ""))
        if signal == SIGKILL { #expect(eventually { (try? world.kept(id, "comment").count) == 2 }) }
        look.press("Right", until: "% sure")
        // In the middle of a line, and of a correction that is on its way.
        look.tmux.press("-")
        look.press("+", until: "Which filler")
        let process = try #require(ProcessFigures.descendant(of: look.tmux.shell, named: "rostrum"))
        kill(process, signal)
        #expect(eventually(everySeconds: 0.05) { look.tmux.foreground == "sh" }, "\(look.screen)")
        #expect(try world.kept(id, "comment").map { $0.text("text") }.suffix(notes.count) == notes[...])
        #expect(try world.database.value("PRAGMA integrity_check") == "ok")
        if signal == SIGTERM { #expect(try world.kept(id, "correction").count == 1) }
      }
      let look = try Looking(world)
      look.press("Space", until: "Replay")
      look.step(by: "comment")
      look.leave()
      #expect(try world.rostrum("review", "last", "--plain").code == 0)
    }
  }
}
