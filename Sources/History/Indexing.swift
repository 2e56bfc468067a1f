import GRDB

extension History {
  /// Puts a session that has ended into the index, in the place of what stood there for it, in one transaction.
  ///
  /// `summary` replaces the row's. `madeFrom` is how many events all this was made from: where another one was put behind
  /// them since, the session is filed and stays due, for whoever files first must not hide what the other has changed.
  /// Throws `notFound`, and `held` while it is live: its events are not all there yet.
  package func replaceIndex(
    of id: String, with made: SessionIndex, summary: String?, madeFrom eventCount: Int? = nil
  ) throws(HistoryError) {
    let passages = Passage.all(of: made.texts + made.titleTexts)
    let state = try write("index session") { db -> SessionState? in
      let found = try Row.fetchOne(
        db, sql: "SELECT state, startedAt, slot, utcOffsetSeconds FROM session WHERE id = ?", arguments: [id])
      guard let found, let state = String.fromDatabaseValue(found[0]).flatMap(SessionState.init(rawValue:)) else {
        return nil
      }
      guard state != .live else { return state }
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM event WHERE sessionId = ?", arguments: [id])
      var index = made
      if let eventCount, count != eventCount { index.version = 0 }
      let startedAt = Int64.fromDatabaseValue(found[1]) ?? 0
      let slot = try Int64.fromDatabaseValue(found[2]) ?? db.freeSlot(from: startedAt)
      try db.clearIndex(of: id, slot: slot)
      try db.file(id, under: index, slot: slot, summary: summary)
      try db.insert(index.tags.distinct, index.figures, of: id, startedAt: startedAt)
      try db.insert(passages, slot: slot)
      try db.review(index.drill, in: id, startedAt: startedAt, utcOffset: Int.fromDatabaseValue(found[3]) ?? 0)
      return state
    }
    switch state {
    case nil: throw failure(.notFound, "index session")
    case .live?: throw failure(.held, "index session")
    case .finished?, .interrupted?: return
    }
  }

  /// The ids of sessions that have ended and are not in the index, or were put there by an earlier version of its
  /// rules, or have changed since; the oldest first, at most `limit`.
  package func unindexed(version: Int, limit: Int) throws(HistoryError) -> [String] {
    guard isCurrent, limit > 0 else { return [] }
    return try read("look for sessions to index") { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT id FROM session INDEXED BY session_on_indexed WHERE indexed < ? AND state <> 'live'
          ORDER BY startedAt, id LIMIT \(limit)
          """, arguments: [version])
    } ?? []
  }
}

extension SessionIndex {
  /// What a session is called and filed under, as texts to be found by.
  fileprivate var titleTexts: [IndexedText] {
    let words = [title, talk, tags.joined(separator: ", ")].compactMap { $0 }.filter { !$0.isEmpty }.distinct
    return words.isEmpty ? [] : [IndexedText(seconds: 0, kind: .title, text: words.joined(separator: " · "))]
  }
}

extension [String] {
  /// Without doubles and empty ones.
  fileprivate var distinct: [String] {
    var seen: Set<String> = [""]
    return filter { seen.insert($0).inserted }
  }
}

extension Database {
  /// The bits of a passage's id that count within its session.
  static let slotShift: Int64 = 16

  /// The first free place in the order of time at or after `milliseconds`: two sessions may begin at once.
  fileprivate func freeSlot(from milliseconds: Int64) throws -> Int64 {
    // 2^46 ms are two thousand years; the shift must not overflow.
    var slot = min(max(milliseconds, 0), 1 << 46)
    let taken = try Int64.fetchCursor(
      self, sql: "SELECT slot FROM session WHERE slot >= ? ORDER BY slot", arguments: [slot])
    while let next = try taken.next(), next == slot { slot += 1 }
    return slot
  }

  /// Takes all that was made of a session's events out of the index; its words too, which needs the texts as they were.
  func clearIndex(of id: String, slot: Int64?) throws {
    try execute(sql: "DELETE FROM tag WHERE sessionId = ?", arguments: [id])
    try execute(sql: "DELETE FROM figure WHERE sessionId = ?", arguments: [id])
    guard let slot else { return }
    let ids: StatementArguments = [slot << Self.slotShift, (slot + 1) << Self.slotShift]
    try execute(
      sql: """
        INSERT INTO words (words, rowid, text) SELECT 'delete', id, text FROM passage WHERE id >= ? AND id < ?
        """, arguments: ids)
    try execute(sql: "DELETE FROM passage WHERE id >= ? AND id < ?", arguments: ids)
  }

  fileprivate func file(_ id: String, under index: SessionIndex, slot: Int64, summary: String?) throws {
    let score = index.score.flatMap { $0.isFinite ? $0 : nil }
    let tags = index.tags.distinct
    try execute(
      sql: """
        UPDATE session SET indexed = ?, slot = ?, title = ?, talk = ?, context = ?, score = ?, tags = ?, summary = ?,
          drill = ?, skill = ?
        WHERE id = ?
        """,
      arguments: [
        index.version, slot, index.title, index.talk, index.context, score,
        tags.isEmpty ? nil : tags.joined(separator: "\n"), summary,
        index.drill?.id, index.drill?.skill, id,
      ])
  }

  fileprivate func insert(
    _ tags: [String], _ figures: [SessionFigure], of id: String, startedAt: Int64
  ) throws {
    let tagging = try cachedStatement(sql: "INSERT INTO tag (tag, sessionId) VALUES (?, ?)")
    for tag in tags { try tagging.execute(arguments: [tag, id]) }
    let figuring = try cachedStatement(
      sql: """
        INSERT OR REPLACE INTO figure (name, startedAt, sessionId, value, low, high) VALUES (?, ?, ?, ?, ?, ?)
        """)
    for figure in figures where figure.value.isFinite {
      let (low, high) = (figure.low.flatMap { $0.isFinite ? $0 : nil }, figure.high.flatMap { $0.isFinite ? $0 : nil })
      try figuring.execute(arguments: [figure.name, startedAt, id, figure.value, low, high])
    }
  }

  fileprivate func insert(_ passages: [Passage], slot: Int64) throws {
    let keeping = try cachedStatement(
      sql: "INSERT INTO passage (id, kind, overlap, places, text) VALUES (?, ?, ?, ?, ?)")
    let finding = try cachedStatement(sql: "INSERT INTO words (rowid, text) VALUES (?, ?)")
    for (number, passage) in passages.enumerated() {
      let id = slot << Self.slotShift + Int64(number)
      let places = Passage.text(of: passage.places)
      try keeping.execute(arguments: [id, passage.kind.rawValue, passage.overlap, places, passage.text])
      try finding.execute(arguments: [id, passage.text])
    }
  }
}
