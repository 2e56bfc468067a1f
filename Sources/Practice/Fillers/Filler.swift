/// A filled pause or filler word, with what speaks for it.
package struct Filler: Equatable, Sendable {
  package var start: Double
  package var end: Double
  /// What was said: a sound, "um" or "uh", or a word or phrase that fills, as the rules of fillers have it.
  package var label: String
  /// What speaks for it: "sound", "words", or both of them, or a person who corrected the session.
  package var evidence: [String]
  /// 0 to 1.
  package var confidence: Double

  /// Makes a filler between two audio times in seconds.
  package init(start: Double, end: Double, label: String, evidence: [String] = ["sound"], confidence: Double) {
    self.start = start
    self.end = end
    self.label = label
    self.evidence = evidence
    self.confidence = confidence
  }
}
