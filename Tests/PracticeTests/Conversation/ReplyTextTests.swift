import Practice
import Support
import Testing

/// A model's answer on its way to a screen.
struct ReplyTextTests {
  /// Marks for emphasis, so that a line is one string: `*strong*`, `/emphasised/`, `'code'`, `#heading#`, `(mark)`.
  private func drawn(_ markdown: String) -> [String] {
    ReplyText(markdown: markdown).lines.map { line in
      String(repeating: " ", count: line.runs.isEmpty ? 0 : line.indent)
        + line.runs.map { run in
          switch run.emphasis {
          case .plain: run.text
          case .strong: "*\(run.text)*"
          case .emphasised: "/\(run.text)/"
          case .code: "'\(run.text)'"
          case .heading: "#\(run.text)#"
          case .bullet: "(\(run.text))"
          case .quoted: "|\(run.text)|"
          }
        }.joined()
    }
  }

  static let answers: [(Written, [String])] = [
    (Written(""), []), ("Good.", ["Good."]), ("a\nb", ["a b"]), ("a  \nb", ["a", "b"]), ("a\n\n\n\nb", ["a", "", "b"]),
    ("**Slow** down, _please_, `now`", ["*Slow* down, /please/, 'now'"]),
    ("# Pace\nToo fast", ["#Pace#", "", "Too fast"]),
    ("- one\n- two\n  - three", ["(- )one", "(- )two", "  (- )three"]),
    ("3. one\n4. two\n\nEnd", ["(3. )one", "(4. )two", "", "End"]),
    ("- one\n\n  more", ["(- )one", "", "  more"]), ("-\n- x", ["(- )", "(- )x"]),
    ("> said\n\nyes", ["  |said|", "", "yes"]), ("```\nlet a\n\tb\n```\nx", ["  'let a'", "  '    b'", "", "x"]),
    ("[here](https://a.example/b)", ["here (https://a.example/b)"]), ("<https://a.example>", ["https://a.example"]),
    ("![a cat](x.png)", ["a cat"]), ("<b>bold</b>", ["<b>bold</b>"]), ("---", ["---"]),
    ("**not closed", ["**not closed"]), ("`not closed", ["`not closed"]), ("a*", ["a*"]),
  ]

  @Test(arguments: answers)
  func `Markdown becomes lines with emphasis`(markdown: Written, expected: [String]) {
    #expect(drawn(markdown.text) == expected)
  }

  /// What must reach neither a screen nor a voice.
  static let hostile: [Written] = [
    "\u{1B}]52;c;aGVsbG8=\u{07}", "\u{1B}[2J\u{1B}[31mred", "\u{9B}31m\u{9D}0;title\u{9C}", "a\u{0}b\u{7F}c\u{8}",
    "&#27;[2J &#x9b;31m &#x202e; &#0;", "`\u{1B}[31m`", "```\n\u{1B}]0;x\u{07}\n```", "[x](\u{1B}]8;;evil)",
    "[a](<b\u{202E}c>)",
    "safe\u{202E}gnp.exe", "\u{2066}a\u{2069}\u{200F}\u{061C}b", "a\u{200B}\u{200B}\u{200B}b\u{FEFF}\u{2060}c",
    "x\u{200D}\u{200D}\u{200D}\u{200D}y", "\u{E0041}\u{E0042}tag", "\u{E000}\u{F8FF}", "\u{FFFE}\u{1FFFE}",
    "a\u{2028}b\u{2029}c\u{85}d",
    Written("a" + String(repeating: "\u{301}", count: 500)), "# \u{1B}[1m\n- \u{1B}[2m\n> \u{9B}", "<\u{1B}[31m>",
    "\r\u{1B}\r\n\u{C}",
    "\u{3164}\u{115F}\u{2800}",
  ]

