import Testing

@testable import History

@Suite struct QueryTests {
  let scratch = Scratch()

  /// Twelve sessions: `s0` is the oldest, each has a score, a length and a figure, but for some.
  private func history() throws -> History {
    let history = try History(folder: scratch.path)
    for number in 0..<12 {
      let id = "s" + String(number, radix: 16)
      var row = SessionRow.sample(id, at: Int64(number / 2), title: nil)
      (row.state, row.endedSeconds) = (number % 5 == 4 ? .interrupted : .finished, Double(number * 7 % 5))
      try history.insert(row, [])
      let figures = number % 3 == 0 ? [] : [SessionFigure(name: "pace", value: Double(number * 5 % 7))]
      try history.replaceIndex(
        of: id,
        with: SessionIndex(
          version: 1, talk: number < 4 ? "bees" : number < 10 ? "wax" : nil, context: number % 2 == 0 ? "talk" : nil,
          tags: (number % 2 == 0 ? ["even"] : []) + (number % 3 == 0 ? ["third"] : []),
          score: number % 4 == 0 ? nil : Double(number * 3 % 7 * 10), figures: figures), summary: nil)
    }
    return history
  }

  private func ids(_ history: History, _ query: SessionQuery) throws -> String {
    try history.sessions(query).map { String($0.id.dropFirst()) }.joined()
  }

  @Test(
    arguments: [
      (SessionQuery(), "ba9876543210"), (SessionQuery(order: .oldest), "0123456789ab"),
      (SessionQuery(talk: "bees"), "3210"), (SessionQuery(tags: ["even"]), "a86420"),
      (SessionQuery(tags: ["even", "third"]), "60"), (SessionQuery(tags: ["none"]), ""),
      (SessionQuery(from: 2, to: 4), "7654"), (SessionQuery(minimumScore: 50), "b92"),
      (SessionQuery(context: "talk"), "a86420"), (SessionQuery(state: .interrupted), "94"),
      (SessionQuery(minimumSeconds: 4), "72"), (SessionQuery(talk: "wax", tags: ["third"]), "96"),
      (SessionQuery(limit: 0), ""), (SessionQuery(limit: -3), ""), (SessionQuery(limit: 3), "ba9"),
    ] as [(SessionQuery, String)])
  func `a query filters`(query: SessionQuery, expected: String) throws {
    let history = try history()
    #expect(try ids(history, query) == expected)
    if query.limit > 12 { #expect(try history.count(query) == expected.count) }
  }

  @Test(arguments: [
    SessionQuery.Order.newest, .oldest, .longest, .shortest, .best, .worst, .figure("pace", descending: true),
    .figure("pace", descending: false), .figure("none", descending: true),
  ])
  func `page by page it is the list, whatever its order`(order: SessionQuery.Order) throws {
    let history = try history()
    let whole = try history.sessions(SessionQuery(order: order))
    #expect(Set(whole.map(\.id)).count == 12)
    for size in [1, 2, 5] {
      var query = SessionQuery(order: order, limit: size)
      var pages: [SessionRow] = []
      while true {
        let page = try history.sessions(query)
        if page.isEmpty { break }
        pages += page
        query.after = page.last
      }
      #expect(pages == whole)
    }
    let numbers = whole.map { row -> Double? in
      switch order {
      case .newest, .oldest: Double(row.startedAt)
      case .longest, .shortest: row.endedSeconds
      case .best, .worst: row.score
      case .figure: row.sortedBy
      }
    }
    let known = numbers.compactMap { $0 }
    #expect(numbers.prefix(known.count).allSatisfy { $0 != nil }, "what is missing comes last")
    let ascends = [.oldest, .shortest, .worst, .figure("pace", descending: false)].contains(order)
    #expect(known == known.sorted(by: ascends ? { $0 < $1 } : { $0 > $1 }))
  }

  @Test func `tags and talks are counted, figures are a series`() throws {
    let history = try history()
    #expect(try history.tags().map { "\($0.tag) \($0.count)" } == ["even 6", "third 4"])
    #expect(try history.talks().map { "\($0.talk) \($0.count)" } == ["wax 6", "bees 4"])
    #expect(try history.series(figure: "pace").map(\.id) == ["s1", "s2", "s4", "s5", "s7", "s8", "sa", "sb"])
    #expect(try history.series(figure: "pace", talk: "bees").map(\.value) == [5, 3])
    #expect(try history.series(figure: "pace", tags: ["even"]).map(\.id) == ["s2", "s4", "s8", "sa"])
    #expect(try history.series(figure: "pace", from: 1, to: 3).map(\.id) == ["s2", "s4", "s5"])
    #expect(try history.series(figure: "none").isEmpty)
    #expect(try History(reading: scratch.path).series(figure: "pace").count == 8)
  }

  @Test func `a whole session is taken in once`() throws {
    let history = try History(folder: scratch.path)
    var row = SessionRow.sample("aaaa0001")
    try history.insert(row, events(2_500))
    #expect(kind { try history.insert(row, events(1)) } == .exists)
    #expect(kind { try history.insert(.sample("../x"), []) } == .cannotCreate)
    (row.state, row.endedSeconds) = (.interrupted, 249.9)
    #expect(try history.find("aaaa0001") == row)
    #expect(try history.events(of: "aaaa0001") == events(2_500))
  }
}
