/// What a kind of drill measured, before it is judged.
package struct DrillFinding: Equatable, Sendable {
  /// Figures by the names of `Exercise.measures`; what cannot be said is left out.
  package var figures: [DrillFigure]
  /// What became of each mark, word, round or line, in order.
  package var rows: [DrillRow]
  /// Whether everything that was to be done was done.
  package var isComplete: Bool
  /// Why nothing can be judged, a sentence for the learner with the next step; nil where it can.
  package var refusal: String?

  /// Makes a finding.
  package init(
    figures: [DrillFigure] = [], rows: [DrillRow] = [], isComplete: Bool = true, refusal: String? = nil
  ) {
    self.figures = figures
    self.rows = rows
    self.isComplete = isComplete
    self.refusal = refusal
  }
}

/// A figure of an attempt.
package struct DrillFigure: Equatable, Sendable {
  package var name: String
  package var value: Double

  /// Makes a figure, rounded to what is kept.
  package init(_ name: String, _ value: Double) {
    self.name = Afterwards.name(name)
    self.value = (Afterwards.number(value, within: -1e7...1e7, 4)) ?? 0
  }
}

/// One line of a result: a mark and what became of it.
package struct DrillRow: Equatable, Sendable {
  /// What it is about: `after "friends"`.
  package var label: String
  /// What was measured, in words: `1.2 s, wanted 1.0`.
  package var value: String
  /// Whether it was done as asked; nil where that is no question.
  package var isHit: Bool?
  /// When, in seconds of audio time; nil for what has no moment.
  package var start: Double?

  /// Makes a row, its texts on one line each.
  package init(_ label: String, _ value: String, isHit: Bool? = nil, start: Double? = nil) {
    self.label = Afterwards.name(label)
    self.value = Afterwards.name(value)
    self.isHit = isHit
    self.start = start.map(Afterwards.seconds)
  }
}

/// What came of an attempt: kept with it, and what its schedule goes by.
package struct DrillResult: Equatable, Sendable {
  package var drill: String
  package var version: Int
  /// Whether all rules held; nil where the drill has none, or nothing could be judged.
  package var isPassed: Bool?
  package var isComplete: Bool
  /// What the schedule takes in; nil where nothing was judged.
  package var grade: DrillGrade?
  package var refusal: String?
  package var figures: [DrillFigure]
  package var rows: [DrillRow]

  /// Rows of a result at most.
  package static let rowLimit = 200

  /// Makes a result.
  package init(
    drill: String, version: Int, isPassed: Bool?, isComplete: Bool, grade: DrillGrade?, refusal: String? = nil,
    figures: [DrillFigure] = [], rows: [DrillRow] = []
  ) {
    self.drill = Afterwards.name(drill)
    self.version = min(max(version, 0), 1_000_000)
    self.isPassed = isPassed
    self.isComplete = isComplete
    self.grade = grade
    self.refusal = refusal.map(Afterwards.line)
    self.figures = Array(figures.prefix(Afterwards.entryLimit))
    self.rows = Array(rows.prefix(DrillResult.rowLimit))
  }

  /// The value of the figure `name`.
  package func figure(_ name: String) -> Double? { figures.first { $0.name == name }?.value }
}

/// How well an attempt went, as FSRS counts it.
package enum DrillGrade: Int, CaseIterable, Sendable {
  case again = 1
  case hard, good, easy

  /// As it is written.
  package var name: String {
    switch self {
    case .again: "again"
    case .hard: "hard"
    case .good: "good"
    case .easy: "easy"
    }
  }

  /// Reads a name.
  package init?(named name: String) {
    guard let grade = DrillGrade.allCases.first(where: { $0.name == name }) else { return nil }
    self = grade
  }
}
