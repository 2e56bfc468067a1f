import Practice
import Terminal

/// What came of an attempt as rows: the screen scrolls them, plain output says them.
struct DrillResultRows {
  /// A bound or a figure, or what became of a mark, a word, a round.
  struct Row: Equatable {
    enum Matter: Equatable { case rule, figure, item }
    var kind: Matter
    var label: String
    var value: String
    /// What was asked for; empty where nothing was.
    var asked = ""
    /// Whether it was as asked; nil where that is no question.
    var isHit: Bool?
  }

  /// The word and the sentence of the verdict.
  let verdict: (word: String, sentence: String)
  let role: Role
  /// What was asked for first, then other figures, then every mark.
  let rows: [Row]

  /// The rows of `result`, judged by the rules of `drill` with these `measures`.
  init(_ result: DrillResult, of drill: Drill, measures: [DrillMeasure]) {
    verdict = DrillMessages.verdict(result, isGraded: !drill.pass.isEmpty)
    role = result.isPassed == true || (drill.pass.isEmpty && result.isComplete) ? .good : .value
    var rows: [Row] = []
    func figure(_ name: String) -> (label: String, value: String)? {
      let measure = DrillWords.measure(name, among: measures)
      return result.figure(name).map { (measure.label, DrillWords.value($0, of: measure)) }
    }
    for rule in drill.pass {
      let measure = DrillWords.measure(rule.measure, among: measures)
      let value = result.figure(rule.measure)
      // Of what was not judged nothing is held against anybody.
      if value == nil, result.refusal != nil { continue }
      let got = value.map { DrillWords.value($0, of: measure) } ?? "not heard"
      let isHeld = value.map { rule.holds(for: $0) } ?? false
      rows.append(
        Row(
          kind: .rule, label: measure.label, value: got, asked: DrillWords.bound(rule, of: measure), isHit: isHeld))
    }
    let ruled = Set(drill.pass.map(\.measure))
    for name in [drill.measure] + result.figures.map(\.name).filter({ $0 != drill.measure })
    where !ruled.contains(name) {
      if let (label, value) = figure(name) { rows.append(Row(kind: .figure, label: label, value: value, isHit: nil)) }
    }
    rows += result.rows.map { Row(kind: .item, label: $0.label, value: $0.value, isHit: $0.isHit) }
    self.rows = rows
  }
}

extension DrillResultRows.Row {
  /// The row in a line: `yes: marks hit 88 %, asked: at least 80 %`.
  var words: String {
    let sign = isHit.map { $0 ? "yes: " : "not yet: " } ?? ""
    return sign + label + " " + value + (asked.isEmpty ? "" : ", asked: " + asked)
  }
}

extension DrillResultRows {
  /// A row of a screen.
  struct Line: Equatable {
    struct Piece: Equatable {
      var column: Int
      var text: String
      var role: Role
    }

    /// The sign at its beginning, nil for none.
    var isHit: Bool?
    var pieces: [Piece] = []
  }

  /// The rows on a screen of `columns`, nothing cut: figures with their values first, then marks with theirs behind
  /// them, on a narrow screen below them where they do not fit; with a blank line between where `isSpread`.
  func lines(columns: Int, isSpread: Bool) -> [Line] {
    let heads = rows.filter { $0.kind != .item }
    let items = rows.filter { $0.kind == .item }
    let value = min(heads.map { cellWidth($0.value) }.max() ?? 0, columns / 3)
    let label = min(items.map { cellWidth($0.label) }.max() ?? 0, columns * 2 / 5)
    let top = heads.flatMap { head($0, value: value, columns: columns) }
    let below = items.flatMap { row in
      columns < 60 ? narrow(row, columns: columns) : item(row, label: label, columns: columns)
    }
    return top + (isSpread && !top.isEmpty && !below.isEmpty ? [Line()] : []) + below
  }

  private func head(_ row: Row, value: Int, columns: Int) -> [Line] {
    let asked = row.asked.isEmpty ? "" : (columns < 60 ? ", " : ", asked: ") + row.asked
    let values = wrap(row.value, to: value)
    let words = wrap(row.label + asked, to: max(columns - value - 5, 8))
    return Self.beside(
      row.isHit, (2, values, row.kind == .rule ? .value : .text), (value + 4, words, row.kind == .rule ? .text : .label)
    )
  }

  private func item(_ row: Row, label: Int, columns: Int) -> [Line] {
    Self.beside(
      row.isHit, (2, wrap(row.label, to: label), .text),
      (label + 4, wrap(row.value, to: max(columns - label - 5, 8)), .hint))
  }

  private func narrow(_ row: Row, columns: Int) -> [Line] {
    let (label, value) = (cellWidth(row.label), cellWidth(row.value))
    if label + value + 5 <= columns {
      let pieces = [
        Line.Piece(column: 2, text: row.label, role: .text),
        Line.Piece(column: columns - value - 1, text: row.value, role: .hint),
      ]
      return [Line(isHit: row.isHit, pieces: pieces)]
    }
    let above = Self.beside(row.isHit, (2, wrap(row.label, to: columns - 3), .text), (2, [], .text))
    return above + Self.beside(nil, (2, [], .text), (4, wrap(row.value, to: columns - 5), .hint))
  }

  /// Two texts beside each other, each on as many lines as it has.
  private static func beside(
    _ isHit: Bool?, _ left: (Int, [String], Role), _ right: (Int, [String], Role)
  ) -> [Line] {
    (0..<max(left.1.count, right.1.count)).map { row in
      let pieces = [left, right].compactMap { column, texts, role in
        texts.indices.contains(row) ? Line.Piece(column: column, text: texts[row], role: role) : nil
      }
      return Line(isHit: row == 0 ? isHit : nil, pieces: pieces)
    }
  }
}

extension DrillRule {
  /// Whether `value` is within the bound.
  func holds(for value: Double) -> Bool {
    switch bound {
    case .atLeast(let least): value >= least - 1e-9
    case .atMost(let most): value <= most + 1e-9
    case .within(let range): value >= range.lowerBound - 1e-9 && value <= range.upperBound + 1e-9
    }
  }
}
