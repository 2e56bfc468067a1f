import Support
import Testing

extension EndToEnd {
  /// `rostrum tutors`, with good files and bad ones.
  @Suite struct TutorsTests {
    private let good = "---\n# A tutor.\nname: Zora\nsummary: Mine.\n---\nYou are {{tutor}}.\n"

    @Test func `tutors are listed, one's own first, and a malformed one is named and left out`() throws {
      let world = try World()
      _ = try world.scratch.folder("home/config/Prompts/tutors")
      _ = try world.scratch.write(good, to: "home/config/Prompts/tutors/coach.md")
      _ = try world.scratch.write("---\nname: Bad\n---\n", to: "home/config/Prompts/tutors/bad.md")
      let list = try world.rostrum("tutors")
      #expect(list.code == 0 && list.output.contains("Zora") && !list.output.contains("Robin"), "\(list)")
      #expect(list.output.contains("examiner") && !list.output.contains("Bad"), "\(list)")
      #expect(list.errors.contains("bad.md:1: summary: is missing") && list.errors.contains("left out"), "\(list)")
      let json = try world.rostrum("tutors", "--json")
      #expect(json.output.split(separator: "\n").count { $0.hasPrefix("{\"id\":\"") } >= 7, "\(json)")
      let bad = try world.rostrum("tutors", "preview", "bad")
      #expect(bad.code == 66 && bad.output.isEmpty && bad.errors.contains("mistakes"), "\(bad)")
    }

    @Test func `the preview shows all that would be sent`() throws {
      let world = try World()
      let none = try world.rostrum("tutors", "preview", "coach")
      #expect(none.code == 66 && none.output.isEmpty && none.errors.contains("No sessions yet"), "\(none)")
      #expect(try world.rostrum("rehearse", "--demo", "--fast", "--plain", "--recogniser", "none").code == 0)
      for (name, text) in [("coach", "You are Robin"), ("dr hale", "You are Dr Hale")] {
        let page = try world.rostrum(
          "tutors", "preview", name, "--session", "last", "--question", "Was I fast, & why <b>?")
        #expect(page.code == 0 && page.errors.isEmpty, "\(page)")
        for text in [text, "How to answer.", "words a minute", "--- user\nWas I fast, & why <b>?"] {
          #expect(page.output.contains(text), "\(text) is missing: \(page)")
        }
      }
      let unknown = try world.rostrum("tutors", "preview", "coahc", "--session", "last")
      #expect(unknown.code == 66 && unknown.errors.contains("There are coach"), "\(unknown)")
    }
  }
}
