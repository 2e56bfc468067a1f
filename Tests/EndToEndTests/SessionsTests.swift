import Foundation
import Support
import Testing

extension EndToEnd {
  /// Past sessions from the command line: chosen, searched, compared, scored and edited, without a network.
  @Suite(.serialized, .enabled(if: Speech.isThere, Speech.whyNot)) struct SessionsTests {
    /// A world with takes of these titles, 12 s each; their ids.
    private func world(_ titles: String..., recogniser: String = "none") throws -> (World, [String]) {
      let world = try World(["ROSTRUM_RECOGNISER": recogniser], withoutNetwork: true)
      let path = try world.file(try Speech.reading(seconds: 12))
      let text = """
        And Mister John Dashwood had then leisure to consider how much there might be prudently in his power to do for
        them. He was not an ill disposed young man.
        """
      let taken = try titles.map { title in
        let talk = try world.scratch.write("---\ntitle: \(title)\n---\n\(text)\n", to: "talk.md")
        let done = try world.rostrum("rehearse", talk, "--input", path, "--fast", "--plain")
        return try #require(savedSession(in: done.output + done.errors), "\(done)")
      }
      return (world, taken)
    }

    private func ids(_ run: Run) -> [String] {
      run.lines.compactMap { line in
        (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["id"] as? String
      }
    }

    @Test func `a list is filtered and sorted, and what makes no sense is refused`() throws {
      let (world, all) = try world("Keynote", "Toast", "Keynote two")
      #expect(try world.rostrum("sessions", "edit", all[1], "--tag", "Work", "--tag", "Big room").code == 0)
      func list(_ arguments: String...) throws -> [String] {
        ids(try run([RostrumBinary.path, "sessions", "--json"] + arguments, environment: world.environment))
      }
      #expect(try list("--talk", "keynote") == [all[2], all[0]])
      #expect(try list("--tag", "work", "--tag", "big-room") == [all[1]])
      #expect(try list("--tag", "work", "--tag", "none").isEmpty)
      #expect(try list("--sort", "oldest", "--limit", "2") == [all[0], all[1]])
      #expect(try list("--since", "2020", "--until", "2020-12").isEmpty && list("--since", "2020").count == 3)
      // Half a minute is too little for a score of the whole.
      #expect(try list("--min-score", "0").isEmpty && list("--sort", "score").count == 3)
      for wrong in [
        ["--sort", "taste"], ["--limit", "0"], ["--since", "yesterday"], ["--until", "2020-13"],
        ["--min-score", "200"],
      ] {
        let refused = try run([RostrumBinary.path, "sessions"] + wrong, environment: world.environment)
        #expect(refused.code == 64 && !showsTrace(refused.errors), "\(refused)")
      }
      #expect(try world.rostrum("sessions", "--talk", "opera").output.contains("No session fits"))
    }

    @Test func `what was said and noted is found where it was, and no query is a mistake`() throws {
      let (world, all) = try world("Keynote", recogniser: "pocketsphinx")
      #expect(try world.rostrum("sessions", "edit", "last", "--comment", "0:04=A zeppelinesque pause").code == 0)
      let said = try world.rostrum("sessions", "search", "leisure")
      #expect(said.code == 0 && said.output.contains("[leisure]") && said.output.contains(all[0]), "\(said)")
      #expect(said.errors.contains("rostrum review \(all[0]) --at 0:0"), "\(said)")
      let noted = try world.rostrum("sessions", "search", "zeppelin*", "--json")
      let hit = try #require(
        try JSONSerialization.jsonObject(with: Data((noted.lines.first ?? "").utf8)) as? [String: Any])
      #expect(hit["seconds"] as? Double == 4 && hit["kind"] as? String == "note", "\(noted)")
      #expect(try world.rostrum("sessions", "search", "zeppelin", "--json").output.isEmpty)
      #expect(try world.rostrum("sessions", "search", "leisure had", "--json").output.isEmpty)
      #expect(try world.rostrum("sessions", "search", "had leisure", "--json").lines.count <= 1)
      for odd in ["\"", "*", "...", "\" OR 1=1 --", "NEAR(", "-", "\u{1f}", "a:b", "('"] {
        let done = try world.rostrum("sessions", "search", "--", odd)
        #expect([0, 64].contains(done.code) && !showsTrace(done.output + done.errors), "\(odd): \(done)")
        #expect(!(done.output + done.errors).contains("fts5"), "\(odd): \(done)")
      }
    }

    @Test func `a figure is told over sessions, drawn in a terminal and in words elsewhere`() throws {
      let (world, all) = try world("A", "B", "C", "D", "E")
      let told = try world.rostrum("sessions", "trends")
      #expect(told.code == 0 && told.output.contains("pace: "), "\(told)")
      let words = try world.rostrum("sessions", "trends", "pace", "--plain")
      #expect(words.code == 0 && words.output.contains("5 sessions") && !words.output.contains("\u{28}00"), "\(words)")
      let json = try world.rostrum("sessions", "trends", "Pace", "--json")
      let trend = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      let points = trend["points"] as? [[String: Any]] ?? []
      #expect(Set(points.compactMap { $0["id"] as? String }) == Set(all) && (trend["band"] as? [Double])?.count == 2)
      let unknown = try world.rostrum("sessions", "trends", "charm")
      #expect(unknown.code == 64 && unknown.errors.contains("charm"), "\(unknown)")
      #expect(try World().rostrum("sessions", "trends").output.contains("Rehearse"))
    }

    @Test(.enabled(if: Tmux.isThere, "needs tmux")) func `a terminal shows the chart`() throws {
      let (world, _) = try world("A", "B", "C", "D", "E")
      let tmux = try world.tmux(columns: 80, rows: 40)
      tmux.enter("\(rostrum) sessions trends pace")
      #expect(tmux.wait { $0.contains("Pace, words a minute") && $0.contains("session") && $0.contains("─") })
      #expect(!tmux.screen.contains("5 sessions,"), "\(tmux.screen)")
    }

    @Test func `scores are told, opened, and asked for by name`() throws {
      let (world, _) = try world("A")
      let scores = try world.rostrum("sessions", "scores", "last", "--rubric", "rostrum")
      #expect(scores.code == 0 && scores.output.contains("Pace") && scores.output.contains(" to "), "\(scores)")
      let opened = try world.rostrum("sessions", "scores", "last", "--explain", "pace")
      #expect(
        opened.code == 0 && opened.output.contains("0 below") && opened.output.contains("words a minute"), "\(opened)")
      let json = try world.rostrum("sessions", "scores", "last", "--json")
      for line in json.lines {
        let rubric = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect((rubric["criteria"] as? [Any])?.isEmpty == false, "\(line)")
      }
      #expect(try world.rostrum("sessions", "scores", "last", "--explain", "charm").code == 64)
      #expect(try world.rostrum("sessions", "scores", "last", "--rubric", "charm").code == 64)
    }

