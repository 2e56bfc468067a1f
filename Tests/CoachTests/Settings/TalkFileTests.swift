import Practice
import Testing

@testable import Coach

@Suite struct TalkFileTests {
  @Test func `a talk has the title and length of its front matter and the words of its body`() {
    let text = """
      ---
      title: "On silence"
      length: 5-7m
      audience: colleagues
      tags: [a, b]
      ---
      # Another heading

      Good *morning*, [everyone](https://example.org/a)! It is 9 o'clock.
      """
    let (talk, complaints) = TalkFile.parse(text: text, path: "talks/silence.md")
    #expect(complaints.isEmpty)
    #expect(talk.title == "On silence" && talk.length == TalkLength("5-7m") && talk.path == "talks/silence.md")
    #expect(talk.words == 7 && talk.firstLine == 7)
    #expect(talk.body.hasPrefix("# Another heading\n"))
  }

  @Test(arguments: [
    ("# A *calm* talk #\n\nHello there.\n", "A calm talk", 2), ("Hello\r\n\r\n# Later\r\nthere\r\n", "Later", 2),
    ("## Second\nHello\n", "my-talk", 1), ("", "my-talk", 0), ("---\n\nA rule first.\n", "my-talk", 3),
    ("```\n# code\nnot spoken\n```\n# Real\nspoken\n", "Real", 1),
    ("<!-- # note\nlong --> said <!-- x --> twice\n", "my-talk", 2),
    ("> for my eyes\n- one\n- two\n1. three\n", "my-talk", 3), ("---\ntitle: x\n---\n", "x", 0),
    ("\u{FEFF}---\ntitle: x\n...\nyes\n", "x", 1), ("snake_case __bold__ `code` ![picture](a.png)\n", "my-talk", 3),
    ("---\naudience: x\n---\n# Head\n", "Head", 0), ("#no heading\n", "my-talk", 2),
    ("#\n# \u{1B}[31mred {2m}\n", "[31mred", 0),
  ])
  func `title and words are found in any talk`(text: String, title: String, words: Int) {
    let (talk, complaints) = TalkFile.parse(text: text, path: "/talks/my-talk.md")
    #expect(complaints.isEmpty && talk.title == title && talk.words == words)
  }

  @Test(arguments: [
    (
      "---\ntitle: a\nlength: seven\n---\nx", "t.md:3: length: \"seven\" is not a length such as 5-7m, 90s or 4:30-7:30"
    ),
    (
      "---\nlength: 7\n---\nx",
      "t.md:2: length: \"7\" has no unit; write for instance 7m for minutes or 90s for seconds"
    ),
    ("---\nlength: 12h\n---\nx", "t.md:2: length: \"12h\" is outside ten seconds to six hours"),
    ("---\nlength:\n---\nx", "t.md:2: length: has no value; write for instance 5-7m"),
    ("---\nlength: [5m]\n---\nx", "t.md:2: length: is not a length such as 5-7m"),
    ("---\ntitle: [a]\n---\nx", "t.md:2: title: is not a single line of text"),
    ("---\ntitle: a: b\n---\nx", "t.md:2: title: is not YAML: a value with a colon needs quotation marks"),
    ("---\ntitle: a\ntitle: b\n---\nx", "t.md:3: title: is given twice; the value in line 2 counts"),
    (
      "---\ntitle: a\nx",
      "t.md:1: the front matter that starts here is never closed. Put a line of three dashes below it."
    ),
  ])
  func `a mistake in the front matter names file, line and key, and there is a talk`(text: String, complaint: String) {
    let (talk, complaints) = TalkFile.parse(text: text, path: "t.md")
    #expect(complaints.map(\.description) == [complaint])
    #expect(!talk.title.isEmpty && talk.words >= 1)
  }

  @Test func `sections get their time from the front matter too`() {
    let text = """
      ---
      sections:
        the  opening: 2m
        The middle: 90s
        Underlined: 1:30
        Closed: 45s
      ---
      # The opening
      One.
      ## The *middle*
      Two.
      Underlined
      ----------
      Three.
      # Closed ##
      """
    let (talk, complaints) = TalkFile.parse(text: text, path: "t.md")
    #expect(complaints.isEmpty)
    #expect(talk.script.sections.map(\.budgetSeconds) == [120, 90, 90, 45])
    #expect(talk.script.sections.map(\.title) == ["The opening", "The middle", "Underlined", "Closed"])
    #expect(talk.body.hasPrefix("# The opening {2m}\nOne.\n## The *middle* {90s}\n"))
    #expect(Script(markdown: talk.body) == talk.script)
  }

  @Test(arguments: [
    ("sections:", "t.md:2: sections: has no value. Write below it for instance: Introduction: 2m"),
    (
      "sections: 5m",
      "t.md:2: sections: is not a list of headings with their lengths. Write below it for instance: Introduction: 2m"
    ),
    ("sections:\n  Openin: 2m", "t.md:3: sections.Openin: is not a heading of this talk. Did you mean Opening?"),
    ("sections:\n  Quite different: 2m", "t.md:3: sections.Quite different: is not a heading of this talk"),
    (
      "sections:\n  Opening: soon",
      "t.md:3: sections.Opening: \"soon\" is not a length such as 5-7m, 90s or 4:30-7:30"
    ),
    ("sections:\n  Opening:", "t.md:3: sections.Opening: has no length; write for instance 2m"),
    ("sections:\n  Opening: [2m]", "t.md:3: sections.Opening: is not a length such as 2m"),
    ("sections:\n  Given: 2m", "t.md:3: sections.Given: has a length in its heading too, line 7; that one counts"),
  ])
  func `a mistake in the times of sections names its line and heading`(front: String, complaint: String) {
    let padding = front.contains("\n") ? "" : "\n# more"
    let (talk, complaints) = TalkFile.parse(
      text: "---\n\(front)\(padding)\n---\n# Opening\nx\n# Given {1m}\n", path: "t.md")
    #expect(complaints.map(\.description) == [complaint])
    #expect(talk.script.sections.map(\.budgetSeconds) == [nil, 60])
  }

  @Test func `the largest talk allowed is counted, and a larger one refused`() throws {
    let root = try TemporaryFolder()
    let line = "word " + String(repeating: "a", count: 58) + "\n"
    try writeText(String(repeating: line, count: 16_384), path: root.path + "/a.md")
    #expect(try TalkFile.read(path: root.path + "/a.md").0.words == 32_768)
    try writeText(String(repeating: line, count: 16_385), path: root.path + "/a.md")
    #expect(throws: PlaceError(operation: "read", path: root.path + "/a.md", cause: .tooLarge(limitBytes: 1_048_576))) {
      try TalkFile.read(path: root.path + "/a.md")
    }
  }

  @Test func `random damage to a talk never crashes`() {
    let text =
      "---\ntitle: A\nlength: 5-7m\n---\n# Head\nSay *this* [now](x) <!-- not this --> `and` that.\n```\ncode\n```\n"
    var random = SplitMix(state: 3)
    for _ in 0..<2000 {
      let (talk, _) = TalkFile.parse(text: random.damage(text), path: "t.md")
      #expect(!talk.title.isEmpty && talk.words <= 40)
    }
  }
}
