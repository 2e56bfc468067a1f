import GRDB

extension History {
  /// Looks whether the database is whole: its pages, its references, and, where it may be written to, the words' index
  /// against the texts. Sentences of SQLite, without words of the learner; none where all is well.
  ///
  /// It reads everything: some seconds a gigabyte.
  package func check() throws(HistoryError) -> [String] {
    var found =
      try read("check database") { db -> [String] in
        let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
        let lost = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(20).map { row in
          "\(String.fromDatabaseValue(row[0]) ?? "a table") has a row without its session"
        }
        return pages + Set(lost).sorted()
      } ?? []
    guard writes, found.isEmpty else { return found }
    do throws(HistoryError) {
      try write("check words") { db in
        try db.execute(sql: "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
      }
    } catch {
      guard error.kind == .corrupt else { throw error }
      found.append("the words' index does not fit the texts")
    }
    return found
  }

  /// Makes the words' index anew from the texts, where `check` found that it does not fit them.
  package func rebuildWords() throws(HistoryError) {
    try write("rebuild words") { db in try db.execute(sql: "INSERT INTO words (words) VALUES ('rebuild')") }
  }
}
