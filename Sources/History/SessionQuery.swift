import GRDB

/// Which sessions a list shows, and in what order.
package struct SessionQuery: Equatable, Sendable {
  /// The order of a list. Sessions that are equal in it, and those without the number asked for, which come last, are
  /// newest first.
  package enum Order: Equatable, Sendable {
    case newest
    case oldest
    case longest
    case shortest
    /// By score, the highest first.
    case best
    /// By score, the lowest first.
    case worst
    /// By a figure, the highest or the lowest first.
    case figure(String, descending: Bool)
  }

  /// Takes of this talk only.
  package var talk: String?
  /// Sessions whose title holds this text, letters of either case alike.
  package var words: String?
  /// Sessions judged by this context only.
  package var context: String?
  /// Sessions with all of these tags only.
  package var tags: [String]
  /// Attempts at this drill only.
  package var drill: String?
  /// Whether attempts at drills are left out.
  package var isWithoutDrills: Bool
  /// Attempts at drills of this skill only.
  package var skill: String?
  /// Sessions that began at or after this moment, in milliseconds since 1970.
  package var from: Int64?
  /// Sessions that began before this moment, in milliseconds since 1970.
  package var to: Int64?
  /// Sessions with at least this score only, 0 to 100.
  package var minimumScore: Double?
  /// Sessions that have at least this length only, in seconds of audio time.
  package var minimumSeconds: Double?
  /// Sessions in this state only.
  package var state: SessionState?
  package var order: Order
  /// How many are read, at most.
  package var limit: Int
  /// The session after which to go on, as this query gave it: the last of the page before.
  package var after: SessionRow?

  /// Makes a query; without anything it is the hundred newest sessions.
  package init(
    talk: String? = nil, words: String? = nil, context: String? = nil, tags: [String] = [], drill: String? = nil,
    isWithoutDrills: Bool = false, skill: String? = nil, from: Int64? = nil, to: Int64? = nil,
    minimumScore: Double? = nil,
    minimumSeconds: Double? = nil, state: SessionState? = nil,
    order: Order = .newest,
    limit: Int = 100, after: SessionRow? = nil
  ) {
    self.talk = talk
    self.words = words
    self.context = context
    self.tags = tags
    self.drill = drill
    self.isWithoutDrills = isWithoutDrills
    self.skill = skill
    self.from = from
    self.to = to
    self.minimumScore = minimumScore
    self.minimumSeconds = minimumSeconds
    self.state = state
    self.order = order
    self.limit = limit
    self.after = after
  }

  /// Whether it asks for something that only an index knows.
  var needsIndex: Bool {
    if case .figure = order { return true }
    return [talk, context, drill, skill].contains { $0 != nil } || !tags.isEmpty || minimumScore != nil
      || isWithoutDrills
      || order == .best || order == .worst
  }
}

extension SessionQuery {
  /// The pattern of texts that hold `words`.
  private static func anywhere(_ words: String) -> String {
    "%" + words.flatMap { "%_\\".contains($0) ? ["\\", $0] : [$0] } + "%"
  }

  /// Conditions on the table `session`, and their values.
  func filter() -> (conditions: [String], arguments: [any DatabaseValueConvertible]) {
    let rows: [(String, (any DatabaseValueConvertible)?)] = [
      ("session.talk = ?", talk), ("session.title LIKE ? ESCAPE '\\'", words.map(Self.anywhere)),
      ("session.context = ?", context), ("session.drill = ?", drill), ("session.skill = ?", skill),
      ("session.startedAt >= ?", from),
      ("session.startedAt < ?", to), ("session.score >= ?", minimumScore),
      ("session.endedSeconds >= ?", minimumSeconds), ("session.state = ?", state?.rawValue),
    ]
    var conditions: [String] = []
    var arguments: [any DatabaseValueConvertible] = []
    for case (let condition, let value?) in rows {
      conditions.append(condition)
      arguments.append(value)
    }
    if isWithoutDrills { conditions.append("session.drill IS NULL") }
    for tag in tags {
      conditions.append("session.id IN (SELECT sessionId FROM tag WHERE tag = ?)")
      arguments.append(tag)
    }
    return (conditions, arguments)
  }

  /// The number a list is sorted by, as SQL, and whether it descends; nil where that is time alone. What is missing
  /// counts as a number beyond all others, so that it comes last.
  fileprivate var key: (sql: String, descends: Bool)? {
    func missing(_ column: String, descends: Bool) -> (String, Bool) {
      ("coalesce(\(column), \(descends ? "-1e308" : "1e308"))", descends)
    }
    return switch order {
    case .newest, .oldest: nil
    case .longest: missing("session.endedSeconds", descends: true)
    case .shortest: missing("session.endedSeconds", descends: false)
    case .best: missing("session.score", descends: true)
    case .worst: missing("session.score", descends: false)
    case .figure(_, let descending): missing("figure.value", descends: descending)
    }
  }

