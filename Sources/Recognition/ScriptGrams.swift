/// The n-grams of a script, weighed: an interpolated back-off model of order three.
///
/// Witten and Bell's discount (1991, method C): after a history that was met n times with t different words behind it,
/// t / (n + t) goes to what was not met there. Behind two words the t is weighed by `newAfterTwo`: a speaker with a
/// script keeps to it far oftener than a text keeps to itself. Each order is mixed with the one below, so that
/// explicit probabilities and back-off weights sum to one by construction.
struct ScriptGrams {
  /// A run of words and its probability.
  struct Gram {
    /// Words as places in `words`, high to low in 21 bits each.
    var key: UInt64
    var probability: Double
  }

  /// What a history holds: the mass left to what was not met behind it.
  typealias Rest = [UInt64: Double]

  /// `<s>`, `</s>`, then every other word.
  private(set) var words: [String] = ["<s>", "</s>"]
  private(set) var singles: [Double] = []
  private(set) var pairs: [Gram] = []
  private(set) var triples: [Gram] = []
  private(set) var restAfterOne: [Double] = []
  private(set) var restAfterTwo: Rest = [:]

  /// Weight of a new word against a met one, behind two words.
  static let newAfterTwo = 0.3
  /// The share of general English, for a word alone and behind a word of the script; recognition of both kinds of
  /// speech stays the same from a sixth to a half.
  static let generalShare = 0.3
  /// Behind a word that the script has not.
  static let generalShareElsewhere = 0.8
  /// The share of fillers among words.
  static let fillerShare = 0.02
  /// An utterance ends about every twelfth word: at a pause, or after six seconds.
  static let endShare = 1.0 / 12
  /// How often an utterance begins with a sentence; it is cut anywhere.
  static let startShare = 0.4
  /// How surely the script goes on behind an "um".
  static let onAfterFiller = 0.6
  /// Fillers are put between all pairs of a script that has no more than these.
  static let fillerPairLimit = 40_000
  /// Sounds of hesitation and the words that do their work, with the part of `fillerShare` each has.
  static let fillers: [(word: String, part: Double)] = [
    ("um", 0.3), ("uh", 0.3), ("er", 0.05), ("hmm", 0.05), ("so", 0.05), ("well", 0.05), ("like", 0.05),
    ("you", 0.05), ("know", 0.05), ("okay", 0.05),
  ]
  static let start = 0
  static let end = 1

  private var numbers: [String: Int] = ["<s>": 0, "</s>": 1]
  /// The probabilities of `pairs` by key.
  private var known: [UInt64: Double] = [:]

  /// Weighs what `spoken` says, words of `without` left out.
  init(spoken: SpokenText, without: Set<String>, general: GeneralLanguage) {
    let places = spoken.vocabulary.map { without.contains($0) ? -1 : number(of: $0) }
    let counts = Counts(spoken: spoken, places: places)
    let generalPlaces = general.words.map { number(of: $0) }
    let fillerPlaces = Self.fillers.map { number(of: $0.word) }
    weighSingles(counts, general: zip(generalPlaces, general.probabilities), fillers: fillerPlaces)
    let generalPairs = general.pairs.map {
      (key: UInt64(generalPlaces[Int($0.first)]) << 21 | UInt64(generalPlaces[Int($0.second)]), Double($0.probability))
    }
    weighPairs(counts, general: generalPairs)
    weighTriples(counts)
  }

  private mutating func number(of word: String) -> Int {
    if let known = numbers[word] { return known }
    numbers[word] = words.count
    words.append(word)
    return words.count - 1
  }

  private mutating func weighSingles(
    _ counts: Counts, general: some Sequence<(Int, Double)>, fillers: [Int]
  ) {
    singles = Array(repeating: 0, count: words.count)
    let total = counts.singles.values.reduce(0, +)
    var generalTotal = 0.0
    for (place, probability) in general {
      singles[place] += Self.generalShare * probability
      generalTotal += Self.generalShare * probability
    }
    let script = total > 0 ? 1 - generalTotal - Self.fillerShare : 0
    for (place, count) in counts.singles { singles[place] += script * count / total }
    for (place, filler) in zip(fillers, Self.fillers) { singles[place] += Self.fillerShare * filler.part }
    let sum = singles.reduce(0, +)
    for place in singles.indices { singles[place] *= (1 - Self.endShare) / sum }
    singles[Self.end] = Self.endShare
  }

  private mutating func weighPairs(_ counts: Counts, general: [(key: UInt64, probability: Double)]) {
    restAfterOne = Array(repeating: 1, count: words.count)
    var met = Array(repeating: (total: 0.0, kinds: 0.0), count: words.count)
    for pair in counts.pairs {
      met[Int(pair.key >> 21)].total += pair.count
      met[Int(pair.key >> 21)].kinds += min(1, pair.count)
    }
    // General English has its say behind words that it knows.
    var shares = Array(repeating: 0.0, count: words.count)
    for pair in general {
      let history = Int(pair.key >> 21)
      shares[history] = met[history].total > 0 ? Self.generalShare : Self.generalShareElsewhere
    }
    var explicit = counts.pairs.map { pair in
      let history = Int(pair.key >> 21)
      let (total, kinds) = met[history]
      return Gram(key: pair.key, probability: (1 - shares[history]) * pair.count / (total + kinds))
    }
    explicit += general.map { Gram(key: $0.key, probability: shares[Int($0.key >> 21)] * $0.probability) }
    let starts = counts.starts.values.reduce(0, +)
    explicit += counts.starts.map { Gram(key: UInt64($0.key), probability: Self.startShare * $0.value / starts) }
    pairs = merged(explicit)
    for pair in pairs { restAfterOne[Int(pair.key >> 21)] -= pair.probability }
    for index in pairs.indices {
      let key = pairs[index].key
      pairs[index].probability += restAfterOne[Int(key >> 21)] * singles[Int(key & 0x1F_FFFF)]
      known[key] = pairs[index].probability
    }
  }

