import CSphinxBase
import Glibc

/// English as it is spoken anyhow: its commonest words and which of them follow which.
///
/// What a speaker says beside the script is heard with it. It is an extract of the stock language model: of improvised
/// speech it hears nearly as much as the whole (69 % of words wrong, not 62 %), at half its cost.
package struct GeneralLanguage: Equatable, Sendable {
  /// A word following another.
  package struct Pair: Equatable, Sendable {
    /// Places in `words`.
    package var first: Int32
    package var second: Int32
    /// The probability of the second after the first.
    package var probability: Float

    /// Makes a pair.
    package init(_ first: Int, _ second: Int, probability: Double) {
      (self.first, self.second, self.probability) = (Int32(first), Int32(second), Float(probability))
    }
  }

  /// Why the stock model could not be read.
  package struct LoadError: Error, Equatable, Sendable {
    /// The file.
    package let path: String
  }

  /// Where Debian's `pocketsphinx-en-us` puts the stock model.
  package static let installedPath = "/usr/share/pocketsphinx/model/en-us/en-us.lm.bin"
  /// Words and pairs taken from it when nothing else is said: more cost more and hear little more.
  package static let wordLimit = 1500
  package static let pairLimit = 80_000

  /// Lower-case words, the commonest first.
  package private(set) var words: [String]
  /// The probability of each; their sum is 1, or 0 where there are none.
  package private(set) var probabilities: [Double]
  package private(set) var pairs: [Pair]

  /// No language: a script that nothing may be added to.
  package static let none = GeneralLanguage(words: [], weights: [], pairs: [])

  /// A language of `words`, weighed by `weights`; pairs whose words are not there are left out.
  package init(words: [String], weights: [Double], pairs: [Pair]) {
    let kept = zip(words, weights).filter { $0.1 > 0 }
    let total = kept.reduce(0) { $0 + $1.1 }
    self.words = kept.map(\.0)
    probabilities = kept.map { $0.1 / max(total, .leastNormalMagnitude) }
    let places = 0..<Int32(kept.count)
    self.pairs =
      kept.count == words.count ? pairs.filter { places.contains($0.first) && places.contains($0.second) } : []
  }

  /// The commonest `wordLimit` words of the model at `path` that `dictionary` has, and the `pairLimit` pairs of them that
  /// it would miss most. Throws `LoadError`. Takes a third of a second of processor time.
  package init(
    path: String = installedPath, dictionary: PronouncingDictionary, wordLimit: Int = wordLimit,
    pairLimit: Int = pairLimit
  ) throws(LoadError) {
    guard access(path, R_OK) == 0, let model = rostrum_ngrams_open(path) else { throw LoadError(path: path) }
    defer { rostrum_ngrams_close(model) }
    var found: [(word: String, number: Int32, log: Double)] = []
    var used: Int32 = 0
    for number in 0..<Int32(rostrum_ngrams_count(model, 1)) {
      guard let text = rostrum_ngrams_word(model, number) else { continue }
      let log = rostrum_ngrams_log10(model, number, nil, 0, &used)
      if log > -6, log < 0 { found.append((String(cString: text), number, log)) }
    }
    found.sort { $0.log == $1.log ? $0.word < $1.word : $0.log > $1.log }
    var top: [(word: String, number: Int32, log: Double)] = []
    for entry in found where top.count < wordLimit {
      if SphinxLanguage.isWord(entry.word), dictionary.contains(entry.word) { top.append(entry) }
    }
    self.init(
      words: top.map(\.word), weights: top.map { pow(10, $0.log) },
      pairs: Self.pairs(of: model, among: top.map { ($0.number, $0.log) }, limit: pairLimit))
  }

  /// The pairs that differ most from their words alone: the gain is p(ab) · log(p(b|a) / p(b)).
  private static func pairs(
    of model: OpaquePointer, among words: [(number: Int32, log: Double)], limit: Int
  ) -> [Pair] {
    var gains: [(gain: Float, pair: Pair)] = []
    for (first, one) in words.enumerated() {
      let share = pow(10, one.log)
      var history = one.number
      for (second, other) in words.enumerated() {
        var used: Int32 = 0
        let log = rostrum_ngrams_log10(model, other.number, &history, 1, &used)
        guard used == 2, log > other.log else { continue }
        let probability = pow(10, log)
        let gain = share * probability * (log - other.log)
        gains.append((Float(gain), Pair(first, second, probability: probability)))
      }
    }
    gains.sort { $0.gain > $1.gain }
    return gains.prefix(limit).map(\.pair).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }
}
