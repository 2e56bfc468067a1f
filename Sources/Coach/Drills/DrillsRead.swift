import Practice

/// What an errand read of the drills: the lines of the list, the plan, and what was wrong with a file.
struct DrillsRead: Sendable {
  var lines: [DrillLine] = []
  var days: [PlanDay] = []
  var planDetail = ""
  /// The first complaint about a drill of the learner's own; nil where all are well.
  var complaint: String?
}

extension DrillsRead {
  /// The lines in the order of the list: what is due first.
  var shown: [DrillLine] {
    var state = DrillState()
    state.lines = lines
    return state.shown
  }
}
