import GRDB

extension History {
  /// How many passages are read for their rank, the newest first.
  ///
  /// All else about a search costs the same whatever the word, because it is found in the order of time and no further
  /// than this: with seven million words in 97,000 passages SQLite's own rank (BM25) of "the" takes 190 ms and more. A
  /// rarer word is ranked over all there is.
  static let candidates = 400
  /// How often that is done: again where all that was read is of a few long sessions.
  static let rounds = 3
  /// Hits of one session, at most.
  static let hitsOfSession = 3

  /// Looks for what was typed in transcripts, comments, notes, turns and titles: sessions by how well they fit, the
  /// newest first among equals, at most `limit` hits. See `SearchTerms` for what may be typed: anything.
  package func search(_ typed: String, limit: Int) throws(HistoryError) -> SearchAnswer {
    let terms = SearchTerms(typed)
    guard !terms.terms.isEmpty else { return SearchAnswer(hits: [], isEmpty: true, isPartial: false) }
    guard isCurrent, limit > 0 else { return SearchAnswer(hits: [], isEmpty: false, isPartial: false) }
    return try read("search") { db in
      let (marked, isPartial) = try Self.newest(
        terms, wanted: (limit + Self.hitsOfSession - 1) / Self.hitsOfSession, db)
      let found = Self.grouped(marked, terms, limit: limit)
      var hits: [SearchHit] = []
      for session in found {
        guard let row = try db.session(at: session.slot) else { continue }
        hits += try db.hits(session, terms, in: row)
      }
      return SearchAnswer(hits: hits, isEmpty: false, isPartial: isPartial)
    } ?? SearchAnswer(hits: [], isEmpty: false, isPartial: false)
  }

  /// The newest passages that fit, of `wanted` sessions if there are as many, and whether there are more passages.
  private static func newest(
    _ terms: SearchTerms, wanted: Int, _ db: Database
  ) throws -> (found: [(id: Int64, passage: MarkedPassage)], isPartial: Bool) {
    var found: [(id: Int64, passage: MarkedPassage)] = []
    var sessions: Set<Int64> = []
    var bound = Int64.max
    for _ in 0..<rounds {
      let more = try db.passages(matching: terms, below: bound, limit: candidates)
      found += more
      guard more.count == candidates, let last = more.last else { return (found, bound < .max) }
      for passage in more { sessions.insert(passage.id >> Database.slotShift) }
      guard sessions.count < min(wanted, candidates) else { break }
      // Goes on before the session that was read last.
      bound = (last.id >> Database.slotShift) << Database.slotShift
    }
    return (found, true)
  }

  /// The best sessions with the best of their passages, at most `limit` passages in all.
  private static func grouped(
    _ found: [(id: Int64, passage: MarkedPassage)], _ terms: SearchTerms, limit: Int
  ) -> [FoundSession] {
    var sessions: [FoundSession] = []
    for (id, passage) in found {
      let slot = id >> Database.slotShift
      let ranked = FoundSession.Found(id: id, rank: passage.rank(terms), passage: passage)
      // They come in the order of their ids: those of a session are side by side.
      if sessions.last?.slot == slot {
        sessions[sessions.count - 1].found.append(ranked)
      } else {
        sessions.append(FoundSession(slot: slot, found: [ranked]))
      }
    }
    for index in sessions.indices { sessions[index].settle() }
    // Ranks within a tenth of each other are equal: then the newer session goes first.
    var left = limit
    var best: [FoundSession] = []
    for index in sessions.indices.sorted(by: { (-sessions[$0].step, $0) < (-sessions[$1].step, $1) }) {
      guard left > 0 else { break }
      sessions[index].keep(min(left, hitsOfSession))
      left -= sessions[index].found.count
      best.append(sessions[index])
    }
    return best
  }
}

/// The passages of one session that fit.
struct FoundSession {
  struct Found {
    var id: Int64
    var rank: Double
    var passage: MarkedPassage
  }

  let slot: Int64
  var found: [Found]
  /// Passages that fit and are not shown.
  private(set) var more = 0
  /// The session's rank, in tenths: that of its best passage, and a little for those that fit too.
  private(set) var step = 0

  init(slot: Int64, found: [Found]) {
    self.slot = slot
    self.found = found
  }

  mutating func settle() {
    found.sort { ($0.rank, $1.id) > ($1.rank, $0.id) }
    let others = Double(found.count - 1)
    step = Int(((found.first?.rank ?? 0) + 0.3 * others / (others + 3)) * 10)
  }

  mutating func keep(_ count: Int) {
    more = max(0, found.count - count)
    found = found.prefix(count).sorted { $0.id < $1.id }
  }
}

extension Database {
  /// The newest passages with smaller ids than `bound` in which all terms are found.
  fileprivate func passages(
    matching terms: SearchTerms, below bound: Int64, limit: Int
  ) throws -> [(id: Int64, passage: MarkedPassage)] {
    let sql = """
      SELECT rowid, highlight(words, 0, char(\(MarkedPassage.opening)), char(\(MarkedPassage.closing))) FROM words
      WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT \(limit)
      """
    var found: [(id: Int64, passage: MarkedPassage)] = []
    let rows = try Row.fetchCursor(self, sql: sql, arguments: [terms.expression, bound])
    while let row = try rows.next() {
      found.append((Int64.fromDatabaseValue(row[0]) ?? 0, MarkedPassage(String.fromDatabaseValue(row[1]) ?? "")))
    }
    return found
  }

  fileprivate func session(at slot: Int64) throws -> SessionRow? {
    let sql = "SELECT \(SessionRow.columns(indexed: true)) FROM session WHERE slot = ?"
    return try Row.fetchOne(cachedStatement(sql: sql), arguments: [slot]).map(SessionRow.init(row:))
  }

  /// The hits of a session as they are shown, those that an earlier passage shows already left out.
  fileprivate func hits(
    _ session: FoundSession, _ terms: SearchTerms, in row: SessionRow
  ) throws -> [SearchHit] {
    var hits: [SearchHit] = []
    let reading = try cachedStatement(sql: "SELECT kind, overlap, places FROM passage WHERE id = ?")
    for found in session.found {
      guard let kept = try Row.fetchOne(reading, arguments: [found.id]) else { continue }
      let overlap = Int.fromDatabaseValue(kept[1]) ?? 0
      // What is all in the beginning that the passage before it has too is shown with that.
      let isNew = found.passage.hits.contains { $0.upperBound > overlap } || session.found.count == 1
      guard isNew, let place = found.passage.start(of: terms) else { continue }
      let places = Passage.places(from: String.fromDatabaseValue(kept[2]) ?? "")
      let kind = String.fromDatabaseValue(kept[0]).flatMap(IndexedText.Kind.init(rawValue:)) ?? .transcript
      hits.append(
        SearchHit(
          row: row, seconds: Passage.seconds(at: place, in: places), kind: kind,
          snippet: found.passage.snippet(at: place)))
    }
    if !hits.isEmpty { hits[hits.count - 1].more = session.more }
    return hits
  }
}
