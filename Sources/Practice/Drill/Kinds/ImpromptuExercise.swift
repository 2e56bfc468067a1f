/// Placeholder of the contract; its builder replaces it.
package enum ImpromptuExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    TopicParameters.topic, TopicParameters.topics, TalkFrame.parameter("prep"),
    DrillParameter("think", .seconds(0...120), .number(15), "time to think"),
    DrillParameter(
      "length", .text(limit: 40), .text("1-2m"), "how long the talk should be: green, amber and red light"),
    DrillParameter("early", .seconds(0...300), .number(0), "how far below the length still qualifies"),
    DrillParameter("late", .seconds(0...300), .number(30), "how far above the length still qualifies"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("talk-seconds", "first word to last", "seconds", better: .neither),
    DrillMeasure("within", "inside the qualifying time", "%"),
    DrillMeasure("fillers-per-minute", "fillers a minute", "a minute", better: .less, places: 1),
    DrillMeasure("fillers", "fillers", "fillers", better: .less),
    DrillMeasure("longest-silence", "longest silence", "seconds", better: .less, places: 1),
    DrillMeasure("pace", "pace", "words a minute", better: .neither),
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
