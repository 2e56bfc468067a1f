import GRDB

/// A request to an endpoint, as the ledger keeps it: what it took and what it cost, and no word of what was said.
package struct LedgerEntry: Equatable, Sendable {
  /// When it was asked, in milliseconds since 1970.
  package var atMilliseconds: Int64
  /// What it was for: `chat`, `transcription` or `speech`.
  package var purpose: String
  package var endpoint: String
  package var model: String
  package var tokensIn: Int
  package var tokensOut: Int
  /// Whether the tokens were estimated.
  package var isEstimated: Bool
  /// Seconds to the first of the answer and to its end; nil where none came.
  package var firstTokenSeconds: Double?
  package var seconds: Double
  /// What it cost; nil where no price is known.
  package var cost: Double?

  /// Makes an entry.
  package init(
    atMilliseconds: Int64, purpose: String, endpoint: String, model: String, tokensIn: Int, tokensOut: Int,
    isEstimated: Bool, firstTokenSeconds: Double?, seconds: Double, cost: Double?
  ) {
    self.atMilliseconds = atMilliseconds
    self.purpose = purpose
    self.endpoint = endpoint
    self.model = model
    self.tokensIn = tokensIn
    self.tokensOut = tokensOut
    self.isEstimated = isEstimated
    self.firstTokenSeconds = firstTokenSeconds
    self.seconds = seconds
    self.cost = cost
  }
}

/// What endpoints were asked since a moment, summed up by endpoint.
package struct LedgerSum: Equatable, Sendable {
  package var endpoint: String
  package var requests: Int
  package var tokensIn: Int
  package var tokensOut: Int
  /// The cost of those whose price is known; nil where none has one.
  package var cost: Double?

  /// Makes a sum.
  package init(endpoint: String, requests: Int, tokensIn: Int, tokensOut: Int, cost: Double?) {
    self.endpoint = endpoint
    self.requests = requests
    self.tokensIn = tokensIn
    self.tokensOut = tokensOut
    self.cost = cost
  }
}

extension History {
  /// Writes a request into the ledger.
  package func note(_ entry: LedgerEntry) throws(HistoryError) {
    try write("note in ledger") { db in
      try db.execute(
        sql: """
          INSERT INTO ledger (at, purpose, endpoint, model, tokensIn, tokensOut, estimated, firstTokenSeconds, seconds,
            cost) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          entry.atMilliseconds, entry.purpose, entry.endpoint, entry.model, entry.tokensIn, entry.tokensOut,
          entry.isEstimated ? 1 : 0, entry.firstTokenSeconds, entry.seconds, entry.cost,
        ])
    }
  }

  /// What was asked since a moment, in milliseconds since 1970, an endpoint each, by name.
  package func asked(since milliseconds: Int64) throws(HistoryError) -> [LedgerSum] {
    try read("sum up ledger") { db in
      // A history of an earlier version, opened for reading only, has none yet.
      guard try db.tableExists("ledger") else { return [] }
      return try Row.fetchAll(
        db,
        sql: """
          SELECT endpoint, count(*), sum(tokensIn), sum(tokensOut), sum(cost) FROM ledger WHERE at >= ?
          GROUP BY endpoint ORDER BY endpoint
          """, arguments: [milliseconds]
      ).map { row in
        LedgerSum(
          endpoint: String.fromDatabaseValue(row[0]) ?? "", requests: Int.fromDatabaseValue(row[1]) ?? 0,
          tokensIn: Int.fromDatabaseValue(row[2]) ?? 0, tokensOut: Int.fromDatabaseValue(row[3]) ?? 0,
          cost: Double.fromDatabaseValue(row[4]))
      }
    } ?? []
  }

  /// Puts events behind those of a session that has ended; with `end`, a second of audio time, it goes on until there.
  /// Throws `notFound`, and `held` while it is live.
  package func append(_ events: [StoredEvent], to id: String, upTo end: Double? = nil) throws(HistoryError) {
    let isLive = try write("append events") { db -> Bool? in
      guard let state = try String.fetchOne(db, sql: "SELECT state FROM session WHERE id = ?", arguments: [id]) else {
        return nil
      }
      guard state != SessionState.live.rawValue else { return true }
      let next = try Int64.fetchOne(
        db, sql: "SELECT coalesce(max(seq), -1) + 1 FROM event WHERE sessionId = ?", arguments: [id])
      try db.append(events, to: id, from: next ?? 0)
      // What the index says of it may be true no more, whether or not the caller lives to say so.
      try db.execute(sql: "UPDATE session SET indexed = 0 WHERE id = ?", arguments: [id])
      if let end, end.isFinite {
        try db.execute(
          sql: "UPDATE session SET endedSeconds = max(coalesce(endedSeconds, 0), ?) WHERE id = ?", arguments: [end, id])
      }
      return false
    }
    switch isLive {
    case nil: throw failure(.notFound, "append events")
    case true?: throw failure(.held, "append events")
    case false?: return
    }
  }
}
