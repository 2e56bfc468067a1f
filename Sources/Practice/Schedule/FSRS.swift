/// When something that was practised is due again: FSRS-6, the free spaced repetition scheduler
/// (open-spaced-repetition/py-fsrs, `scheduler.py`; the formulas are named as in its wiki, "The Algorithm").
///
/// A card has a stability, the days after which recall falls to 0.9, and a difficulty of 1 to 10. There are no learning
/// or relearning steps and no fuzz: every review, a failed one too, gives a whole number of days. Reviews less than a
/// day apart go by the same-day formula. Equal to py-fsrs 6.3.2 with the same settings.
package struct FSRS: Equatable, Sendable {
  /// What is known of a drill after its latest review.
  package struct Card: Equatable, Sendable {
    /// Days after which recall falls to 0.9; at least 0.001.
    package var stability: Double
    /// 1 to 10.
    package var difficulty: Double
    /// The latest review and the next one, in milliseconds.
    package var atMilliseconds: Int
    package var dueMilliseconds: Int

    /// Makes a card.
    package init(stability: Double, difficulty: Double, atMilliseconds: Int, dueMilliseconds: Int) {
      self.stability = stability
      self.difficulty = difficulty
      self.atMilliseconds = atMilliseconds
      self.dueMilliseconds = dueMilliseconds
    }
  }

  /// The 21 weights, each within its bounds.
  package let parameters: [Double]
  /// The recall aimed at when a card is due, 0.7 to 0.99.
  package let retention: Double
  /// Days to the next review at most.
  package let maximumDays: Int

  /// Milliseconds of a day.
  package static let day = 86_400_000

  /// The weights fitted to the public's reviews (`DEFAULT_PARAMETERS`).
  package static let defaultParameters = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483,
    0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
  ]

  /// `LOWER_BOUNDS_PARAMETERS` and `UPPER_BOUNDS_PARAMETERS`.
  private static let bounds: [ClosedRange<Double>] = [
    0.001...100, 0.001...100, 0.001...100, 0.001...100, 1...10, 0.001...4, 0.001...4, 0.001...0.75, 0...4.5, 0...0.8,
    0.001...3.5, 0.001...5, 0.001...0.25, 0.001...0.9, 0...4, 0...1, 1...6, 0...2, 0...2, 0...0.8, 0.1...0.8,
  ]

  private static let leastStability = 0.001

  /// A scheduler; weights that are not 21 become the usual ones, and what is out of bounds the nearest bound.
  package init(
    parameters: [Double] = FSRS.defaultParameters, retention: Double = 0.9, maximumDays: Int = 30
  ) {
    let weights = parameters.count == FSRS.bounds.count ? parameters : FSRS.defaultParameters
    self.parameters = zip(weights, FSRS.bounds).map { weight, bound in
      weight.isFinite ? min(max(weight, bound.lowerBound), bound.upperBound) : bound.lowerBound
    }
    self.retention = retention.isFinite ? min(max(retention, 0.7), 0.99) : 0.9
    self.maximumDays = min(max(maximumDays, 1), 36_500)
  }

  /// The exponent of forgetting, and the factor that makes recall 0.9 after `stability` days.
  private var decay: Double { -parameters[20] }
  private var factor: Double { power(0.9, 1 / decay) - 1 }

  /// `card` after a review that went as `grade`; nil for what was never reviewed. Only whole days that have passed count.
  package func next(_ card: Card?, grade: DrillGrade, atMilliseconds now: Int) -> Card {
    guard let card else {
      let stability = max(parameters[grade.rawValue - 1], FSRS.leastStability)
      return dated(stability, within(firstDifficulty(grade)), now)
    }
    let isSameDay = days(from: card.atMilliseconds, to: now) < 1
    let stability =
      isSameDay ? sameDay(card.stability, grade) : later(card, grade, recall: retrievability(of: card, at: now))
    return dated(max(stability, FSRS.leastStability), nextDifficulty(card.difficulty, grade), now)
  }

  /// The probability that `card` would go well at a moment: (1 + F·t/S)^(-w20), t in whole days.
  package func retrievability(of card: Card, at milliseconds: Int) -> Double {
    let elapsed = max(0, days(from: card.atMilliseconds, to: milliseconds))
    return power(1 + factor * Double(elapsed) / card.stability, decay)
  }

  /// Whole days until recall falls to `retention`: at least one, at most `maximumDays`.
  package func interval(stability: Double) -> Int {
    let days = stability / factor * (power(retention, 1 / decay) - 1)
    return min(max(Int(min(days, 1e6).rounded(.toNearestOrEven)), 1), maximumDays)
  }

  private func dated(_ stability: Double, _ difficulty: Double, _ now: Int) -> Card {
    Card(
      stability: stability, difficulty: difficulty, atMilliseconds: now,
      dueMilliseconds: now + interval(stability: stability) * FSRS.day)
  }

  /// Whole days, rounded down.
  private func days(from: Int, to: Int) -> Int {
    let passed = to - from
    return passed >= 0 ? passed / FSRS.day : -((-passed + FSRS.day - 1) / FSRS.day)
  }

  private func within(_ difficulty: Double) -> Double { min(max(difficulty, 1), 10) }

  /// D0(G) = w4 - e^(w5·(G-1)) + 1.
  private func firstDifficulty(_ grade: DrillGrade) -> Double {
    parameters[4] - exp(of: parameters[5] * Double(grade.rawValue - 1)) + 1
  }

  /// D' = w7·D0(easy) + (1-w7)·(D - w6·(G-3)·(10-D)/9), 1 to 10.
  private func nextDifficulty(_ difficulty: Double, _ grade: DrillGrade) -> Double {
    let change = -parameters[6] * Double(grade.rawValue - 3)
    let moved = difficulty + (10 - difficulty) * change / 9
    return within(parameters[7] * firstDifficulty(.easy) + (1 - parameters[7]) * moved)
  }

  /// S' = S·e^(w17·(G-3+w18))·S^(-w19); never shorter unless it failed.
  private func sameDay(_ stability: Double, _ grade: DrillGrade) -> Double {
    let growth =
      exp(of: parameters[17] * (Double(grade.rawValue - 3) + parameters[18])) * power(stability, -parameters[19])
    return stability * (grade == .again ? growth : max(growth, 1))
  }

  /// A day or more later: by the formula of recall, or of forgetting.
  private func later(_ card: Card, _ grade: DrillGrade, recall: Double) -> Double {
    let (w, stability, difficulty) = (parameters, card.stability, card.difficulty)
    if grade == .again {
      // S' = w11·D^(-w12)·((S+1)^w13 - 1)·e^(w14·(1-R)), and no more than a same-day failure leaves.
      let long =
        w[11] * power(difficulty, -w[12]) * (power(stability + 1, w[13]) - 1) * exp(of: (1 - recall) * w[14])
      return min(long, stability / exp(of: w[17] * w[18]))
    }
    // S' = S·(1 + e^w8·(11-D)·S^(-w9)·(e^(w10·(1-R)) - 1)·w15 if hard·w16 if easy).
    let growth = exp(of: w[8]) * (11 - difficulty) * power(stability, -w[9]) * (exp(of: (1 - recall) * w[10]) - 1)
    return stability * (1 + growth * (grade == .hard ? w[15] : 1) * (grade == .easy ? w[16] : 1))
  }
}
