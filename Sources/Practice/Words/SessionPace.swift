import SpeechSignals

extension Session {
  /// Sounds that are no words, whatever a recogniser writes.
  static let soundsOfFillers: Set<String> = [
    "um", "uh", "er", "erm", "uhm", "umm", "hmm", "hm", "mm", "mhm", "ah", "eh",
  ]

  /// Pace in words a minute over the last quarter minute of talk, pauses of up to two seconds included; nil before five
  /// seconds of speech. `paceSource` says what it was taken from.
  package var pace: Double? { pace(syllables: syllablePace)?.pace }

  /// What the pace is taken from; nil where there is none.
  package var paceSource: PaceSource? { pace(syllables: syllablePace)?.source }

  /// The pace by roll-ups and words alone: the same however fast the sound came.
  package var settledPace: (pace: Double, source: PaceSource)? {
    guard tally.speechSeconds >= 10 else { return nil }
    let rate = rollups.last?.syllablesPerSecond
    return pace(syllables: rate.map { bands.wordsPerMinute(syllablesPerSecond: $0) })
  }

  private func pace(syllables: Double?) -> (pace: Double, source: PaceSource)? {
    guard let last = words.last, seconds - last.end < WordPace.patienceSeconds,
      let told = WordPace.rate(
        words.suffix(200), pauses: pauses, sounds: Session.soundsOfFillers, window: WordPace.windowSeconds)
    else { return syllables.map { ($0, .syllables) } }
    guard trusts(told.source, last: WordPace.followedWords) else { return syllables.map { ($0, .syllables) } }
    return Session.pace(told, syllables: syllables)
  }

  /// Whether words of `source` can be counted: those of a script's model only while the script is what is said.
  private func trusts(_ source: Word.Source, last count: Int = .max) -> Bool {
    guard source == .script, let prompter else { return true }
    let places = prompter.settled.places.suffix(count)
    guard !places.isEmpty else { return true }
    return Double(places.count { $0 != nil }) >= WordPace.leastFollowed * Double(places.count)
  }

  /// Joins what words and syllables tell: words alone where they are sure, both where they come from the general
  /// language model.
  static func pace(
    _ told: (wordsPerMinute: Double, confidence: Double, source: Word.Source), syllables: Double?
  ) -> (pace: Double, source: PaceSource)? {
    guard told.source == .stock else {
      return told.confidence >= WordPace.leastConfidence
        ? (told.wordsPerMinute, .words) : syllables.map { ($0, .syllables) }
    }
    guard let syllables, syllables > 0, told.wordsPerMinute > 0 else { return (told.wordsPerMinute, .words) }
    let (larger, smaller) = (max(told.wordsPerMinute, syllables), min(told.wordsPerMinute, syllables))
    let share = WordPace.largerShare
    return (exp(of: share * logarithm(of: larger) + (1 - share) * logarithm(of: smaller)), .both)
  }

  /// The pace over the whole talk in words a minute, and what it was taken from; nil below ten seconds of talk.
  package var wholePace: (pace: Double, source: PaceSource)? {
    guard let talk = talkSeconds else { return nil }
    let syllables = bands.wordsPerMinute(syllablesPerSecond: Double(tally.syllables) / talk)
    let counted = words.filter { !Session.soundsOfFillers.contains($0.text) }
    let heardSeconds = (counted.last?.end ?? 0) - (counted.first?.start ?? 0)
    // Words that stopped half way through say nothing of the whole.
    guard counted.count >= WordPace.leastWords, heardSeconds >= 0.7 * talk, trusts(counted.last?.source ?? .stock)
    else { return (syllables, .syllables) }
    let confidence = counted.reduce(0) { $0 + $1.confidence } / Double(counted.count)
    let told = (Double(counted.count) * 60 / talk, confidence, counted.last?.source ?? .stock)
    return Session.pace(told, syllables: syllables) ?? (syllables, .syllables)
  }
}
