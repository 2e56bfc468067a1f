/// The words of a script in the order they should be said, as the follower looks at them.
///
/// Words are numbers into a vocabulary, so that a heard word is compared with each different word once and not with
/// every place it stands at.
package struct ScriptWords: Equatable, Sendable {
  /// The different words, lower case.
  package private(set) var vocabulary: [String] = []
  /// The word at each place, as a place in `vocabulary`; of several readings of a token the first.
  package private(set) var ids: [Int32] = []
  /// The token that each place belongs to, as a place in `Script.tokens`.
  package private(set) var tokens: [Int32] = []
  /// The sentence that each place belongs to, as a place in `Script.sentences`.
  package private(set) var sentences: [Int32] = []
  /// The place at which each sentence begins; that of the next where a sentence has nothing to say.
  package private(set) var sentenceStarts: [Int32] = []
  /// The first place of each token of the script; -1 for one with nothing to say.
  private(set) var placesOfTokens: [Int32] = []
  /// For a word, the places whose token has it in another reading than the first.
  private var otherPlaces: [Int32: [Int32]] = [:]
  private var numbers: [String: Int32] = [:]
  /// How often each word of the vocabulary stands in the script.
  private(set) var counts: [Int32] = []

  /// Words of the longest script followed: two hours and more.
  package static let limit = 40_000

  /// The words of `script`, the first `limit` of them.
  package init(_ script: Script) {
    placesOfTokens = Array(repeating: -1, count: script.tokens.count)
    for (sentence, part) in script.sentences.enumerated() {
      sentenceStarts.append(Int32(ids.count))
      for token in part.tokens {
        let readings = script.tokens[token].readings
        guard let first = readings.first, ids.count + first.count <= ScriptWords.limit else { continue }
        placesOfTokens[token] = Int32(ids.count)
        let others = Set(readings.dropFirst().joined().map { number(of: $0) })
        for word in first {
          let id = number(of: word)
          counts[Int(id)] += 1
          for other in others { otherPlaces[other, default: []].append(Int32(ids.count)) }
          ids.append(id)
          tokens.append(Int32(token))
          sentences.append(Int32(sentence))
        }
      }
    }
  }

  /// The place of the first word of `token`; nil for one with nothing to say.
  package func place(ofToken token: Int) -> Int? {
    placesOfTokens.indices.contains(token) && placesOfTokens[token] >= 0 ? Int(placesOfTokens[token]) : nil
  }

  /// How many words there are to say.
  package var count: Int { ids.count }

  /// The number of `word` in the vocabulary; nil for a word that is not in the script.
  package func number(ofKnown word: String) -> Int32? { numbers[word] }

  /// The places whose token has the word `id` in another reading than the first.
  func otherPlaces(of id: Int32) -> [Int32] { otherPlaces[id] ?? [] }

  private mutating func number(of word: String) -> Int32 {
    if let known = numbers[word] { return known }
    let id = Int32(vocabulary.count)
    numbers[word] = id
    vocabulary.append(word)
    counts.append(0)
    return id
  }
}
