/// Placeholder of the contract; its builder replaces it.
package enum PowerPauseExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("least", .seconds(0.8...6), .number(2), "the shortest pause that has power"),
    DrillParameter("most", .seconds(1...8), .number(3), "the longest one before it reads as lost"),
    DrillParameter(
      "sides", .choice(["both", "before", "after"]), .text("both"),
      "on which sides of a line in bold the pauses stand; // marks say it themselves"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("hits", "power pauses held", "%"),
    DrillMeasure("before", "pause before the line", "seconds", better: .neither, places: 1),
    DrillMeasure("after", "pause after the line", "seconds", better: .neither, places: 1),
    DrillMeasure("elsewhere", "longest pause elsewhere", "seconds", better: .less, places: 1),
  ]

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    [DrillStep(.speak, "talk", "Speak.", seconds: start.drill.seconds)]
  }

  package static func scene(_ session: Session) -> DrillScene { .talk(.init(seconds: session.seconds)) }

  package static func finding(_ session: Session) -> DrillFinding {
    DrillFinding(isComplete: session.drill?.isComplete ?? false)
  }
}
