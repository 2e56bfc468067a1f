import GRDB

/// A figure of one session among those of others.
package struct FigurePoint: Equatable, Sendable {
  /// The session.
  package var id: String
  /// When it began, in milliseconds since 1970.
  package var startedAt: Int64
  package var value: Double
  /// The ends of its interval, where it has one.
  package var low: Double?
  package var high: Double?

  /// Makes a point.
  package init(id: String, startedAt: Int64, value: Double, low: Double? = nil, high: Double? = nil) {
    self.id = id
    self.startedAt = startedAt
    self.value = value
    self.low = low
    self.high = high
  }
}

extension History {
  /// A figure over the sessions that have it, the oldest first; of one talk, one context, or with all of some tags; of
  /// attempts at one drill, or at drills of one skill; of the `latest` of them alone where a number is given.
  ///
  /// Figures are kept in this order, so nothing is sorted and no session is looked at unless it is asked about.
  package func series(
    figure: String, talk: String? = nil, context: String? = nil, tags: [String] = [], drill: String? = nil,
    skill: String? = nil, from: Int64? = nil, to: Int64? = nil, latest: Int? = nil
  ) throws(HistoryError) -> [FigurePoint] {
    guard isCurrent else { return [] }
    let (conditions, values) = SessionQuery(
      talk: talk, context: context, tags: tags, drill: drill, skill: skill
    ).filter()
    var arguments: [any DatabaseValueConvertible] = [figure, from ?? .min, to ?? .max]
    arguments += values
    let join = conditions.isEmpty ? "" : "JOIN session ON session.id = figure.sessionId"
    let sql = """
      SELECT figure.sessionId, figure.startedAt, figure.value, figure.low, figure.high FROM figure \(join)
      WHERE \((["figure.name = ?", "figure.startedAt >= ?", "figure.startedAt < ?"] + conditions)
        .joined(separator: " AND "))
      ORDER BY figure.startedAt DESC, figure.sessionId DESC LIMIT \(max(latest ?? -1, -1))
      """
    return try read("read figures") { db in
      var points: [FigurePoint] = []
      let rows = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(arguments))
      while let row = try rows.next() {
        points.append(
          FigurePoint(
            id: String.fromDatabaseValue(row[0]) ?? "", startedAt: Int64.fromDatabaseValue(row[1]) ?? 0,
            value: Double.fromDatabaseValue(row[2]) ?? 0, low: Double.fromDatabaseValue(row[3]),
            high: Double.fromDatabaseValue(row[4])))
      }
      return points.reversed()
    } ?? []
  }

  /// The names of all figures that some session has, in order.
  package func figureNames() throws(HistoryError) -> [String] {
    guard isCurrent else { return [] }
    // One step for each name instead of one for each figure.
    return try read("list figures") { db in
      try String.fetchAll(
        db,
        sql: """
          WITH RECURSIVE found (name) AS (
            SELECT min(name) FROM figure
            UNION ALL SELECT (SELECT min(name) FROM figure WHERE name > found.name) FROM found WHERE name IS NOT NULL
          ) SELECT name FROM found WHERE name IS NOT NULL
          """)
    } ?? []
  }
}