  /// The number of `row` that `key` stands for.
  fileprivate func value(of row: SessionRow) -> Double {
    let found: Double? =
      switch order {
      case .newest, .oldest: 0
      case .longest, .shortest: row.endedSeconds
      case .best, .worst: row.score
      case .figure: row.sortedBy
      }
    return found ?? (key?.descends == true ? -1e308 : 1e308)
  }

  /// The whole statement that reads `columns` of a page, and its values.
  func statement(columns: String) -> (sql: String, arguments: StatementArguments) {
    var (conditions, values) = filter()
    var join = ""
    if case .figure(let name, _) = order {
      join =
        "LEFT JOIN figure ON figure.name = ? AND figure.startedAt = session.startedAt AND figure.sessionId = session.id"
      values.insert(name, at: 0)
    }
    let time = order == .oldest ? ("ASC", ">") : ("DESC", "<")
    if let after {
      if let key {
        let number = value(of: after)
        conditions.append(
          "(\(key.sql) \(key.descends ? "<" : ">") ? OR (\(key.sql) = ? AND (session.startedAt, session.id) < (?, ?)))")
        values += [number, number, after.startedAt, after.id]
      } else {
        conditions.append("(session.startedAt, session.id) \(time.1) (?, ?)")
        values += [after.startedAt, after.id]
      }
    }
    let order = key.map { "\($0.sql) \($0.descends ? "DESC" : "ASC"), " } ?? ""
    let sql = """
      SELECT \(columns), \(join.isEmpty ? "NULL" : "figure.value") FROM session \(join)
      \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
      ORDER BY \(order)session.startedAt \(time.0), session.id \(time.0) LIMIT \(limit)
      """
    return (sql, StatementArguments(values))
  }
}

extension History {
  /// Sessions as `query` asks for them, a page at a time. Where nothing is indexed yet, a query that asks for what only
  /// the index knows finds none.
  package func sessions(_ query: SessionQuery) throws(HistoryError) -> [SessionRow] {
    guard query.limit > 0, isCurrent || !query.needsIndex else { return [] }
    let columns = SessionRow.columns(indexed: isCurrent, of: "session")
    let (sql, arguments) = query.statement(columns: columns)
    return try read("list sessions") { db in
      try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
        var session = SessionRow(row: row)
        session.sortedBy = Double.fromDatabaseValue(row[14])
        return session
      }
    } ?? []
  }

  /// Sessions, the newest first, at most `limit`; after `before` in that order, to go on with the next page.
  package func sessions(limit: Int, before: SessionRow? = nil) throws(HistoryError) -> [SessionRow] {
    try sessions(SessionQuery(limit: limit, after: before))
  }

  /// How many sessions `query` finds, whatever its limit and its page.
  package func count(_ query: SessionQuery = SessionQuery()) throws(HistoryError) -> Int {
    guard isCurrent || !query.needsIndex else { return 0 }
    let (conditions, values) = query.filter()
    let sql =
      "SELECT count(*) FROM session \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))"
    return try read("count sessions") { db in
      try Int.fetchOne(db, sql: sql, arguments: StatementArguments(values)) ?? 0
    } ?? 0
  }

  /// All tags with the number of sessions that have them, the most used first.
  package func tags() throws(HistoryError) -> [(tag: String, count: Int)] {
    try names("list tags", sql: "SELECT tag, count(*) AS many FROM tag GROUP BY tag ORDER BY many DESC, tag")
      .map { ($0.0, $0.1) }
  }

  /// All talks with the number of their takes, the one that was rehearsed last first.
  package func talks() throws(HistoryError) -> [(talk: String, count: Int)] {
    try names(
      "list talks",
      sql: """
        SELECT talk, count(*) FROM session WHERE talk IS NOT NULL GROUP BY talk ORDER BY max(startedAt) DESC, talk
        """
    ).map { ($0.0, $0.1) }
  }

  private func names(_ operation: String, sql: String) throws(HistoryError) -> [(String, Int)] {
    guard isCurrent else { return [] }
    return try read(operation) { db in
      try Row.fetchAll(db, sql: sql).map {
        (String.fromDatabaseValue($0[0]) ?? "", Int.fromDatabaseValue($0[1]) ?? 0)
      }
    } ?? []
  }
}
