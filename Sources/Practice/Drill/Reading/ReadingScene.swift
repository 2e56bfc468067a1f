import SpeechSignals

/// The text on the screen while it is read.
extension ReadAloud {
  /// The words of `sentences`, what became of each, and the marks behind them by place.
  func words(
    of sentences: Range<Int>, marks: [Int: DrillScene.Reading.Mark] = [:]
  ) -> [DrillScene.Reading.Word] {
    let script = text.script
    let read = Set(path.runs.flatMap(\.tokens))
    let place = place
    let starts = Set(
      script.sentences[sentences.clamped(to: script.sentences.indices)].filter(\.startsParagraph)
        .map(\.tokens.lowerBound))
    return script.tokens(ofSentences: sentences).map { index in
      let token = script.tokens[index]
      let state: DrillScene.Reading.WordState =
        if index == place {
          .next
        } else if index > place {
          .ahead
        } else {
          read.contains(index) || index >= path.end ? .said : .missed
        }
      return DrillScene.Reading.Word(
        token.text, state: state, isStressed: token.isStressed, mark: marks[index + 1],
        startsParagraph: starts.contains(index))
    }
  }
}

extension DrillStep {
  /// A step that reads `sentences` of `text`, at a pace no learner falls below: its longest time is far beyond what the
  /// text takes, and only ends what would never end.
  static func reading(
    _ name: String, _ instruction: String, of text: ReadText, sentences: Range<Int>, wordsPerMinute: Double = 60,
    rate: Double? = nil
  ) -> DrillStep {
    let tokens = text.script.tokens(ofSentences: sentences)
    let words = Double(text.words[tokens.upperBound] - text.words[tokens.lowerBound])
    let pauses = text.wanted[tokens.lowerBound...tokens.upperBound].reduce(0) { $0 + ($1 ?? 0) }
    let seconds = (words / wordsPerMinute * 60 + 2 * pauses + 20).rounded(.up)
    return DrillStep(.speak, name, instruction, seconds: seconds, rate: rate, sentences: sentences)
  }
}

extension ReadAloud {
  /// Whether all that was to be read was: to the end, or far enough for the steps to be over by themselves.
  func isDone(_ session: Session) -> Bool {
    isAtEnd
      || session.drill?.isComplete ?? false
        && text.syllables[path.end] >= ReadingEnd.leastShare * text.syllables[text.count]
  }
}

/// When a reading is over.
enum ReadingEnd {
  /// Silence after which a text is over whose last words were recognised, and one of which all syllables were counted.
  static let secondsByWords = 1.2, secondsBySyllables = 2.5
  /// Share of the syllables without which nothing is over.
  static let leastShare = 0.7

  /// Whether it is worth asking: after a silence, or where a run of speech has just ended.
  static func mayBe(in session: Session) -> Bool {
    session.rollups.last?.silenceSeconds ?? 0 >= secondsByWords
      || session.phrases.last.map { $0.end > session.seconds - 2 } ?? false
  }

  /// Whether `read` is over that stretches from place `start` to place `end`: read, and followed by a silence longer
  /// than any that its text asks for. `longest` is the longest pause that is still asked for, in seconds.
  static func isOver(_ read: ReadAloud, from start: Int, to end: Int, longest: Double = 0) -> Bool {
    let (all, done) = (
      read.text.syllables[end] - read.text.syllables[start],
      read.text.syllables[min(read.path.end, end)] - read.text.syllables[min(start, read.path.end)]
    )
    if read.text.syllables[read.path.end] - read.text.syllables[end] >= 3 { return true }
    guard all > 0, done >= leastShare * all, read.openSyllables == 0 || read.path.end >= end else { return false }
    if read.path.end >= end, read.source == .words { return read.silenceSeconds >= secondsByWords }
    if read.isRead(upTo: end), read.path.end >= end - 1 { return read.silenceSeconds >= secondsBySyllables }
    return read.silenceSeconds >= max(secondsBySyllables, longest + 2) + 1.5
  }
}
