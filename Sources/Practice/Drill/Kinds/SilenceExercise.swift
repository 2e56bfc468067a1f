/// Placeholder of the contract; its builder replaces it.
package enum SilenceExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("talk", .seconds(10...300), .number(90), "the first talk"),
    DrillParameter("clip", .seconds(5...60), .number(30), "how much of it is heard again"),
    DrillParameter("takes", .whole(1...5), .number(3), "takes with a silent pause instead"),
    DrillParameter("take", .seconds(10...120), .number(30), "each of them"),
    DrillParameter("rest", .seconds(0...60), .number(5), "time to think before each of them"),
    TopicParameters.topic, TopicParameters.topics,
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("fillers-share", "fillers left in the last take, of those in the first talk", "%", better: .less),
    DrillMeasure("fillers-per-minute", "fillers in the last take", "a minute", better: .less, places: 1),
    DrillMeasure("fillers-per-minute-first", "fillers in the first talk", "a minute", better: .less, places: 1),
    DrillMeasure("awareness", "fillers noticed, of those heard", "%"),
    DrillMeasure("silent-pauses", "silent pauses in the last take", "a minute", better: .neither, places: 1),
    DrillMeasure("silent-pauses-first", "silent pauses in the first talk", "a minute", better: .neither, places: 1),
  ]

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
