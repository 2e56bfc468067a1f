import SpeechSignals

/// What moved the score of a criterion: each stretch of about ten seconds, each lost pause, burst and section left out in
/// turn, and the score that is left held against the whole.
struct ScoreMoments {
  /// Moments of a criterion that are told.
  static let limit = 5
  /// A stretch, in seconds, and how many there are at most: those of a long talk are longer.
  static let stretchSeconds = 10
  static let stretches = 120
  /// Points below which an effect is not worth a word.
  static let leastPoints = 0.5

  private let parts: [MeasuredPart]
  private let evidence: ScoreEvidence
  private let whole: Double

  /// The largest effects: what cost something first, then what helped, the largest first.
  private(set) var largest: [ScoreMoment] = []

  init(_ parts: [MeasuredPart], _ evidence: ScoreEvidence, _ plan: PlanEvidence) {
    self.parts = parts.filter { $0.score != nil }
    self.evidence = evidence
    whole = MeasuredPart.mean(parts, { $0.score }) ?? 0
    let found = stretches() + events() + planned(plan)
    let harmful = Self.shared(found.filter { $0.delta < 0 }, of: 100 - whole)
    let helpful = Self.shared(found.filter { $0.delta > 0 }, of: whole)
    largest = Array((harmful + helpful).prefix(Self.limit))
  }

  /// `moments` that together did no more than `points`, the largest first.
  ///
  /// Each is left out of a talk that has all the others, and effects of what is capped do not add up: they are made
  /// smaller alike where they would come to more than there is.
  private static func shared(_ moments: [ScoreMoment], of points: Double) -> [ScoreMoment] {
    let sum = moments.reduce(0) { $0 + abs($1.delta) }
    let factor = sum > points ? points / sum : 1
    return moments.map { moment in
      var moment = moment
      moment.delta *= factor
      return moment
    }.filter { abs($0.delta) >= leastPoints }.sorted { (abs($1.delta), $0.start) < (abs($0.delta), $1.start) }
  }

  /// Measures whose moments are events of their own, by what they count.
  private static let eventful: [MeasureName: ScoreSums.Key] = [.longPauses: .longPauses, .clusters: .clusters]

  private func stretches() -> [ScoreMoment] {
    let spread = parts.filter { $0.statistic != nil && Self.eventful[$0.measure.name] == nil }
    guard !spread.isEmpty, evidence.seconds.count >= 2 * Self.stretchSeconds else { return [] }
    let count = evidence.seconds.count
    let length = Self.stretchSeconds * max(1, (count / Self.stretchSeconds + Self.stretches - 1) / Self.stretches)
    let weight = parts.reduce(0) { $0 + $1.measure.weight }
    // Stretches begin with whole tens of seconds, as a clock is read.
    let aligned = stride(from: evidence.base - evidence.base % length, to: evidence.base + count, by: length)
    return aligned.compactMap { start in
      let (first, last) = (max(0, start - evidence.base), min(start - evidence.base + length, count))
      var sums = ScoreSums.zero
      for second in evidence.seconds[first..<last] { sums += second }
      let rest = evidence.total - sums
      let effects = spread.map { $0.measure.weight * effect(of: $0, stretch: sums, rest: rest) / weight }
      let delta = effects.reduce(0, +)
      guard let strongest = zip(spread, effects).max(by: { $0.1 * delta < $1.1 * delta })?.0,
        let what = told(strongest, sums, evidence.base + first..<evidence.base + last)
      else { return nil }
      return ScoreMoment(
        start: Double(evidence.base + first), end: Double(evidence.base + last), delta: delta, what: what)
    }
  }

  /// What a stretch did to the score of a measure. One that is off the band by itself is never credited, whatever it does
  /// to the mean: a rush does not make up for a drawl.
  private func effect(of part: MeasuredPart, stretch: ScoreSums, rest: ScoreSums) -> Double {
    let effect = (part.score ?? 0) - (part.score(of: rest) ?? 0)
    let isOff = part.figure(of: stretch).map { !part.held.band.contains($0) } ?? false
    return isOff ? min(effect, 0) : effect
  }

  private func score(_ score: (MeasuredPart) -> Double?) -> Double? { MeasuredPart.mean(parts, score) }

