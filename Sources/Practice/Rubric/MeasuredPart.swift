import SpeechSignals

/// A measure of a session while it is scored: its figure, what chance and detector make of it, and its score.
struct MeasuredPart {
  let measure: RubricMeasure
  let held: BandInUse
  let statistic: ScoreStatistic?
  let figure: Measure
  /// The figure as it might have been, one for each drawing; empty for what a clock told.
  let drawn: [Double]
  /// Takes what the sums give to what the session has.
  private let factor: Double
  private let shift: Double
  /// What may be unheard in each drawing, as in `Drawings`.
  private let unheard: [Double]

  /// A measure that sums make; `index` tells its own chance from that of others.
  init(
    _ measure: RubricMeasure, _ held: BandInUse, _ statistic: ScoreStatistic, _ evidence: ScoreEvidence,
    _ drawings: Drawings
  ) {
    self.measure = measure
    self.held = held
    self.statistic = statistic
    unheard = drawings.unheard
    let raw = statistic.value(evidence.total)
    guard statistic.lacks(evidence) == nil, let raw, raw.isFinite else {
      figure = .failure(statistic.lacks(evidence) ?? .notMeasured)
      (drawn, factor, shift) = ([], 1, 0)
      return
    }
    let value = statistic.finer(evidence) ?? raw
    let isFactor = !statistic.isShifted && raw > 0
    let (factor, shift) = (isFactor ? value / raw : 1, isFactor ? 0 : value - raw)
    (self.factor, self.shift) = (factor, shift)
    drawn = drawings.values(of: statistic, value, evidence) { sums in
      statistic.value(sums).map { Self.held($0 * factor + shift, statistic.bounds) }
    }
    let ends = Drawings.interval(of: drawn)
    figure = .success(Estimate(value, low: ends?.lowerBound, high: ends?.upperBound))
  }

  /// A measure that a clock told.
  init(_ measure: RubricMeasure, _ held: BandInUse, exactly figure: Measure) {
    self.measure = measure
    self.held = held
    statistic = nil
    self.figure = figure.map { Estimate($0.value, low: $0.value, high: $0.value) }
    (drawn, factor, shift, unheard) = ([], 1, 0, [])
  }

  private static func held(_ value: Double, _ bounds: ClosedRange<Double>) -> Double {
    min(max(value, bounds.lowerBound), bounds.upperBound)
  }

  /// The score of the figure, nil where there is none.
  var score: Double? { figure.value.map(held.band.score) }

  /// Whether it is not known for want of talk: more of it would tell.
  var isWanting: Bool {
    if case .failure(let unknown) = figure { unknown.isForWantOfTalk } else { false }
  }

  /// The score in drawing `index`.
  func score(inDrawing index: Int) -> Double? {
    guard let score else { return nil }
    guard !drawn.isEmpty else { return score }
    let heard = held.band.score(drawn[index])
    return heard + unheard[index] * (100 - 2 * heard)
  }

  /// The score of other sums, for instance of all but one stretch; that of the whole where they say nothing.
  func score(of sums: ScoreSums) -> Double? {
    guard let score, let statistic else { return score }
    guard let value = statistic.value(sums), value.isFinite else { return score }
    return held.band.score(Self.held(value * factor + shift, statistic.bounds))
  }

  /// The figure of a stretch alone; nil where it says nothing.
  func figure(of sums: ScoreSums) -> Double? {
    guard let value = statistic?.value(sums), value.isFinite else { return nil }
    return value * factor + shift
  }
}

/// The talk drawn anew many times over, and what detectors may have made of it each time; the same every time.
struct Drawings {
  /// How many there are.
  static let count = BlockBootstrap<ScoreSums>.resamples
  /// Blocks that a long talk is drawn in: those of an hour are half a minute long, and so many are enough.
  private static let blocks = 120
  private let sums: [ScoreSums]
  private let detectors: [[Double]]
  /// The share of talk that goes the other way without one stretch of it having been heard, for each drawing.
  ///
  /// So many stretches that are all alike do not say that none is otherwise: Jeffreys' posterior for a rate of which none
  /// was seen is a gamma distribution of shape ½, half the square of a normal deviate (Brown, Cai & DasGupta 2003). It is
  /// what is left of an interval where every drawing scores 0 or 100, and shrinks with the seconds of talk.
  let unheard: [Double]
  /// Stretches of speech that tell of themselves, in seconds: the shortest block that is drawn.
  private static let stretch = 5.0

