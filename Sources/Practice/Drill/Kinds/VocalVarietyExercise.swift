/// Placeholder of the contract; its builder replaces it.
package enum VocalVarietyExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "moods", .texts(2...8, limit: 40), .list(["statement", "question", "good news", "bad news"]),
      "how the line is read, one reading each; question, good news and bad news are compared where they are there"),
    DrillParameter("reading", .seconds(5...60), .number(15), "longest time for one reading"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("ratio", "range against one's own", "times", places: 2),
    DrillMeasure("range", "pitch range over all readings", "semitones", places: 1),
    DrillMeasure("contrast", "good news over bad news", "semitones", places: 1),
    DrillMeasure("question-rise", "rise at the end of the question", "semitones", places: 1),
    DrillMeasure("readings", "readings heard", "%"),
  ]

  package static let needsContours = true

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    [DrillStep(.speak, "talk", "Speak.", seconds: start.drill.seconds)]
  }

  package static func scene(_ session: Session) -> DrillScene { .talk(.init(seconds: session.seconds)) }

  package static func finding(_ session: Session) -> DrillFinding {
    DrillFinding(
      isComplete: session.drill?.isComplete ?? false)
  }
}
