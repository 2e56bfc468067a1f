/// Placeholder of the contract; its builder replaces it.
package enum TongueTwisterExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("repeats", .whole(1...6), .number(3), "how often each paragraph of the text is said"),
    DrillParameter("rise", .number(0...40), .number(3), "per cent that each time is to be faster than the one before"),
    DrillParameter("pause", .seconds(0.25...2), .number(0.4), "the longest pause inside a clean repetition"),
    DrillParameter(
      "heard", .number(40...100), .number(75),
      "per cent of the words that must be heard in a clean repetition, where words are recognised"),
    DrillParameter(
      "syllables", .number(10...60), .number(20),
      "per cent of syllables that a clean repetition may have more or fewer of, where no words are recognised"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("clean", "clean repetitions"),
    DrillMeasure("rise", "smallest gain in speed from one to the next", "%"),
    DrillMeasure("faster", "steps that were faster enough", "%"),
    DrillMeasure("speed-first", "first repetition", "syllables a second", better: .neither, places: 1),
    DrillMeasure("speed-last", "last repetition", "syllables a second", better: .neither, places: 1),
    DrillMeasure("stumbles", "stumbles", better: .less),
  ]

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    [DrillStep(.speak, "talk", "Speak.", seconds: start.drill.seconds)]
  }

  package static func scene(_ session: Session) -> DrillScene { .talk(.init(seconds: session.seconds)) }

  package static func finding(_ session: Session) -> DrillFinding {
    DrillFinding(isComplete: session.drill?.isComplete ?? false)
  }
}
