/// A rubric: what a talk is judged by, what of it is measured, and how.
///
/// A file in Prompts/rubrics, so that a teacher can write their own. Its version is part of every score that is kept:
/// a session is scored again when it changes, and the old score stays beside the new one.
package struct Rubric: Equatable, Sendable {
  /// The name of its file without the ending: `rostrum`.
  package var id: String
  package var version: Int
  package var name: String
  /// Whose framework it is, and whose words.
  package var source: String
  /// The names of its levels, the lowest first; at least two.
  package var levels: [String]
  /// The number of the lowest level: 0 or 1.
  package var firstLevel: Int
  package var criteria: [Criterion]

  /// Makes a rubric.
  package init(
    id: String, version: Int, name: String, source: String = "", levels: [String], firstLevel: Int = 1,
    criteria: [Criterion]
  ) {
    self.id = id
    self.version = version
    self.name = name
    self.source = source
    self.levels = levels
    self.firstLevel = firstLevel
    self.criteria = criteria
  }

  /// The numbers of its levels.
  package var scale: ClosedRange<Int> { firstLevel...(firstLevel + max(levels.count - 1, 0)) }

  /// The criterion called `id`.
  package subscript(id: String) -> Criterion? { criteria.first { $0.id == id } }

  /// A level on this scale for a score of 0 to 100, in a straight line.
  package func level(ofScore score: Double) -> Double {
    Double(scale.lowerBound) + min(max(score, 0), 100) / 100 * Double(scale.upperBound - scale.lowerBound)
  }

  /// The name of the level nearest to `level`.
  package func name(ofLevel level: Double) -> String {
    let index = Int((min(max(level, 0), 1_000)).rounded()) - firstLevel
    return levels.indices.contains(index) ? levels[index] : ""
  }

  /// The name under which the whole is kept among the criteria.
  package static let overall = "overall"

  /// The id of the rubric whose scores sessions are listed and compared by.
  package static let listed = "rostrum"
}

/// One thing that a rubric looks at.
package struct Criterion: Equatable, Sendable {
  /// Its name in the file: `vocal-variety`.
  package var id: String
  package var name: String
  /// What each level looks like, the lowest first; one for each level, or none.
  package var descriptors: [String]
  /// What is measured of it; empty where only people can judge it.
  package var measures: [RubricMeasure]
  /// How much it counts in the whole, above 0.
  package var weight: Double

  /// Makes a criterion.
  package init(
    id: String, name: String, descriptors: [String] = [], measures: [RubricMeasure] = [], weight: Double = 1
  ) {
    self.id = id
    self.name = name
    self.descriptors = descriptors
    self.measures = measures
    self.weight = weight
  }
}

/// A measure as a criterion uses it.
package struct RubricMeasure: Equatable, Sendable {
  package var name: MeasureName
  package var band: RubricBand
  /// Bands of contexts in which it is held against another one; nil in it where it is left out there.
  package var contexts: [SpeakingContext: RubricBand?]
  /// How much it counts in its criterion, above 0.
  package var weight: Double
  /// What the speaker's own past does to the band once there are enough sessions.
  package var baseline: BaselineUse

  /// Makes a measure.
  package init(
    _ name: MeasureName, _ band: RubricBand, contexts: [SpeakingContext: RubricBand?] = [:], weight: Double = 1,
    baseline: BaselineUse = .none
  ) {
    self.name = name
    self.band = band
    self.contexts = contexts
    self.weight = weight
    self.baseline = baseline
  }
}

/// What a speaker's own past does to the band of a measure.
package enum BaselineUse: String, Sendable, CaseIterable {
  case none
  /// What is usual for the speaker costs nothing either: it makes the band wider and never narrower.
  case wider
  /// The band lies around the speaker's own middle alone, where microphones say more than any rubric could.
  case own
}
