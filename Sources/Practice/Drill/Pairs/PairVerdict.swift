/// Decides which word of a pair the recogniser heard, or that it is not sure.
///
/// The evidence is the log-likelihood ratio of the two words over the same sound (Neyman & Pearson 1933), in nats. A
/// voice, an accent and a microphone move all ratios of a contrast one way: to the recogniser somebody's short vowels
/// may all be a little long. So where the attempt itself shows two heaps, the words of one side apart from those of the
/// other, the bound lies in the middle between them and not at 0. What is counted is whether the learner holds the two
/// apart, not whether they sound as the recogniser's own speakers do.
package enum PairVerdict {
  /// Nats within which it is not sure.
  package static let bound = 10.0
  /// Nats by which the medians of the two sides must lie apart for the middle between them to count, and by which it
  /// moves at most.
  static let separation = 20.0, shiftLimit = 60.0
  /// Words of each side that are needed for that.
  static let leastOfSide = 3
  /// Nats by which a word that is neither must be likelier than both.
  static let beyond = 120.0
  /// Ratios are cut off here: what is beyond says no more.
  static let largest = 150.0

  /// What became of an item.
  package struct Answer: Equatable, Sendable {
    /// As the scene says it; nil while nothing was heard.
    package var outcome: DrillScene.Pair.Outcome?
    /// How sure the recogniser is that it heard this one of the two, 0.5 to 1; nil where neither was heard.
    package var confidence: Double?
    /// When the word began; nil where nothing was heard.
    package var start: Double?
    /// Whether something was heard that was likelier than both words.
    package var isNeither = false
  }

  /// Nats for the word asked for against the other, cut off at `largest`; nil where something else is likelier than
  /// both, and where neither was looked for.
  static func ratio(_ choice: Choice, _ item: PairItem) -> Double? {
    let frames = max(1, ((choice.end - choice.start) * 100).rounded())
    let (word, other) = (choice.score(of: item.word), choice.score(of: item.other))
    guard let better = [word, other].compactMap(\.self).max() else { return nil }
    let rest = choice.candidates.lazy.filter { $0.word != item.word && $0.word != item.other }.map(\.score).max()
    if let rest, (rest - better) * frames > beyond { return nil }
    guard let word, let other else { return word == nil ? -largest : largest }
    return min(max((word - other) * frames, -largest), largest)
  }

  /// What became of `items`, given what was heard in each: nothing, or a choice.
  package static func answers(_ items: [PairItem], _ choices: [Choice?]) -> [Answer] {
    let ratios = zip(items, choices).map { item, choice in choice.flatMap { ratio($0, item) } }
    let middles = middles(items, ratios)
    return items.indices.map { place in
      guard place < choices.count, let choice = choices[place] else { return Answer() }
      guard let ratio = ratios[place] else { return Answer(outcome: .unsure, start: choice.start, isNeither: true) }
      let middle = middles[items[place].contrast] ?? 0
      let moved = ratio - (items[place].isTurned ? -middle : middle)
      let outcome: DrillScene.Pair.Outcome = abs(moved) < bound ? .unsure : moved > 0 ? .right : .other
      return Answer(outcome: outcome, confidence: confidence(moved), start: choice.start)
    }
  }

  /// The share of such ratios, without sign, that were right; between two a straight line. Of three synthetic voices,
  /// and of nobody else.
  private static let shares: [(ratio: Double, right: Double)] = [(0, 0.5), (10, 0.8), (40, 0.87), (100, 0.97)]

  /// How sure a decision by this ratio is, 0.5 to 1.
  static func confidence(_ ratio: Double) -> Double {
    let ratio = abs(ratio)
    for (low, high) in zip(shares, shares.dropFirst()) where ratio <= high.ratio {
      return low.right + (ratio - low.ratio) / (high.ratio - low.ratio) * (high.right - low.right)
    }
    return shares.last?.right ?? 1
  }

  /// Where the bound of each contrast lies, in nats for the first word of its pairs; 0 where it is not here.
  private static func middles(_ items: [PairItem], _ ratios: [Double?]) -> [String: Double] {
    var sides: [String: (first: [Double], second: [Double])] = [:]
    for (item, ratio) in zip(items, ratios) where !item.contrast.isEmpty {
      guard let ratio else { continue }
      if item.isTurned {
        sides[item.contrast, default: ([], [])].second.append(-ratio)
      } else {
        sides[item.contrast, default: ([], [])].first.append(ratio)
      }
    }
    return sides.compactMapValues { first, second in
      guard min(first.count, second.count) >= leastOfSide else { return nil }
      let (one, other) = (median(first), median(second))
      guard one - other > separation else { return nil }
      return min(max((one + other) / 2, -shiftLimit), shiftLimit)
    }
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
