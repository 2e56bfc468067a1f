/// Why a page could not be made.
package enum PaperError: Error, Equatable, Sendable {
  /// cairo gave up, in its own words.
  case drawing(String)

  /// A sentence for people.
  package var words: String {
    switch self {
    case .drawing(let reason): "the page could not be drawn: \(reason)"
    }
  }
}
