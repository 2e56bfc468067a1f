/// Reading at a given rate to a beat that fades out; at several rates one after the other it is a gear shift.
///
/// The text is known, so that words a minute are those of the text: its syllables passed, by its own syllables a word.
package enum MetronomeExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("rates", .numbers(1...6, each: 60...260), .list(["140"]), "words a minute, one gear each"),
    DrillParameter("band", .number(3...40), .number(10), "per cent either side of a rate that count as held"),
    DrillParameter(
      "fade", .number(0...100), .number(60), "per cent of a gear after which the beat has faded out; 0 for no beat"),
    DrillParameter("window", .seconds(3...15), .number(8), "the stretch that a rate is taken over"),
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

  package static func problem(_ drill: Drill) -> String? {
    let said = ReadingBlocks.said(in: drill.body)
    if said.isEmpty { return "there is no text to read" }
    let rates = rates(drill)
    if drill.word("text") == "parts", said.count != rates.count {
      return "it has \(rates.count) rates and \(said.count) paragraphs; with text: parts each rate reads its own"
    }
    let shortest = blocks(drill).read.map { Script(markdown: $0).spokenWords }.min() ?? 0
    return shortest < leastWords ? "a gear needs \(leastWords) words at least, or no rate can be told" : nil
  }

  /// Words of a gear: at 200 words a minute, six seconds.
  private static let leastWords = 20

  package static func script(_ drill: Drill) -> String? { blocks(drill).markdown }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let blocks = blocks(start.drill)
    let text = ReadText(Script(markdown: blocks.markdown))
    let rates = rates(start.drill)
    return zip(rates, blocks.sentences).enumerated().map { index, gear in
      let (rate, sentences) = gear
      let name = rates.count == 1 ? "\(Int(rate)) words a minute" : "gear \(index + 1) of \(rates.count)"
      return .reading(
        name, "Read aloud at \(Int(rate)) words a minute, a syllable to a beat.", of: text, sentences: sentences,
        wordsPerMinute: rate / 2, rate: rate)
    }
  }

  package static func isOver(_ step: DrillStep, in session: Session) -> Bool {
    guard ReadingEnd.mayBe(in: session), let sentences = step.sentences, session.drill != nil else { return false }
    let read = heard(session)
    let tokens = read.text.script.tokens(ofSentences: sentences)
    return ReadingEnd.isOver(read, from: tokens.lowerBound, to: tokens.upperBound)
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let run = session.drill, let index = run.index ?? run.spans.last?.step else {
      return .reading(.init(words: []))
    }
    let read = heard(session)
    let gears = Gear.all(run, read)
    guard gears.indices.contains(index), let sentences = run.steps[index].sentences else {
      return .reading(.init(words: []))
    }
    let gear = gears[index]
    let seconds = max(0, session.seconds - run.stepStart)
    let reading = DrillScene.Reading(words: read.words(of: sentences), silenceSeconds: session.silenceSeconds)
    // Of a stretch in which nothing was said there is no rate to hold.
    let isSilent = session.lastSilenceSeconds >= run.drill.number("window")
    let band = DrillScene.Band(
      unit: "words a minute", value: isSilent ? nil : gear.windows.last?.rate, low: gear.band.lowerBound,
      high: gear.band.upperBound,
      past: gear.windows.map(\.rate), tally: run.steps[index].name)
    let beats = gear.rate * gear.syllablesPerWord / 60
    return .beat(
      .init(
        rate: gear.rate, beatsPerSecond: beats, beats: beats * seconds, strength: gear.strength(after: seconds),
        band: band, reading: reading))
  }

  package static func progress(_ session: Session) -> Double {
    guard session.drill != nil else { return 0 }
    let read = heard(session)
    return read.text.count == 0 ? 0 : read.text.syllables[read.place] / max(read.text.syllables[read.text.count], 1)
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let run = session.drill else { return DrillFinding(isComplete: false) }
    let read = heard(session)
    guard read.hasBegun else { return DrillFinding(isComplete: run.isComplete) }
    if let refusal = read.refusal { return DrillFinding(isComplete: read.isDone(session), refusal: refusal) }
    let gears = Gear.all(run, read)
    let windows = gears.flatMap(\.windows)
    let unaided = windows.filter(\.isUnaided)
    var figures: [DrillFigure] = []
    func add(_ name: String, _ part: Int, of all: Int) {
      if all > 0 { figures.append(DrillFigure(name, Double(part) / Double(all))) }
    }
    add("in-band", windows.count(where: \.isHeld), of: windows.count)
    add("unaided", unaided.count(where: \.isHeld), of: unaided.count)
    add("gears", gears.count(where: \.isHeld), of: gears.count)
    for (index, gear) in gears.enumerated() {
      if let whole = gear.whole { figures.append(DrillFigure("rate-\(index + 1)", whole)) }
    }
    return DrillFinding(figures: figures, rows: gears.map(\.row) + [read.sourceRow], isComplete: read.isDone(session))
  }

  private static func rates(_ drill: Drill) -> [Double] {
    let rates = drill.numbers("rates").map { min(max($0, 60), 260) }
    return rates.isEmpty ? [140] : Array(rates.prefix(6))
  }

  private static func blocks(_ drill: Drill) -> ReadingBlocks {
    let (rates, said) = (rates(drill), ReadingBlocks.said(in: drill.body))
    let isParts = drill.word("text") == "parts" && said.count >= rates.count
    let whole = said.joined(separator: "\n\n")
    return ReadingBlocks(reading: rates.indices.map { isParts ? said[$0] : whole })
  }

  private static func heard(_ session: Session) -> ReadAloud {
    guard let run = session.drill else { return ReadAloud(ReadText(Script()), in: session) }
    let script = session.script ?? Script(markdown: blocks(run.drill).markdown)
    return ReadAloud(ReadText(script, parts: run.steps.compactMap { $0.sentences?.lowerBound }), in: session)
  }
}
