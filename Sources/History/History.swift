import GRDB
import Glibc

/// Every session kept on this disk.
///
/// A session is its events; everything else here can be rebuilt from them. Reading never waits for a writer (WAL), and
/// live sessions are written by `SessionWriter`, each on its own connection and thread. Any number of processes may
/// have the same folder open.
package final class History: Sendable {
  let folder: HistoryFolder
  let busySeconds: Double
  /// Nil where there is nothing to read yet.
  let connection: DatabaseQueue?
  let writes: Bool
  /// Whether the index is there: a database of an earlier version that is only read has none yet.
  let isCurrent: Bool

  /// Opens the history in `folder`, making folder (0700), database (0600) and tables where they are missing.
  ///
  /// Waits at most `busySeconds` for another process. A database of a newer version, or one that is damaged or not
  /// ours, is refused before a byte of it changes.
  package init(folder: String, busySeconds: Double = 10) throws(HistoryError) {
    self.folder = HistoryFolder(path: folder)
    self.busySeconds = busySeconds
    try self.folder.prepare(waitSeconds: busySeconds)
    connection = try self.folder.connect(busySeconds: busySeconds)
    writes = true
    isCurrent = true
  }

  /// Opens the history in `folder` for reading only: nothing is made, and it works in a folder that may not be written
  /// to, on a full disk, and beside any number of writers. Where there is no history yet, it is empty.
  ///
  /// A log left by a crash in a folder that may not be written to is reported as `readOnly`: leaving it out would hide
  /// sessions.
  package init(reading folder: String, busySeconds: Double = 10) throws(HistoryError) {
    self.folder = HistoryFolder(path: folder)
    self.busySeconds = busySeconds
    writes = false
    let finding = try self.folder.inspect()
    isCurrent = finding == .current
    guard [.current, .outdated].contains(finding) else {
      connection = nil
      return
    }
    connection = try Self.readingConnection(self.folder, busySeconds: busySeconds)
  }

  deinit { try? connection?.close() }

  private static func readingConnection(
    _ folder: HistoryFolder, busySeconds: Double
  ) throws(HistoryError) -> DatabaseQueue {
    do throws(HistoryError) {
      let queue = try folder.connectReading(immutable: false, busySeconds: busySeconds)
      _ = try naming("open database", folder.database) {
        try queue.read { try Int.fetchOne($0, sql: "SELECT 1 FROM session LIMIT 1") }
      }
      return queue
    } catch {
      let cause = error.kind
      guard [.cannotCreate, .readOnly, .diskFull, .io].contains(cause), !folder.hasLog else { throw error }
      return try folder.connectReading(immutable: true, busySeconds: busySeconds)
    }
  }

  /// The session meant by `reference`: an id, the beginning of exactly one id, or `last`, which is the newest that is
  /// not live, or else the newest. Throws `notFound` or `ambiguous`.
  package func find(_ reference: String) throws(HistoryError) -> SessionRow {
    let columns = SessionRow.columns(indexed: isCurrent)
    let found = try read("find session") { db -> [SessionRow] in
      func rows(_ clause: String, _ arguments: StatementArguments = []) throws -> [SessionRow] {
        try Row.fetchAll(db, sql: "SELECT \(columns) FROM session \(clause)", arguments: arguments)
          .map(SessionRow.init(row:))
      }
      if reference == "last" { return try rows("ORDER BY state = 'live', startedAt DESC, id DESC LIMIT 1") }
      let exact = try rows("WHERE id = ?", [reference])
      if !exact.isEmpty { return exact }
      for prefix in [reference.lowercased(), SessionID.normalised(reference)] where SessionID.isValid(prefix) {
        let begun = try rows("WHERE id >= ? AND id < ? ORDER BY id LIMIT 10", [prefix, prefix + "~"])
        if !begun.isEmpty { return begun }
      }
      return []
    }
    guard let first = found?.first else { throw failure(.notFound, "find session") }
    guard found?.count == 1 else { throw failure(.ambiguous(found?.map(\.id) ?? []), "find session") }
    return first
  }

  /// All events of a session in order. For long ones see `forEachEvent`. Throws `notFound`.
  package func events(of id: String) throws(HistoryError) -> [StoredEvent] {
    var events: [StoredEvent] = []
    try forEachEvent(of: id) { events.append($0) }
    return events
  }

  /// Hands over the events of a session in order, holding at most a thousand in memory. `body` returns false, or
  /// throws, to stop. Throws `notFound`.
  ///
  /// It reads page by page, so that a slow reader never keeps writers from tidying the log.
  package func forEachEvent(of id: String, while body: (StoredEvent) throws -> Bool) throws {
    var next: Int64 = 0
    while true {
      let (page, last) = try page(of: id, from: next)
      for event in page where try !body(event) { return }
      guard page.count == Self.pageEvents else { return }
      next = last + 1
    }
  }

  /// Hands over all events of a session in order, holding at most a thousand in memory. Throws `notFound`.
  package func forEachEvent(of id: String, _ body: (StoredEvent) -> Void) throws(HistoryError) {
    var next: Int64 = 0
    while true {
      let (page, last) = try page(of: id, from: next)
      page.forEach(body)
      guard page.count == Self.pageEvents else { return }
      next = last + 1
    }
  }

  /// The lines of one kind of events of a session, in order; none where there is no such session.
  package func lines(of id: String, kind: String) throws(HistoryError) -> [String] {
    try read("read events of a kind") { db in
      try String.fetchAll(
        db, sql: "SELECT line FROM event WHERE sessionId = ? AND kind = ? ORDER BY seq", arguments: [id, kind])
    } ?? []
  }

  private static let pageEvents = 1000

  private func page(of id: String, from seq: Int64) throws(HistoryError) -> (events: [StoredEvent], last: Int64) {
    let page = try read("read events") { db -> ([StoredEvent], Int64)? in
      let sql = """
        SELECT seconds, kind, line, seq FROM event WHERE sessionId = ? AND seq >= ? ORDER BY seq
        LIMIT \(Self.pageEvents)
        """
      var events: [StoredEvent] = []
      var last = seq
      let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [id, seq])
      while let row = try rows.next() {
        events.append(StoredEvent(row: row))
        last = Int64.fromDatabaseValue(row[3]) ?? last
      }
      if events.isEmpty && seq == 0 {
        let known = try Bool.fetchOne(db, sql: "SELECT 1 FROM session WHERE id = ?", arguments: [id])
        guard known != nil else { return nil }
      }
      return (events, last)
    }
    guard let page = page ?? nil else { throw failure(.notFound, "read events") }
    return page
  }

  /// Replaces the summary of a session that has ended: a cache of what its events say. Throws `notFound`.
  package func replaceSummary(of id: String, with summary: String?) throws(HistoryError) {
    let changed = try write("replace summary") { db -> Int in
      try db.execute(sql: "UPDATE session SET summary = ? WHERE id = ?", arguments: [summary, id])
      return db.changesCount
    }
    guard changed == 1 else { throw failure(.notFound, "replace summary") }
  }

  func failure(_ kind: HistoryError.Kind, _ operation: String, _ detail: String = "") -> HistoryError {
    HistoryError(kind, operation: operation, path: folder.database, detail: detail)
  }

  /// Reads in one snapshot; nil where there is nothing to read yet.
  func read<Value>(_ operation: String, _ body: (Database) throws -> Value) throws(HistoryError) -> Value? {
    guard let connection else { return nil }
    return try naming(operation, folder.database) { try connection.read(body) }
  }

  /// Writes in one transaction, waiting at most `busySeconds` for the lock.
  func write<Value>(_ operation: String, _ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    guard writes, let connection else { throw failure(.readOnly, operation, "opened for reading") }
    return try naming(operation, folder.database) {
      try connection.writeWithoutTransaction { db in
        var value: Value?
        try db.inTransaction(.immediate) {
          value = try body(db)
          return .commit
        }
        guard let value else { throw failure(.io, operation, "transaction did not run") }
        return value
      }
    }
  }

  /// Works on the database outside of a transaction, waiting at most `busySeconds` for a lock.
  func outside<Value>(_ operation: String, _ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    guard writes, let connection else { throw failure(.readOnly, operation, "opened for reading") }
    return try naming(operation, folder.database) { try connection.writeWithoutTransaction(body) }
  }
}
