package import Practice

/// The scores of a session by one rubric, as a report shows them.
package struct ReportScores: Equatable, Sendable {
  /// The rubric with its version, for people: "Rostrum, version 1".
  package var rubric: String
  /// What the bands are for, in words: "a prepared talk"; empty where nothing is said of it.
  package var context: String
  /// The probability with which the intervals are meant to hold the truth.
  package var level: Double
  /// All of it in one score, nil where the rubric has none.
  package var overall: ReportScore?
  package var criteria: [ReportScore]

  /// Makes the scores of one rubric.
  package init(
    rubric: String, context: String = "", level: Double = 0.95, overall: ReportScore? = nil,
    criteria: [ReportScore] = []
  ) {
    self.rubric = rubric
    self.context = context
    self.level = level
    self.overall = overall
    self.criteria = criteria
  }

  /// What has a row: all of it, and the criteria that have a score or that somebody judged.
  var told: [ReportScore] { (overall.map { [$0] } ?? []) + criteria.filter(\.isTold) }

  /// Whether there is anything to say beside the values; a column without a word is left out.
  var hasVerdicts: Bool { told.contains { !$0.verdict.isEmpty } }

  /// What has no row, a sentence for each reason: "Judged by people, nobody did yet: Structure, Contact."
  var untold: [String] {
    var named: [(reason: String, names: [String])] = []
    for score in criteria where !score.isTold {
      let reason = printed(score.reasonWords, limit: 400)
      let name = printed(score.criterion, limit: 200)
      if let index = named.firstIndex(where: { $0.reason == reason }) {
        named[index].names.append(name)
      } else {
        named.append((reason, [name]))
      }
    }
    return named.map { reason, names in
      reason.prefix(1).uppercased() + reason.dropFirst() + ": " + names.joined(separator: ", ") + "."
    }
  }

  /// What stands over them.
  var heading: String {
    let names = [rubric, context].filter { !$0.isEmpty }.map { printed($0, limit: 400) }
    return names.joined(separator: ", ") + ": 0 to 100, with intervals"
  }
}

/// One criterion as it was measured and as people judged it.
package struct ReportScore: Equatable, Sendable {
  /// What the rubric calls it.
  package var criterion: String
  /// 0 to 100; nil where nothing can be said.
  package var value: Double?
  /// The ends of the interval.
  package var low: Double?
  package var high: Double?
  /// Why there is no value; nil where there is one.
  package var reason: String?
  /// What the value says, in words: "within the band".
  package var band: String
  /// What it was made of: the formula opened, measure by measure.
  package var parts: [ScoreExplanation]
  /// What people, and the AI tutor, say of it.
  package var judgements: [ReportJudgement]
  /// How far the judges are apart, in words; nil where they agree or fewer than two judged.
  package var disagreement: String?

  /// Makes a criterion's score.
  package init(
    criterion: String, value: Double? = nil, low: Double? = nil, high: Double? = nil, reason: String? = nil,
    band: String = "", parts: [ScoreExplanation] = [], judgements: [ReportJudgement] = [], disagreement: String? = nil
  ) {
    self.criterion = criterion
    self.value = value
    self.low = low
    self.high = high
    self.reason = reason
    self.band = band
    self.parts = parts
    self.judgements = judgements
    self.disagreement = disagreement
  }

  /// Whether there is anything to say of it but why nothing is.
  var isTold: Bool { value != nil || !judgements.isEmpty }

  /// Why there is no value.
  var reasonWords: String { reason ?? "not measured" }

  /// What is said beside the value, or in its place.
  var verdict: String { value == nil ? reasonWords : band }

  /// What people say of it, and how far they are apart, a sentence each.
  var judged: [String] { judgements.prefix(24).map(\.words) + (disagreement.map { [$0] } ?? []) }

  /// The parts that are shown.
  var opened: [ScoreExplanation] { Array(parts.prefix(12)) }

  /// The value with its interval as people read it, "72 (64 to 79)"; a dash where there is none.
  var words: String {
    guard let value else { return "–" }
    guard let low, let high else { return whole(value) }
    return "\(whole(value)) (\(whole(low)) to \(whole(high)))"
  }

  private func whole(_ value: Double) -> String {
    value.isFinite ? String(Int(min(max(value, 0), 100).rounded())) : "–"
  }
}

/// What one judge says of a criterion.
package struct ReportJudgement: Equatable, Sendable {
  /// Who: "You", the name of a tutor, the AI tutor's model.
  package var judge: String
  /// The level in the rubric's words: "4 of 5, secure".
  package var level: String
  /// Why; nil where nothing was said.
  package var reason: String?

  /// Makes a judgement.
  package init(judge: String, level: String, reason: String? = nil) {
    self.judge = judge
    self.level = level
    self.reason = reason
  }

  var words: String { "\(judge): \(level)" + (reason.map { " – \($0)" } ?? "") }
}
