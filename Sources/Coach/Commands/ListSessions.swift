import ArgumentParser
import History
import Practice

/// `rostrum sessions`: a line a session.
struct ListSessions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List sessions, the newest first.",
    discussion: """
      Examples:
        rostrum sessions --json | jq .id
        rostrum sessions --talk keynote --since 2026-10 --sort score --limit 10
      """)

  @OptionGroup var filter: SessionFilterOptions

  @Option(help: "At least this score.")
  var minScore: Double?

  @Option(help: "newest, oldest, longest, shortest, score, pace or fillers.")
  var sort = "newest"

  @Option(help: "So many at most.")
  var limit: Int?

  @Flag(help: "One JSON object a session.")
  var json = false

  private static let orders: [String: SessionQuery.Order] = [
    "newest": .newest, "oldest": .oldest, "longest": .longest, "shortest": .shortest, "score": .best,
    "pace": .figure("pace", descending: true), "fillers": .figure("fillers-per-minute", descending: true),
  ]

  mutating func run() throws {
    var query = try filter.query()
    guard let order = Self.orders[sort.lowercased()] else { throw Failure(.usage, Messages.noOrder(sort)) }
    if let limit, limit < 1 { throw Failure(.usage, Messages.noLimit(limit)) }
    if let minScore, !(0...100).contains(minScore) { throw Failure(.usage, Messages.noScore) }
    (query.order, query.minimumScore) = (order, minScore)
    let history = try KeptSessions.history()
    let needsIndex =
      !filter.tag.isEmpty || minScore != nil || ["score", "pace", "fillers"].contains(sort.lowercased())
    if needsIndex { try CatchingUp.index(try Surroundings.gather()) }
    let rows = try Self.rows(query, limit: limit ?? .max, history)
    if json {
      for row in rows { Printed.line(JSON.object(row.fields).text) }
    } else if rows.isEmpty {
      Printed.line(filter.isEmpty && minScore == nil ? Messages.noSessions : Messages.noSessionFits)
    } else {
      Printed.table(Self.table(rows))
    }
  }

  private static func rows(
    _ query: SessionQuery, limit: Int, _ history: History
  ) throws(Failure) -> [SessionRow] {
    var query = query
    var rows: [SessionRow] = []
    do throws(HistoryError) {
      while rows.count < limit {
        query.limit = min(limit - rows.count, Limits.listedSessions)
        query.after = rows.last
        let page = try history.sessions(query)
        rows += page
        if page.count < query.limit { break }
      }
    } catch { throw Failure(error) }
    return rows
  }

  private static func table(_ rows: [SessionRow]) -> [[String]] {
    let hasScores = rows.contains { $0.score != nil }
    let score = hasScores ? ["score"] : []
    return [["id", "when", "length", "pace", "fillers"] + score + ["talk", ""]]
      + rows.map { row in
        let line = SessionLine(row)
        let summary = row.parsedSummary
        let tags = row.tags.map { " #" + $0 }.joined()
        let judged = hasScores ? [row.score.map { Figures.decimal($0, 0) } ?? "-"] : []
        return [row.id, row.when, line.duration, line.pace, summary.map { "\($0.fillers)" } ?? "-"] + judged + [
          line.title + tags, line.state,
        ]
      }
  }
}

/// Which sessions are meant, the same wherever several are.
struct SessionFilterOptions: ParsableArguments {
  @Option(help: "Sessions whose title holds this text.")
  var talk: String?

  @Option(help: "Sessions with this tag; several must all be there.")
  var tag: [String] = []

  @Option(help: "From this day on: 2026, 2026-10 or 2026-10-03.")
  var since: String?

  @Option(help: "Until this day, that day too.")
  var until: String?

  /// Whether all sessions are meant.
  var isEmpty: Bool { talk == nil && tag.isEmpty && since == nil && until == nil }

  /// The query of it, by the clock of this place.
  func query() throws(Failure) -> SessionQuery {
    func moment(_ text: String?, last: Bool) throws(Failure) -> Int64? {
      guard let text else { return nil }
      guard let date = CivilDate(written: text, last: last) else { throw Failure(.usage, Messages.noDate(text)) }
      let seconds = date.secondsSince1970 + (last ? 86_400 : 0) - Double(localOffset())
      return Int64(seconds * 1_000)
    }
    return SessionQuery(
      words: talk, tags: tag.map { $0.lowercased() }, from: try moment(since, last: false),
      to: try moment(until, last: true))
  }
}

extension SessionRow {
  /// The fields of `sessions --json`.
  var fields: [JSON.Field] {
    [
      .init("id", .string(id)), .init("started_at_ms", .count(Int(startedAt))),
      .init("utc_offset_seconds", .count(utcOffsetSeconds)), .init("when", .string(when)), .init("talk", .text(title)),
      .init("source", .string(source)), .init("state", .string(state.rawValue)),
      .init("ended_seconds", .rounded(endedSeconds)), .init("tags", .array(tags.map(JSON.string))),
      .init("context", .text(context)), .init("score", .rounded(score, 1)), .init("drill", .text(drill)),
      .init("skill", .text(skill)),
      .init("summary", parsedSummary.map { .object($0.fields) } ?? .null),
    ]
  }
}
