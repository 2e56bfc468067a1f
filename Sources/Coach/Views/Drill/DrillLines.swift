import Practice
import Terminal

/// A drill in sentences, for screen readers and logs.
enum DrillLines {
  /// The lines of an event of a drill, given the session after it.
  static func lines(for event: SessionEvent, _ session: Session) -> [String] {
    guard let run = session.drill else { return [] }
    switch event.kind {
    case .drill(let start): return beginning(start, among: start.drill.kind.exercise.measures)
    case .step:
      guard let index = run.index, let step = run.step else { return [DrillMessages.over] }
      let scene = run.drill.kind.exercise.scene(session)
      return [known(scene)].compactMap(\.self) + [begins(step, index, run.steps.count, scene)]
    case .drilled(let result): return self.result(result, of: run.drill, among: run.drill.kind.exercise.measures)
    default: return []
    }
  }

  /// What a drill is, when it is passed, what to do in it and what to read.
  static func beginning(_ start: DrillStart, among measures: [DrillMeasure]) -> [String] {
    let drill = start.drill
    let pass = DrillWords.pass(drill, among: measures).map { "To pass: \($0)." } ?? DrillMessages.neverGraded
    let texts = DrillWords.readAloud(drill).map { "Read: " + $0 }
    return
      (["Drill: \(drill.name), \(DrillWords.length(drill.seconds)). \(pass)"]
      + DrillWords.instructions(drill.body) + texts).map(sanitised)
  }

  /// A step that begins: which it is, what to do, and for how long.
  static func begins(_ step: DrillStep, _ index: Int, _ count: Int, _ scene: DrillScene) -> String {
    var words = [step.instruction]
    switch scene {
    case .pair(let pair): words = ["\(pair.item) of \(pair.ofItems), say: \(pair.word), not \(pair.other)."]
    case .breath(let breath):
      words = ["\(DrillMessages.breath(breath.phase)), \(Figures.decimal(breath.ofSeconds, 0)) s."]
    case .contours(let contours) where !contours.text.isEmpty: words.append("The line: " + contours.text)
    case .talk(let talk):
      // What is talked about is told once.
      guard index == 0 else { break }
      if !talk.topic.isEmpty { words.append("Topic: \(talk.topic).") }
      if !talk.frame.isEmpty { words.append("Frame: \(talk.frame.joined(separator: ", ")).") }
    case .band(let band):
      if !band.text.isEmpty { words.append("Read: " + band.text) }
      words.append("Stay within \(bounds(band)).")
    case .beat(let beat): words.append("Stay within \(bounds(beat.band)).")
    case .reading, .clip, .contours: break
    }
    switch scene {
    case .pair, .breath: break
    default:
      if !scene.isRead, let seconds = step.seconds, seconds >= 1 {
        words.append("\(DrillWords.length(seconds)) at most.")
      }
    }
    let name = count > 1 && !step.name.isEmpty ? step.name + ": " : ""
    return sanitised(name + words.joined(separator: " "))
  }

  private static func bounds(_ band: DrillScene.Band) -> String {
    let places = band.high - band.low < 5 ? 1 : 0
    return "\(Figures.decimal(band.low, places)) to \(Figures.decimal(band.high, places)) \(band.unit)"
  }

  /// What is known of the item or line before.
  private static func known(_ scene: DrillScene) -> String? {
    switch scene {
    case .pair(let pair): pair.last.map { sanitised(DrillMessages.outcome($0.word, $0.outcome)) }
    case .contours(let contours):
      contours.scores.last.map { "the line before was \(Figures.percent($0)) like the model" }
    default: nil
    }
  }

  /// How the attempt stands, in one line; empty where there is nothing to say, nil without a drill.
  static func standing(_ session: Session) -> String? {
    guard let drill = session.drill else { return nil }
    return standing(drill.drill.kind.exercise.scene(session)) ?? ""
  }

  /// What a scene says of how it goes; nil where it says nothing.
  static func standing(_ scene: DrillScene) -> String? {
    func band(_ band: DrillScene.Band) -> String? {
      guard let value = band.value, value.isFinite else { return band.tally.isEmpty ? nil : band.tally }
      let places = band.high - band.low < 5 ? 1 : 0
      let advice = DrillMessages.advice(band) ?? "just right"
      let now = "\(Figures.decimal(value, places)) \(band.unit), \(advice)"
      return band.tally.isEmpty ? now : now + "; " + band.tally
    }
    switch scene {
    case .reading(let reading): return reading.tally.isEmpty ? nil : reading.tally
    case .beat(let beat): return band(beat.band)
    case .band(let shown): return band(shown)
    case .talk(let talk):
      let parts =
        talk.counts.map { "\($0.0) \($0.1)" }
        + [talk.projectedSeconds.map { "you will end at " + clockTime($0) }].compactMap(\.self)
      return parts.isEmpty ? nil : parts.joined(separator: ", ")
    case .clip(let clip): return Figures.count(clip.taps.count, "tap")
    case .pair(let pair): return "right \(pair.right), other \(pair.wrong), not sure \(pair.unsure)"
    case .contours, .breath: return nil
    }
  }

  /// The light of the step, when it changes in the second that ends at `seconds`.
  static func light(_ session: Session, at seconds: Double) -> [String] {
    guard let now = session.stepLight(at: seconds), let before = session.stepLight(at: seconds - 1) else { return [] }
    let name = RehearsalWords.lightWords(now, brief: true).0
    guard name != "wait", name != RehearsalWords.lightWords(before, brief: true).0 else { return [] }
    return ["light: " + RehearsalWords.lightWords(now, brief: false).0]
  }

  /// A result in sentences: the verdict, what was asked, the other figures, every mark.
  static func result(_ result: DrillResult, of drill: Drill, among measures: [DrillMeasure]) -> [String] {
    let all = DrillResultRows(result, of: drill, measures: measures)
    let rows = all.rows.map { row in
      let hit = row.isHit.map { $0 ? "yes, " : "no, " } ?? ""
      let asked = row.asked.isEmpty ? "" : ", asked \(row.asked)"
      return sanitised("\(row.label): \(hit)\(row.value)\(asked)")
    }
    return [sanitised("\(all.verdict.word). \(all.verdict.sentence)")] + rows
  }

  /// What stands below a result: earlier attempts, when it comes back, what is next.
  static func after(_ state: DrillState, _ result: DrillResult?, of drill: Drill) -> [String] {
    let measure = DrillWords.measure(drill.measure, among: drill.kind.exercise.measures)
    let past = PastRow.words(state.past, of: measure).map { "before: " + $0 }
    let best =
      result.map { PastRow.isBest($0, state.past, of: measure) } == true ? DrillMessages.newBest : nil
    let due = state.result.due.isEmpty ? nil : DrillMessages.again(state.result.due)
    return [past, best, due, state.result.next.map(DrillMessages.next)].compactMap(\.self).map(sanitised)
  }
}
