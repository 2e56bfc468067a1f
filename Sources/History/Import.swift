import GRDB

extension History {
  /// Takes in a whole session that has ended, in one transaction: all of it is there afterwards, or nothing.
  ///
  /// A row that says `live` becomes interrupted. It is not indexed yet. Throws `exists` where a session has this id,
  /// and `cannotCreate` for an id that is none.
  package func insert(_ row: SessionRow, _ events: [StoredEvent]) throws(HistoryError) {
    guard SessionID.isValid(row.id) else { throw failure(.cannotCreate, "insert session", "not a session id") }
    let isNew = try write("insert session") { db -> Bool in
      try db.execute(
        sql: """
          INSERT INTO session (\(SessionRow.stored.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO NOTHING
          """,
        arguments: [
          row.id, row.startedAt, row.utcOffsetSeconds, row.title, row.source,
          (row.state == .live ? .interrupted : row.state).rawValue,
          row.endedSeconds.flatMap { $0.isFinite ? $0 : nil } ?? events.lastSeconds, row.summary,
        ])
      guard db.changesCount == 1 else { return false }
      // The events of a session whose row was lost are of another session of this id.
      try db.execute(sql: "DELETE FROM event WHERE sessionId = ?", arguments: [row.id])
      try db.append(events, to: row.id, from: 0)
      return true
    }
    guard isNew else { throw failure(.exists, "insert session", "session \(row.id)") }
  }
}

extension [StoredEvent] {
  /// The latest time of them all, 0 where there is none.
  fileprivate var lastSeconds: Double { reduce(0) { $1.seconds.isFinite ? Swift.max($0, $1.seconds) : $0 } }
}
