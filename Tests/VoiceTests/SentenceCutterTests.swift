import Testing

@testable import Voice

@Suite struct SentenceCutterTests {
  /// What becomes of `text` however it streams in: whole, by the word, by the character.
  private func parts(_ text: String, flush: Int? = nil, longest: Int = 240) -> [String] {
    let whole = cut([text], flush, longest)
    let words = cut(text.split(separator: " ", omittingEmptySubsequences: false).map { $0 + " " }, flush, longest)
    #expect(whole == cut(text.map(String.init), flush, longest))
    #expect(whole == words)
    return whole
  }

  private func cut(_ pieces: [String], _ flush: Int?, _ longest: Int) -> [String] {
    var cutter = SentenceCutter(earliestFlush: flush, longest: longest)
    return pieces.flatMap { cutter.add($0) } + cutter.finish()
  }

  @Test(
    arguments: [
      ("", []),
      ("  \n\n ", []),
      ("Hello.", ["Hello."]),
      ("Well done! Now slow down. Why?", ["Well done!", "Now slow down.", "Why?"]),
      ("Your pace was 3.5 syllables a second. Good.", ["Your pace was 3.5 syllables a second.", "Good."]),
      ("Ask Dr. Smith about it. He knows.", ["Ask Dr. Smith about it.", "He knows."]),
      ("Pauses, e.g. after a point, help. Fillers do not.", ["Pauses, e.g. after a point, help.", "Fillers do not."]),
      ("J. F. Kennedy paused. So can you.", ["J. F. Kennedy paused.", "So can you."]),
      ("1. Breathe. 2. Begin.", ["1. Breathe.", "2. Begin."]),
      ("You said \"um\" 12 times. It was 3. Then none.", ["You said \"um\" 12 times.", "It was 3.", "Then none."]),
      ("Well... you know. Yes… Fine.", ["Well... you know.", "Yes…", "Fine."]),
      ("You said \"Stop.\" Then you did.", ["You said \"Stop.\"", "Then you did."]),
      ("\"Is it me?\" you asked. \"Yes.\"", ["\"Is it me?\" you asked.", "\"Yes.\""]),
      (
        "It began at 9 a.m. and ended well. At 5 p.m. We left.",
        ["It began at 9 a.m. and ended well.", "At 5 p.m.", "We left."]
      ),
      ("First line\nsecond line\n\nthird", ["First line", "second line", "third"]),
      ("- One thing.\n- Another.", ["One thing.", "Another."]),
      ("… ! — ?", []),
      ("Really?! Yes (I think). So.", ["Really?!", "Yes (I think).", "So."]),
      ("这很好。再来一次！好吗？", ["这很好。", "再来一次！", "好吗？"]),
      ("See example.com or v2.1.0 today. Ok.", ["See example.com or v2.1.0 today.", "Ok."]),
    ] as [(String, [String])])
  func `is cut where a sentence ends`(text: String, expected: [String]) {
    #expect(parts(text) == expected)
  }

  private let long = """
    You held your pace steady through the whole of the opening part, which is hard, and then you rushed the numbers, \
    as most people do. Then, at the end, and only there, you let the silence work for you, as it should.
    """

  @Test func `the first clause is given early, and only that one`() {
    let parts = parts(long, flush: 60)
    #expect(parts.count == 3)
    #expect(parts[0] == "You held your pace steady through the whole of the opening part,")
    #expect(parts.joined(separator: " ") == long)
  }

  @Test func `a sentence is known to be over before the next one has begun`() {
    var cutter = SentenceCutter()
    #expect(cutter.add("That was calm.") == [])
    #expect(cutter.add(" ") == ["That was calm."])
    #expect(cutter.add("It took 9 a.m. ") == [])
    #expect(cutter.add("T") == ["It took 9 a.m."])
    #expect(cutter.add("hen what? ") == ["Then what?"])
  }

  @Test(arguments: [40, 100, 240]) func `no part is longer than it may be, and nothing is lost`(longest: Int) {
    let texts = [
      long, String(repeating: "word ", count: 500), String(repeating: "a, ", count: 500),
      String(repeating: "x", count: 5_000), "one and " + String(repeating: "two or ", count: 300),
    ]
    for text in texts {
      let parts = parts(text, longest: longest)
      #expect(parts.allSatisfy { $0.count <= longest + 1 && !$0.isEmpty })
      #expect(parts.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test func `a megabyte without a space, or of one character, goes through`() {
    let parts = cut(
      [String(repeating: "é", count: 500_000), "e" + String(repeating: "\u{301}", count: 100_000)], 60, 240)
    #expect(parts.count > 2_000 && parts.dropLast().allSatisfy { $0.count <= 241 })
  }

  @Test func `the end leaves nothing to the next reply`() {
    var cutter = SentenceCutter()
    #expect(cutter.add("Dr.") == [] && cutter.finish() == ["Dr."])
    #expect(cutter.add("Smith. ") == ["Smith."])
    #expect(cutter.finish() == [])
  }
}
