import Foundation
import Glibc
import Testing

@testable import History

@Suite struct HistoryTests {
  let scratch = Scratch()

  @Test func `a new history is private from its first file on, also while it is written`() throws {
    let history = try History(folder: scratch.path + "/data/rostrum")
    let writer = try SessionWriter(history: history, begin: .sample("aaaa0001"), limits: .hasty)
    events(20).forEach(writer.record)
    #expect(writer.reachesDisk())
    #expect(
      scratch.rights == [
        "": "700", "data": "700", "data/rostrum": "700", "data/rostrum/live": "700",
        "data/rostrum/live/aaaa0001.lock": "600", "data/rostrum/history.sqlite": "600",
        "data/rostrum/history.sqlite-wal": "600", "data/rostrum/history.sqlite-shm": "600",
      ])
    #expect(writer.finish(state: .finished, endedSeconds: 2, summary: nil, timeoutSeconds: 10))
    #expect(scratch.rights["data/rostrum/live/aaaa0001.lock"] == nil)
  }

  @Test(arguments: ["", " with spaces", "?mode=memory#%41", "-日本"])
  func `a folder may be called anything`(name: String) throws {
    let scratch = Scratch(name)
    try keep(.sample("aaaa0001"), events(3), in: scratch.path)
    #expect(try History(reading: scratch.path).events(of: "aaaa0001") == events(3))
    #expect(scratch.names.contains("history.sqlite"))
  }

  @Test func `what was kept comes back as it was`() throws {
    var row = SessionRow.sample("aaaa0001", title: nil)
    try keep(row, events(2500), in: scratch.path)
    let history = try History(folder: scratch.path)
    (row.state, row.endedSeconds, row.summary) = (.finished, 9.5, "{}")
    #expect(try history.sessions(limit: 10) == [row])
    #expect(try history.events(of: row.id) == events(2500))
    try history.replaceSummary(of: row.id, with: #"{"pace":150}"#)
    #expect(try history.find(row.id).summary == #"{"pace":150}"#)
    #expect(kind { try history.replaceSummary(of: "none", with: nil) } == .notFound)
  }

  @Test func `a reader may stop in the middle of a session`() throws {
    try keep(.sample("aaaa0001"), events(2500), in: scratch.path)
    var seen = 0
    try History(folder: scratch.path).forEachEvent(
      of: "aaaa0001",
      while: { _ in
        seen += 1
        return seen < 1500
      })
    #expect(seen == 1500)
  }

  @Test func `sessions are listed newest first, page by page, ties in one order`() throws {
    for (number, start) in [5, 1, 3, 3, 3, 9].enumerated() {
      try keep(.sample("aaaa000\(number)", at: Int64(start)), [], in: scratch.path)
    }
    let history = try History(folder: scratch.path)
    var pages: [[String]] = []
    var last: SessionRow?
    while let page = Optional(try history.sessions(limit: 2, before: last)), !page.isEmpty {
      pages.append(page.map { String($0.id.suffix(1)) })
      last = page.last
    }
    #expect(pages == [["5", "0"], ["4", "3"], ["2", "1"]])
    #expect(try history.sessions(limit: 0).isEmpty)
    #expect(try history.sessions(limit: -1).isEmpty)
  }

  @Test(
    arguments: [
      ("ab12cd34", "ab12cd34", nil), ("ab12", "ab12cd34", nil), ("AB12", "ab12cd34", nil), ("x0", "x01q0000", nil),
      ("xOlq", "x01q0000", nil), ("last", "x01q0000", nil), ("a", nil, .ambiguous(["ab12cd34", "ab99cd34"])),
      ("", nil, .notFound), ("zz", nil, .notFound), ("%", nil, .notFound), ("ab12cd345", nil, .notFound),
      ("a' OR 1=1 --", nil, .notFound), (String(repeating: "a", count: 3000), nil, .notFound),
    ] as [(String, String?, HistoryError.Kind?)])
  func `a session is found by id, by a beginning, or as the last`(
    reference: String, id: String?, failure: HistoryError.Kind?
  ) throws {
    try keep(.sample("ab12cd34", at: 1), [], in: scratch.path)
    try keep(.sample("ab99cd34", at: 2), [], in: scratch.path)
    try keep(.sample("x01q0000", at: 3), [], in: scratch.path)
    let history = try History(folder: scratch.path)
    let live = try SessionWriter(history: history, begin: .sample("h1ve0000", at: 4), limits: .hasty)
    #expect(live.reachesDisk())
    #expect(kind { try history.find(reference) } == failure)
    if let id { #expect(try history.find(reference).id == id) }
  }

  @Test func `last is the live session where there is no other`() throws {
    let history = try History(folder: scratch.path)
    #expect(kind { try history.find("last") } == .notFound)
    let live = try SessionWriter(history: history, begin: .sample("h1ve0000"), limits: .hasty)
    live.record(events(1)[0])
    #expect(live.reachesDisk())
    #expect(try history.find("last").id == "h1ve0000")
  }

  @Test func `ids are eight clear letters and do not repeat soon`() {
    var generator = SystemRandomNumberGenerator()
    let ids = (0..<10_000).map { _ in newSessionID(using: &generator) }
    #expect(Set(ids).count >= 9_999)
    #expect(ids.allSatisfy { $0.count == 8 && SessionID.isValid($0) && SessionID.normalised($0) == $0 })
  }

  @Test(arguments: ["", "../escape", "a/b", "A1", "ä", "a b", String(repeating: "a", count: 65)])
  func `an id that could mean something to the file system is refused`(id: String) {
    #expect(kind { try SessionWriter(folder: scratch.path, begin: .sample(id)) } == .cannotCreate)
    #expect(!FileManager.default.fileExists(atPath: scratch.path))
  }
}
