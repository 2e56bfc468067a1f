package import Practice
package import Terminal

/// Two takes side by side: each figure of both, the difference, and whether it is larger than what is not known.
package struct Comparison: Sendable {
  /// The name of the format.
  package static let schema = "rostrum.comparison/1"

  /// One figure of both takes.
  struct Difference: Sendable {
    let figure: Figure
    let first: Estimate
    let second: Estimate

    var value: Double { second.value - first.value }

    /// Whether the two intervals leave no room for both takes to be alike; nil where either has none.
    ///
    /// The ends that face each other, in quadrature, are what may separate two equal takes by chance.
    var isBeyond: Bool? {
      let (lower, upper) = first.value <= second.value ? (first, second) : (second, first)
      guard let high = lower.high, let low = upper.low else { return nil }
      let (up, down) = (high - lower.value, upper.value - low)
      return abs(value) > (up * up + down * down).squareRoot()
    }

    /// The difference as people read it, with its sign and without its unit: that of the two figures as they read them.
    var words: String {
      let shown = figure.shown(second.value) - figure.shown(first.value)
      let text = decimal(shown, figure.places.people)
      return (shown > 0 && text != figure.words(0) ? "+" : "") + text
    }

    /// What may be said of it: which way the second take differs, and whether chance alone does not make as much.
    /// Without intervals, only which way; empty where both figures read alike.
    var verdict: String {
      let direction = value > 0 ? figure.directions.more : figure.directions.less
      return switch isBeyond {
      case true?: direction + ", more than chance"
      case false?: "within what chance makes"
      case nil: figure.words(first.value) == figure.words(second.value) ? "" : direction + ", chance not known"
      }
    }
  }

  private let first: Finished
  private let second: Finished

  /// Compares a take with a later one.
  package init(_ first: Finished, _ second: Finished) {
    self.first = first
    self.second = second
  }

  /// The figures that both takes have.
  var differences: [Difference] {
    Figure.all.compactMap { figure in
      guard let a = figure.measure(first.measures).estimate, let b = figure.measure(second.measures).estimate else {
        return nil
      }
      return Difference(figure: figure, first: a, second: b)
    }
  }

  /// The comparison as one JSON object: both analyses, and the differences by path.
  package var json: JSON {
    .object([
      .init("schema", .string(Self.schema)), .init("a", AnalysisDocument(first).json),
      .init("b", AnalysisDocument(second).json), .init("level", .number(Estimate.level)),
      .init(
        "differences",
        .object(
          differences.map { difference in
            JSON.Field(
              difference.figure.path,
              .object([
                .init("difference", .rounded(difference.value, difference.figure.places.machines)),
                .init("is_beyond_uncertainty", difference.isBeyond.map(JSON.bool) ?? .null),
              ]))
          })),
    ])
  }

  /// The comparison for people, as lines of at most `columns` cells, held within 24 and 100.
  package func lines(columns: Int, glyphs: Glyphs) -> [String] {
    let columns = min(max(columns, 24), 100)
    var lines = [("A", first), ("B", second)].map { name, take in
      let recording = take.analysis.recording
      return clip("\(name)  \(recording.name)  \(clockTime(recording.seconds))", to: columns, glyphs: glyphs)
    }
    lines.append("")
    let notes = [("A", first), ("B", second)].flatMap { name, take in
      take.analysis.recording.warnings.flatMap { wrap("Note on \(name): " + sanitised($0), to: columns) }
    }
    if !notes.isEmpty { lines += notes + [""] }
    guard !differences.isEmpty else { return lines + wrap("There is too little speech to compare.", to: columns) }
    lines += Self.aligned([["", "A", "B", "B - A", "", ""]] + rows, columns, glyphs)
    guard differences.contains(where: { $0.figure.path.hasPrefix("voice.") }) else { return lines }
    return lines + [""] + wrap(AnalysisPage.clinicalNote, to: columns)
  }

  /// One row a figure that both takes have, or that one has and the other, for a reason, has not.
  private var rows: [[String]] {
    let differences = differences
    return Figure.all.compactMap { figure in
      guard let difference = differences.first(where: { $0.figure.path == figure.path }) else { return missing(figure) }
      return [
        figure.label, figure.words(difference.first.value), figure.words(difference.second.value),
        difference.words, figure.differenceUnit, difference.verdict,
      ]
    }
  }

  /// The row of a figure that cannot be compared, and why; nil where neither take has it, pauses excepted, for those
  /// are counted all the same.
  private func missing(_ figure: Figure) -> [String]? {
    let takes = [("A", figure.measure(first.measures)), ("B", figure.measure(second.measures))]
    let reasons = takes.compactMap { name, measure -> String? in
      guard case .failure(let reason) = measure else { return nil }
      if case .fewPauses(let count) = reason { return "\(name) has \(count) of \(Unknown.leastPauses) pauses needed" }
      return "\(name): \(reason.words)"
    }
    let isOfPauses = takes.contains { if case .failure(.fewPauses) = $0.1 { true } else { false } }
    guard isOfPauses || reasons.count == 1 else { return nil }
    let words = takes.map { $0.1.value.map(figure.words) ?? "-" }
    return [figure.label] + words + ["-", "", reasons.joined(separator: ", ")]
  }

  /// Rows in columns: names, figures at the right of theirs, then unit and verdict. These go on a line of their own where
  /// there is no room for them.
  private static func aligned(_ rows: [[String]], _ columns: Int, _ glyphs: Glyphs) -> [String] {
    let whole = rows.map { row in
      Array(row.prefix(3)) + [row[3...4].filter { !$0.isEmpty }.joined(separator: " "), row[5]]
    }
    let wide = lined(whole)
    if wide.allSatisfy({ cellWidth($0) <= columns }) { return wide }
    return Swift.zip(lined(rows.map { Array($0.prefix(4)) }), rows).flatMap { line, row in
      let rest = row[4...].filter { !$0.isEmpty }.joined(separator: ", ")
      guard !rest.isEmpty else { return [clip(line, to: columns, glyphs: glyphs)] }
      return [clip(line, to: columns, glyphs: glyphs)] + wrap(rest, to: columns - 2).map { "  " + $0 }
    }
  }

  private static func lined(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { cellWidth($0[column]) }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, text) in row.enumerated() {
        let room = String(repeating: " ", count: widths[column] - cellWidth(text))
        line += (column == 1 || column == 2 ? room + text : text + room) + "  "
      }
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
