package import Practice

extension Captions {
  /// Why there are no captions of a session, in words.
  package enum Missing: String, Error, Sendable {
    case words = "nobody listened for words in this session, so there is nothing to caption"
    case inRange = "no word was heard in this part of the session"
  }

  /// The captions of `session`, or of a part of it in seconds of audio time, which then begins at 0.
  ///
  /// A word belongs to a part if its middle lies in it. Words are as corrected and, where they follow the script, as it
  /// spells them; sentences end where those of the script do, and at pauses.
  package static func of(
    _ session: Session, range: ClosedRange<Double>? = nil
  ) throws(Missing) -> Captions {
    guard !session.words.isEmpty else { throw .words }
    let spelled = SpelledWords(of: session)
    guard let range else { return Captions(spelled.words, sentenceEnds: spelled.sentenceEnds) }
    let kept = spelled.words.indices.filter { index in
      range.contains((spelled.words[index].start + spelled.words[index].end) / 2)
    }
    let part = kept.map { index in
      let word = spelled.words[index]
      return Word(
        word.text, start: max(word.start - range.lowerBound, 0),
        end: min(word.end, range.upperBound) - range.lowerBound, confidence: word.confidence, source: word.source)
    }
    guard !part.isEmpty else { throw .inRange }
    return Captions(part, sentenceEnds: Set(part.indices.filter { spelled.sentenceEnds.contains(kept[$0]) }))
  }
}
