import Foundation
import Support
import Testing

extension EndToEnd {
  /// Sessions taken in: nothing lost, nothing half, nothing of anybody's that is not a session.
  @Suite(.serialized, .enabled(if: Speech.isThere, Speech.whyNot)) struct ImportTests {
    /// A world with a session that has something said about it; its id and its document.
    private func world() throws -> (World, String, String) {
      let world = try World(withoutNetwork: true)
      let path = try world.file(try Speech.reading(seconds: 6))
      let done = try world.rostrum("rehearse", "--input", path, "--fast")
      let id = try #require(savedSession(in: done.output + done.errors), "\(done)")
      let said = try world.rostrum(
        "sessions", "edit", id, "--title", "Émile’s “talk”", "--tag", "work", "--comment", "0:02=Slower", "--guess", "3"
      )
      #expect(said.code == 0, "\(said)")
      let file = world.scratch.path("s.json")
      #expect(try world.rostrum("export", id, "--output", file).code == 0)
      return (world, id, file)
    }

    @Test func `a round trip loses nothing, and the same again is said to be there`() throws {
      let (world, id, file) = try world()
      let other = try World(withoutNetwork: true)
      let taken = try other.rostrum("import", file)
      #expect(taken.code == 0 && taken.output.contains("Imported session \(id)"), "\(taken)")
      let there = try other.rostrum("sessions", "show", id, "--json").output
      #expect(try world.rostrum("sessions", "show", id, "--json").output == there)
      let back = other.scratch.path("back.json")
      #expect(try other.rostrum("export", id, "--output", back).code == 0)
      #expect(FileManager.default.contents(atPath: back) == FileManager.default.contents(atPath: file))
      let again = try other.rostrum("import", file, "--json")
      #expect(again.code == 0 && again.output.contains("\"outcome\":\"same\""), "\(again)")
      #expect(try other.rostrum("sessions", "show", id, "--json").output == there)
      #expect(try other.rostrum("sessions", "search", "slower").output.contains(id))
      #expect(try other.rostrum("sessions", "--tag", "work", "--json").lines.count == 1)
    }

    @Test func `what a tutor noted comes back under their name, and nothing else of theirs`() throws {
      let (world, id, file) = try world()
      let tutor = try World(withoutNetwork: true)
      #expect(try tutor.rostrum("import", file).code == 0)
      let notes = ["--comment", "0:03=Breathe here", "--title", "Theirs"]
      #expect(try run([RostrumBinary.path, "sessions", "edit", id] + notes, environment: tutor.environment).code == 0)
      let noted = tutor.scratch.path("noted.json")
      #expect(try tutor.rostrum("export", id, "--output", noted).code == 0)
      let own = try world.rostrum("sessions", "edit", id, "--comment", "0:04=Mine")
      #expect(own.code == 0)
      let merged = try world.rostrum("import", noted, "--as", "Ana Ruiz")
      #expect(merged.code == 0 && merged.output.contains("1 event of Ana Ruiz"), "\(merged)")
      let events = try #require(SeenEvent.all(in: try world.rostrum("sessions", "show", id, "--json").output))
      let comments = events.filter { $0.kind == "comment" }
      #expect(comments.count == 3 && comments.last?.fields["by"] as? String == "Ana Ruiz", "\(comments)")
      #expect(try world.rostrum("sessions", "--json").output.contains("Émile’s"))
      #expect(try world.rostrum("import", noted, "--as", "Ana Ruiz").output.contains("here already"))
      // Nor without the name does it come a second time, as the learner's own.
      #expect(try world.rostrum("import", noted).code == 0)
      let still = try #require(SeenEvent.all(in: try world.rostrum("sessions", "show", id, "--json").output))
      #expect(still.count { $0.kind == "comment" } == 3, "\(still.filter { $0.kind == "comment" })")
      #expect(try world.rostrum("import", noted, "--as", " ").code == 64)
    }

    @Test func `what is cut off, hostile or another session changes nothing, and where is said`() throws {
      let (world, id, file) = try world()
      let text = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
      let listed = try world.rostrum("sessions", "show", id, "--json").output
      let other = id.hasPrefix("0") ? "1" + id.dropFirst() : "0" + id.dropFirst()
      let fresh = text.replacing("\"id\":\"\(id)\"", with: "\"id\":\"\(other)\"")
      let files: [(String, String, String)] = [
        ("cut off", String(fresh.dropLast(fresh.count / 2)), "ends in the middle"),
        ("second cut off", fresh + String(fresh.replacing(other, with: "zzzzzzzz").dropLast(9)), "ends in the middle"),
        ("empty", "", "no session"), ("no JSON", "Dear diary", "schema"),
        ("newer", text.replacing("rostrum.session/1", with: "rostrum.session/9"), "rostrum.session/9"),
        ("path", text.replacing("\"id\":\"\(id)\"", with: "\"id\":\"../../x\""), "id"),
        (
          "deep", fresh.replacing("\"events\":[", with: "\"events\":[" + String(repeating: "{\"a\":", count: 5_000)), ""
        ),
        (
          "long",
          fresh.replacing(
            "\"events\":[", with: "\"events\":[{\"t\":0,\"kind\":\"\(String(repeating: "x", count: 100_000))\"},"), ""
        ),
        ("no event", fresh.replacing("\"events\":[", with: "\"events\":[7,"), ""),
        ("bytes", "\u{0}\u{1}\u{2}", ""),
        ("another", text.replacing("\"syllables\":", with: "\"syllablez\":"), "another session"),
      ]
      for (name, content, says) in files {
        let path = try world.scratch.write(content, to: "bad.json")
        let done = try world.rostrum("import", path)
        #expect(done.code == 65 && !showsTrace(done.errors) && !done.isTimedOut, "\(name): \(done)")
        #expect(says.isEmpty || done.errors.contains(says), "\(name): \(done)")
        #expect(!done.errors.contains("\u{1b}"), "\(name)")
      }
      #expect(try world.rostrum("sessions", "--json").lines.count == 1)
      #expect(try world.rostrum("sessions", "show", id, "--json").output == listed)
      #expect(try world.rostrum("import", "/nonexistent/x.json").code == 66)
      #expect(try world.rostrum("import", world.home).code == 66)
      #expect(try world.rostrum("import").code == 64)
    }

    @Test func `many come through a pipe`() throws {
      let (world, _, _) = try world()
      let path = try world.file(try Speech.reading(seconds: 3))
      #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      let all = try world.rostrum("export", "--all", "--format", "json", "--output", "-").output
      let other = try World(withoutNetwork: true)
      let taken = try other.rostrum("import", "-", "--json", input: Array(all.utf8))
      #expect(taken.code == 0 && taken.lines.count == 2, "\(taken)")
      #expect(try other.rostrum("export", "--all", "--format", "json", "--output", "-").lines.count == 2)
    }
  }
}
