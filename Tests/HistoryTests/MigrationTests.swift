import GRDB
import Testing

@testable import History

@Suite struct MigrationTests {
  let scratch = Scratch()

  /// A database as an earlier version left it: the migrations up to its own are what that version ran.
  private func old(_ last: String, sessions: Int) throws {
    let folder = HistoryFolder(path: scratch.path)
    try folder.prepareFolders()
    let queue = try DatabaseQueue(path: folder.database)
    try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = WAL") }
    try Schema.migrator.migrate(queue, upTo: last)
    try queue.write { db in
      for number in 0..<sessions {
        try db.execute(
          sql: """
            INSERT INTO session (\(SessionRow.stored.joined(separator: ", ")))
            VALUES (?, ?, 3600, 'Talk', 'microphone', 'finished', 9.5, '{}')
            """,
          arguments: ["old\(number)", number])
        try db.append(events(20), to: "old\(number)", from: 0)
      }
    }
    try queue.close()
  }

  @Test(arguments: [("1 sessions and events", 1), ("2 ledger", 2), ("3 index", 3)])
  func `a database of an earlier version is read as it is, and brought up to date when it is written to`(
    last: String, version: Int
  ) throws {
    try old(last, sessions: 3)
    let before = try scratch.bytes()
    do {
      let reading = try History(reading: scratch.path)
      #expect(try reading.sessions(limit: 9).map(\.id) == ["old2", "old1", "old0"])
      #expect(try reading.find("old1").title == "Talk")
      #expect(try reading.events(of: "old1") == events(20))
      #expect(try reading.search("d'été", limit: 9).hits.isEmpty)
      #expect(try reading.series(figure: "pace").isEmpty && reading.tags().isEmpty && reading.talks().isEmpty)
      #expect(try reading.reviews().isEmpty && reading.assignments().isEmpty)
      #expect(try reading.sessions(SessionQuery(drill: "x")).isEmpty)
      #expect(try reading.sessions(SessionQuery(talk: "x")).isEmpty && reading.count() == 3)
      #expect(try reading.unindexed(version: 1, limit: 9).isEmpty && reading.check().isEmpty)
      #expect(try !reading.needsPurge())
    }
    #expect(try scratch.bytes() == before)
    let history = try History(folder: scratch.path)
    #expect(try history.unindexed(version: 1, limit: 9) == ["old0", "old1", "old2"])
    #expect(try history.events(of: "old1") == events(20))
    let text = IndexedText(seconds: 1, kind: .transcript, text: "honey")
    try history.replaceIndex(of: "old1", with: SessionIndex(version: 1, texts: [text]), summary: nil)
    #expect(try History(reading: scratch.path).search("honey", limit: 9).hits.map(\.row.id) == ["old1"])
    #expect(try history.assign(history.queue("x", now: 1)) == history.assignments().first)
    #expect(try history.check() == [])
  }

  @Test func `a session that an earlier version is saving goes on while a later one migrates`() throws {
    try old("2 ledger", sessions: 1)
    let earlier = try DatabaseQueue(path: scratch.database)
    try earlier.write { db in
      try db.execute(sql: "INSERT INTO session VALUES ('live', 9, 0, NULL, 'microphone', 'live', NULL, NULL)")
    }
    let history = try History(folder: scratch.path)
    try earlier.write { db in
      try db.append(events(5), to: "live", from: 0)
      try db.execute(sql: "UPDATE session SET state = 'finished', endedSeconds = 1 WHERE id = 'live'")
    }
    #expect(try history.events(of: "live") == events(5))
    #expect(try history.unindexed(version: 1, limit: 9).last == "live")
  }
}
