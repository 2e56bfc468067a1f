import Terminal
import Testing

@Suite struct TextTests {
  @Test(arguments: [
    ("", 0), ("pace", 4), ("héllo", 5), ("e\u{301}", 1), ("世界", 4), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2),
    ("🇫🇷", 2), ("❤️", 1), ("a\tb", 3), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("क्‍ष", 2), ("\u{301}", 0),
    ("\u{1B}[31m", 5), ("…", 1), ("a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}", 1), ("\u{FFFD}", 1), ("नमस्ते", 4),
    ("שלום", 4),
  ])
  func `text takes as many cells as every terminal gives it`(text: String, width: Int) {
    #expect(cellWidth(text) == width)
    #expect(cellWidth(sanitised(text)) == width)
  }

  @Test(arguments: [
    ("plain", "plain"), ("\u{1B}[2J", "?[2J"), ("\u{1B}]0;title\u{7}", "?]0;title?"), ("\u{9B}31m", "?31m"),
    ("a\u{202E}b\u{202C}", "a?b?"), ("a\u{2066}b\u{2069}", "a?b?"), ("a\u{0}b\u{7F}", "a?b?"),
    ("one\ntwo\r", "one two "),
    ("\u{E000}", "?"), ("\u{378}", "?"), ("\u{200B}zero", "zero"), ("\u{FEFF}mark", "mark"), ("so\u{AD}ft", "soft"),
    ("🇫🇷", "FR"), ("👨‍👩‍👧 ok", "👨 ok"), ("❤️", "❤"), ("\u{2028}", " "), ("\u{10FFFF}", "?"),
  ])
  func `nothing that moves a cursor or hides its meaning is kept`(text: String, safe: String) {
    #expect(sanitised(text) == safe)
    #expect(sanitised(safe) == safe)
  }

  @Test(arguments: [
    ("pause", 5, "pause"), ("pauses", 5, "paus…"), ("pauses", 1, "…"), ("pauses", 0, ""), ("pauses", -3, ""),
    ("世界人", 5, "世界…"), ("世界人", 4, "世…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ])
  func `text is cut to cells and says so`(text: String, columns: Int, shown: String) {
    #expect(clip(text, to: columns) == shown)
    #expect(cellWidth(clip(text, to: columns)) <= max(columns, 0))
  }

  @Test func `an ellipsis is three points in ASCII`() {
    #expect(clip("rehearsal", to: 6, glyphs: .ascii) == "reh...")
    #expect(clip("rehearsal", to: 2, glyphs: .ascii) == "re")
  }

  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]), ("one\n\ntwo", 9, ["one", "", "two"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("  spaced   out ", 20, ["spaced out"]), ("世界人", 3, ["世", "界", "人"]), ("x", 0, []), ("", 5, [""]),
    ("a longword b", 4, ["a", "long", "word", "b"]),
  ])
  func `text is wrapped at spaces`(text: String, columns: Int, lines: [String]) {
    #expect(wrap(text, to: columns) == lines)
  }

  @Test func `a text without end is cut at a number of lines`() {
    #expect(wrap(String(repeating: "a\n", count: 50_000), to: 10).count == 10_000)
  }

  @Test(arguments: [
    (0.0, "0:00"), (65, "1:05"), (3725, "1:02:05"), (-5, "-0:05"), (-0.2, "0:00"), (.nan, "-:--"), (1e12, "-:--"),
  ])
  func `seconds read as a clock`(seconds: Double, text: String) {
    #expect(clockTime(seconds) == text)
  }
}