  init(_ evidence: ScoreEvidence) {
    let stretches = max(1, evidence.total[.seconds] / Self.stretch)
    unheard = Self.normals(seed: 50).map { 1 - exp(of: -$0 * $0 / (2 * stretches)) }
    sums = BlockBootstrap(evidence.seconds, longest: max(10, evidence.seconds.count / Self.blocks)).drawn
    detectors = ScoreStatistic.Detector.allCases.map { Self.normals(seed: UInt64($0.rawValue) + 1) }
  }

  private static func normals(seed: UInt64) -> [Double] {
    var random = SplitMix(state: 0xC0FFEE &* (seed + 1))
    return (0..<count).map { _ in random.normal() }
  }

  /// The values a measure might have had; `value` is the one it has, `of` gives that of sums.
  func values(
    of statistic: ScoreStatistic, _ value: Double, _ evidence: ScoreEvidence, of figure: (ScoreSums) -> Double?
  ) -> [Double] {
    switch statistic.doubt {
    case .exact: return []
    case .drawn(let error, let detector):
      let error = error(evidence)
      return zip(sums, detectors[detector.rawValue]).map { sums, z in
        let drawn = figure(sums) ?? value
        return hold(drawn + abs(drawn) * (z < 0 ? z * error.below : z * error.above), statistic)
      }
    case .offPace:
      let z = detectors[ScoreStatistic.Detector.pace.rawValue]
      return sums.indices.map { index in
        let paced = sums[index][.paced]
        guard paced > 0 else { return value }
        let (middle, other) = (sums[index][.offPace], sums[index][z[index] < 0 ? .offPaceBelow : .offPaceAbove])
        return hold(100 * (middle + min(abs(z[index]), 2) * (other - middle)) / paced, statistic)
      }
    case .counted(let key):
      let seed = UInt64(100 + key.rawValue)
      return Self.counts(evidence, key, Self.normals(seed: seed))
    }
  }

  private func hold(_ value: Double, _ statistic: ScoreStatistic) -> Double {
    min(max(value, statistic.bounds.lowerBound), statistic.bounds.upperBound)
  }

  /// Rates a minute of rare events, two-piece and even in their logarithms around half an event more than were seen.
  private static func counts(_ evidence: ScoreEvidence, _ key: ScoreSums.Key, _ normals: [Double]) -> [Double] {
    let (count, seconds) = (Int(evidence.total[key].rounded()), evidence.talkSeconds ?? evidence.total[.seconds])
    let middle = (Double(count) + 0.5) * 60 / max(seconds, 1)
    let range: ClosedRange<Double>?
    if key == .fillers {
      range = fillers(evidence.session, seconds: seconds)
    } else {
      range = Chance.rate(count: count, exposure: seconds / 60)
    }
    guard let range else { return [] }
    let below = log2(of: middle / max(range.lowerBound, 1e-9)) / Estimate.deviations
    let above = log2(of: max(range.upperBound, middle) / middle) / Estimate.deviations
    return normals.map { middle * exp2(of: $0 < 0 ? $0 * below : $0 * above) }
  }

  /// Where the rate of fillers lies four times in five: a filler that a person confirmed is one, and where a person looked
  /// at all of them none is wrongly found.
  private static func fillers(_ session: Session, seconds: Double) -> ClosedRange<Double>? {
    let estimate = Measures.fillersPerMinute(
      count: session.fillers.count, confirmed: session.fillers.count { $0.isConfirmed }, seconds: seconds)
    return estimate.flatMap { estimate in estimate.low.flatMap { low in estimate.high.map { low...max(low, $0) } } }
  }

  /// The ends between which 19 of 20 values lie; nil where there are none.
  static func interval(of values: [Double]) -> ClosedRange<Double>? {
    let sorted = values.filter(\.isFinite).sorted()
    guard let last = sorted.indices.last else { return nil }
    let tail = (1 - Scores.level) / 2 * Double(last)
    return sorted[Int(tail.rounded())]...sorted[last - Int(tail.rounded())]
  }
}

extension MeasuredPart {
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
}
