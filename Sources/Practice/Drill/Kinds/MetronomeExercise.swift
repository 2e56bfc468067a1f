/// Placeholder of the contract; its builder replaces it.
package enum MetronomeExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("rates", .numbers(1...6, each: 60...260), .list(["140"]), "words a minute, one gear each"),
    DrillParameter("band", .number(3...40), .number(10), "per cent either side of a rate that count as held"),
    DrillParameter(
      "fade", .number(0...100), .number(60), "per cent of a gear after which the beat has faded out; 0 for no beat"),
    DrillParameter("window", .seconds(3...15), .number(5), "the stretch that a rate is taken over"),
    DrillParameter(
      "text", .choice(["whole", "parts"]), .text("whole"),
      "whether each gear reads the whole text, or a paragraph of its own"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("in-band", "time within the band", "%"),
    DrillMeasure("unaided", "time within the band once the beat is gone", "%"),
    DrillMeasure("gears", "gears held on the whole", "%"),
    DrillMeasure("rate-1", "first gear", "words a minute", better: .neither),
    DrillMeasure("rate-2", "second gear", "words a minute", better: .neither),
    DrillMeasure("rate-3", "third gear", "words a minute", better: .neither),
    DrillMeasure("rate-4", "fourth gear", "words a minute", better: .neither),
    DrillMeasure("rate-5", "fifth gear", "words a minute", better: .neither),
    DrillMeasure("rate-6", "sixth gear", "words a minute", better: .neither),
  ]

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    [DrillStep(.speak, "talk", "Speak.", seconds: start.drill.seconds)]
  }

  package static func scene(_ session: Session) -> DrillScene { .talk(.init(seconds: session.seconds)) }

  package static func finding(_ session: Session) -> DrillFinding {
    DrillFinding(isComplete: session.drill?.isComplete ?? false)
  }
}
