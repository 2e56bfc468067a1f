/// Placeholder of the contract; its builder replaces it.
package enum MarkedReadingExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("short", .seconds(0.3...3), .number(0.6), "the pause that / asks for"),
    DrillParameter("long", .seconds(0.5...5), .number(1.5), "the pause that // asks for"),
    DrillParameter(
      "tolerance", .seconds(0.05...1), .number(0.3), "how much shorter or longer a pause may be and still be a hit"),
    DrillParameter(
      "extra", .seconds(0.3...3), .number(0.35),
      "from this length on a pause counts that stands at no mark, no stop and no comma"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("hits", "marks hit", "%"),
    DrillMeasure("marks", "marks in the text", better: .neither),
    DrillMeasure("extra-pauses", "pauses where none was asked for", better: .less),
    DrillMeasure("mean-error", "mean error of a pause at a mark", "seconds", better: .less, places: 2),
  ]

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    [DrillStep(.speak, "talk", "Speak.", seconds: start.drill.seconds)]
  }

  package static func scene(_ session: Session) -> DrillScene { .talk(.init(seconds: session.seconds)) }

  package static func finding(_ session: Session) -> DrillFinding {
    DrillFinding(isComplete: session.drill?.isComplete ?? false)
  }
}
