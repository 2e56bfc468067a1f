import Testing

@testable import Practice

/// A script as one text: sentences parted by ` ¦ `, words by blanks, `*` before a stressed one, `~` and `~~` behind one
/// with a pause mark.
private func shown(_ script: Script) -> String {
  script.sentences.map { sentence in
    script.tokens[sentence.tokens].map { token in
      (token.isStressed ? "*" : "") + token.text + String(repeating: "~", count: token.pauseAfter?.rawValue ?? 0)
    }.joined(separator: " ")
  }.joined(separator: " ¦ ")
}

@Suite struct ScriptReaderTests {
  @Test(arguments: [
    // Nothing to say.
    ("", ""), ("\n\n", ""), ("# Only a heading", ""), ("> only a note", ""), ("---", ""), ("🎉 — …", ""), ("\u{0}", ""),
    // Stops.
    ("One. Two.", "One. ¦ Two."), ("Who? Me! Yes… No", "Who? ¦ Me! ¦ Yes… ¦ No"), ("No stop", "No stop"),
    ("all lower. case too", "all lower. ¦ case too"), ("One\ntwo.\nThree", "One two. ¦ Three"),
    ("\"Really?\" he said. \"Yes.\" Then", "\"Really?\" he said. ¦ \"Yes.\" ¦ Then"),
    ("(So it is.) Next", "(So it is.) ¦ Next"), ("He said “no.” She left.", "He said “no.” ¦ She left."),
    ("Well... maybe. Well... Maybe", "Well... maybe. ¦ Well... ¦ Maybe"), ("Wait… what?", "Wait… what?"),
    ("It works!? Yes.", "It works!? ¦ Yes."), ("One; two: three, four.", "One; two: three, four."),
    // Stops that are none.
    ("Dr. Smith met Mrs. Jones.", "Dr. Smith met Mrs. Jones."), ("It is 3.5 km. Yes.", "It is 3.5 km. ¦ Yes."),
    ("Fruit, e.g. Apples, i.e. Food.", "Fruit, e.g. Apples, i.e. Food."),
    ("Cats, dogs, etc. and more. Cats etc. Then", "Cats, dogs, etc. and more. ¦ Cats etc. ¦ Then"),
    ("John F. Kennedy spoke. J. Doe too.", "John F. Kennedy spoke. ¦ J. Doe too."),
    ("Take plan B. Then go.", "Take plan B. ¦ Then go."), ("So do I. He went.", "So do I. ¦ He went."),
    ("At 5 p.m. we met. We met at 5 p.m. They left.", "At 5 p.m. we met. ¦ We met at 5 p.m. ¦ They left."),
    ("The U.S. economy. In the U.S. We", "The U.S. economy. ¦ In the U.S. ¦ We"),
    ("See No. 5 there. Oh no. 5 went.", "See No. 5 there. ¦ Oh no. ¦ 5 went."),
    ("It was 3. Then 4.", "It was 3. ¦ Then 4."),
    ("Etc., and so on.", "Etc., and so on."), ("Ask Prof. Li vs. Dr. Wu.", "Ask Prof. Li vs. Dr. Wu."),
    // Blocks.
    ("One\n\nTwo", "One ¦ Two"), ("- one\n- two. three\n", "one ¦ two. ¦ three"), ("1. one\n2. two", "one ¦ two"),
    ("- [ ] open task\n- [x] done task", "open task ¦ done task"), ("- a\n\n  b\n  - c", "a ¦ b ¦ c"),
    ("say\n\n```\ncode\n```\n\nthis", "say ¦ this"), ("say\n\n    code\n\nthis", "say ¦ this"), ("~~~\ncode", ""),
    ("say\n***\nthis", "say ¦ this"), ("| a | b |\n|---|:-:|\n| c | d |\n\nsay", "say"),
    ("a | b\n\nsay", "a | b ¦ say"),
    ("<div>\nno\n</div>\n\nsay", "say"), ("say <b>this</b> now", "say this now"),
    ("<!-- no\nno --> said <!-- no -->\n\nthis", "said ¦ this"), ("say <!-- no --> this", "say this"),
    ("said\n---\nthis", "this"), ("Said.\n---\nthis", "Said. ¦ this"), ("one\ntwo\n---\nthree", "one ¦ three"),
    ("\"Said.\"\n===\nthis", "\"Said.\" ¦ this"), ("- said\n---\nthis", "said ¦ this"),
    // What a link, a picture, code and a footnote say.
    ("[the link](http://a.b/c) and ![no](a.png) `code`", "the link and code"),
    ("<https://a.org/b/>", "https://a.org/b/"),
    ("word[^1] more[^long-name].\n\n[^1]: no", "word more."), ("a &amp; b &eacute;", "a & b é"), ("2 \\* 3", "2 * 3"),
    // Notes.
    ("> note\nsaid", "said"), ("said\n> note", "said"), ("> a\n> b\n\nsaid", "said"),
    ("- item\n  > note\n  more", "item ¦ more"),
    // Stress.
    ("**All of** it", "*All *of it"), ("*plain* _too_ __loud__", "plain too *loud"), ("**Loud!** he", "*Loud! ¦ he"),
    ("un**believ**able", "*unbelievable"), ("***both***", "*both"), ("~~struck out~~ kept ~~more", "kept ~~more"),
    // Pause marks.
    ("one / two // three", "one~ two~~ three"), ("one/ two// three /", "one~ two~~ three~"),
    ("one / // two", "one~~ two"),
    ("/ one", "one"), ("One. / Two.", "One.~ ¦ Two."), ("one\n\n// two", "one~~ ¦ two"), ("one,/ two", "one,~ two"),
    ("and/or 1/2 km/h 9/11", "and/or 1/2 km/h 9/11"),
    ("http://a.b/ www.a.org/ /usr/bin/", "http://a.b/ www.a.org/ /usr/bin/"),
    ("coffee w/ milk", "coffee w/ milk"), ("**one** / two", "*one~ two"), ("one /// two", "one~~ two"),
    ("p.m./ two", "p.m.~ two"),
    // Words.
    ("yes — no", "yes — no"), ("one—two", "one— two"), ("one--two", "one-- two"),
    ("well…so well...so", "well… so well... so"),
    ("Great! 🎉 Next", "Great! 🎉 ¦ Next"), ("“ one ”", "“ one ”"), ("5–7 mother-in-law", "5–7 mother-in-law"),
    ("我们来谈。很好！", "我们 来谈。 ¦ 很好！"), ("Это так. Да.", "Это так. ¦ Да."),
  ])
  func `a talk is read as it is meant to be said`(markdown: String, expected: String) {
    #expect(shown(Script(markdown: markdown)) == expected)
  }

