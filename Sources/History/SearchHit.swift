/// A place that was found.
package struct SearchHit: Equatable, Sendable {
  /// A piece of text, and whether it is what was looked for.
  package struct Piece: Equatable, Sendable {
    package var text: String
    package var isHit: Bool

    /// Makes a piece.
    package init(_ text: String, isHit: Bool) {
      self.text = text
      self.isHit = isHit
    }
  }

  /// The session.
  package var row: SessionRow
  /// Where the first of what was looked for is said, in seconds of audio time.
  package var seconds: Double
  /// What kind of text it is in.
  package var kind: IndexedText.Kind
  /// The text around it, one line of some 160 characters at most, with an ellipsis where more goes before or after.
  package var snippet: [Piece]
  /// On the last hit of a session, how many more of its passages fit among those that were looked at.
  package var more: Int

  /// Makes a hit.
  package init(row: SessionRow, seconds: Double, kind: IndexedText.Kind, snippet: [Piece], more: Int = 0) {
    self.row = row
    self.seconds = seconds
    self.kind = kind
    self.snippet = snippet
    self.more = more
  }
}

/// The answer to a search.
package struct SearchAnswer: Equatable, Sendable {
  /// What was found, the best session first, the hits of a session side by side.
  package var hits: [SearchHit]
  /// Whether the text that was typed has no word in it, so that nothing was looked for.
  package var isEmpty: Bool
  /// Whether there is more than was looked at: then the newest passages were.
  package var isPartial: Bool
}
