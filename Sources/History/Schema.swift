import GRDB

/// The tables, as a list of migrations that is only ever added to.
///
/// The number of the last one is also the file's `user_version`, so that its age is known before anything is opened
/// for writing.
enum Schema {
  /// The `user_version` this program writes.
  static let version = 2
  /// "Rost": tells our file from any other SQLite database.
  static let applicationID = 0x526F_7374

  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 sessions and events") { db in
      try db.execute(
        sql: """
          CREATE TABLE session (
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
            startedAt INTEGER NOT NULL,
            utcOffsetSeconds INTEGER NOT NULL,
            title TEXT,
            source TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('live', 'finished', 'interrupted')),
            endedSeconds REAL,
            summary TEXT
          ) STRICT;
          CREATE INDEX session_on_startedAt ON session (startedAt, id);
          CREATE INDEX session_live ON session (id) WHERE state = 'live';
          CREATE TABLE event (
            sessionId TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL CHECK (seq >= 0),
            seconds REAL NOT NULL,
            kind TEXT NOT NULL,
            line TEXT NOT NULL,
            PRIMARY KEY (sessionId, seq)
          ) STRICT, WITHOUT ROWID;
          PRAGMA application_id = \(applicationID);
          PRAGMA user_version = 1;
          """)
    }
    migrator.registerMigration("2 ledger") { db in
      try db.execute(
        sql: """
          CREATE TABLE ledger (
            id INTEGER NOT NULL PRIMARY KEY,
            at INTEGER NOT NULL,
            purpose TEXT NOT NULL,
            endpoint TEXT NOT NULL,
            model TEXT NOT NULL,
            tokensIn INTEGER NOT NULL,
            tokensOut INTEGER NOT NULL,
            estimated INTEGER NOT NULL,
            firstTokenSeconds REAL,
            seconds REAL NOT NULL,
            cost REAL
          ) STRICT;
          CREATE INDEX ledger_on_at ON ledger (at);
          PRAGMA user_version = 2;
          """)
    }
    return migrator
  }()
}
