/// What words tell of a script once they have all been heard.
extension Prompter {
  /// The places among `words` that end a sentence of `script`: after each of them the speaker is in another one, or has
  /// said the last word of this.
  package static func sentenceEnds(in words: [Word], of script: Script) -> Set<Int> {
    var follower = Follower(script)
    for word in words { follower.hear(word) }
    return sentenceEnds(followed: follower)
  }

  /// The same for the words that `follower` has heard.
  static func sentenceEnds(followed follower: Follower) -> Set<Int> {
    let sentences = follower.words.sentences
    var ends: Set<Int> = []
    var last: (word: Int, sentence: Int32)?
    for (index, place) in follower.places.enumerated() {
      guard let place else { continue }
      if let last, last.sentence != sentences[place] { ends.insert(last.word) }
      last = (index, sentences[place])
      if place + 1 == sentences.count || sentences[place + 1] != sentences[place] { ends.insert(index) }
    }
    return ends
  }

  /// The share of `script` that was heard in `words`, 0 to 1, where it is so little that they are no account of what was
  /// said; nil where they are.
  package static func coverageIfLost(_ words: [Word], of script: Script) -> Double? {
    var prompter = Prompter(script)
    for word in words { prompter.hear(word) }
    let review = ScriptReview(of: prompter)
    return review.isLost ? review.coverage : nil
  }
}
