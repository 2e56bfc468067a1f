/// Placeholder of the contract; its builder replaces it.
package enum ProjectionExercise: Exercise {
  package static let parameters: [DrillParameter] = []
  package static let measures: [DrillMeasure] = [DrillMeasure("talk", "talk", "seconds")]

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    [DrillStep(.speak, "talk", "Speak.", seconds: start.drill.seconds)]
  }

  package static func scene(_ session: Session) -> DrillScene { .talk(.init(seconds: session.seconds)) }

  package static func finding(_ session: Session) -> DrillFinding {
    DrillFinding(
      figures: session.talkSeconds.map { [DrillFigure("talk", $0)] } ?? [],
      isComplete: session.drill?.isComplete ?? false)
  }
}
