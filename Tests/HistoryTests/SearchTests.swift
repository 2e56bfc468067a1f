import Testing

@testable import History

@Suite struct SearchTests {
  let scratch = Scratch()

  /// A history with a session for each text, the first one the oldest; its ids end with the place in the list.
  private func history(_ texts: [String], kind: IndexedText.Kind = .transcript) throws -> History {
    let history = try History(folder: scratch.path)
    for (number, text) in texts.enumerated() {
      let id = "s\(number)"
      try history.insert(.sample(id, at: Int64(number), title: nil), [])
      let pieces = text.split(separator: " ").enumerated().map {
        IndexedText(seconds: Double($0.offset), kind: kind, text: String($0.element))
      }
      try history.replaceIndex(of: id, with: SessionIndex(version: 1, texts: pieces), summary: nil)
    }
    return history
  }

  @Test(
    arguments: [
      ("honey", [0, 2]), ("HONEY", [0, 2]), ("hon", [0, 2, 3]), ("hon ", []), ("hon*", [0, 2, 3]),
      ("hon* bees", [0, 2]), ("bees honey", [0, 2]), ("\"honey bees\"", [0]), ("\"bees honey\"", [2]),
      ("\"honey be", [0]), ("\"honey\"", [0, 2]), ("cafe", [4]), ("café ", [4]), ("CAFÉ", [4]), ("don't", [5]),
      ("dont", []), ("don", [5]), ("well-known", [5]), ("honey -bees", [0, 2]), ("honey NOT bees", []),
      ("(honey OR bees)", []), ("honest:honey", []), ("2026", [5]), ("言葉", [5]), ("^honey", [0, 2]),
      ("NEAR(honey bees, 5)", []), ("text:honey", []), ("{text} : honey", []), ("honey + bees", [0, 2]),
    ] as [(String, [Int])])
  func `words, beginnings and phrases are found, and nothing else has a meaning`(typed: String, found: [Int]) throws {
    let history = try history([
      "honey bees dance", "nothing here", "bees honey", "an honest man", "the café", "don't well known 2026 言葉",
    ])
    #expect(Set(try history.search(typed, limit: 99).hits.map(\.row.id)) == Set(found.map { "s\($0)" }))
  }

  @Test(
    arguments: [
      "", " ", "\"", "\"\"", "'", "''", "*", "**", "a*b*", "^", "-", "--", "(", ")", "((", "NEAR", "NEAR(", "AND", "OR",
      "NOT", "a AND", "OR OR OR", ":", "a:", "{", "}", "\0", "a\0b", "\u{1}", "%", "_", ";",
      "'; DROP TABLE session; --",
      "\\", "…", "👍", "e\u{301}", "\u{301}", "\u{202e}abc", "\"a", "a\"", "\"a\"\"b\"", "\"*", "* \"", "+", "a+b", "²",
      "\u{fffd}", "\u{10ffff}", "ⅷ", "٣", "𝔞𝔟", "\u{e000}", "ᵃ", "\u{345}", "a\u{20dd}", "\u{94d}", "क्ष",
    ])
  func `anything may be typed`(typed: String) throws {
    let history = try history(["a b AND OR NOT NEAR"])
    for text in [typed, typed + typed, "a " + typed, typed + " b", String(repeating: typed, count: 10_000)] {
      let answer = try history.search(text, limit: 9)
      #expect(!answer.isEmpty || answer.hits.isEmpty)
    }
  }

  @Test(arguments: ["", "  ", "\"\"", "*", "?!.,;:", "(-)", "\u{1}\0", "—…"])
  func `a query without a word says so`(typed: String) throws {
    #expect(try history(["a b"]).search(typed, limit: 9) == SearchAnswer(hits: [], isEmpty: true, isPartial: false))
  }

