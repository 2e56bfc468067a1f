import Testing

@testable import History

@Suite struct IndexTests {
  let scratch = Scratch()

  @Test func `an index is taken in, replaced as a whole, and asked for again where it is missing or old`() throws {
    for (number, id) in ["aaaa0001", "aaaa0002", "aaaa0003"].enumerated() {
      try keep(.sample(id, at: Int64(number)), events(3), in: scratch.path)
    }
    let history = try History(folder: scratch.path)
    #expect(try history.unindexed(version: 1, limit: 9) == ["aaaa0001", "aaaa0002", "aaaa0003"])
    #expect(try history.unindexed(version: 1, limit: 2) == ["aaaa0001", "aaaa0002"])
    try history.replaceIndex(
      of: "aaaa0002",
      with: SessionIndex(
        version: 1, title: "Bees", talk: "bees.md", context: "talk", tags: ["b", "", "a", "b"], score: 71,
        figures: [SessionFigure(name: "pace", value: 150, low: 140, high: 161), .init(name: "nan", value: .nan)],
        texts: [IndexedText(seconds: 1, kind: .transcript, text: "the honey dance")]), summary: "{}")
    #expect(try history.unindexed(version: 1, limit: 9) == ["aaaa0001", "aaaa0003"])
    #expect(try history.unindexed(version: 2, limit: 9).count == 3)
    let row = try history.find("aaaa0002")
    #expect([row.title, row.talk, row.context, row.summary] == ["Bees", "bees.md", "talk", "{}"])
    #expect(row.score == 71 && row.tags == ["b", "a"])
    #expect(try history.search("honey", limit: 9).hits.map(\.row.id) == ["aaaa0002"])
    #expect(try history.tags().map(\.tag) == ["a", "b"])
    #expect(try history.figureNames() == ["pace"])
    try history.replaceIndex(
      of: "aaaa0002",
      with: SessionIndex(version: 1, tags: ["c"], texts: [.init(seconds: 2, kind: .transcript, text: "wax")]),
      summary: nil)
    #expect(try history.search("honey", limit: 9).hits.isEmpty)
    #expect(try history.search("wax", limit: 9).hits.map(\.seconds) == [2])
    #expect(try history.tags().map(\.tag) == ["c"] && history.figureNames().isEmpty)
    #expect(try history.find("aaaa0002").title == nil)
    #expect(try history.check() == [])
  }

  @Test func `what is put behind a session makes its index old`() throws {
    try keep(.sample("aaaa0001"), events(3), in: scratch.path)
    let history = try History(folder: scratch.path)
    try history.replaceIndex(of: "aaaa0001", with: SessionIndex(version: 1), summary: nil)
    #expect(try history.unindexed(version: 1, limit: 9).isEmpty)
    try history.append(events(1, from: 3), to: "aaaa0001")
    #expect(try history.unindexed(version: 1, limit: 9) == ["aaaa0001"])
  }

  @Test func `nothing is indexed that is live or not there`() throws {
    let history = try History(folder: scratch.path)
    let writer = try SessionWriter(history: history, begin: .sample("live0001"), limits: .hasty)
    writer.record(events(1)[0])
    #expect(writer.reachesDisk())
    #expect(kind { try history.replaceIndex(of: "live0001", with: SessionIndex(version: 1), summary: nil) } == .held)
    #expect(kind { try history.replaceIndex(of: "none", with: SessionIndex(version: 1), summary: nil) } == .notFound)
    #expect(try history.unindexed(version: 1, limit: 9).isEmpty)
  }

  @Test func `sessions that began at the same moment, or at an impossible one, are found apart`() throws {
    let history = try History(folder: scratch.path)
    for (number, start) in [7, 7, 7, -5, .max, .min].enumerated() as EnumeratedSequence<[Int64]> {
      let id = "aaaa000\(number)"
      try history.insert(.sample(id, at: start), events(1))
      let text = IndexedText(seconds: 0, kind: .transcript, text: "word\(number) same")
      try history.replaceIndex(of: id, with: SessionIndex(version: 1, texts: [text]), summary: nil)
    }
    #expect(try history.search("same", limit: 99).hits.count == 6)
    for number in 0..<6 {
      #expect(try history.search("word\(number)", limit: 9).hits.map(\.row.id) == ["aaaa000\(number)"])
    }
  }
}
