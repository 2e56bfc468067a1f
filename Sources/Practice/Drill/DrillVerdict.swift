/// Judges what was measured by the drill's own rules: passed or not, and the grade that its schedule takes in.
///
/// The grade is measured, never asked for. Not passed is "again"; passed by less than `DrillVerdict.narrow` of the bound
/// is "hard", by more than `wide` "easy", else "good"; of several rules the narrowest counts.
package enum DrillVerdict {
  /// Shares of a bound.
  package static let narrow = 0.05, wide = 0.24

  /// The result of `finding` under the rules of `drill`.
  package static func judge(_ drill: Drill, _ finding: DrillFinding) -> DrillResult {
    func result(_ isPassed: Bool?, _ grade: DrillGrade?, _ refusal: String?) -> DrillResult {
      DrillResult(
        drill: drill.id, version: drill.version, isPassed: isPassed, isComplete: finding.isComplete, grade: grade,
        refusal: refusal, figures: finding.figures, rows: finding.rows)
    }
    if let refusal = finding.refusal { return result(nil, nil, refusal) }
    guard !drill.pass.isEmpty else { return result(nil, nil, nil) }
    // What was broken off is no failure: it stays due, and the schedule learns nothing from it.
    guard finding.isComplete else { return result(false, nil, nil) }
    var narrowest = Double.infinity
    for rule in drill.pass {
      guard let value = finding.figures.first(where: { $0.name == rule.measure })?.value else {
        return result(nil, nil, "Too little was heard to judge this. Try it once more, a little louder.")
      }
      narrowest = min(narrowest, rule.margin(of: value))
    }
    guard narrowest >= -1e-9 else { return result(false, .again, nil) }
    return result(true, narrowest < narrow ? .hard : narrowest > wide ? .easy : .good, nil)
  }
}
