import Practice
import Recognition
import Testing

@testable import Coach

/// What keeps a talk from being listened for: one rule for all commands.
@Suite struct GivenScriptTests {
  private static let known = PronouncingDictionary(
    text: "a AH\nbridge B R IH JH\nis IH Z\nlong L AO NG\nthe DH AH\n")

  @Test(
    arguments: [
      ("# Bridges\n\nThe bridge is long.", nil), ("", .nothingToSay), ("# Only\n> notes\n", .nothingToSay),
      ("a\0b", .notText), ("Добрый вечер, дорогие друзья.", .notEnglish),
      ("Meine sehr verehrten Damen und Herren, heute sprechen wir hier wieder einmal kurz.", .notEnglish),
      ("Die Brücke.", nil),
    ] as [(String, GivenScript.Obstacle?)])
  func `a talk that cannot be listened for is known`(text: String, obstacle: GivenScript.Obstacle?) {
    #expect(GivenScript.obstacle(Talk(title: "", body: text), known: Self.known) == obstacle)
  }

  @Test func `a heading whose length cannot be read is told before the talk`() throws {
    let (talk, _) = TalkFile.parse(text: "# Open {2x}\n\nHello there.\n\n# End {1m}\n\nBye.\n", path: "t.md")
    #expect(CheckedTalk.oddHeadings(of: talk).map { $0.prefix(7) } == ["t.md:1:"])
  }

  @Test func `without a dictionary only letters tell`() {
    let german = "Meine sehr verehrten Damen und Herren, heute sprechen wir hier wieder einmal kurz."
    #expect(GivenScript.obstacle(Talk(title: "", body: german), known: nil) == nil)
  }
}
