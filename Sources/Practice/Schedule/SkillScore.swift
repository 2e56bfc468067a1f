/// What is known of a learner in one criterion of the rubric that sessions are listed by.
package struct SkillScore: Equatable, Sendable {
  /// The criterion's id: `pausing`.
  package var criterion: String
  /// 0 to 100.
  package var value: Double
  /// How many sessions it is the middle of.
  package var sessions: Int

  /// Makes a score.
  package init(criterion: String, value: Double, sessions: Int) {
    self.criterion = criterion
    self.value = value
    self.sessions = sessions
  }

  /// The skills that drills train for it, the nearest first; none for what no drill trains.
  package var skills: [DrillSkill] { SkillScore.table.first { $0.criterion == criterion }?.skills ?? [] }

  /// Criteria of the rubric `rostrum`, and the skills that drills train for them.
  package static let table: [(criterion: String, skills: [DrillSkill])] = [
    ("pace", [.pace]),
    ("pausing", [.pauses]),
    ("fluency", [.fillers, .fluency]),
    ("vocal-variety", [.pitch]),
    ("projection", [.loudness]),
    ("timing", [.timing]),
    ("clarity", [.articulation]),
    ("structure", [.structure]),
  ]
}
