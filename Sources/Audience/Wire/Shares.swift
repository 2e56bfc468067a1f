package import Practice

/// What of a session somebody may see, hear and send: the one table of roles.
package struct Shares: OptionSet, Equatable, Hashable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Figures, meters, pauses, fillers, marks, who looks on.
  package static let meters = Shares(rawValue: 1)
  /// What is said and what it is said from: words, script, comments, the talk with the AI tutor.
  package static let words = Shares(rawValue: 2)
  /// What decides which events are seen, and so how those are numbered.
  package static let told: Shares = [.meters, .words]
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

extension Shares {
  /// Each share and its name on the wire.
  private static let names: [(Shares, String)] = [
    (.meters, "meters"), (.words, "words"), (.remarks, "remarks"), (.cues, "cues"), (.sound, "sound"),
  ]

  /// The names of what is shared.
  var json: JSON { .array(Shares.names.filter { contains($0.0) }.map { .string($0.1) }) }

  /// Reads names, those that are not known passed over; nothing where there are none.
  init(_ json: JSON?) {
    self = []
    guard case .array(let values)? = json else { return }
    for (share, name) in Shares.names where values.contains(.string(name)) { insert(share) }
  }
}
