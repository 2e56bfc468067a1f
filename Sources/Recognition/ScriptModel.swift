package import Practice

/// A talk's script as the recogniser's language model: its words, how they follow each other, how they are said.
///
/// A trigram model in ARPA text. What the script says is likely, across the ends of sentences too, since speakers run
/// on; a filler may stand anywhere and the script goes on behind it; and what the script does not say is still English,
/// out of `GeneralLanguage`, so that an aside is heard as an aside and not bent into the script's words.
package struct ScriptModel: Equatable, Sendable {
  /// A word and its phones.
  package typealias Entry = SphinxLanguage.Entry

  /// The model in ARPA's text form.
  package let arpa: String
  /// Every word of the model, in its order.
  package let words: [String]
  /// Words of the model that the dictionary lacks, with a guessed pronunciation.
  package let entries: [Entry]
  /// Words of the script that have no pronunciation at all and are not in the model.
  package let unknown: [String]

  /// The most words of a script that are looked at: eight hours of speech.
  package static let tokenLimit = 100_000
  /// Bytes in a word at most.
  static let wordBytes = 60

  /// The model of `script`. Total: an empty script gives the general language alone.
  ///
  /// - Parameters:
  ///   - dictionary: The recogniser's; words that it lacks are guessed.
  ///   - general: What may be said beside the script.
  ///   - guess: Phones for words that the dictionary lacks, nil for none.
  package static func make(
    script: Script, dictionary: PronouncingDictionary, general: GeneralLanguage = .none,
    guess: ([String]) -> [String?] = Pronunciations.guess
  ) -> ScriptModel {
    let spoken = SpokenText(script: script, limit: tokenLimit)
    let (entries, unknown) = pronounce(spoken.vocabulary, dictionary: dictionary, guess: guess)
    let grams = ScriptGrams(spoken: spoken, without: Set(unknown), general: general)
    return ScriptModel(
      arpa: Arpa.text(of: grams), words: grams.words, entries: entries, unknown: unknown)
  }

  /// The model as the recogniser takes it.
  package var language: SphinxLanguage { .script(arpa: arpa, entries: entries) }

  /// Whether `text` is a word that a model and a dictionary can hold: letters and apostrophes, not too many.
  static func isWord(_ text: String) -> Bool {
    let bytes = text.utf8
    return bytes.count <= wordBytes && bytes.allSatisfy { $0 >= 97 && $0 <= 122 || $0 == 39 }
      && bytes.contains { $0 != 39 }
  }

  private static func pronounce(
    _ words: [String], dictionary: PronouncingDictionary, guess: ([String]) -> [String?]
  ) -> (entries: [Entry], unknown: [String]) {
    var (entries, unknown, open): ([Entry], [String], [String]) = ([], [], [])
    for word in words where !dictionary.contains(word) {
      guard isWord(word) else {
        unknown.append(word)
        continue
      }
      let stem = word.hasSuffix("'s") ? String(word.dropLast(2)) : word.hasSuffix("s'") ? String(word.dropLast()) : ""
      if let phones = dictionary.pronunciations(of: stem).first {
        entries.append(Entry(word: word, phones: word.hasSuffix("'s") ? Pronunciations.possessive(of: phones) : phones))
      } else {
        open.append(word)
      }
    }
    for (word, phones) in zip(open, open.isEmpty ? [] : guess(open)) {
      if let phones { entries.append(Entry(word: word, phones: phones)) } else { unknown.append(word) }
    }
    return (entries, unknown)
  }
}

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