  private func isSafe(_ text: String) -> Bool {
    var marks = 0
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\n": return false
      case .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
      case .format where !["\u{200C}", "\u{200D}"].contains(scalar): return false
      case .nonspacingMark: marks += 1
      default: marks = 0
      }
      if marks > 5 { return false }
    }
    return !text.contains("\u{200D}\u{200D}")
  }

  @Test(arguments: hostile)
  func `nothing that misleads a terminal or a reader comes through`(written: Written) {
    let text = written.text
    let reply = ReplyText(markdown: text)
    #expect(isSafe(reply.plain), "\(reply.plain.debugDescription)")
    for run in reply.lines.flatMap(\.runs) { #expect(!run.text.contains("\n") && !run.text.isEmpty) }
    #expect(isSafe(ReplyText.spoken(text)), "\(ReplyText.spoken(text).debugDescription)")
  }

  @Test func `at every moment while it comes an answer is safe`() {
    let whole = Self.hostile.map(\.text).joined(separator: " **and** ")
    var index = whole.unicodeScalars.startIndex
    while index < whole.unicodeScalars.endIndex {
      #expect(isSafe(ReplyText(markdown: String(whole.unicodeScalars[..<index])).plain))
      index =
        whole.unicodeScalars.index(index, offsetBy: 7, limitedBy: whole.unicodeScalars.endIndex)
        ?? whole.unicodeScalars.endIndex
    }
  }

  @Test func `a megabyte without a line break is cut at the bound, between characters`() {
    for unit in ["a", "é", "日", "🎉"] {
      let reply = ReplyText(markdown: String(repeating: unit, count: (1 << 20) / unit.utf8.count))
      #expect(reply.isCut)
      #expect(reply.plain.utf8.count <= ReplyText.byteLimit)
      #expect(reply.plain.utf8.count > ReplyText.byteLimit - 4)
      #expect(reply.plain.allSatisfy { String($0) == unit })
    }
    #expect(!ReplyText(markdown: "short").isCut)
  }

  @Test(arguments: [
    "[", "*", "> ", "- ", "![", "`", "<", "_a_", "[a](", "&", "**a", "* * ", "\n> - ", "1. ", "<!--", "[]()",
  ])
  func `an answer that is all marks is read too`(mark: String) {
    let reply = ReplyText(markdown: String(repeating: mark, count: ReplyText.byteLimit / mark.utf8.count))
    #expect(isSafe(reply.plain))
  }

  static let spoken: [(Written, String)] = [
    (Written("Good pace."), "Good pace.\n"), ("**Slow** _down_", "Slow down.\n"),
    ("# Pace\nYou rush.\n", "Pace.\nYou rush. \n"),
    ("- breathe\n- pause\n", "breathe.\npause.\n"), ("1. one\n2. two!", "one.\ntwo!\n"), ("a\nb\n\nc", "a b.\nc.\n"),
    ("See [this page](https://a.example/x_(y)).", "See this page.\n"), ("Go to https://a.example/b.", "Go to.\n"),
    ("Say:\n```swift\nlet a = 1\n```\nDone", "Say:\nDone.\n"), ("`um` and snake_case", "um and snake_case.\n"),
    ("At 1.5 words\n2024 was 3 times", "At 1.5 words 2024 was 3 times.\n"), ("> \"Quote.\"", "\"Quote.\"\n"),
    ("a <b>c</b> d", "a c d.\n"), ("Tom &amp; Ann", "Tom & Ann.\n"),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "a b.\n1 2.\n"),
    ("Title\n=====\nText", "Title.\nText.\n"), ("One.\r\nTwo.\r\n\r\nThree.", "One. Two. \nThree.\n"),
    ("你好。再见", "你好。再见.\n"),
    ("", ""), ("***", ""), ("_really_, yes", "really, yes.\n"), ("~~no~~ yes", "no yes.\n"),
    ("cafe\u{301}", "cafe\u{301}.\n"),
    ("pause — then", "pause — then.\n"), ("Well...", "Well...\n"), ("- [ ] breathe", "breathe.\n"),
  ]

  @Test(arguments: spoken)
  func `a voice says the words and none of the marks`(markdown: Written, expected: String) {
    #expect(ReplyText.spoken(markdown.text) == expected)
  }

  @Test func `what was handed to the voice never changes, however the answer is cut`() {
    let texts =
      Self.hostile.map(\.text) + [
        "# A\n\n- **b** [c](d) `e`\n\n```x\ny\n```\nz https://a.example. \u{65}\u{301}n 1. f\r\n2) g"
      ]
    for text in texts {
      let expected = ReplyText.spoken(text)
      var reply = SpokenReply()
      var said = ""
      for scalar in text.unicodeScalars { said += reply.add(String(scalar)) }
      said += reply.finish()
      #expect(Array(said.unicodeScalars) == Array(expected.unicodeScalars), "\(text.debugDescription)")
    }
  }

  @Test func `a sentence is handed out before the next has begun`() {
    var reply = SpokenReply()
    #expect(reply.add("You speak") == "You")
    #expect(reply.add(" well. ") == " speak well. ")
    #expect(reply.add("And") == "")
  }

  @Test func `a voice is told no more than the bound`() {
    #expect(ReplyText.spoken(String(repeating: "a", count: 1 << 20)).utf8.count <= ReplyText.byteLimit + 2)
  }
}
