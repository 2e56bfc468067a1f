import SpeechSignals

/// The way through a text that was read: which tokens each run of speech holds.
///
/// Dynamic programming (Bellman 1957) over runs of speech and places in the text. A run holds the tokens whose syllables
/// are nearest to those that were counted in it, whose stops lie at its pauses, and, where words are recognised, the
/// words that were heard in it. A run may hold nothing (an "um", a cough, a line said twice) and text may be left out
/// between two runs, both at a price.
struct ReadingPath: Equatable, Sendable {
  /// A run of speech and what was read in it.
  struct Run: Equatable, Sendable {
    var start: Double
    var end: Double
    /// Syllables counted in it.
    var heard: Int
    /// Empty for what is not in the text; then its bounds say where it was said.
    var tokens: Range<Int>
  }

  /// What is known of a run before its place is.
  struct Heard: Equatable, Sendable {
    var start: Double
    var end: Double
    var syllables: Int
    /// Tokens of the words that were recognised in it, in any order.
    var tokens: [Int] = []
    /// A place that is likely to be begun at here: a new part of the drill was shown.
    var anchor: Int?
  }

  private(set) var runs: [Run] = []

  /// Finds the way of `heard`, in order of time, through `text`.
  init(_ heard: [Heard], through text: ReadText) {
    guard !heard.isEmpty, text.count > 0 else { return }
    var table = Table(text, count: heard.count)
    for (index, run) in heard.enumerated() {
      let next = index + 1 < heard.count ? heard[index + 1].start - run.end : 0.3
      table.add(run, pauseAfter: next)
    }
    runs = zip(heard, table.tokens()).map { Run(start: $0.start, end: $0.end, heard: $0.syllables, tokens: $1) }
  }

  /// The place behind what was read last; 0 before anything was.
  var end: Int { runs.last?.tokens.upperBound ?? 0 }
}

/// The prices of all ways, run by run.
private struct Table {
  /// A run without text: a price, and more for each of its syllables and each word of the text that was heard in it.
  private static let extra = 1.5, extraSyllable = 0.6, extraWord = 1.0
  /// Text that is left out: a price, and more for each of its syllables; and where a new part begins.
  private static let leap = 3.0, leapSyllable = 0.5, leapToAnchor = 1.0
  /// A word that was recognised elsewhere than in its run: more than any habit of pausing, for it was heard.
  private static let strayWord = 6.0

  private let text: ReadText
  /// The cheapest way that ends at each place.
  private var prices: [Double]
  /// For each run and place: where the run began, and where the way stood before it.
  private var begun: [[Int32]] = []
  private var stood: [[Int32]] = []

  init(_ text: ReadText, count: Int) {
    self.text = text
    prices = [0] + Array(repeating: Double.infinity, count: text.count)
    begun.reserveCapacity(count)
    stood.reserveCapacity(count)
  }

  /// Takes in the next run and the silence behind it, in seconds.
  mutating func add(_ run: ReadingPath.Heard, pauseAfter seconds: Double) {
    let places = text.count + 1
    let (starts, origins) = leaps(to: run.anchor)
    var next = [Double](repeating: .infinity, count: places)
    var from = [Int32](repeating: 0, count: places)
    let behind = counts(of: run.tokens)
    let syllables = Double(run.syllables)
    let pauses = (0..<places).map { text.price(ofPause: seconds, at: $0) }
    for start in 0..<places where starts[start] < .infinity {
      // A pause inside an extra run's place is the learner's, wherever it is.
      let extra =
        starts[start] + Table.extra + Table.extraSyllable * syllables + Table.extraWord * Double(run.tokens.count)
      if extra < next[start] { (next[start], from[start]) = (extra, Int32(start)) }
      var passed = 0.0
      var end = start + 1
      while end < places {
        let said = text.syllables[end] - text.syllables[start]
        if said > 2.8 * syllables + 6 { break }
        let stray = Double(run.tokens.count - (behind[end] - behind[start]))
        let price =
          starts[start] + Table.price(of: syllables, for: said) + passed + Table.strayWord * stray + pauses[end]
        if price < next[end] { (next[end], from[end]) = (price, Int32(start)) }
        passed += text.priceOfPassing(end)
        end += 1
      }
    }
    prices = next
    begun.append(from)
    stood.append(from.map { origins[Int($0)] })
  }

  /// The price of counting so many syllables where the text has `said`: the logarithm of a normal density. The spread is
  /// that of the counter on spoken text: a third of a syllable a syllable by chance, an eighth of all by the voice.
  private static func price(of heard: Double, for said: Double) -> Double {
    let variance = 0.5 + 0.15 * said + 0.015 * said * said
    return (heard - said) * (heard - said) / (2 * variance) + 0.5 * logarithm(of: variance)
  }

  /// The price of beginning at each place, and the place before, where text may be left out between.
  private func leaps(to anchor: Int?) -> (prices: [Double], origins: [Int32]) {
    var (starts, origins) = (prices, (0...text.count).map(Int32.init))
    var (running, origin) = (Double.infinity, 0)
    for place in prices.indices {
      if place > 0 { running += Table.leapSyllable * (text.syllables[place] - text.syllables[place - 1]) }
      if running + Table.leap < starts[place] {
        (starts[place], origins[place]) = (running + Table.leap, Int32(origin))
      }
      if prices[place] < running { (running, origin) = (prices[place], place) }
    }
    guard let anchor, prices.indices.contains(anchor),
      let best = prices[...anchor].indices.min(by: { prices[$0] < prices[$1] }),
      prices[best] + Table.leapToAnchor < starts[anchor]
    else { return (starts, origins) }
    (starts[anchor], origins[anchor]) = (prices[best] + Table.leapToAnchor, Int32(best))
    return (starts, origins)
  }

  /// How many of `tokens` lie before each place.
  private func counts(of tokens: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: text.count + 1)
    for token in tokens where token >= 0 && token < text.count { counts[token + 1] += 1 }
    for place in counts.indices.dropFirst() { counts[place] += counts[place - 1] }
    return counts
  }

  /// The tokens of each run on the cheapest way.
  func tokens() -> [Range<Int>] {
    guard var end = prices.indices.min(by: { prices[$0] < prices[$1] }) else { return [] }
    var tokens: [Range<Int>] = []
    for run in begun.indices.reversed() {
      let start = Int(begun[run][end])
      tokens.append(start..<end)
      end = Int(stood[run][end])
    }
    return tokens.reversed()
  }
}
