/// Words said twice in a row: one doubled word, or a few that a sentence starts again with.
package struct Restart: Equatable, Sendable {
  /// From the first word of the first time to the last of the second, in seconds of audio time.
  package var start: Double
  package var end: Double
  /// What was said twice.
  package var words: [String]

  /// Makes a restart.
  package init(start: Double, end: Double, words: [String]) {
    self.start = start.rounded(places: 3)
    self.end = end.rounded(places: 3)
    self.words = words
  }
}
