import GRDB

/// A session whose process is gone. It is held for as long as this value lives, so that no one else closes it.
package final class AbandonedSession: Sendable {
  /// The session as it was left: state `live`.
  package let row: SessionRow
  /// Audio time of its last saved event, in seconds; nil if there is none.
  package let savedThroughSeconds: Double?
  let lock: SessionLock

  init(row: SessionRow, savedThroughSeconds: Double?, lock: SessionLock) {
    self.row = row
    self.savedThroughSeconds = savedThroughSeconds
    self.lock = lock
  }
}

extension History {
  /// Live sessions whose lock nobody holds, the oldest first: their process died.
  ///
  /// Each is locked by this call, and let go of when the value goes. A session that another process holds, or is just
  /// closing, is not among them.
  package func abandoned() throws(HistoryError) -> [AbandonedSession] {
    let live =
      try read("look for abandoned sessions") { db in
        try String.fetchAll(db, sql: "SELECT id FROM session WHERE state = 'live' ORDER BY startedAt, id")
      } ?? []
    var found: [AbandonedSession] = []
    for id in live where SessionID.isValid(id) {
      guard let lock = try SessionLock.take(id, in: folder.live) else { continue }
      let left = try read("look at abandoned session") { db -> AbandonedSession? in
        let sql = "SELECT \(SessionRow.columns(indexed: isCurrent)) FROM session WHERE id = ? AND state = 'live'"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [id]) else { return nil }
        let through = try Double.fetchOne(
          db, sql: "SELECT max(seconds) FROM event WHERE sessionId = ?", arguments: [id])
        return AbandonedSession(row: SessionRow(row: row), savedThroughSeconds: through, lock: lock)
      }
      if let left = left ?? nil { found.append(left) } else { lock.remove() }
    }
    return found
  }

  /// Adds `events` to an abandoned session and marks it interrupted, in one transaction; then lets go of it.
  ///
  /// Its end is the latest event. If this throws, the session stays as it was.
  package func close(
    _ abandoned: AbandonedSession, appending events: [StoredEvent] = [], summary: String?
  ) throws(HistoryError) {
    let id = abandoned.row.id
    try write("close abandoned session") { db in
      let next = try Int64.fetchOne(
        db, sql: "SELECT coalesce(max(seq), -1) + 1 FROM event WHERE sessionId = ?", arguments: [id])
      try db.append(events, to: id, from: next ?? 0)
      try db.execute(
        sql: """
          UPDATE session SET state = 'interrupted', summary = ?,
            endedSeconds = coalesce((SELECT max(seconds) FROM event WHERE sessionId = session.id), 0)
          WHERE id = ? AND state = 'live'
          """, arguments: [summary, id])
    }
    abandoned.lock.remove()
  }
}

extension Database {
  /// Puts events at their places in a session. Those whose place is taken are there already: a commit that was
  /// reported as failed may have reached the disk.
  func append(_ events: [StoredEvent], to id: String, from seq: Int64) throws {
    guard !events.isEmpty else { return }
    let insert = try cachedStatement(
      sql: """
        INSERT INTO event (sessionId, seq, seconds, kind, line) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (sessionId, seq) DO NOTHING
        """)
    for (offset, event) in events.enumerated() {
      let seconds = event.seconds.isFinite ? event.seconds : 0
      try insert.execute(arguments: [id, seq + Int64(offset), seconds, event.kind, event.line])
    }
  }
}
