import GRDB
import Synchronization

/// One session's way to the disk: its lock, its connection, its row.
///
/// Each of these is taken when it is first needed and again after it was lost, so that a session which begins on a full
/// disk is saved from its first event once there is space.
final class SessionStore: Sendable {
  private struct Held {
    var lock: SessionLock?
    var connection: DatabaseQueue?
    var file: FileIdentity?
    var hasRow = false
  }

  private let folder: HistoryFolder
  private let row: SessionRow
  private let busySeconds: Double
  /// Touched by the writer's thread alone once that runs; the mutex only says so to the compiler.
  private let held = Mutex(Held())

  init(folder: HistoryFolder, row: SessionRow, busySeconds: Double) {
    self.folder = folder
    self.row = row
    self.busySeconds = busySeconds
  }

  /// Looks whether the database is ours to write, and takes the session's lock. Waits for nobody.
  func lock() throws(HistoryError) {
    let finding = try folder.inspect()
    if finding != .current { try folder.prepareFolders() }
    try takeLock()
  }

  private func takeLock() throws(HistoryError) {
    if held.withLock({ $0.lock != nil }) { return }
    try folder.prepareFolders()
    guard let lock = try SessionLock.take(row.id, in: folder.live) else {
      throw HistoryError(.held, operation: "lock session", path: folder.live)
    }
    held.withLock { $0.lock = lock }
  }

  private func connection() throws(HistoryError) -> DatabaseQueue {
    let (open, file) = held.withLock { ($0.connection, $0.file) }
    if let open {
      // SQLite goes on writing into a file that was deleted: nobody would ever see it again.
      guard folder.identity == file else {
        throw HistoryError(.io, operation: "save session", path: folder.database, detail: "deleted or replaced")
      }
      return open
    }
    try folder.prepare(waitSeconds: busySeconds)
    let connection = try folder.connect(busySeconds: busySeconds)
    held.withLock { ($0.connection, $0.file) = (connection, folder.identity) }
    return connection
  }

  /// Writes the row if it is not there, `events` at their places, and the end, in one transaction.
  func write(_ events: [StoredEvent], from seq: Int64, ending: WriterQueue.Ending?) throws(HistoryError) {
    try takeLock()
    let needsRow = !held.withLock { $0.hasRow }
    guard needsRow || !events.isEmpty || ending != nil else { return }
    do throws(HistoryError) {
      let connection = try connection()
      try naming("save session", folder.database) {
        try connection.writeWithoutTransaction { db in
          try db.inTransaction(.immediate) {
            if needsRow { try insertRow(db) }
            try db.append(events, to: row.id, from: seq)
            if let ending { try mark(ending, db) }
            return .commit
          }
        }
      }
      held.withLock { $0.hasRow = true }
    } catch {
      // After anything but a wait or a full disk the file may be another one: begin anew.
      if ![.busy, .diskFull].contains(error.kind) { disconnect() }
      throw error
    }
  }

  private func insertRow(_ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO session (\(SessionRow.stored.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?, 'live', NULL, ?)
        ON CONFLICT (id) DO NOTHING
        """,
      arguments: [row.id, row.startedAt, row.utcOffsetSeconds, row.title, row.source, row.summary])
    let begun = try Int64.fetchOne(
      db, sql: "SELECT startedAt FROM session WHERE id = ? AND state = 'live'", arguments: [row.id])
    guard begun == row.startedAt else {
      throw HistoryError(
        .cannotCreate, operation: "begin session", path: folder.database, detail: "another session has this id")
    }
  }

  private func mark(_ ending: WriterQueue.Ending, _ db: Database) throws {
    try db.execute(
      sql: "UPDATE session SET state = ?, endedSeconds = ?, summary = ? WHERE id = ?",
      arguments: [ending.state.state.rawValue, ending.endedSeconds, ending.summary, row.id])
  }

  private func disconnect() {
    let connection = held.withLock { held in
      held.hasRow = false
      return held.connection.take()
    }
    try? connection?.close()
  }

  /// Lets go of everything. A session that has ended leaves a tidy log and no lock file.
  func close(removingLock: Bool) {
    let lock = held.withLock { $0.lock.take() }
    if removingLock { lock?.remove() }
    if let connection = held.withLock({ $0.connection }) {
      // Best effort: whoever opens the history next finds the same content either way.
      _ = try? connection.writeWithoutTransaction { try $0.checkpoint(.passive) }
    }
    disconnect()
  }
}
