/// Whether a session is to be scored again, and why.
package enum Rescoring: String, Sendable, CaseIterable {
  /// There is no score by this rubric.
  case unscored
  /// The rubric has another version: the old score is kept beside the new one.
  case newVersion
  /// Something was corrected since.
  case corrected
  /// The session is judged by the bands of another context now.
  case otherContext

  /// Why `session` is to be scored by `rubric`; nil where its card still holds.
  ///
  /// A card of the same version is replaced by the new one, as the session's reducer has it.
  package static func due(for rubric: Rubric, in session: Session) -> Rescoring? {
    let cards = session.scoreCards.filter { $0.rubric == rubric.id }
    guard let card = cards.first(where: { $0.version == rubric.version }) else {
      return cards.isEmpty ? .unscored : .newVersion
    }
    if session.corrections.contains(where: { $0.atMilliseconds > card.atMilliseconds }) { return .corrected }
    return SpeakingContext(named: session.context).rawValue == card.context ? nil : .otherContext
  }

  /// Why, as a clause.
  package var words: String {
    switch self {
    case .unscored: "it was not scored yet"
    case .newVersion: "the rubric has a new version"
    case .corrected: "it was corrected since"
    case .otherContext: "its context was changed"
    }
  }
}
