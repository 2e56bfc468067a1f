/// Minimal pairs: words that one sound holds apart, asked for one at a time; the recogniser says which of the two it
/// heard.
///
/// It is a test of what a machine hears, not of an accent: what is counted is how often the recogniser heard the other
/// word, and where the two lie too close together it says that it is not sure (`PairVerdict`).
package enum MinimalPairsExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "contrasts", .texts(1...12, limit: 60), .list(["auto"]),
      "Sounds to hold apart, by their names in Prompts/contrasts; `auto` takes those that speakers of your first "
        + "language mix up."),
    DrillParameter(
      "pairs", .pairs(0...PairItem.pairLimit), .list([]),
      "Pairs of your own instead of contrasts, such as [ship/sheep, bit/beat]."),
    DrillParameter("items", .whole(4...60), .number(16), "Words asked for, one after the other."),
    DrillParameter("each", .seconds(2...20), .number(6), "Seconds for a word at most."),
  ]

  package static let measures: [DrillMeasure] = [
    DrillMeasure("right", "heard as asked", "%"),
    DrillMeasure("unsure", "not sure", "%", better: .less),
    DrillMeasure("heard", "words heard", "words"),
    DrillMeasure("wrong", "heard as the other word", "words", better: .less),
    DrillMeasure("worst", "hardest contrast, heard as the other", "%", better: .less),
  ]

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let each = start.drill.number("each")
    return PairItem.asked(start).enumerated().map { place, item in
      DrillStep(.item(place), "word \(place + 1)", "Say \"\(item.word)\", not \"\(item.other)\".", seconds: each)
    }
  }

  package static func scene(_ session: Session) -> DrillScene { .talk(.init(seconds: session.seconds)) }

  package static func finding(_ session: Session) -> DrillFinding { DrillFinding() }
}