  /// The effect of one event of `name`.
  private func effect(of name: MeasureName, _ amount: Double = 1) -> Double {
    guard let key = Self.eventful[name] else { return 0 }
    let rest = evidence.total.without(key, amount)
    return whole - (score { $0.measure.name == name ? $0.score(of: rest) : $0.score } ?? whole)
  }

  private func events() -> [ScoreMoment] {
    var found: [ScoreMoment] = []
    if parts.contains(where: { $0.measure.name == .longPauses }) {
      let delta = effect(of: .longPauses)
      found += evidence.session.pauses.filter { $0.length > Pause.lost }.map {
        ScoreMoment(start: $0.start, end: $0.end, delta: delta, what: "a pause of \(decimal($0.length, 1)) seconds")
      }
    }
    if parts.contains(where: { $0.measure.name == .clusters }) {
      let delta = effect(of: .clusters)
      found += Cluster.apart(evidence.session.clusters).map { burst in
        ScoreMoment(
          start: burst[0].start, end: burst.map(\.end).max() ?? burst[0].end, delta: delta,
          what: burst.map { "\"\($0.label)\" \($0.count) times" }.joined(separator: ", "))
      }
    }
    return found
  }

  private func planned(_ plan: PlanEvidence) -> [ScoreMoment] {
    var found: [ScoreMoment] = []
    if parts.contains(where: { $0.measure.name == .lengthOff }), plan.offSeconds != 0 {
      let delta = whole - (score { $0.measure.name == .lengthOff ? 100 : $0.score } ?? whole)
      let (end, off) = (evidence.session.seconds, plan.offSeconds)
      found.append(
        ScoreMoment(
          start: off > 0 ? end - off : end, end: end, delta: delta,
          what: "\(decimal(abs(off), 0)) seconds \(off > 0 ? "over" : "short of") the plan"))
    }
    guard let part = parts.first(where: { $0.measure.name == .sectionsOff }) else { return found }
    for (index, section) in plan.sections.enumerated() {
      var others = plan.sections
      others.remove(at: index)
      let left = PlanEvidence.share(others).map(part.held.band.score) ?? 100
      let delta = whole - (score { $0.measure.name == .sectionsOff ? left : $0.score } ?? whole)
      let start = section.start ?? 0
      let title = section.title.isEmpty ? "the beginning" : "\"\(section.title)\""
      found.append(
        ScoreMoment(
          start: start, end: start + section.seconds, delta: delta,
          what: "\(title): \(clock(section.seconds)) of \(clock(section.budget)) planned"))
    }
    return found
  }

  /// What a stretch was like, by the measure that it moved most; nil where it says nothing.
  private func told(_ part: MeasuredPart, _ sums: ScoreSums, _ seconds: Range<Int>) -> String? {
    let kind = MeasureTable.row(part.measure.name)
    func count(_ key: ScoreSums.Key, _ one: String, _ many: String) -> String {
      let count = Int(sums[key].rounded())
      return count == 0 ? "no \(one)" : count == 1 ? "1 \(one)" : "\(count) \(many)"
    }
    switch part.measure.name {
    case .offPace:
      guard sums[.paced] > 0 else { return nil }
      return sums[.offPace] > 0
        ? "\(Int(sums[.offPace])) of \(Int(sums[.paced])) seconds off the pace" : "none of it off the pace"
    case .pace:
      guard sums[.seconds] > 0 else { return nil }
      return MeasureTable.row(.pace).said(sums[.words] * 60 / sums[.seconds])
    case .fillers: return count(.fillers, "filler", "fillers")
    case .usefulPauses: return count(.usefulPauses, "pause a listener can use", "pauses a listener can use")
    case .restarts: return count(.restarts, "word said twice", "words said twice")
    case .breathless: return "a run of speech without a breath"
    case .clipped: return "too loud for the microphone"
    case .levelFall:
      guard sums[.firstCount] + sums[.lastCount] > 0 else { return nil }
      return
        "\(decimal((sums[.firstLevel] + sums[.lastLevel]) / (sums[.firstCount] + sums[.lastCount]), 0)) decibels at the microphone"
    case .pauseShare: return part.figure(of: sums).map { "\(decimal($0, 0)) percent in pauses" }
    case .pitchSpread: return part.figure(of: sums).map { "a pitch that varied by " + kind.said($0) }
    case .phraseFade: return part.figure(of: sums).map { "ends that fell by " + kind.said($0) }
    default: return part.figure(of: sums).map(kind.said)
    }
  }
}
