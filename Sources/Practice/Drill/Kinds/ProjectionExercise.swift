/// Placeholder of the contract; its builder replaces it.
package enum ProjectionExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "distances", .texts(1...6, limit: 60), .list(["an arm's length", "two steps back", "four steps back"]),
      "where the learner stands, one reading each; the microphone stays where it is"),
    DrillParameter("reading", .seconds(8...300), .number(30), "longest time at one distance"),
    DrillParameter("band", .number(1...12), .number(4), "decibels by which the level may lie over or under the target"),
    DrillParameter(
      "target", .choice(["first", "own"]), .text("first"),
      "level to be held: that of the first distance, or the calibrated one where there is one"),
    DrillParameter("fade", .number(1...20), .number(6), "decibels by which a phrase may fall at its end"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("in-band", "time at the right level", "%"),
    DrillMeasure("end-drop", "fall at the ends of phrases", "dB", better: .less, places: 1),
    DrillMeasure("fades", "phrases that fade", "%", better: .less),
    DrillMeasure("level-change", "level lost from the first distance to the last", "dB", better: .less, places: 1),
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
