/// Placeholder of the contract; its builder replaces it.
package enum BreathExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("in", .whole(1...20), .number(4), "seconds to breathe in"),
    DrillParameter("hold", .whole(0...20), .number(4), "seconds to hold the breath, 0 for none"),
    DrillParameter("out", .whole(1...20), .number(4), "seconds to breathe out"),
    DrillParameter("rest", .whole(0...20), .number(4), "seconds to wait before the next breath, 0 for none"),
    DrillParameter("rounds", .whole(1...30), .number(4), "how often"),
  ]
  package static let measures: [DrillMeasure] = [DrillMeasure("rounds", "breaths", "breaths", better: .neither)]

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    [DrillStep(.speak, "talk", "Speak.", seconds: start.drill.seconds)]
  }

  package static func scene(_ session: Session) -> DrillScene { .talk(.init(seconds: session.seconds)) }

  package static func finding(_ session: Session) -> DrillFinding {
    DrillFinding(
      figures: session.talkSeconds.map { [DrillFigure("talk-seconds", $0)] } ?? [],
      isComplete: session.drill?.isComplete ?? false)
  }
}
