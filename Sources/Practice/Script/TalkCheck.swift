/// What can be said about a talk before it is spoken: how long it takes, and where it is hard.
package struct TalkCheck: Equatable, Sendable {
  /// A section, with all the deeper ones below it.
  package struct Part: Equatable, Sendable {
    /// Place in the script's sections.
    package var section: Int
    package var spokenWords: Int
    /// At `TalkCheck.usualPace`, pause marks with it.
    package var seconds: Double
  }

  /// A sentence that is hard to follow.
  package struct HardSentence: Equatable, Sendable {
    package var sentence: Int
    package var words: Int
    package var syllables: Int
    /// Flesch's reading ease of the sentence.
    package var ease: Double
  }

  /// A stretch without a place to breathe.
  package struct Stretch: Equatable, Sendable {
    package var tokens: Range<Int>
    package var words: Int
    /// The token before which a breath would fit best; nil where no word offers itself.
    package var breathBefore: Int?
  }

  /// A word that the recogniser does not know.
  package struct UnknownWord: Equatable, Sendable {
    package var word: String
    /// The sentence that it stands in first.
    package var sentence: Int
    package var count: Int
  }

  /// The language that a talk seems to be in.
  package enum Language: String, Equatable, Sendable {
    case english
    /// Most of it is written in other than Latin letters.
    case otherLetters = "other_letters"
    /// Most words are unknown.
    case other
  }

  /// The pace, in words a minute, that sections and stretches are timed with: conversational.
  package static let usualPace = 140.0
  /// The paces a talk is timed with.
  package static let paces = [120.0, 140, 160, 180]
  /// Words without a stop for which a breath is too short: twelve seconds at the usual pace.
  static let breathWords = 28
  /// The reading ease under which a sentence is hard ("difficult"), and the words it has at least.
  static let hardEase = 50.0, hardWords = 8
  /// The share of known words under which a talk of at least so many words is not taken for English: of a French or a
  /// German one six in ten are known, for many short words are in every language; of a few words a name or two count less.
  static let englishShare = 0.7, languageWords = 12
  static let shortShare = 0.5, shortWords = 5

  package private(set) var spokenWords = 0
  package private(set) var syllables = 0
  /// Seconds of all pause marks.
  package private(set) var pauseSeconds = 0.0
  package private(set) var parts: [Part] = []
  /// The hardest first.
  package private(set) var hardSentences: [HardSentence] = []
  package private(set) var twisters: [TongueTwister] = []
  /// In the order of the talk.
  package private(set) var stretches: [Stretch] = []
  package private(set) var unknownWords: [UnknownWord] = []
  package private(set) var language = Language.english
  /// Flesch's reading ease of the whole; nil for a talk that is not English.
  package private(set) var ease: Double?

  /// Checks `script`.
  ///
  /// - Parameter phones: The phones of a lower-case word in the CMU set, nil for a word that the recogniser does not know;
  ///   nil where nobody can be asked, and then nothing is found that rests on it.
  package init(_ script: Script, phones: ((String) -> [String]?)?) {
    var known: [String: [String]?] = [:]
    func lookUp(_ word: String) -> [String]? {
      if let found = known[word] { return found }
      let found = phones?(word)
      known[word] = .some(found)
      return found
    }
    spokenWords = script.spokenWords
    pauseSeconds = script.pauseSeconds(in: script.tokens.indices)
    for index in script.sections.indices {
      let tokens = script.tokens(ofSentences: script.extent(ofSection: index))
      parts.append(
        Part(
          section: index, spokenWords: script.spokenWords(in: tokens),
          seconds: script.seconds(of: tokens, wordsPerMinute: TalkCheck.usualPace)))
    }
    stretches = script.sentences.flatMap { TalkCheck.stretches(in: $0.tokens, of: script) }
    if phones != nil { findUnknown(script, lookUp) }
    language = TalkCheck.language(of: script, knows: phones == nil ? nil : { lookUp($0) != nil })
    guard language == .english else { return }
    for (index, sentence) in script.sentences.enumerated() {
      let words = script.tokens[sentence.tokens].flatMap { $0.readings.first ?? [] }
      let count = words.reduce(0) {
        $0 + (lookUp($1).map(Readability.syllables(phones:)) ?? Readability.syllables(spelling: $1))
      }
      syllables += count
      let ease = Readability.ease(words: words.count, sentences: 1, syllables: count)
      if words.count >= TalkCheck.hardWords, ease < TalkCheck.hardEase {
        hardSentences.append(HardSentence(sentence: index, words: words.count, syllables: count, ease: ease))
      }
      twisters += TongueTwister.find(in: sentence.tokens, of: script, phones: lookUp)
    }
    hardSentences.sort { ($0.ease, $0.sentence) < ($1.ease, $1.sentence) }
    twisters.sort { ($0.weight, $1.tokens.lowerBound) > ($1.weight, $0.tokens.lowerBound) }
    if !script.isEmpty {
      ease = Readability.ease(words: spokenWords, sentences: script.sentences.count, syllables: syllables)
    }
  }

  /// Seconds of the whole talk at a pace, pause marks with it.
  package func seconds(at wordsPerMinute: Double) -> Double {
    wordsPerMinute > 0 ? Double(spokenWords) / wordsPerMinute * 60 + pauseSeconds : 0
  }

  /// The pace at which the talk takes `seconds`; nil where its pause marks alone take as long.
  package func pace(for seconds: Double) -> Double? {
    seconds > pauseSeconds ? Double(spokenWords) / (seconds - pauseSeconds) * 60 : nil
  }

  // MARK: Words

  /// The language that `script` seems to be in; `knows` tells which lower-case words the recogniser has, nil where nobody
  /// can be asked.
  package static func language(of script: Script, knows: ((String) -> Bool)?) -> Language {
    if script.foreignShare > 0.5 { return .otherLetters }
    guard let knows else { return .english }
    let words = script.sentences.flatMap { script.tokens[$0.tokens].flatMap { $0.readings.first ?? [] } }
    let known = words.count { isKnown($0, knows) }
    let least = words.count >= languageWords ? englishShare : words.count >= shortWords ? shortShare : 0
    let isEnglish = Double(known) >= least * Double(words.count)
    return isEnglish ? .english : .other
  }

  private static func isKnown(_ word: String, _ knows: (String) -> Bool) -> Bool {
    knows(word) || (word.hasSuffix("'s") && knows(String(word.dropLast(2))))
  }

  private mutating func findUnknown(_ script: Script, _ phones: (String) -> [String]?) {
    var places: [String: Int] = [:]
    for (index, sentence) in script.sentences.enumerated() {
      for token in script.tokens[sentence.tokens] {
        for word in token.readings.first ?? [] {
          if TalkCheck.isKnown(word, { phones($0) != nil }) { continue }
          if let place = places[word] {
            unknownWords[place].count += 1
          } else {
            places[word] = unknownWords.count
            unknownWords.append(UnknownWord(word: word, sentence: index, count: 1))
          }
        }
      }
    }
  }

  // MARK: Breath

  /// The stretches of one sentence that are too long for a breath.
  private static func stretches(in sentence: Range<Int>, of script: Script) -> [Stretch] {
    var found: [Stretch] = []
    var (start, words) = (sentence.lowerBound, 0)
    for index in sentence {
      let token = script.tokens[index]
      words += token.readings.first?.count ?? 0
      guard token.pauseAfter != nil || token.endsPhrase || index + 1 == sentence.upperBound else { continue }
      if words > breathWords {
        found.append(
          Stretch(tokens: start..<index + 1, words: words, breathBefore: breath(in: start..<index + 1, of: script)))
      }
      (start, words) = (index + 1, 0)
    }
    return found
  }

  /// The conjunction nearest to the middle of a stretch, with a third of it on either side.
  private static func breath(in tokens: Range<Int>, of script: Script) -> Int? {
    let margin = tokens.count / 4
    let middle = (tokens.lowerBound + tokens.upperBound) / 2
    return tokens.dropFirst(margin).dropLast(margin)
      .filter { SentenceStop.clauseWords.contains(script.tokens[$0].text.lowercased()) }
      .min { abs($0 - middle) < abs($1 - middle) }
  }
}
