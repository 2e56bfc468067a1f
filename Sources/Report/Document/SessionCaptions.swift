package import Practice

extension Captions {
  /// Why there are no captions of a session, in words.
  package enum Missing: String, Error, Sendable {
    case words = "nobody listened for words in this session, so there is nothing to caption"
    case inRange = "no word was heard in this part of the session"
  }

  /// The captions of `session`, or of a part of it in seconds of audio time, which then begins at 0.
  ///
  /// A word belongs to a part if its middle lies in it. Words are as corrected; sentences end where those of the script
  /// do not tell, at pauses.
  package static func of(
    _ session: Session, range: ClosedRange<Double>? = nil
  ) throws(Missing) -> Captions {
    guard !session.words.isEmpty else { throw .words }
    let words = session.words.sorted { $0.start < $1.start }
    guard let range else { return Captions(words) }
    let part = words.filter { range.contains(($0.start + $0.end) / 2) }.map { word in
      Word(
        word.text, start: max(word.start - range.lowerBound, 0),
        end: min(word.end, range.upperBound) - range.lowerBound, confidence: word.confidence, source: word.source)
    }
    guard !part.isEmpty else { throw .inRange }
    return Captions(part)
  }
}
