import GRDB

extension History {
  /// All that the ledger holds, the oldest request first.
  package func ledger() throws(HistoryError) -> [LedgerEntry] {
    try read("read ledger") { db in
      // A history of an earlier version, opened for reading only, has none yet.
      guard try db.tableExists("ledger") else { return [] }
      return try Row.fetchAll(
        db,
        sql: """
          SELECT at, purpose, endpoint, model, tokensIn, tokensOut, estimated, firstTokenSeconds, seconds, cost
          FROM ledger ORDER BY at, rowid
          """
      ).map { row in
        LedgerEntry(
          atMilliseconds: Int64.fromDatabaseValue(row[0]) ?? 0, purpose: String.fromDatabaseValue(row[1]) ?? "",
          endpoint: String.fromDatabaseValue(row[2]) ?? "", model: String.fromDatabaseValue(row[3]) ?? "",
          tokensIn: Int.fromDatabaseValue(row[4]) ?? 0, tokensOut: Int.fromDatabaseValue(row[5]) ?? 0,
          isEstimated: Int.fromDatabaseValue(row[6]) == 1, firstTokenSeconds: Double.fromDatabaseValue(row[7]),
          seconds: Double.fromDatabaseValue(row[8]) ?? 0, cost: Double.fromDatabaseValue(row[9]))
      }
    } ?? []
  }
}
