/// A section of the script that the speaker has come to.
package struct SectionStart: Equatable, Sendable {
  /// Place in `Script.sections`.
  package var index: Int
  /// Its heading; empty above the first.
  package var title: String

  /// Makes the start of section `index`.
  package init(index: Int, title: String) {
    self.index = index
    self.title = title
  }
}
