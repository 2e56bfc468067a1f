package import Practice

/// What of a session somebody may see, hear and send: the one table of roles.
package struct Shares: OptionSet, Equatable, Hashable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Figures, meters, pauses, fillers, marks, who looks on.
  package static let meters = Shares(rawValue: 1)
  /// What is said and what it is said from: words, script, comments, the talk with the AI tutor.
  package static let words = Shares(rawValue: 2)
  /// Notes, levels of a rubric, drills.
  package static let remarks = Shares(rawValue: 4)
  /// Cues on the learner's screen.
  package static let cues = Shares(rawValue: 8)
  /// The microphone; part of no role, given by the learner alone.
  package static let sound = Shares(rawValue: 16)
}

extension Watcher.Role {
  /// What a role comes with.
  package var shares: Shares {
    switch self {
    case .observer: .meters
    case .tutor: [.meters, .words, .remarks, .cues]
    }
  }
}
