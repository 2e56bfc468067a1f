import GRDB
import Glibc

/// Which sessions are forgotten.
package enum Forgetting: Equatable, Sendable {
  /// Those with these ids; others of them are no complaint.
  case sessions([String])
  /// All takes of a talk, as they are indexed.
  case talk(String)
  /// All that began before a moment, in milliseconds since 1970.
  case before(Int64)
  /// All there is, the ledger too.
  case everything
}

/// What was forgotten.
package struct Forgotten: Equatable, Sendable {
  /// The sessions: what belongs to them elsewhere, such as sound, is for the caller to delete.
  package var ids: [String]
  /// How many events they had.
  package var events: Int
  /// How many requests were in the ledger; 0 unless everything was forgotten.
  package var requests: Int
}

extension History {
  /// Deletes sessions: rows, events, passages, the words' index, figures and tags, in one transaction.
  ///
  /// What they were is out of reach for every query then, and out of the files after `purge`. Throws `held`, and
  /// deletes nothing, where one of them is alive; with `passingOverLive` that one stays and the others go. A live
  /// session whose process is dead is deleted like any other.
  ///
  /// What the schedule of drills knows of them goes too, unless it is `keepingReviews`, as when they go for their age
  /// alone. Assignments go with everything.
  package func forget(
    _ what: Forgetting, passingOverLive: Bool = false, keepingReviews: Bool = false
  ) throws(HistoryError) -> Forgotten {
    var locks: [SessionLock] = []
    // Taken before the transaction: whoever begins a session takes the lock first too.
    for id in try live(of: what) {
      if let lock = try SessionLock.take(id, in: folder.live) { locks.append(lock); continue }
      if !passingOverLive { throw failure(.held, "forget session") }
    }
    let locked = locks.map(\.id)
    let forgotten = try write("forget sessions") { db -> Forgotten? in
      let chosen = try db.chosen(what)
      let doomed = chosen.filter { !$0.isLive || locked.contains($0.id) }
      if doomed.count < chosen.count && !passingOverLive { return nil }
      var forgotten = Forgotten(ids: doomed.map(\.id), events: 0, requests: 0)
      if what == .everything && doomed.count == chosen.count {
        (forgotten.events, forgotten.requests) = try db.deleteEverything()
      } else {
        for session in doomed {
          forgotten.events += try db.delete(session.id, slot: session.slot, keepsReview: keepingReviews)
        }
      }
      try db.execute(sql: "INSERT INTO chore (name) VALUES ('purge') ON CONFLICT (name) DO NOTHING")
      return forgotten
    }
    guard let forgotten else { throw failure(.held, "forget session") }
    for lock in locks { lock.remove() }
    return forgotten
  }

  /// Whether something was forgotten and is still in the files: `purge` was not called since, or did not succeed.
  package func needsPurge() throws(HistoryError) -> Bool {
    guard isCurrent else { return false }
    return try read("look for chores") { db in
      try Bool.fetchOne(db, sql: "SELECT 1 FROM chore WHERE name = 'purge'") ?? false
    } ?? false
  }

  /// Takes what was forgotten out of the files: the words' index is written anew without what was deleted from it (it
  /// only marks it as deleted at first), then the whole database, and the log is emptied.
  ///
  /// Needs as much free space as the database takes. Throws `busy` where another process reads or writes for longer
  /// than is waited; nothing is lost then, and it is to be called again.
  package func purge() throws(HistoryError) {
    try write("tidy words") { db in try db.execute(sql: "INSERT INTO words (words) VALUES ('optimize')") }
    try outside("tidy database") { db in try db.execute(sql: "VACUUM") }
    try emptyLog()
    try write("note what is done") { db in try db.execute(sql: "DELETE FROM chore WHERE name = 'purge'") }
    // The words are out of every file already.
    try? emptyLog()
  }

  /// Copies the log into the database and makes it empty. Throws `busy` while somebody reads what is in it.
  private func emptyLog() throws(HistoryError) {
    let isBusy = try outside("empty log") { db in
      try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").flatMap { Int.fromDatabaseValue($0[0]) } != 0
    }
    if isBusy { throw failure(.busy, "empty log", "in use by another process") }
  }

  private func live(of what: Forgetting) throws(HistoryError) -> [String] {
    try read("look for live sessions") { db in try db.chosen(what).filter(\.isLive).map(\.id) } ?? []
  }
}

extension Database {
  fileprivate struct Chosen {
    var id: String
    var slot: Int64?
    var isLive: Bool
  }

  fileprivate func chosen(_ what: Forgetting) throws -> [Chosen] {
    func rows(_ clause: String, _ arguments: StatementArguments = []) throws -> [Chosen] {
      try Row.fetchAll(self, sql: "SELECT id, slot, state FROM session \(clause)", arguments: arguments).map {
        Chosen(
          id: String.fromDatabaseValue($0[0]) ?? "", slot: Int64.fromDatabaseValue($0[1]),
          isLive: String.fromDatabaseValue($0[2]) == SessionState.live.rawValue)
      }
    }
    return switch what {
    case .sessions(let ids): try ids.flatMap { try rows("WHERE id = ?", [$0]) }
    case .talk(let talk): try rows("WHERE talk = ?", [talk])
    case .before(let moment): try rows("WHERE startedAt < ?", [moment])
    case .everything: try rows("")
    }
  }

  /// Deletes a session; returns how many events it had.
  fileprivate func delete(_ id: String, slot: Int64?, keepsReview: Bool) throws -> Int {
    try clearIndex(of: id, slot: slot)
    // A review that is kept loses its session by the reference itself.
    if !keepsReview { try execute(sql: "DELETE FROM review WHERE sessionId = ?", arguments: [id]) }
    try execute(sql: "DELETE FROM event WHERE sessionId = ?", arguments: [id])
    let events = changesCount
    try execute(sql: "DELETE FROM session WHERE id = ?", arguments: [id])
    return events
  }

  /// Empties all tables, faster than row by row; returns how many events and requests there were.
  fileprivate func deleteEverything() throws -> (events: Int, requests: Int) {
    let counts = try ["event", "ledger"].map { try Int.fetchOne(self, sql: "SELECT count(*) FROM \($0)") ?? 0 }
    try execute(sql: "INSERT INTO words (words) VALUES ('delete-all')")
    for table in ["passage", "tag", "figure", "review", "assignment", "event", "session", "ledger"] {
      try execute(sql: "DELETE FROM \(table)")
    }
    return (counts[0], counts[1])
  }
}