  @Test(arguments: [
    ("# A {2m}", "A", 1, 120.0), ("## A *b* {90s} ##", "A b", 2, 90), ("A {1:30}\n=====", "A", 1, 90),
    ("A\n---", "A", 2, nil), ("### A {2-3m}", "A", 3, 180), ("# A {5}", "A {5}", 1, nil), ("# {2m}", "", 1, 120),
    ("# A {x} b", "A {x} b", 1, nil), ("# A {9s}", "A {9s}", 1, nil), ("#", "", 1, nil), ("# A{2m}", "A", 1, 120),
    ("# `code` [b](c)", "code b", 1, nil), ("# A {2m} {3m}", "A {2m}", 1, 180),
  ])
  func `a heading is a section and may have a budget`(markdown: String, title: String, level: Int, budget: Double?) {
    let script = Script(markdown: markdown)
    #expect(
      script.sections == [Script.Section(title: title, level: level, budgetSeconds: budget, sentences: 0..<0)])
  }

  @Test func `sections, sentences, notes and lines are where they were written`() {
    let reading = ScriptReader.read(
      """
      First.

      # One {2m}
      > smile
      > *wait*

      Second. Third
      goes on.
      ## Empty

      | no | no |
      |----|----|
      > for the end
      ### Two
      - Fourth
      > last
      """)
    let script = reading.script
    #expect(script.sections.map(\.title) == ["", "One", "Empty", "Two"])
    #expect(
      script.sections.map(\.sentences) == [0..<1, 1..<3, 3..<3, 3..<4] && script.sections.map(\.line) == [1, 3, 9, 14])
    #expect(script.sentences.map(\.notes) == [[], ["smile", "wait"], [], ["for the end"]])
    #expect(script.sentences.map(\.startsParagraph) == [true, true, false, true])
    #expect(script.sentences.map(\.line) == [1, 7, 7, 15] && script.sentences.map(\.section) == [0, 1, 1, 3])
    #expect(script.closingNotes == ["last"])
    #expect(reading.unsaid == [Unsaid(.table, lines: 11...12)])
  }

  @Test func `what is not said is told by its lines`() {
    let reading = ScriptReader.read("a\n\n```\nb\n```\n<p>\nc\n\n![d](e)\n\n[^1]: f\n")
    #expect(
      reading.unsaid == [
        Unsaid(.code, lines: 3...5), Unsaid(.html, lines: 6...7), Unsaid(.image, lines: 9...9),
        Unsaid(.footnote, lines: 11...11),
      ])
  }

  @Test func `a long sentence is cut where a breath would be taken`() {
    func words(_ count: Int) -> String { Array(repeating: "word", count: count).joined(separator: " ") }
    func lengths(_ text: String) -> [Int] { Script(markdown: text).sentences.map { $0.tokens.count } }
    #expect(lengths(words(60)) == [60])
    #expect(lengths(words(61)).allSatisfy { $0 >= 20 } && lengths(words(61)).count == 2)
    #expect(lengths(words(28) + "; " + words(36)) == [28, 36])
    #expect(lengths(words(22) + ", " + words(40)) == [22, 40])
    #expect(
      lengths(words(22) + ", " + words(8) + " and " + words(33)) == [22, 42]
        || lengths(words(22) + ", " + words(8) + " and " + words(33)) == [30, 34])
    #expect(lengths(words(20) + " / " + words(45)) == [20, 45])
    #expect(lengths(words(10_000)).allSatisfy { (20...60).contains($0) })
  }

  @Test func `a token has a way to be said, in whatever letters it is written`() {
    let script = Script(markdown: "Hello, world’s 我们 привет c'est 7 & done — 🎉 (x)")
    for token in script.tokens {
      #expect(!token.readings.isEmpty && token.readings.allSatisfy { !$0.isEmpty && !$0.contains("") }, "\(token)")
    }
    #expect(script.tokens[1].readings.first == ["world's"])
  }

  @Test func `whatever is written is read, and everything in it has its place`() {
    var random = SystemRandomNumberGenerator()
    let soup = [
      "# ", "## ", "\n", "\n\n", "> ", "- ", "1. ", "```", "~~~", "**", "*", "_", "~~", "/", "//", " ", ". ", "! ", "[",
      "](a)", "![",
      "<!--", "-->", "<b>", "`", "{2m}", "|", "\n|-|-|\n", "---", "===", "\t", "    ", "word", "Dr.", "3.5", "é", "我们",
      "🎉", "\\", "&amp;",
      "[^1]", "[^1]: ", "\u{0}", "\u{301}", "\u{202E}", "—", "…", "--", "...", "\r\n", "\r", "\u{2028}", "http://a.b/",
      "\"", "“", "”",
    ]
    for round in 0..<200 {
      let text =
        round % 4 == 0
        ? String(decoding: (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }, as: UTF8.self)
        : (0..<80).map { _ in soup.randomElement(using: &random) ?? "" }.joined()
      expectWhole(Script(markdown: text), text)
      #expect(Script(parts: ScriptPart.parts(of: text)) == Script(markdown: text))
    }
  }

  @Test(arguments: [
    "[", "![[]()", ">", "*a_ ", "- ", "...", "a—", "`", "<!--a", "&#33;", "a\u{301}", "\n\n", "# a {2m}\n", "a/ ",
    "~~a", "我",
    "|a|\n|-|\n", "> \n", "(", "a . ",
  ])
  func `repetition without end is read in good time`(_ piece: String) {
    expectWhole(Script(markdown: String(repeating: piece, count: 20_000 / piece.utf8.count)), piece)
  }

  @Test func `a mebibyte is read and no more`() {
    let source = ScriptSource(String(repeating: "Some words\n", count: 100_000))
    #expect(source.text.utf8.count <= ScriptSource.byteLimit + 1 && source.lineOf.count == 95_325)
  }

  /// Sections hold all sentences in order, sentences all tokens.
  private func expectWhole(_ script: Script, _ text: String) {
    #expect(script.sections.flatMap(\.sentences) == Array(script.sentences.indices), "\(text)")
    #expect(script.sentences.flatMap(\.tokens) == Array(script.tokens.indices), "\(text)")
    #expect(script.sentences.allSatisfy { !$0.tokens.isEmpty }, "\(text)")
    for (index, section) in script.sections.enumerated() {
      #expect(section.sentences.allSatisfy { script.sentences[$0].section == index }, "\(text)")
    }
    #expect(script.tokens.allSatisfy { !$0.text.isEmpty && !$0.readings.isEmpty }, "\(text)")
  }
}
