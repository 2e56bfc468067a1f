import SpeechSignals

/// Where a pace in words a minute comes from.
package enum PaceSource: String, Sendable {
  /// Counted words, as they were recognised.
  case words
  /// Syllable nuclei and the length of an average word.
  case syllables
  /// Both: the general language model loses and makes up words, and swallows none that syllables would miss.
  case both
}

/// The pace that words tell: how many were said in how much talk.
package enum WordPace {
  /// Seconds of talk that the live pace is taken over.
  package static let windowSeconds = 15.0
  /// A pause counts for this many seconds at most: silence is not slowness.
  package static let longestPause = 2.0
  /// Below these, words tell no pace.
  package static let leastSeconds = 8.0
  package static let leastWords = 12
  /// Seconds without a word after which they tell none any more: the recogniser is a few seconds late at most.
  package static let patienceSeconds = 8.0
  /// The least mean confidence at which words are counted.
  package static let leastConfidence = 0.5
  /// The least share of the words of a script's model that must be where the script has them: a model of another text
  /// hears what it knows, in short words, and counts too many.
  package static let leastFollowed = 0.5
  /// Words that this is looked at over while somebody speaks.
  static let followedWords = 40
  /// What the larger of the recogniser's count and the syllables weighs where the recogniser has only the general
  /// language model, as a share of the logarithm.
  ///
  /// Both lose words of fast and free speech, each others, and seldom add any: the larger is nearer to the truth, most
  /// of all where the two disagree. On ten recordings of people 4 % off in read and 11 % in free speech, where fixed
  /// shares of .6 and .4 are 4 % and 15 % off; chosen with each recording left out in turn the share would be 1, which
  /// trusts the sum of two errors too much in noise.
  package static let largerShare = 0.8

  /// Words a minute over the last `window` seconds of talk, and the mean confidence of the words; nil for too few.
  ///
  /// - Parameters:
  ///   - words: In order of time; sounds such as "um" among them are left out.
  ///   - pauses: In order of time; each counts `longestPause` at most.
  static func rate(
    _ words: [Word], pauses: [Pause], sounds: Set<String>, window: Double = .infinity
  ) -> (wordsPerMinute: Double, confidence: Double, source: Word.Source)? {
    guard let last = words.last, let first = words.first else { return nil }
    var (start, surplus) = (first.start, 0.0)
    for pause in pauses.reversed() where pause.start < last.end {
      guard last.end - pause.end - surplus < window else { break }
      guard pause.end > first.start else { break }
      surplus += max(0, min(pause.end, last.end) - pause.start - longestPause)
    }
    if last.end - start - surplus > window { start = last.end - surplus - window }
    let seconds = last.end - start - surplus
    var (count, confidence) = (0, 0.0)
    for word in words.reversed() {
      guard word.end > start else { break }
      guard !sounds.contains(word.text) else { continue }
      count += 1
      confidence += word.confidence
    }
    guard seconds >= leastSeconds, count >= leastWords else { return nil }
    return (Double(count) * 60 / seconds, confidence / Double(count), last.source)
  }
}
