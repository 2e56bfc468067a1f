import Practice

/// A script as a run of spoken words, and the other ways to say parts of it.
struct SpokenText {
  /// A stretch of words that may be said at a place of the text, with two words of what stands around it.
  struct Variant {
    var words: [Int32]
    /// The words of the variant itself among them; the others are there as neighbours.
    var own: Range<Int>
    var weight: Double
  }

  /// Every word once, in the order of its first use.
  private(set) var vocabulary: [String] = []
  /// The text in its likeliest readings, as places in `vocabulary`.
  private(set) var run: [Int32] = []
  /// Where sentences begin in `run`.
  private(set) var starts: [Int] = []
  private(set) var variants: [Variant] = []
  private var places: [String: Int32] = [:]

  /// How often the other readings of a token are said, all together, beside once for the first.
  static let otherReadings = 0.5

  /// The first `limit` tokens of `script`.
  init(script: Script, limit: Int) {
    var spans: [(token: Int, range: Range<Int>)] = []
    for sentence in script.sentences {
      starts.append(run.count)
      for index in sentence.tokens where index < min(limit, script.tokens.count) {
        let start = run.count
        for word in script.tokens[index].readings.first ?? [] { run.append(place(of: word)) }
        if script.tokens[index].readings.count > 1 { spans.append((index, start..<run.count)) }
      }
    }
    for (token, range) in spans {
      let others = script.tokens[token].readings.dropFirst().prefix(SpokenForms.readingLimit)
      let before = run[max(0, range.lowerBound - 2)..<range.lowerBound]
      let after = run[range.upperBound..<min(run.count, range.upperBound + 2)]
      for reading in others {
        let words = reading.map { place(of: $0) }
        variants.append(
          Variant(
            words: before + words + after, own: before.count..<before.count + words.count,
            weight: Self.otherReadings / Double(others.count)))
      }
    }
  }

  private mutating func place(of word: String) -> Int32 {
    if let known = places[word] { return known }
    let place = Int32(vocabulary.count)
    vocabulary.append(word)
    places[word] = place
    return place
  }
}
