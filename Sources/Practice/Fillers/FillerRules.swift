/// The words of one language that speakers fill time with, and what tells them from the same words used in earnest.
///
/// Data, read from a file that users edit (`Prompts/fillers`). "I like bees" and "turn right" are no fillers: each entry
/// says beside which words it is meant, and whether it fills only at the beginning or end of what is said.
package struct FillerRules: Equatable, Sendable {
  /// Where in an utterance a word can be a filler.
  package enum Place: String, Sendable, CaseIterable {
    case anywhere
    /// First in an utterance, or after other words that open one.
    case start
    /// Last in an utterance.
    case end
    /// First or last.
    case edge
    /// Anywhere but last.
    case notLast = "not-last"
  }

  /// One filler: a word, or a few in a row.
  package struct Rule: Equatable, Sendable {
    /// Lower case, one or more.
    package var words: [String]
    package var place: Place
    /// Words after which it is meant, and before which it is.
    package var notAfter: Set<String>
    package var notBefore: Set<String>
    /// Unless empty, it fills inside an utterance only after or before one of these.
    package var onlyAfter: Set<String>
    package var onlyBefore: Set<String>
    /// Words that make it meant where they stand up to four words before it.
    package var notWithin: Set<String>
    /// Whether pauses on both sides make it a filler whatever stands there.
    package var pausesTell: Bool
    /// How often it is a filler where the rules say so, 0 to 1.
    package var confidence: Double

    /// Makes a rule; sets left out bind nothing.
    package init(
      _ words: [String], place: Place = .anywhere, notAfter: Set<String> = [], notBefore: Set<String> = [],
      onlyAfter: Set<String> = [], onlyBefore: Set<String> = [], notWithin: Set<String> = [], pausesTell: Bool = false,
      confidence: Double = 0.8
    ) {
      self.words = words
      self.place = place
      self.notAfter = notAfter
      self.notBefore = notBefore
      self.onlyAfter = onlyAfter
      self.onlyBefore = onlyBefore
      self.notWithin = notWithin
      self.pausesTell = pausesTell
      self.confidence = confidence
    }

    /// What it is called in a report: its words.
    package var label: String { words.joined(separator: " ") }
  }

  /// As in `en`.
  package var language: String
  /// Sounds that recognisers write as words: "um", "uh".
  package var sounds: Set<String>
  package var rules: [Rule]
  /// Words that open an utterance without being what it says, so that a filler after them still stands at its start.
  package var openers: Set<String>
  /// Words that are said twice in good English: "had had", "very very".
  package var doubles: Set<String>
  /// Phrases that take back what is said: "I think", "maybe".
  package var hedges: [[String]]
  /// Words too common to be overused.
  package var common: Set<String>

  /// Makes the rules of a language; what is left out is empty.
  package init(
    language: String = "en", sounds: Set<String> = [], rules: [Rule] = [], openers: Set<String> = [],
    doubles: Set<String> = [], hedges: [[String]] = [], common: Set<String> = []
  ) {
    self.language = language
    self.sounds = sounds
    self.rules = rules
    self.openers = openers
    self.doubles = doubles
    self.hedges = hedges
    self.common = common
  }
}
