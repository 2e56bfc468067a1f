/// How a written word is said: its readings, as a speaker would say it and a recogniser hears it.
package enum SpokenForms {
  /// The ways to say `token`, the likeliest first, each as lower-case words of letters and apostrophes.
  ///
  /// Empty for what is not said (an emoji, a dash) and for words that English letters cannot spell.
  ///
  /// - Parameters:
  ///   - token: A word as written, its punctuation with it.
  ///   - before: The token before it in the sentence; nil at its beginning.
  ///   - after: The token after it; nil at its end.
  package static func readings(of token: String, before: String?, after: String?) -> [[String]] {
    var words: [String] = []
    var word = ""
    func close() {
      let trimmed = String(word.drop { $0 == "'" }.reversed().drop { $0 == "'" }.reversed())
      if !trimmed.isEmpty { words.append(trimmed) }
      word = ""
    }
    for character in token.lowercased() {
      switch character {
      case "a"..."z" where character.isASCII: word.append(character)
      case "'", "\u{2019}": word.append("'")
      default: close()
      }
    }
    close()
    return words.isEmpty ? [] : [words]
  }
}
