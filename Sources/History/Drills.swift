import GRDB
package import Practice

/// An attempt at a drill that was done to its end, as it is listed beside others.
package struct DrillAttempt: Equatable, Sendable {
  /// The session.
  package var id: String
  /// When it began, in milliseconds since 1970.
  package var startedAt: Int64
  /// Its figure, in the unit the figure's name stands for.
  package var value: Double

  /// Makes an attempt.
  package init(id: String, startedAt: Int64, value: Double) {
    self.id = id
    self.startedAt = startedAt
    self.value = value
  }
}

extension History {
  /// What the schedule goes by, in the order of time; of one drill where it is named.
  package func reviews(of drill: String? = nil) throws(HistoryError) -> [Review] {
    guard isCurrent else { return [] }
    return try read("read reviews") { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT drill, grade, at, utcOffsetSeconds, sessionId FROM review \(drill == nil ? "" : "WHERE drill = ?")
          ORDER BY at, id
          """, arguments: drill.map { [$0] } ?? []
      ).map { row in
        Review(
          drill: String.fromDatabaseValue(row[0]) ?? "",
          grade: Int.fromDatabaseValue(row[1]).flatMap(DrillGrade.init(rawValue:)),
          atMilliseconds: Int.fromDatabaseValue(row[2]) ?? 0, utcOffset: Int.fromDatabaseValue(row[3]) ?? 0,
          session: String.fromDatabaseValue(row[4]))
      }
    } ?? []
  }

  /// Everything that was assigned or put on the schedule, done or not, in the order in which it was.
  package func assignments() throws(HistoryError) -> [Assignment] {
    guard isCurrent else { return [] }
    return try read("read assignments") { db in
      try Row.fetchAll(db, sql: "SELECT drill, note, assignedBy, dueAt, at, id FROM assignment ORDER BY at, id").map {
        Assignment(
          drill: String.fromDatabaseValue($0[0]) ?? "", note: String.fromDatabaseValue($0[1]) ?? "",
          by: String.fromDatabaseValue($0[2]) ?? "", dueMilliseconds: Int.fromDatabaseValue($0[3]),
          atMilliseconds: Int.fromDatabaseValue($0[4]) ?? 0, id: Int.fromDatabaseValue($0[5]))
      }
    } ?? []
  }

  /// Keeps an assignment, and returns it with its number. One that is equal but for when it was given is not kept twice
  /// while it is open: the one that is there is returned.
  package func assign(_ assignment: Assignment) throws(HistoryError) -> Assignment {
    let reviews = try reviews(of: assignment.drill)
    let known = try assignments().first { known in
      (known.drill, known.note, known.by) == (assignment.drill, assignment.note, assignment.by)
        && known.dueMilliseconds == assignment.dueMilliseconds && known.done(in: reviews) == nil
    }
    if let known { return known }
    var kept = assignment
    kept.id = try write("keep assignment") { db in
      try db.execute(
        sql: "INSERT INTO assignment (drill, note, assignedBy, dueAt, at) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          assignment.drill, assignment.note, assignment.by, assignment.dueMilliseconds, assignment.atMilliseconds,
        ])
      return Int(db.lastInsertedRowID)
    }
    return kept
  }

  /// Puts a drill on the learner's own schedule, for the day of a moment, or at once; both in milliseconds since 1970.
  package func queue(_ drill: String, dueMilliseconds: Int? = nil, now: Int) throws(HistoryError) -> Assignment {
    try assign(Assignment(drill: drill, dueMilliseconds: dueMilliseconds, atMilliseconds: now))
  }

  /// Deletes an assignment by its number. Throws `notFound`.
  package func withdraw(assignment id: Int) throws(HistoryError) {
    let changed = try write("withdraw assignment") { db -> Int in
      try db.execute(sql: "DELETE FROM assignment WHERE id = ?", arguments: [id])
      return db.changesCount
    }
    guard changed == 1 else { throw failure(.notFound, "withdraw assignment") }
  }

  /// Attempts at a drill that have the figure `figure`, the oldest first; of the `latest` of them alone where a number is
  /// given, and of those that began before `moment` alone, in milliseconds since 1970.
  package func attempts(
    of drill: String, figure: String, before moment: Int? = nil, latest: Int? = nil
  ) throws(HistoryError) -> [DrillAttempt] {
    try attempts(
      of: drill, figure: figure, before: moment, order: "session.startedAt DESC, session.id DESC", limit: latest
    ).reversed()
  }

  /// The attempt at a drill whose figure is the highest, or the lowest; of several the first that was made. Of those that
  /// began before `moment` alone where one is given.
  package func bestAttempt(
    of drill: String, figure: String, isMoreBetter: Bool, before moment: Int? = nil
  ) throws(HistoryError) -> DrillAttempt? {
    try attempts(
      of: drill, figure: figure, before: moment,
      order: "figure.value \(isMoreBetter ? "DESC" : "ASC"), session.startedAt, session.id", limit: 1
    ).first
  }

  private func attempts(
    of drill: String, figure: String, before moment: Int?, order: String, limit: Int?
  ) throws(HistoryError) -> [DrillAttempt] {
    guard isCurrent else { return [] }
    return try read("read attempts") { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT session.id, session.startedAt, figure.value FROM session INDEXED BY session_on_drill
          JOIN figure ON figure.name = ? AND figure.startedAt = session.startedAt AND figure.sessionId = session.id
          WHERE session.drill = ? AND session.startedAt < ? ORDER BY \(order) LIMIT \(max(limit ?? -1, -1))
          """, arguments: [figure, drill, Int64(moment ?? .max)]
      ).map {
        DrillAttempt(
          id: String.fromDatabaseValue($0[0]) ?? "", startedAt: Int64.fromDatabaseValue($0[1]) ?? 0,
          value: Double.fromDatabaseValue($0[2]) ?? 0)
      }
    } ?? []
  }

  /// How often each drill was done or judged, by its id.
  package func attemptCounts() throws(HistoryError) -> [String: Int] {
    guard isCurrent else { return [:] }
    let counts = try read("count attempts") { db in
      try Row.fetchAll(db, sql: "SELECT drill, count(*) FROM review GROUP BY drill").map {
        (String.fromDatabaseValue($0[0]) ?? "", Int.fromDatabaseValue($0[1]) ?? 0)
      }
    }
    return Dictionary(counts ?? [], uniquingKeysWith: +)
  }
}

extension Database {
  /// Puts the review of a session in the place of the one that stood there for it; one whose session had gone, and is
  /// back, is that session's again.
  func review(_ drill: IndexedDrill?, in id: String, startedAt: Int64, utcOffset: Int) throws {
    try execute(sql: "DELETE FROM review WHERE sessionId = ?", arguments: [id])
    guard let drill, drill.isDone else { return }
    try execute(
      sql: "DELETE FROM review WHERE sessionId IS NULL AND drill = ? AND at = ?", arguments: [drill.id, startedAt])
    try execute(
      sql: "INSERT INTO review (drill, grade, at, utcOffsetSeconds, sessionId) VALUES (?, ?, ?, ?, ?)",
      arguments: [drill.id, drill.grade?.rawValue, startedAt, utcOffset, id])
  }
}
