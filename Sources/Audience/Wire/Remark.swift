import Practice

/// What a watcher may say to a learner: all there is, and nothing of it types, runs or reads anything.
///
/// Texts are made safe and bounded by `Afterwards` when one is made.
package enum Remark: Equatable, Sendable {
  /// A note at a second of the session. Needs `Shares.remarks`.
  case note(String, at: Double)
  /// One or two words for the learner's screen. Needs `Shares.cues`.
  case cue(String)
  /// A level of a criterion of a rubric; nil takes an earlier one back. Needs `Shares.remarks`.
  case level(rubric: String, version: Int, criterion: String, level: Double?, reason: String?)
  /// A drill to be done, by its id, with what to mind and days until it is due. Needs `Shares.remarks`.
  case drill(String, note: String, days: Int?)

  /// What it takes to send it.
  package var needs: Shares {
    switch self {
    case .cue: .cues
    case .note, .level, .drill: .remarks
    }
  }

  /// What became of one, told to who sent it.
  package enum Answer: Equatable, Sendable {
    /// It is in the session; a cue was on the screen.
    case taken
    /// It waits for the review, as the learner wished.
    case later
    /// It was not taken, for this reason.
    case refused(String)
  }
}
