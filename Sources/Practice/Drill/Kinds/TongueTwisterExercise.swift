/// Lines that are hard to say, each said several times, cleanly and faster each time.
///
/// Clean is without a silence, a filler or a new beginning inside, with the words of the line in order; where no words
/// are recognised, with as many syllables as it has. Speed is the line's own syllables by the time they took.
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

  package static func problem(_ drill: Drill) -> String? {
    let lines = ReadingBlocks.said(in: drill.body)
    if lines.isEmpty { return "there is no line to say" }
    let shortest = lines.map { Script(markdown: $0).spokenWords }.min() ?? 0
    return shortest < leastWords ? "a line needs \(leastWords) words at least, or no speed can be told" : nil
  }

  /// Words of a line: a second of speech.
  private static let leastWords = 4

  package static func script(_ drill: Drill) -> String? { blocks(drill).markdown }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let blocks = blocks(start.drill)
    let text = ReadText(Script(markdown: blocks.markdown))
    let times = times(start.drill)
    let lines = max(blocks.sentences.count / times, 1)
    return blocks.sentences.enumerated().map { index, sentences in
      let (line, time) = (index / times, index % times)
      let name = "\(time + 1) of \(times)" + (lines > 1 ? ", line \(line + 1)" : "")
      return .reading(
        name, instruction(time, of: times), of: text, sentences: sentences, wordsPerMinute: 30)
    }
  }

  private static func instruction(_ time: Int, of times: Int) -> String {
    if time == 0 { return "Say it once, slowly, every sound in its place. Then stop." }
    return time == times - 1
      ? "Once more, as fast as it stays clean. Then stop." : "Again, a little faster, and still clean. Then stop."
  }

  package static func isOver(_ step: DrillStep, in session: Session) -> Bool {
    guard ReadingEnd.mayBe(in: session), let sentences = step.sentences, session.drill != nil else { return false }
    let read = heard(session)
    let tokens = read.text.script.tokens(ofSentences: sentences)
    // No silence belongs into a line, so that a short one ends it.
    let isSaid = read.path.end >= tokens.upperBound && read.openSyllables == 0
    return isSaid && read.silenceSeconds >= ReadingEnd.secondsByWords
      || ReadingEnd.isOver(read, from: tokens.lowerBound, to: tokens.upperBound)
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let run = session.drill, let index = run.index ?? run.spans.last?.step,
      let sentences = run.steps[index].sentences
    else { return .reading(.init(words: [])) }
    let read = heard(session)
    let all = repetitions(read, session)
    let clean = all.count(where: \.isClean)
    var band: DrillScene.Band?
    if all.indices.contains(index), index > 0, all[index].time > 0, let before = all[index - 1].speed {
      let low = before * (1 + run.drill.number("rise") / 100)
      band = DrillScene.Band(
        unit: "syllables a second", value: all[index].speed, low: low, high: 2 * low,
        past: all[..<index].compactMap(\.speed))
    }
    return .reading(
      .init(
        words: read.words(of: sentences), silenceSeconds: session.silenceSeconds,
        tally: "\(clean) of \(all.count) clean", band: band))
  }

  package static func progress(_ session: Session) -> Double {
    let all = repetitions(heard(session), session)
    return all.isEmpty ? 0 : Double(all.count(where: \.isClean)) / Double(all.count)
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let drill = session.drill?.drill else { return DrillFinding(isComplete: false) }
    let read = heard(session)
    guard read.hasBegun else { return DrillFinding(isComplete: session.drill?.isComplete ?? false) }
    if let refusal = read.refusal { return DrillFinding(isComplete: read.isDone(session), refusal: refusal) }
    let all = repetitions(read, session)
    let rises = all.indices.map { index in
      all[index].time == 0 ? nil : rise(from: all[index - 1].speed, to: all[index].speed)
    }
    let known = rises.compactMap(\.self)
    let enough = drill.number("rise") / 100
    let asked = all.count { $0.time > 0 }
    let figures: [(String, Double?)] = [
      ("clean", Double(all.count(where: \.isClean))), ("rise", known.count == asked ? known.min() : nil),
      ("faster", asked > 0 ? Double(known.count { $0 >= enough }) / Double(asked) : nil),
      ("speed-first", all.first?.speed), ("speed-last", all.last?.speed),
      ("stumbles", Double(all.reduce(0) { $0 + $1.stumbles })),
    ]
    return DrillFinding(
      figures: figures.compactMap { name, value in value.map { DrillFigure(name, $0) } },
      rows: zip(all, rises).map { row($0, rise: $1, enough: enough) } + [read.sourceRow],
      isComplete: read.isDone(session))
  }

  private static func rise(from before: Double?, to after: Double?) -> Double? {
    guard let before, let after, before > 0 else { return nil }
    return after / before - 1
  }

  private static func row(_ one: Repetition, rise: Double?, enough: Double) -> DrillRow {
    let label = "line \(one.line + 1), time \(one.time + 1)"
    guard let span = one.span, let speed = one.speed else { return DrillRow(label, "not said", isHit: false) }
    let change = rise.map { ", \($0 < 0 ? "−" : "+")\(Int(abs($0 * 100).rounded())) %" } ?? ""
    let how = one.isClean ? "clean" : one.faults.prefix(3).joined(separator: ", ")
    return DrillRow(
      label, "\(speed.rounded(places: 1)) syllables a second\(change), \(how)",
      isHit: one.isClean && rise.map { $0 >= enough } ?? true, start: span.lowerBound)
  }

  private static func times(_ drill: Drill) -> Int { min(max(Int(drill.number("repeats")), 1), 6) }

  private static func blocks(_ drill: Drill) -> ReadingBlocks {
    ReadingBlocks(
      reading: ReadingBlocks.said(in: drill.body).flatMap { Array(repeating: $0, count: times(drill)) })
  }

  private static func heard(_ session: Session) -> ReadAloud {
    guard let run = session.drill else { return ReadAloud(ReadText(Script()), in: session) }
    let script = session.script ?? Script(markdown: blocks(run.drill).markdown)
    return ReadAloud(ReadText(script, parts: run.steps.compactMap { $0.sentences?.lowerBound }), in: session)
  }

  private static func repetitions(_ read: ReadAloud, _ session: Session) -> [Repetition] {
    guard let run = session.drill else { return [] }
    return Repetition.all(read, sentences: run.steps.compactMap(\.sentences), drill: run.drill, session: session)
  }
}