    @Test func `an edit is kept beside what was heard, and the guess is made once`() throws {
      let (world, all) = try world("A")
      let before = try world.rostrum("sessions", "show", all[0], "--json").lines
      let edited = try world.rostrum(
        "sessions", "edit", all[0], "--title", "Keynote\u{1b}[31m", "--tag", "work", "--context", "technical",
        "--guess",
        "7", "--comment", "0:02=Slower", "--json")
      #expect(
        edited.code == 0 && SeenEvent.all(in: edited.output)?.map(\.kind) == ["edited", "comment", "guess"], "\(edited)"
      )
      let after = try world.rostrum("sessions", "show", all[0], "--json").lines
      #expect(Array(after.prefix(before.count)) == before && after.count > before.count)
      let listed = try world.rostrum("sessions").output
      #expect(listed.contains("Keynote") && listed.contains("#work") && !listed.contains("\u{1b}"), "\(listed)")
      let again = try world.rostrum("sessions", "edit", all[0], "--guess", "9")
      #expect(again.code == 64 && again.errors.contains("7"), "\(again)")
      let wrong: [[String]] = [
        [], ["--context", "opera"], ["--comment", "slower"], ["--comment", "9:00=late"], ["--guess", "-1"],
      ]
      for arguments in wrong {
        let refused = try run(
          [RostrumBinary.path, "sessions", "edit", all[0]] + arguments, environment: world.environment)
        #expect(refused.code == 64 && !showsTrace(refused.errors), "\(refused)")
      }
      #expect(try world.rostrum("sessions", "edit", all[0], "--comment", "0:02=").output.contains("0 comments"))
    }
  }
}
