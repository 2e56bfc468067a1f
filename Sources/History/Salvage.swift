/// A session as far as it can still be read.
package struct SalvagedSession: Equatable, Sendable {
  /// Its row. Where only events are left, everything but the id is empty: the first event may tell more.
  package var row: SessionRow
  /// Whether the row was read.
  package var hasRow: Bool
  /// How many of its events can be read.
  package var events: Int
  /// How many events are missing before the last one that can be read; those behind it are unknown.
  package var missing: Int
}

extension History {
  /// Looks for whatever can be read in a damaged or truncated database, and its log, without writing to either.
  ///
  /// SQLite follows references from page to page, and stops where one is bad. This looks at each page by itself
  /// (sqlite.org/fileformat2.html) and takes what has the form of a session or an event, so a page that is lost costs
  /// what stood on it and no more. Throws `cannotCreate` where there is no file, and `io`.
  package static func salvage(folder: String) throws(HistoryError) -> Salvage {
    try Salvage(HistoryFolder(path: folder))
  }
}

/// What can be read of a damaged database.
package struct Salvage: Sendable {
  /// The sessions, the newest first; those whose row is lost come last.
  package let sessions: [SalvagedSession]
  private let pages: SalvagePages
  /// The pages on which events of a session stand.
  private let places: [String: [Int]]

  init(_ folder: HistoryFolder) throws(HistoryError) {
    pages = try SalvagePages(folder)
    var rows: [String: SessionRow] = [:]
    var places: [String: [Int]] = [:]
    var seqs: [String: [Int64]] = [:]
    for number in 1...max(pages.count, 1) {
      for record in pages.records(on: number) {
        if let row = SessionRow(salvaged: record) {
          if rows[row.id] == nil { rows[row.id] = row }
        } else if let key = SalvagedEvent.key(of: record) {
          if places[key.id]?.last != number { places[key.id, default: []].append(number) }
          seqs[key.id, default: []].append(key.seq)
        }
      }
    }
    self.places = places
    sessions = Set(rows.keys).union(places.keys).map { id in
      let known = Set(seqs[id] ?? [])
      let through = Int(clamping: known.max() ?? -1)
      let row = rows[id] ?? SessionRow(id: id, startedAt: 0, utcOffsetSeconds: 0, source: "", state: .interrupted)
      return SalvagedSession(
        row: row, hasRow: rows[id] != nil, events: known.count, missing: max(0, through &+ 1 - known.count))
    }.sorted { ($0.row.startedAt, $0.row.id) > ($1.row.startedAt, $1.row.id) }
  }

  /// The events of a session that can be read, in order; none for a session that is not there.
  package func events(of id: String) -> [StoredEvent] {
    var found: [Int64: StoredEvent] = [:]
    for number in places[id] ?? [] {
      for record in pages.records(on: number) {
        guard let key = SalvagedEvent.key(of: record), key.id == id, found[key.seq] == nil else { continue }
        if let event = SalvagedEvent.event(from: record) { found[key.seq] = event }
      }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// Rows of the table `event`: session, place, seconds, kind, line.
private enum SalvagedEvent {
  static func key(of record: SalvagedRecord) -> (id: String, seq: Int64)? {
    guard record.isIndex, record.count == 5, let id = record.text(0), SessionID.isValid(id),
      let seq = record.integer(1), seq >= 0, seq < 1 << 40, record.number(2) != nil, record.isText(3),
      record.isText(4)
    else { return nil }
    return (id, seq)
  }

  static func event(from record: SalvagedRecord) -> StoredEvent? {
    guard let seconds = record.number(2), let kind = record.text(3), let line = record.text(4), line.hasPrefix("{")
    else { return nil }
    return StoredEvent(seconds: seconds, kind: kind, line: line)
  }
}

extension SessionRow {
  /// Reads a row of the table `session`, of any version; nil where it is none.
  fileprivate init?(salvaged record: SalvagedRecord) {
    guard !record.isIndex, record.count >= 8, let id = record.text(0), SessionID.isValid(id),
      let startedAt = record.integer(1), let offset = record.integer(2), let source = record.text(4),
      let state = record.text(5).flatMap(SessionState.init(rawValue:))
    else { return nil }
    self.init(
      id: id, startedAt: startedAt, utcOffsetSeconds: Int(offset), title: record.text(3), source: source, state: state,
      endedSeconds: record.number(6), summary: record.text(7))
    talk = record.text(10)
    context = record.text(11)
    score = record.number(12)
    tags = record.text(13)?.split(separator: "\n").map(String.init) ?? []
  }
}
