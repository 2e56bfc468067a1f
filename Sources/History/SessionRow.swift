import GRDB

/// One event as it is kept: a line of text, and what is needed to find it again without reading the line.
///
/// The line is made and read elsewhere: a database that never looks inside can keep what it does not understand.
package struct StoredEvent: Equatable, Sendable {
  /// Audio time since the start of the session, in seconds.
  package let seconds: Double
  /// The kind of event, as the line names it.
  package let kind: String
  /// The event as one JSON object on one line.
  package let line: String

  package init(seconds: Double, kind: String, line: String) {
    self.seconds = seconds
    self.kind = kind
    self.line = line
  }

  /// What this event costs while it waits in memory, in bytes, about.
  var bytes: Int { kind.utf8.count + line.utf8.count + MemoryLayout<StoredEvent>.size }
}

/// Where a session stands.
package enum SessionState: String, Equatable, Sendable {
  /// Some process is still adding to it, or died while it did.
  case live
  /// It was ended on purpose.
  case finished
  /// It was cut off: what came before is complete.
  case interrupted
}

/// How a session ends.
package enum SessionEnding: Equatable, Sendable {
  /// On purpose.
  case finished
  /// Cut off.
  case interrupted

  var state: SessionState { self == .finished ? .finished : .interrupted }
}

/// What is known of a session without reading its events.
package struct SessionRow: Equatable, Sendable {
  /// 1 to 64 characters of `0-9 a-z -`; see `newSessionID`.
  package var id: String
  /// When it began, in milliseconds since 1970 (UTC).
  package var startedAt: Int64
  /// How far the learner's clock was ahead of UTC then, in seconds.
  package var utcOffsetSeconds: Int
  /// What the learner calls it, if anything.
  package var title: String?
  /// Where the sound came from, in words of the caller.
  package var source: String
  /// Where it stands.
  package var state: SessionState
  /// Audio time at its end, in seconds; nil while it is live.
  package var endedSeconds: Double?
  /// A summary as one JSON object on one line: a cache, rebuilt from the events at any time.
  package var summary: String?
  /// The talk it is a take of, as it was indexed; nil where it was not.
  package var talk: String?
  /// The context it is judged by, as it was indexed.
  package var context: String?
  /// Its score, 0 to 100, as it was indexed.
  package var score: Double?
  /// Its tags, as it was indexed.
  package var tags: [String] = []
  /// The drill that it is an attempt at, as it was indexed; nil where it is none.
  package var drill: String?
  /// The skill that drill trains.
  package var skill: String?
  /// The number a list was sorted by, where that is a figure: the next page goes on from it.
  package var sortedBy: Double?

  package init(
    id: String, startedAt: Int64, utcOffsetSeconds: Int, title: String? = nil, source: String,
    state: SessionState = .live, endedSeconds: Double? = nil, summary: String? = nil
  ) {
    self.id = id
    self.startedAt = startedAt
    self.utcOffsetSeconds = utcOffsetSeconds
    self.title = title
    self.source = source
    self.state = state
    self.endedSeconds = endedSeconds
    self.summary = summary
  }
}

extension SessionRow {
  /// The columns that a session has from its beginning on.
  static let stored = [
    "id", "startedAt", "utcOffsetSeconds", "title", "source", "state", "endedSeconds", "summary",
  ]

  /// The columns `init(row:)` reads, in its order. A database that is read as an earlier version left it has no index.
  static func columns(indexed: Bool, of table: String? = nil) -> String {
    let prefix = table.map { $0 + "." } ?? ""
    let names = ["talk", "context", "score", "tags", "drill", "skill"]
    let made = indexed ? names.map { prefix + $0 } : names.map { _ in "NULL" }
    return (stored.map { prefix + $0 } + made).joined(separator: ", ")
  }

  /// Reads a row of `columns`. Values of a wrong type become the nearest harmless thing: a file that was edited by
  /// hand must not bring the program down.
  init(row: Row) {
    self.init(
      id: String.fromDatabaseValue(row[0]) ?? "",
      startedAt: Int64.fromDatabaseValue(row[1]) ?? 0,
      utcOffsetSeconds: Int.fromDatabaseValue(row[2]) ?? 0,
      title: String.fromDatabaseValue(row[3]),
      source: String.fromDatabaseValue(row[4]) ?? "",
      state: String.fromDatabaseValue(row[5]).flatMap(SessionState.init(rawValue:)) ?? .interrupted,
      endedSeconds: Double.fromDatabaseValue(row[6]),
      summary: String.fromDatabaseValue(row[7]))
    talk = String.fromDatabaseValue(row[8])
    context = String.fromDatabaseValue(row[9])
    score = Double.fromDatabaseValue(row[10])
    tags = String.fromDatabaseValue(row[11])?.split(separator: "\n").map(String.init) ?? []
    drill = String.fromDatabaseValue(row[12])
    skill = String.fromDatabaseValue(row[13])
  }
}

extension StoredEvent {
  /// Reads `seconds, kind, line`, as forgiving as `SessionRow.init(row:)`.
  init(row: Row) {
    self.init(
      seconds: Double.fromDatabaseValue(row[0]) ?? 0,
      kind: String.fromDatabaseValue(row[1]) ?? "",
      line: String.fromDatabaseValue(row[2]) ?? "")
  }
}
