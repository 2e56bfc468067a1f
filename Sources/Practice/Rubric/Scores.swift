/// The scores of a session by a rubric, each with its interval, its formula, and the moments that moved it.
package struct Scores: Equatable, Sendable {
  /// The rubric's id, its version and its name.
  package var rubric: String
  package var version: Int
  package var name: String
  package var context: SpeakingContext
  /// The weighted mean of the criteria that are known; its parts and moments are theirs. Nil where less than half of what
  /// could be measured is known, or one criterion alone of several.
  package var overall: ScoreValue?
  /// Why there is no overall score; nil where there is one.
  package var reason: Unknown?
  package var criteria: [CriterionScore]

  /// The score of the criterion called `id`; nil where the rubric has none of that name.
  package subscript(id: String) -> CriterionScore? { criteria.first { $0.id == id } }

  /// The probability with which an interval of a score is meant to hold the truth.
  package static let level = 0.95

  /// What is kept of them, the overall score first.
  package func card(atMilliseconds: Int) -> ScoreCard {
    func entry(_ criterion: String, _ score: ScoreValue?) -> ScoreCard.Entry {
      ScoreCard.Entry(criterion: criterion, value: score?.value, low: score?.low, high: score?.high)
    }
    return ScoreCard(
      rubric: rubric, version: version, context: context.rawValue,
      entries: [entry(Rubric.overall, overall)] + criteria.map { entry($0.id, $0.score) },
      atMilliseconds: atMilliseconds)
  }
}

/// A score of 0 to 100 with the interval that holds the truth in 19 cases of 20.
package struct ScoreValue: Equatable, Sendable {
  package var value: Double
  /// The ends, never on the wrong side of `value`.
  package var low: Double
  package var high: Double

  /// A score; all of it is held within 0 to 100.
  package init(_ value: Double, low: Double, high: Double) {
    func hold(_ value: Double) -> Double { value.isFinite ? min(max(value, 0), 100) : 0 }
    self.value = hold(value)
    self.low = min(hold(low), self.value)
    self.high = max(hold(high), self.value)
  }

  /// `84 (71 to 93)`.
  package var words: String { "\(decimal(value, 0)) (\(decimal(low, 0)) to \(decimal(high, 0)))" }
}

/// The score of a criterion.
package struct CriterionScore: Equatable, Sendable {
  package var id: String
  package var name: String
  package var weight: Double
  /// Nil where nothing can be said.
  package var score: ScoreValue?
  /// Why there is no score; nil where there is one.
  package var reason: Unknown?
  /// What it is made of, also what is not known of it.
  package var parts: [MeasureScore]
  /// What moved it most: what cost something first, then what helped, the largest effect first.
  package var moments: [ScoreMoment]
}

/// The score of a measure, with all that it takes to check it.
package struct MeasureScore: Equatable, Sendable {
  package var name: MeasureName
  package var weight: Double
  /// The figure with its interval of 95 %, or the reason why there is none.
  package var figure: Measure
  /// Nil where there is no figure.
  package var score: ScoreValue?
  /// What it was held against, and where that comes from.
  package var band: RubricBand
  package var heldBy: BandSource
  /// What went into the figure, with units, a clause each.
  package var inputs: [String]

  /// What the measure is.
  package var kind: MeasureKind { MeasureTable.row(name) }

  /// The formula in words: `100 between 120 and 175 words a minute, 0 below 70 and above 240`.
  package var formula: String { band.words(kind) }
}

/// Where a band comes from.
package enum BandSource: Equatable, Sendable {
  case rubric
  case context(SpeakingContext)
  /// What the speaker set in the settings.
  case settings
  /// The rubric's, made wider by what was usual for the speaker over so many sessions.
  case wider(sessions: Int, usual: ClosedRange<Double>)
  /// The speaker's own middle over so many sessions.
  case own(sessions: Int, middle: Double)
}

/// A moment that moved a score.
package struct ScoreMoment: Equatable, Sendable {
  /// From where to where, in seconds of audio time; the same for a point.
  package var start: Double
  package var end: Double
  /// What it did to the score, in points of the criterion: below 0 where it cost something. All that cost something
  /// together is no more than what the score lacks to 100, and all that helped no more than the score.
  package var delta: Double
  /// What happened: `201 words a minute`.
  package var what: String
}
