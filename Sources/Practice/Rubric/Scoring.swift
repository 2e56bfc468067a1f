extension Scores {
  /// Scores `session` by `rubric`: the same events, the same scores.
  ///
  /// A measure is 100 within its band and falls in a straight line to 0; a criterion is the weighted mean of its measures
  /// that are known, and the whole that of its criteria. Intervals come from the talk drawn anew in blocks of seconds
  /// (Künsch 1989) with the detectors' errors drawn beside it, 500 times; rare events have Jeffreys' interval instead.
  /// - Parameters:
  ///   - context: the name of a `SpeakingContext`; nil for the one the session has.
  ///   - baseline: the speaker's own past; nil to hold everything against the rubric.
  package static func of(
    session: Session, rubric: Rubric, context: String? = nil, baseline: PersonalBaseline? = nil
  ) -> Scores {
    let scoring = Scoring(
      session, rubric, in: SpeakingContext(named: context ?? session.context), baseline: baseline)
    return scoring.scores(of: rubric)
  }
}

/// A session while it is scored.
struct Scoring {
  let evidence: ScoreEvidence
  let plan: PlanEvidence
  let context: SpeakingContext
  private let drawings: Drawings
  private let baseline: PersonalBaseline?

  init(_ session: Session, _ rubric: Rubric, in context: SpeakingContext, baseline: PersonalBaseline?) {
    evidence = ScoreEvidence(session, flagged: BandInUse.flagged(in: context, session: session))
    drawings = Drawings(evidence)
    plan = PlanEvidence(session)
    self.context = context
    self.baseline = baseline
  }

  func scores(of rubric: Rubric) -> Scores {
    var criteria: [CriterionScore] = []
    var all: [(weight: Double, value: Double, drawn: [Double])] = []
    for criterion in rubric.criteria {
      let parts = criterion.measures.compactMap(part)
      let means = Self.means(parts)
      let score = means.map { Self.score($0.value, $0.drawn) }
      let moments = means == nil ? [] : ScoreMoments(parts, evidence, plan).largest
      criteria.append(
        CriterionScore(
          id: criterion.id, name: criterion.name, weight: criterion.weight, score: score,
          reason: score == nil ? reason(criterion, parts) : nil, parts: parts.map(shown), moments: moments))
      if let means { all.append((criterion.weight, means.value, means.drawn)) }
    }
    let weight = all.reduce(0) { $0 + $1.weight }
    let overall = weight > 0 ? overall(all, weight) : nil
    let reason = criteria.first { $0.reason != nil && $0.reason != .judgedByPeople }?.reason ?? .judgedByPeople
    return Scores(
      rubric: rubric.id, version: rubric.version, name: rubric.name, context: context, overall: overall,
      reason: overall == nil ? reason : nil, criteria: criteria)
  }

  private func overall(_ all: [(weight: Double, value: Double, drawn: [Double])], _ weight: Double) -> ScoreValue {
    let value = all.reduce(0) { $0 + $1.weight * $1.value } / weight
    let drawn = (0..<Drawings.count).map { index in all.reduce(0) { $0 + $1.weight * $1.drawn[index] } / weight }
    return Self.score(value, drawn)
  }

  private func part(_ measure: RubricMeasure) -> MeasuredPart? {
    guard let held = BandInUse(of: measure, in: context, session: evidence.session, baseline: baseline) else {
      return nil
    }
    if let exact = plan.figure(measure.name) { return MeasuredPart(measure, held, exactly: exact) }
    guard let statistic = ScoreStatistics.row(measure.name) else { return nil }
    return MeasuredPart(measure, held, statistic, evidence, drawings)
  }

  /// The weighted mean of what is known, as it is and in each drawing; nil where nothing is.
  private static func means(_ parts: [MeasuredPart]) -> (value: Double, drawn: [Double])? {
    guard let value = mean(parts, { $0.score }) else { return nil }
    return (value, (0..<Drawings.count).map { index in mean(parts, { $0.score(inDrawing: index) }) ?? value })
  }

  /// The weighted mean of the scores of `parts` that are known.
  static func mean(_ parts: [MeasuredPart], _ score: (MeasuredPart) -> Double?) -> Double? {
    var (sum, weight) = (0.0, 0.0)
    for part in parts {
      guard let score = score(part) else { continue }
      sum += part.measure.weight * score
      weight += part.measure.weight
    }
    return weight > 0 ? sum / weight : nil
  }

  private static func score(_ value: Double, _ drawn: [Double]) -> ScoreValue {
    let ends = Drawings.interval(of: drawn)
    return ScoreValue(value, low: ends?.lowerBound ?? value, high: ends?.upperBound ?? value)
  }

  private func reason(_ criterion: Criterion, _ parts: [MeasuredPart]) -> Unknown {
    if criterion.measures.isEmpty { return .judgedByPeople }
    for part in parts { if case .failure(let unknown) = part.figure { return unknown } }
    return .leftOut
  }

  private func shown(_ part: MeasuredPart) -> MeasureScore {
    let score = part.score.map { value in
      Self.score(value, part.drawn.isEmpty ? [] : (0..<Drawings.count).compactMap(part.score(inDrawing:)))
    }
    return MeasureScore(
      name: part.measure.name, weight: part.measure.weight, figure: part.figure, score: score, band: part.held.band,
      heldBy: part.held.source, inputs: evidence.inputs(of: part.measure.name, plan))
  }
}
