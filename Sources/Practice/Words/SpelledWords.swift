/// Words that were heard, as their script spells them: with its capitals, hyphens, figures and stops.
///
/// A word that matches its place in the script, or words that say a token of it ("nineteen forty five"), become that token
/// as written; all others stay as they were heard.
package struct SpelledWords: Equatable, Sendable {
  /// In order of time. `text` is as written: not for comparing, for reading.
  package private(set) var words: [Word] = []
  /// The places in `words` that end a sentence of the script.
  package private(set) var sentenceEnds: Set<Int> = []

  /// Spells `heard`, in order of time, as `script` does.
  package init(_ heard: [Word], as script: Script) {
    var follower = Follower(script)
    for word in heard { follower.hear(word) }
    let (places, tokens) = (follower.places, follower.words.tokens)
    let ends = Prompter.sentenceEnds(followed: follower)
    var index = 0
    while index < heard.count {
      let token = places.indices.contains(index) ? places[index].map { Int(tokens[$0]) } : nil
      let count = token.map { token in
        SpelledWords.length(of: script.tokens[token], in: heard[index...]) { place in
          places[place].map { Int(tokens[$0]) == token } ?? true
        }
      }
      var word = heard[index]
      if let token, let count, count > 0 {
        let said = heard[index..<index + count]
        word.text = script.tokens[token].text
        word.end = said.last?.end ?? word.end
        word.confidence = said.map(\.confidence).min() ?? word.confidence
      }
      let next = index + max(count ?? 1, 1)
      if (index..<next).contains(where: ends.contains) { sentenceEnds.insert(words.count) }
      words.append(word)
      index = next
    }
  }

  /// How many words at the beginning of `heard` say `token` in one of its readings, the longest there is; 0 for none.
  private static func length(of token: Script.Token, in heard: ArraySlice<Word>, belongs: (Int) -> Bool) -> Int {
    var longest = 0
    for reading in token.readings where reading.count > longest && reading.count <= heard.count {
      let isSaid = zip(heard.indices, reading).allSatisfy { heard[$0].text == $1 && belongs($0) }
      if isSaid { longest = reading.count }
    }
    return longest
  }
}
