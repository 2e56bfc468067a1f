/// A text as it is read aloud: syllables and words up to each place in it, and what a place asks for.
///
/// A place is a gap between two tokens: place 0 lies before the first, place `count` behind the last.
struct ReadText: Equatable, Sendable {
  /// What stands at a place.
  enum Stop: Equatable, Sendable {
    /// Nothing: a pause there cuts through a phrase.
    case none
    /// A comma or the like.
    case comma
    /// The end of a sentence or of a paragraph.
    case sentence
  }

  let script: Script
  /// Syllables and spoken words before each place, one more than there are tokens.
  let syllables: [Double]
  let words: [Int]
  /// What stands at each place, as many.
  let stops: [Stop]
  /// Seconds of the pause that is asked for at each place, as many; nil where none is.
  let wanted: [Double?]
  /// Places at which the reader stops and begins something new: the next line, the same one once more.
  let parts: Set<Int>

  /// How many tokens there are.
  var count: Int { script.tokens.count }

  /// Reads `script`, in which `/` and `//` ask for pauses of so many seconds.
  init(_ script: Script, marks: [Script.PauseMark: Double]) {
    let places = script.tokens.enumerated().compactMap { index, token in
      token.pauseAfter.flatMap { marks[$0] }.map { (index + 1, $0) }
    }
    self.init(script, wanted: Dictionary(places) { first, _ in first })
  }

  /// Reads `script`, in which pauses of so many seconds are asked for at some places, and which is read in parts that
  /// begin with some of its sentences.
  init(_ script: Script, wanted pauses: [Int: Double] = [:], parts: [Int] = []) {
    self.script = script
    self.parts = Set(parts.filter(script.sentences.indices.contains).map { script.sentences[$0].tokens.lowerBound })
    var (syllables, words) = ([0.0], [0])
    var stops = [Stop](repeating: .none, count: script.tokens.count + 1)
    var wanted = [Double?](repeating: nil, count: script.tokens.count + 1)
    for (index, token) in script.tokens.enumerated() {
      let said = token.readings.first ?? []
      syllables.append(syllables[index] + said.reduce(0) { $0 + Double(Readability.syllables(spelling: $1)) })
      words.append(words[index] + said.count)
      if token.endsPhrase { stops[index + 1] = .comma }
    }
    // Nothing is said before the first token and behind the last, so that a pause there has no end.
    for (place, seconds) in pauses where place > 0 && place < script.tokens.count { wanted[place] = seconds }
    for sentence in script.sentences { stops[sentence.tokens.upperBound] = .sentence }
    (self.syllables, self.words, self.stops, self.wanted) = (syllables, words, stops, wanted)
  }

  /// Whether one part is the same as another: then a word does not tell which of them it was said in.
  var repeats: Bool {
    let bounds = parts.sorted() + [count]
    let texts = zip(bounds, bounds.dropFirst()).map { script.text(of: $0..<$1) }
    return Set(texts).count < texts.count
  }

  /// The places at which a pause is asked for, in order.
  var marks: [Int] { wanted.indices.filter { wanted[$0] != nil } }

  /// Syllables in an average word of `tokens`; 1 where nothing is said.
  func syllablesPerWord(in tokens: Range<Int>) -> Double {
    let words = words[tokens.upperBound] - words[tokens.lowerBound]
    return words == 0 ? 1 : max((syllables[tokens.upperBound] - syllables[tokens.lowerBound]) / Double(words), 0.1)
  }

  /// The place behind as many syllables.
  func place(atSyllable syllable: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high + 1) / 2
      if syllables[middle] <= syllable + 1e-9 { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The token before `place` without the signs around it: `friends`.
  func word(before place: Int) -> String {
    guard place > 0, place <= count else { return "" }
    let text = script.tokens[place - 1].text
    return String(
      text.drop { !$0.isLetter && !$0.isNumber }.reversed().drop { !$0.isLetter && !$0.isNumber }.reversed())
  }
}

/// What pauses and places cost where the way through a text is looked for, in nats.
///
/// The figures are odds of reading: at a stop nearly everybody pauses (Campione & Véronis 2002 find pauses of reading at
/// stops above all), within a phrase hardly anybody does, and who reads marks pauses at most of them.
extension ReadText {
  /// The price of a silence of `seconds` at `place`.
  func price(ofPause seconds: Double, at place: Int) -> Double {
    if place == 0 || place == count || parts.contains(place) { return 0 }
    // Between parts one may rest as long as one likes, and inside them nobody does.
    let rest = parts.isEmpty ? 0 : min(max(0, seconds - 1.2) * 2, 6)
    if let wanted = wanted[place] {
      return min(0.5 * abs(logarithm(of: max(seconds, 0.05) / max(wanted, 0.05))), 1.5)
    }
    return switch stops[place] {
    case .sentence: 0.2 + rest + min(max(0, seconds - 1.5) * 0.7, 3)
    case .comma: 1 + rest + min(max(0, seconds - 0.8), 3)
    case .none: 3 + rest + min(max(0, seconds - 0.5), 2)
    }
  }

  /// The price of reading over `place` without a pause.
  func priceOfPassing(_ place: Int) -> Double {
    if wanted[place] != nil || parts.contains(place) { return 1.5 }
    return switch stops[place] {
    case .sentence: 1.5
    case .comma: 0.1
    case .none: 0
    }
  }
}
