import Testing

@testable import History

@Suite struct LedgerTests {
  let scratch = Scratch()

  private func entry(_ endpoint: String, at milliseconds: Int64, cost: Double?) -> LedgerEntry {
    LedgerEntry(
      atMilliseconds: milliseconds, purpose: "chat", endpoint: endpoint, model: "m", tokensIn: 100, tokensOut: 7,
      isEstimated: false, firstTokenSeconds: 0.5, seconds: 2, cost: cost)
  }

  @Test func `requests since a moment are summed up by endpoint`() throws {
    let history = try History(folder: scratch.path)
    for (endpoint, at, cost) in [
      ("b", 10, nil), ("a", 20, 0.25), ("a", 30, nil), ("a", 40, 0.5), ("b", 40, nil),
    ] as [(String, Int64, Double?)] {
      try history.note(entry(endpoint, at: at, cost: cost))
    }
    #expect(
      try history.asked(since: 20) == [
        LedgerSum(endpoint: "a", requests: 3, tokensIn: 300, tokensOut: 21, cost: 0.75),
        LedgerSum(endpoint: "b", requests: 1, tokensIn: 100, tokensOut: 7, cost: nil),
      ])
    #expect(try History(reading: scratch.path).asked(since: 41).isEmpty)
  }

  @Test func `turns are put behind the events of a session that has ended`() throws {
    try keep(.sample("aaaa0001"), events(3), in: scratch.path)
    let history = try History(folder: scratch.path)
    try history.append(events(2, from: 3), to: "aaaa0001")
    #expect(try history.events(of: "aaaa0001") == events(5))
    #expect(throws: HistoryError.self) { try history.append(events(1), to: "bbbb0001") }
  }

  @Test func `nothing is put behind a session that is live`() throws {
    let writer = try SessionWriter(folder: scratch.path, begin: .sample("live0001"), limits: .hasty)
    events(2).forEach(writer.record)
    #expect(writer.reachesDisk())
    let history = try History(folder: scratch.path)
    do throws(HistoryError) {
      try history.append(events(1), to: "live0001")
      Issue.record("appended")
    } catch { #expect(error.kind == .held) }
  }
}
