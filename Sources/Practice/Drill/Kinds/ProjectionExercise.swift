/// Projection: the same text from further and further away, as loud at the microphone as before, to the end of each
/// sentence.
///
/// The microphone stays where it is and stands for the listener. In the open a voice loses 6 dB with each doubling of
/// the distance, in a room less beyond a step or two; the level is taken where it arrives, so what is asked for is what
/// a listener there needs. Levels are those of whole seconds of speech in dBFS; ends are those of `Phrase`.
package enum ProjectionExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "distances", .texts(1...6, limit: 60), .list(["an arm's length", "two steps back", "four steps back"]),
      "where the learner stands, one reading each; the microphone stays where it is"),
    DrillParameter("reading", .seconds(8...300), .number(30), "longest time at one distance"),
    DrillParameter("walk", .seconds(0...60), .number(6), "time to get to the next distance"),
    DrillParameter("band", .number(1...12), .number(4), "decibels by which the level may lie over or under the target"),
    DrillParameter(
      "target", .choice(["first", "own"]), .text("first"),
      "level to be held: that of the first distance, or the calibrated one where there is one"),
    DrillParameter("fade", .number(1...20), .number(6), "decibels by which a phrase may fall at its end"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("in-band", "time at the right level", "%"),
    DrillMeasure("end-drop", "fall at the ends of phrases", "dB", better: .less, places: 1),
    DrillMeasure("fades", "phrases that fade", "%", better: .less),
    DrillMeasure("level-change", "level lost from the first distance to the last", "dB", better: .less, places: 1),
  ]

  /// A reading is over after so much silence, in seconds, behind so much of the speech that its text should take, and at
  /// least so many seconds of it.
  private static let silence = 2.0, speechShare = 0.6, leastSpeech = 3.0
  /// Words a minute of speech without its pauses, at the fast end.
  private static let fastPace = 180.0
  /// The level that a band stands at before any is known, in dBFS.
  private static let usualLevel = -26.0

  package static func problem(_ drill: Drill) -> String? {
    Script(markdown: drill.body).isEmpty ? "has nothing to read aloud; write it below the front matter" : nil
  }

  package static func script(_ drill: Drill) -> String? {
    Array(repeating: drill.body, count: max(drill.list("distances").count, 1)).joined(separator: "\n\n")
  }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let drill = start.drill
    let sentences = Script(markdown: drill.body).sentences.count
    let (reading, walk) = (drill.number("reading"), drill.number("walk"))
    let steps = drill.list("distances").enumerated().flatMap { place, distance -> [DrillStep] in
      let way = DrillStep(.think, distance, "Now stand there: \(distance).", seconds: walk)
      let read = DrillStep(
        .speak, distance,
        place == 0 ? "Read as you would to one listener." : "Read it as loud at the microphone as before.",
        seconds: reading, sentences: place * sentences..<(place + 1) * sentences)
      return place == 0 || walk <= 0 ? [read] : [way, read]
    }
    return steps.isEmpty ? [DrillStep(.speak, "reading", "Read it.", seconds: reading)] : steps
  }

  package static func isOver(_ step: DrillStep, in session: Session) -> Bool {
    guard let run = session.drill, step.role == .speak, session.lastSilenceSeconds >= silence else { return false }
    let words = Double(Script(markdown: run.drill.body).tokens.count)
    return session.speechSecondsInStep >= max(leastSpeech, speechShare * words * 60 / fastPace)
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let run = session.drill else { return .band(.init(unit: "dB", value: nil, low: 0, high: 0)) }
    let held = HeldLevels(run, session)
    let band = run.drill.number("band")
    let target = held.target ?? session.beginning?.ownLevelDecibels ?? usualLevel
    let isReading = run.step?.isMeasured ?? false
    let past = isReading ? held.readings.last?.levels ?? [] : []
    let tally = held.readings.map { reading in
      "\(reading.name) \(Int((100 * reading.share(near: target, within: band)).rounded())) %"
    }
    return .band(
      .init(
        unit: "dB", value: past.isEmpty ? nil : RobustSpread.median(past.suffix(3)), low: target - band,
        high: target + band, past: past,
        text: Script(markdown: run.drill.body).tokens.map(\.text).joined(separator: " "),
        tally: tally.joined(separator: ", ")))
  }

  package static func progress(_ session: Session) -> Double {
    guard let run = session.drill else { return 0 }
    let held = HeldLevels(run, session)
    let shares = held.target.map { target in
      held.readings.reduce(0) { $0 + $1.share(near: target, within: run.drill.number("band")) }
    }
    return (shares ?? 0) / Double(max(run.steps.count(where: \.isMeasured), 1))
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let run = session.drill else { return DrillFinding(isComplete: false) }
    let held = HeldLevels(run, session)
    let (band, fade) = (run.drill.number("band"), run.drill.number("fade"))
    var figures: [DrillFigure] = []
    if let share = held.share(within: band) { figures.append(DrillFigure("in-band", share)) }
    let drops = held.readings.flatMap(\.drops)
    if !drops.isEmpty {
      figures.append(DrillFigure("end-drop", RobustSpread.median(drops)))
      figures.append(DrillFigure("fades", Double(drops.count { $0 > fade }) / Double(drops.count)))
    }
    if held.readings.count > 1, let first = held.readings.first?.level, let last = held.readings.last?.level {
      figures.append(DrillFigure("level-change", first - last))
    }
    return DrillFinding(
      figures: figures, rows: held.readings.map { row($0, held.target, band) }, isComplete: run.isComplete)
  }

  private static func row(_ reading: HeldLevels.Reading, _ target: Double?, _ band: Double) -> DrillRow {
    guard let level = reading.level, let target else {
      return DrillRow(reading.name, "nothing was heard", isHit: false, start: reading.start)
    }
    let apart = (level - target).rounded(places: 1)
    let place = apart == 0 ? "at the level to be held" : "\(abs(apart)) dB \(apart < 0 ? "under" : "over") it"
    let share = Int((100 * reading.share(near: target, within: band)).rounded())
    let drop = RobustSpread.median(reading.drops).rounded(places: 1)
    let ends = reading.drops.isEmpty ? "" : ", ends \(drop < 0 ? "rise" : "fall") \(abs(drop)) dB"
    return DrillRow(
      reading.name, "\(level.rounded(places: 1)) dB, \(place); \(share) % of the time in the band\(ends)",
      isHit: abs(level - target) <= band, start: reading.start)
  }
}
