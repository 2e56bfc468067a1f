/// A word as it was heard, with its time: what a recogniser has decided on and will not take back.
package struct Word: Equatable, Sendable {
  /// What a word was heard with, which says how far it can be trusted.
  package enum Source: String, Sendable, CaseIterable {
    /// The general language model: right about one word in two of free speech, fit to be counted more than read.
    case stock
    /// The talk's own script made into a language model.
    case script
    /// A transcription endpoint of the user's.
    case endpoint
  }

  /// In lower case, letters and apostrophes alone, as in "don't"; a filler as its label, as in "um".
  package var text: String
  /// Start and end in seconds of audio time, start ≤ end.
  package var start: Double
  package var end: Double
  /// 0 to 1: how likely the recogniser holds the word to be.
  package var confidence: Double
  package var source: Source

  /// Makes a word between two audio times in seconds.
  package init(_ text: String, start: Double, end: Double, confidence: Double = 1, source: Source = .stock) {
    self.text = text
    self.start = start.rounded(places: 3)
    self.end = end.rounded(places: 3)
    self.confidence = confidence.rounded(places: 2)
    self.source = source
  }
}
