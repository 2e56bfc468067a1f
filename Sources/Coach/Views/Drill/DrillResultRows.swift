import Practice
import Terminal

/// What came of an attempt as rows: the screen scrolls them, plain output says them.
struct DrillResultRows {
  /// A bound or a figure, or what became of a mark, a word, a round.
  struct Row: Equatable {
    enum Kind: Equatable { case rule, figure, item }
    var kind: Kind
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
