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

  package static func problem(_ drill: Drill) -> String? {
    if !drill.language.lowercased().hasPrefix("en") {
      return "language is \(drill.language), and the recogniser tells words apart in English only"
    }
    let unread = drill.list("pairs").first { PairItem($0) == nil }
    return unread.map { "pairs: \"\($0)\" is not two words such as ship/sheep" }
  }

  package static func isOver(_ step: DrillStep, in session: Session) -> Bool {
    guard let run = session.drill else { return false }
    // The newest ones last: what was heard before the step is not looked at again.
    return run.choices.last.map { $0.start >= run.stepStart } ?? false
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let run = PairRun(session), let drill = session.drill else { return .talk(.init(seconds: session.seconds)) }
    let place = min(drill.spans.last?.step ?? 0, run.items.count - 1)
    let isOver = drill.index == nil
    let last = run.answers.prefix(isOver ? place + 1 : place).indices.last { run.answers[$0].outcome != nil }
    return .pair(
      DrillScene.Pair(
        word: run.items[place].word, other: run.items[place].other,
        last: last.flatMap { place in run.answers[place].outcome.map { (run.items[place].word, $0) } },
        right: run.count(.right), wrong: run.count(.other), unsure: run.count(.unsure), item: place + 1,
        ofItems: run.items.count))
  }

  package static func progress(_ session: Session) -> Double {
    PairRun(session).map { Double($0.count(.right)) / Double($0.items.count) } ?? 0
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let run = PairRun(session), let drill = session.drill else { return DrillFinding(isComplete: false) }
    if let refusal = refusal(session, drill) { return DrillFinding(isComplete: drill.isComplete, refusal: refusal) }
    let (right, wrong, unsure) = (run.count(.right), run.count(.other), run.count(.unsure))
    let heard = right + wrong + unsure
    let rows = run.rows(begun: drill.spans.last.map { $0.step + 1 } ?? 0)
    var figures = [DrillFigure("heard", Double(heard)), DrillFigure("wrong", Double(wrong))]
    if drill.isComplete, let refusal = tooLittle(told: right + wrong, heard: heard, of: run.items.count) {
      if heard > 0 { figures.append(DrillFigure("unsure", Double(unsure) / Double(heard))) }
      return DrillFinding(figures: figures, rows: rows, refusal: refusal)
    }
    if right + wrong > 0 { figures.append(DrillFigure("right", Double(right) / Double(right + wrong))) }
    if heard > 0 { figures.append(DrillFigure("unsure", Double(unsure) / Double(heard))) }
    let errors = run.contrasts.compactMap { name, answers in PairRun.error(answers).map { (name, $0) } }
    if let worst = errors.map(\.1).max() { figures.append(DrillFigure("worst", worst)) }
    figures += errors.map { DrillFigure("error-\($0.0)", $0.1) }
    return DrillFinding(figures: figures, rows: rows, isComplete: drill.isComplete)
  }

  /// Words that must be told apart for a share of them to say anything.
  private static let leastTold = 4

  /// Why a whole attempt says nothing of how well words are held apart: fewer than half of them were told apart, or too
  /// few for a share. Nil where enough of them were, and where nothing was heard at all.
  private static func tooLittle(told: Int, heard: Int, of items: Int) -> String? {
    guard heard > 0, 2 * told < items || told < leastTold else { return nil }
    return 2 * heard < items
      ? "Only \(heard) of \(items) words were heard. Say each word as it is shown, a little louder."
      : "The recogniser could tell only \(told) of \(items) words apart. Say the word that is shown and nothing else, in a "
        + "quiet room."
  }

  /// Why nothing can be judged: nobody told words apart while somebody spoke.
  private static func refusal(_ session: Session, _ drill: DrillRun) -> String? {
    if let problem = problem(drill.drill) { return "This drill cannot be judged: \(problem). Take one in English." }
    guard drill.choices.isEmpty, !session.phrases.isEmpty else { return nil }
    return "No recogniser was listening, so no word was told apart. Set recogniser to auto and install its model with "
      + "sudo apt install pocketsphinx-en-us; then do it again."
  }
}
