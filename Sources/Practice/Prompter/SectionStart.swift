/// A section of the script that the speaker has come to.
package struct SectionStart: Equatable, Sendable {
  /// Place in `Script.sections`.
  package var index: Int
  /// Its heading; empty above the first.
  package var title: String
  /// When its first word began, in seconds of audio time; it is known later.
  package var start: Double

  /// Makes the start of section `index`.
  package init(index: Int, title: String, start: Double) {
    self.index = index
    self.title = title
    self.start = start.rounded(places: 3)
  }
}