  @Test func `what fits better comes first, the newer of equals, the hits of a session side by side`() throws {
    let filler = String(repeating: "other words ", count: 60)
    let history = try history([
      "bee", "beehive", "bee", "bee bee bee", "far bee " + filler + " hive", "bee hive",
      filler + "bee " + filler + "bee",
    ])
    // Whole words before beginnings of words, more before fewer, newer before older.
    #expect(try history.search("bee", limit: 99).hits.map(\.row.id).first == "s3")
    #expect(try history.search("bee", limit: 99).hits.map(\.row.id).last == "s1")
    #expect(try history.search("bee hive", limit: 99).hits.map(\.row.id) == ["s5"])
    let ids = try history.search("bee ", limit: 99).hits.map(\.row.id)
    #expect(ids.filter { $0 == "s6" }.count == 2 && Set(ids).count == 6)
    #expect((ids.firstIndex(of: "s2") ?? 9) < (ids.firstIndex(of: "s0") ?? 0))
    #expect(try history.search("bee ", limit: 2).hits.count == 2)
    #expect(try history.search("bee ", limit: 0).hits.isEmpty)
  }

  @Test func `a hit opens at the moment of its first word, and shows it among its neighbours`() throws {
    let words = (0..<300).map { "word\($0)" }.joined(separator: " ")
    let history = try history([words])
    for place in [0, 1, 70, 79, 80, 81, 100, 151, 152, 153, 299] {
      let hits = try history.search("word\(place) ", limit: 9).hits
      #expect(hits.map(\.seconds) == [Double(place)], "word\(place)")
      #expect(hits.first?.snippet.filter(\.isHit).map(\.text) == ["word\(place)"])
    }
    for first in stride(from: 0, to: 290, by: 3) {
      let phrase = (first..<first + 8).map { "word\($0)" }.joined(separator: " ")
      #expect(try history.search("\"\(phrase)\"", limit: 9).hits.map(\.seconds) == [Double(first)])
    }
    let hit = try #require(try history.search("word110 word112", limit: 9).hits.first)
    #expect(hit.seconds == 110 && hit.snippet.filter(\.isHit).map(\.text) == ["word110", "word112"])
    let text = hit.snippet.map(\.text).joined()
    #expect(text.hasPrefix("… word1") && text.hasSuffix(" …") && text.utf8.count < 180)
  }

  @Test func `marks in a text are no hits, and a text without spaces is cut between characters`() throws {
    let history = try history(["a\u{1}b\u{2}c d", String(repeating: "語", count: 3_000) + " end"])
    #expect(
      try history.search("b", limit: 9).hits.first?.snippet
        == [.init("a ", isHit: false), .init("b", isHit: true), .init(" c d", isHit: false)])
    let long = try #require(try history.search("end", limit: 9).hits.first)
    #expect(long.snippet.allSatisfy { !$0.text.contains("\u{fffd}") })
  }

  @Test func `comments, notes, turns and titles are found, each by its own kind`() throws {
    let history = try History(folder: scratch.path)
    try history.insert(.sample("aaaa0001"), [])
    let kinds: [IndexedText.Kind] = [.comment, .note, .turn, .transcript]
    let texts = kinds.enumerated().map { IndexedText(seconds: Double($0), kind: $1, text: "same words here") }
    try history.replaceIndex(
      of: "aaaa0001", with: SessionIndex(version: 1, title: "Keynote", tags: ["exam"], texts: texts), summary: nil)
    #expect(try history.search("keynote", limit: 9).hits.map(\.kind) == [.title])
    #expect(try history.search("exam", limit: 9).hits.map(\.kind) == [.title])
    let hits = try history.search("same", limit: 9).hits
    #expect(hits.count == 3 && hits.last?.more == 1)
    // Two comments are two texts: a phrase does not reach from one into the next.
    #expect(try history.search("\"here same\"", limit: 9).hits.isEmpty)
  }

  @Test func `where more fits than is looked at, the newest is, and that is said`() throws {
    let history = try History(folder: scratch.path)
    for number in 0..<3 {
      try history.insert(.sample("s\(number)", at: Int64(number)), [])
      let texts = (0..<400).map { IndexedText(seconds: Double($0), kind: .comment, text: "same") }
      try history.replaceIndex(of: "s\(number)", with: SessionIndex(version: 1, texts: texts), summary: nil)
    }
    let answer = try history.search("same", limit: 9)
    #expect(answer.isPartial && answer.hits.map(\.row.id) == ["s2", "s2", "s2", "s1", "s1", "s1", "s0", "s0", "s0"])
  }
}
