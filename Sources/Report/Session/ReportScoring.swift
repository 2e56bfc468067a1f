package import Practice

extension ReportScores {
  /// The scores of a rubric beside what people make of it; nil where nothing is measured and nobody judged.
  ///
  /// Formulas are opened where `isOpened` says so, as of the rubric that sessions are listed by, and where somebody
  /// judged.
  package init?(_ scores: Scores, _ sheet: AssessmentSheet, isOpened: Bool) {
    let isJudged = sheet.judges.contains { $0.kind != nil }
    guard scores.criteria.contains(where: { $0.score != nil }) || isJudged else { return nil }
    self.init(
      rubric: "\(scores.name), version \(scores.version)", context: scores.context.words, level: Scores.level,
      overall: ReportScore(
        criterion: "All of it", value: scores.overall?.value, low: scores.overall?.low, high: scores.overall?.high,
        reason: scores.reason?.words),
      criteria: sheet.rows.map {
        ReportScore($0, scores[$0.criterion.id], of: sheet.rubric, isOpened: isOpened || isJudged)
      })
  }
}

extension ReportScore {
  /// A criterion as it was measured, beside what people make of it.
  fileprivate init(_ row: AssessmentSheet.Row, _ score: CriterionScore?, of rubric: Rubric, isOpened: Bool) {
    let judgements = row.marks.filter { $0.judge.kind != nil }.map { mark in
      ReportJudgement(
        judge: mark.judge.words,
        level: "\(decimal(mark.level, 0)) of \(rubric.scale.upperBound), \(rubric.name(ofLevel: mark.level))",
        reason: mark.reason)
    }
    let parts = isOpened ? score?.openedParts ?? [] : []
    let waits = score?.reason == .judgedByPeople && judgements.isEmpty
    self.init(
      criterion: row.criterion.name, value: score?.score?.value, low: score?.score?.low, high: score?.score?.high,
      reason: score?.reason.map { signed($0.words) + (waits ? ", nobody did yet" : "") },
      parts: parts.map { ScoreExplanation(signed($0.head), details: $0.details.map(signed)) }, judgements: judgements,
      disagreement: row.disagreement ?? 0 >= 1 ? row.words : nil)
  }
}
