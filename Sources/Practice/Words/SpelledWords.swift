/// Words that were heard, as their script spells them: with its capitals, hyphens, figures and stops.
///
/// A word that matches its place in the script, or words that say a token of it ("nineteen forty five"), become that token
/// as written; all others stay as they were heard.
package struct SpelledWords: Equatable, Sendable {
  /// In order of time. `text` is as written: not for comparing, for reading.
  package private(set) var words: [Word] = []
  /// What each of `words` was heard as, words apart by blanks: for comparing.
  package private(set) var heard: [String] = []
  /// The places in `words` that end a sentence of the script.
  package private(set) var sentenceEnds: Set<Int> = []

  /// Spells `heard`, in order of time, as `script` does.
  package init(_ heard: [Word], as script: Script) {
    var follower = Follower(script)
    for word in heard { follower.hear(word) }
    let (places, tokens) = (follower.places, follower.words.tokens)
    let found = heard.indices.map { index in
      places.indices.contains(index) ? places[index].map { Int(tokens[$0]) } : nil
    }
    self.init(heard, as: script, tokens: found, ends: Prompter.sentenceEnds(followed: follower))
  }

  /// Spells the words of `session` by what its prompter followed while they were said; as they were heard without one.
  ///
  /// A word that a person corrected stays as it was corrected. An hour of words takes milliseconds: nothing is followed
  /// again.
  package init(of session: Session) {
    let said = session.words.sorted { $0.start < $1.start }
    guard let prompter = session.prompter else {
      self.init(said, as: Script(), tokens: said.map { _ in nil }, ends: [])
      return
    }
    let (places, tokens) = (prompter.settled.places, prompter.settled.words.tokens)
    let starts = Dictionary(prompter.heard.enumerated().map { ($1.start, $0) }, uniquingKeysWith: { $1 })
    // Corrections put words in and take some out: a word is told again by its time and its text.
    let followed = said.map { word in
      starts[word.start].flatMap { prompter.heard[$0].text == word.text && $0 < places.count ? $0 : nil }
    }
    let ends = Prompter.sentenceEnds(followed: prompter.settled)
    self.init(
      said, as: prompter.script, tokens: followed.map { $0.flatMap { places[$0].map { Int(tokens[$0]) } } },
      ends: Set(followed.indices.filter { followed[$0].map(ends.contains) ?? false }))
  }

  /// Spells `said` where `tokens` has a place in the script for it; `ends` are places that end a sentence.
  private init(_ said: [Word], as script: Script, tokens: [Int?], ends: Set<Int>) {
    var index = 0
    while index < said.count {
      let token = tokens[index]
      let count = token.map { token in
        SpelledWords.length(of: script.tokens[token], in: said[index...]) { tokens[$0].map { $0 == token } ?? true }
      }
      let next = index + max(count ?? 1, 1)
      var word = said[index]
      heard.append(said[index..<next].map(\.text).joined(separator: " "))
      if let token, let count, count > 0 {
        word.text = script.tokens[token].text
        word.end = said[next - 1].end
        word.confidence = said[index..<next].map(\.confidence).min() ?? word.confidence
      }
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
