import GRDB

/// The tables, as a list of migrations that is only ever added to.
///
/// The number of the last one is also the file's `user_version`, so that its age is known before anything is opened
/// for writing.
enum Schema {
  /// The `user_version` this program writes.
  static let version = 4
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
    // References are not checked again over the whole file: a history of many years opens as fast as a new one.
    migrator.registerMigration("2 ledger", foreignKeyChecks: .immediate) { db in
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
    migrator.registerMigration("3 index", foreignKeyChecks: .immediate) { db in try db.execute(sql: index) }
    migrator.registerMigration("4 drills", foreignKeyChecks: .immediate) { db in try db.execute(sql: drills) }
    return migrator
  }()

  /// What is found by: everything in it is made from the events, so it is empty at first and filled afterwards, a
  /// session at a time.
  ///
  /// `indexed` is the version of what a session was indexed by, 0 where it never was or has changed since. `slot` is
  /// the place of its passages in the order of time: they have the ids `slot << 16` and up, so that the newest are read
  /// first without sorting. The words' index is beside the texts, not with a copy of them ("external content"), and
  /// keeps no lengths, because nothing is ranked by SQLite; it has prefixes of one to three letters, since a longer one
  /// begins few words.
  private static let index = """
    ALTER TABLE session ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE session ADD COLUMN slot INTEGER;
    ALTER TABLE session ADD COLUMN talk TEXT;
    ALTER TABLE session ADD COLUMN context TEXT;
    ALTER TABLE session ADD COLUMN score REAL;
    ALTER TABLE session ADD COLUMN tags TEXT;
    CREATE UNIQUE INDEX session_on_slot ON session (slot) WHERE slot IS NOT NULL;
    CREATE INDEX session_on_indexed ON session (indexed, startedAt);
    CREATE INDEX session_on_talk ON session (talk, startedAt, id) WHERE talk IS NOT NULL;
    CREATE TABLE tag (
      tag TEXT NOT NULL,
      sessionId TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
      PRIMARY KEY (tag, sessionId)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tag_on_session ON tag (sessionId);
    CREATE TABLE figure (
      name TEXT NOT NULL,
      startedAt INTEGER NOT NULL,
      sessionId TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
      value REAL NOT NULL,
      low REAL,
      high REAL,
      PRIMARY KEY (name, startedAt, sessionId)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX figure_on_session ON figure (sessionId);
    CREATE TABLE passage (
      id INTEGER NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL,
      overlap INTEGER NOT NULL,
      places TEXT NOT NULL,
      text TEXT NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE words USING fts5 (
      text, content = 'passage', content_rowid = 'id', columnsize = 0, prefix = '1 2 3',
      tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TABLE chore (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 3;
    """

  /// What is kept of drills beside their sessions.
  ///
  /// `drill` and `skill` of a session are made from its events, as the rest of the index is. A review is made from them
  /// too, and may outlive them: the schedule goes by attempts that were deleted for their age. An assignment is made
  /// from nothing else. Neither has the form of a session or an event, so that a salvage tells them apart.
  private static let drills = """
    ALTER TABLE session ADD COLUMN drill TEXT;
    ALTER TABLE session ADD COLUMN skill TEXT;
    CREATE INDEX session_on_drill ON session (drill, startedAt, id) WHERE drill IS NOT NULL;
    CREATE INDEX session_on_skill ON session (skill, startedAt, id) WHERE skill IS NOT NULL;
    CREATE TABLE review (
      id INTEGER NOT NULL PRIMARY KEY,
      drill TEXT NOT NULL,
      grade INTEGER CHECK (grade BETWEEN 1 AND 4),
      at INTEGER NOT NULL,
      utcOffsetSeconds INTEGER NOT NULL,
      sessionId TEXT REFERENCES session (id) ON DELETE SET NULL
    ) STRICT;
    CREATE INDEX review_on_drill ON review (drill, at);
    CREATE UNIQUE INDEX review_on_session ON review (sessionId) WHERE sessionId IS NOT NULL;
    CREATE TABLE assignment (
      id INTEGER NOT NULL PRIMARY KEY,
      drill TEXT NOT NULL,
      note TEXT NOT NULL,
      assignedBy TEXT NOT NULL,
      dueAt INTEGER,
      at INTEGER NOT NULL
    ) STRICT;
    PRAGMA user_version = 4;
    """
}
