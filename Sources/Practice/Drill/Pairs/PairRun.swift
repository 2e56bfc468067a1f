/// An attempt at minimal pairs so far: what was asked and what the recogniser heard.
struct PairRun {
  let items: [PairItem]
  let answers: [PairVerdict.Answer]

  /// Nil where the session is no drill.
  init?(_ session: Session) {
    guard let run = session.drill else { return nil }
    items = PairItem.asked(run.start)
    let choices = items.indices.map { place in
      run.span(of: place, now: .infinity).flatMap { span in
        run.choices.first { span.lowerBound <= $0.start && $0.start < span.upperBound }
      }
    }
    answers = PairVerdict.answers(items, choices)
  }

  /// How many items came out so.
  func count(_ outcome: DrillScene.Pair.Outcome) -> Int { answers.count { $0.outcome == outcome } }

  /// The contrasts, in the order in which they were asked, and their answers.
  var contrasts: [(name: String, answers: [PairVerdict.Answer])] {
    var names: [String] = []
    for item in items where !item.contrast.isEmpty && !names.contains(item.contrast) { names.append(item.contrast) }
    return names.map { name in
      (name, zip(items, answers).filter { $0.0.contrast == name }.map(\.1))
    }
  }

  /// A row for each item that was heard or is over, and for each contrast what became of it.
  func rows(begun: Int) -> [DrillRow] {
    zip(items, answers).prefix(begun).map { item, answer in
      DrillRow(
        "\(item.word), not \(item.other)", PairRun.words(answer, item), isHit: PairRun.isHit(answer),
        start: answer.start)
    }
      + contrasts.compactMap { name, answers in
        PairRun.error(answers).map { error in
          let share = Int((error * 100).rounded())
          return DrillRow(name, "the recogniser heard the other word in \(share) % of those it decided")
        }
      }
  }

  /// The share of those decided that were heard as the other word; nil where none was.
  static func error(_ answers: [PairVerdict.Answer]) -> Double? {
    let (right, other) = (answers.count { $0.outcome == .right }, answers.count { $0.outcome == .other })
    return right + other > 0 ? Double(other) / Double(right + other) : nil
  }

  private static func isHit(_ answer: PairVerdict.Answer) -> Bool? {
    switch answer.outcome {
    case .right: true
    case .other: false
    case .unsure, nil: nil
    }
  }

  private static func words(_ answer: PairVerdict.Answer, _ item: PairItem) -> String {
    let sure = answer.confidence.map { " (\(Int(($0 * 100).rounded())) %)" } ?? ""
    return switch answer.outcome {
    case .right: "the recogniser heard \"\(item.word)\"" + sure
    case .other: "the recogniser heard \"\(item.other)\"" + sure
    case .unsure: answer.isNeither ? "not sure: something else was heard" : "not sure which"
    case nil: "nothing was heard"
    }
  }
}
