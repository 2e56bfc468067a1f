/// Vocal variety: one line read as a statement, as a question, as good news and as bad news.
///
/// Pitch is taken in semitones, so that a high voice and a low one are measured alike, and its range against the
/// learner's own. Joy is told higher and over a wider range than sadness (Banse & Scherer 1996, "Acoustic profiles in
/// vocal emotion expression"), so of the two the larger difference is the contrast between good news and bad.
package enum VocalVarietyExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "moods", .texts(2...8, limit: 40), .list(["statement", "question", "good news", "bad news"]),
      "how the line is read, one reading each; question, good news and bad news are compared where they are there"),
    DrillParameter("reading", .seconds(5...60), .number(15), "longest time for one reading"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("ratio", "range against one's own", "times", places: 2),
    DrillMeasure("range", "pitch range over all readings", "semitones", places: 1),
    DrillMeasure("contrast", "good news over bad news", "semitones", places: 1),
    DrillMeasure("question-rise", "rise at the end of the question", "semitones", places: 1),
    DrillMeasure("readings", "readings heard", "%"),
  ]
  package static let needsContours = true

  /// A reading is over after so much silence behind so much speech, in seconds.
  private static let silence = 1.5, leastSpeech = 0.5
  /// The range from the tenth to the ninetieth percentile of what is normally distributed, in standard deviations.
  private static let rangeOfDeviation = 2.563
  /// A range taken for one's own is no less, in semitones: against a monotone any voice is lively.
  private static let leastOwn = 1.5
  /// Taken for one's own range before anything is known, in semitones; the ratio asked for where the drill names none.
  private static let usualOwn = 5.0, usualRatio = 1.3
  /// The rise from which a question counts as one, in semitones: clearly more than a level end wavers.
  private static let questionRise = 2.0

  package static func problem(_ drill: Drill) -> String? {
    Script(markdown: drill.body).isEmpty ? "has no line to read; write one below the front matter" : nil
  }

  package static func script(_ drill: Drill) -> String? {
    Array(repeating: drill.body, count: max(drill.list("moods").count, 1)).joined(separator: "\n\n")
  }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let moods = start.drill.list("moods")
    let sentences = Script(markdown: start.drill.body).sentences.count
    let steps = moods.enumerated().map { place, mood in
      DrillStep(
        .speak, mood, "Read the line: \(mood).", seconds: start.drill.number("reading"),
        sentences: place * sentences..<(place + 1) * sentences)
    }
    return steps.isEmpty ? [DrillStep(.speak, "reading", "Read the line.", seconds: 15)] : steps
  }

  package static func isOver(_ step: DrillStep, in session: Session) -> Bool {
    session.speechSecondsInStep >= leastSpeech && session.lastSilenceSeconds >= silence
  }

  /// The learner's own range in semitones: as sessions have it, else that of the plain reading, nil before it was heard.
  private static func own(_ run: DrillRun, _ moods: MoodReadings) -> Double? {
    let usual = run.start.own["pitch-spread"].map { $0 * rangeOfDeviation }
    let plain = moods.reading("statement") ?? moods.readings.first { !$0.semitones.isEmpty }
    return (usual ?? plain?.span).map { max($0, leastOwn) }
  }

  package static func scene(_ session: Session) -> DrillScene {
    let text = session.drill.map { Script(markdown: $0.drill.body).tokens.map(\.text).joined(separator: " ") } ?? ""
    guard let run = session.drill else {
      return .band(.init(unit: "semitones", value: nil, low: 0, high: 0, text: text))
    }
    let moods = MoodReadings(run, now: session.seconds)
    let ratio = run.drill.pass.first { $0.measure == "ratio" }
    var wanted = usualRatio
    if case .atLeast(let least)? = ratio?.bound { wanted = least }
    let low = wanted * (own(run, moods) ?? usualOwn)
    let past = stride(from: run.stepStart + 1, through: max(run.stepStart, session.seconds), by: 1).compactMap {
      MoodReadings(run, now: $0).range
    }
    let heard = moods.readings.filter { !$0.semitones.isEmpty }
    let tally = heard.map { "\($0.mood) \(number($0.span ?? 0))" }.joined(separator: ", ")
    return .band(
      .init(
        unit: "semitones", value: moods.range, low: low, high: 2 * low, past: past, text: text, tally: tally))
  }

  package static func progress(_ session: Session) -> Double {
    guard let run = session.drill else { return 0 }
    let moods = MoodReadings(run, now: session.seconds)
    guard let range = moods.range, let own = own(run, moods) else { return 0 }
    return min(1, range / (2 * own))
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let run = session.drill else { return DrillFinding(isComplete: false) }
    let moods = MoodReadings(run, now: session.seconds)
    let heard = moods.readings.filter { !$0.semitones.isEmpty }
    var figures = [DrillFigure("readings", Double(heard.count) / Double(max(run.steps.count, 1)))]
    if let range = moods.range, let own = own(run, moods) {
      figures.append(DrillFigure("range", range))
      if heard.count > 1 { figures.append(DrillFigure("ratio", range / own)) }
    }
    if let good = moods.reading("good"), let bad = moods.reading("bad"), let high = good.median, let low = bad.median,
      let wide = good.span, let narrow = bad.span
    {
      figures.append(DrillFigure("contrast", max(high - low, wide - narrow)))
    }
    if let rise = moods.reading("question")?.rise { figures.append(DrillFigure("question-rise", rise)) }
    return DrillFinding(figures: figures, rows: moods.readings.map(row), isComplete: run.isComplete)
  }

  private static func row(_ reading: MoodReadings.Reading) -> DrillRow {
    guard let median = reading.median, let span = reading.span else {
      return DrillRow(reading.mood, "nothing was heard", isHit: false, start: reading.start)
    }
    let end = reading.rise.map { ", end \($0 < 0 ? "down" : "up") \(number(abs($0)))" } ?? ""
    let isQuestion = reading.mood.lowercased().contains("question")
    return DrillRow(
      reading.mood, "\(Int(exp2(of: median / 12).rounded())) Hz, range \(number(span)) semitones\(end)",
      isHit: isQuestion ? reading.rise.map { $0 >= questionRise } : nil, start: reading.start)
  }

  private static func number(_ value: Double) -> String { "\(value.rounded(places: 1))" }
}