  /// The probability of the last word of `key` behind the one before it.
  private func afterOne(_ key: UInt64) -> Double {
    known[key & 0x3FF_FFFF_FFFF] ?? restAfterOne[Int(key >> 21 & 0x1F_FFFF)] * singles[Int(key & 0x1F_FFFF)]
  }

  private mutating func weighTriples(_ counts: Counts) {
    var met: [UInt64: (total: Double, kinds: Double)] = [:]
    met.reserveCapacity(counts.pairs.count)
    for triple in counts.triples {
      met[triple.key >> 21, default: (0, 0)].total += triple.count
      met[triple.key >> 21, default: (0, 0)].kinds += min(1, triple.count)
    }
    for triple in counts.triples {
      guard let (total, kinds) = met[triple.key >> 21] else { continue }
      let rest = Self.newAfterTwo * kinds / (total + Self.newAfterTwo * kinds)
      restAfterTwo[triple.key >> 21] = rest
      triples.append(
        Gram(key: triple.key, probability: (1 - rest) * triple.count / total + rest * afterOne(triple.key)))
    }
    if counts.pairs.count <= Self.fillerPairLimit { goOnAfterFillers(counts) }
  }

  /// Behind "um" the script goes on from the word before it.
  private mutating func goOnAfterFillers(_ counts: Counts) {
    var totals: [UInt64: Double] = [:]
    for pair in counts.pairs { totals[pair.key >> 21, default: 0] += pair.count }
    // Where the script itself says "um", it knows best how it goes on.
    let scripted = restAfterTwo
    for filler in ["um", "uh"].compactMap({ numbers[$0] }).map({ UInt64($0) }) {
      for pair in counts.pairs {
        let (history, next) = (pair.key >> 21, pair.key & 0x1F_FFFF)
        let both = history << 21 | filler
        guard let total = totals[history], history != filler, scripted[both] == nil else { continue }
        let key = both << 21 | next
        restAfterTwo[both] = 1 - Self.onAfterFiller
        let probability = Self.onAfterFiller * pair.count / total + (1 - Self.onAfterFiller) * afterOne(key)
        triples.append(Gram(key: key, probability: probability))
        // The library wants both pairs of a triple: left out, they would be given a probability of its own.
        for part in [both, filler << 21 | next] where known[part] == nil {
          let probability = afterOne(part)
          pairs.append(Gram(key: part, probability: probability))
          known[part] = probability
        }
      }
    }
    pairs.sort { $0.key < $1.key }
    triples.sort { $0.key < $1.key }
  }

  private func merged(_ grams: [Gram]) -> [Gram] {
    var sorted = grams
    sorted.sort { $0.key < $1.key }
    var kept: [Gram] = []
    kept.reserveCapacity(sorted.count)
    for gram in sorted {
      if kept.last?.key == gram.key {
        kept[kept.count - 1].probability += gram.probability
      } else {
        kept.append(gram)
      }
    }
    return kept
  }
}

/// How often the script says what.
struct Counts {
  private(set) var singles: [Int: Double] = [:]
  /// First words of sentences.
  private(set) var starts: [Int: Double] = [:]
  /// By key, in order, each once.
  private(set) var pairs: [(key: UInt64, count: Double)] = []
  private(set) var triples: [(key: UInt64, count: Double)] = []

  /// Counts; `places` are the numbers of the vocabulary's words, below 0 for those left out, which part what is around.
  init(spoken: SpokenText, places: [Int]) {
    let run = spoken.run.map { places[Int($0)] }
    for start in spoken.starts where start < run.count && run[start] >= 0 { starts[run[start], default: 0] += 1 }
    add(run, own: 0..<run.count, weight: 1)
    for variant in spoken.variants {
      add(variant.words.map { places[Int($0)] }, own: variant.own, weight: variant.weight)
    }
    pairs = Self.merged(pairs)
    triples = Self.merged(triples)
  }

  /// Counts every run of words that has one of `own` in it.
  private mutating func add(_ words: [Int], own: Range<Int>, weight: Double) {
    for index in words.indices where words[index] >= 0 {
      if own.contains(index) { singles[words[index], default: 0] += weight }
      guard index >= 1, words[index - 1] >= 0, own.lowerBound <= index else { continue }
      let pair = UInt64(words[index - 1]) << 21 | UInt64(words[index])
      if index <= own.upperBound { pairs.append((pair, weight)) }
      guard index >= 2, words[index - 2] >= 0, index <= own.upperBound + 1 else { continue }
      triples.append((UInt64(words[index - 2]) << 42 | pair, weight))
    }
  }

  private static func merged(_ grams: [(key: UInt64, count: Double)]) -> [(key: UInt64, count: Double)] {
    var sorted = grams
    sorted.sort { $0.key < $1.key }
    var kept: [(key: UInt64, count: Double)] = []
    kept.reserveCapacity(sorted.count)
    for gram in sorted {
      if let last = kept.last, last.key == gram.key {
        kept[kept.count - 1].count += gram.count
      } else {
        kept.append(gram)
      }
    }
    return kept
  }
}
