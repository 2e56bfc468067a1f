/// Placeholder of the contract; its builder replaces it.
package enum FourThreeTwoExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "rounds", .numbers(2...6, each: 10...600), .list(["240", "180", "120"]), "seconds of each round, in order"),
    DrillParameter("think", .seconds(0...300), .number(20), "time to think before the first round"),
    DrillParameter("rest", .seconds(0...120), .number(10), "rest between rounds"),
    TopicParameters.topic, TopicParameters.topics,
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("speed-gain", "speed won from the first round to the last", "%"),
    DrillMeasure("hesitation-share", "hesitations left in the last round, of those in the first", "%", better: .less),
    DrillMeasure("pace-first", "pace of the first round", "words a minute", better: .neither),
    DrillMeasure("pace", "pace of the last round", "words a minute", better: .neither),
    DrillMeasure("hesitations-first", "hesitations in the first round", "a minute", better: .less, places: 1),
    DrillMeasure("hesitations", "hesitations in the last round", "a minute", better: .less, places: 1),
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
