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

  private static func pronounce(
    _ words: [String], dictionary: PronouncingDictionary, guess: ([String]) -> [String?]
  ) -> (entries: [Entry], unknown: [String]) {
    var (entries, unknown, open): ([Entry], [String], [String]) = ([], [], [])
    for word in words where !dictionary.contains(word) {
      guard SphinxLanguage.isWord(word) else {
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
