/// Reading with marks: a short pause at `/`, a long one at `//`, and none in between.
///
/// A hit is a pause at its mark whose length is right; every mark is told. Learners of pausing exaggerate first and read
/// from marked texts, as voice teachers have it; what listeners find natural is about 0.6 s (Frontiers in Psychology
/// 2022, 778018).
package enum MarkedReadingExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("short", .seconds(0.3...3), .number(0.6), "the pause that / asks for"),
    DrillParameter("long", .seconds(0.5...5), .number(1.5), "the pause that // asks for"),
    DrillParameter(
      "tolerance", .seconds(0.05...1), .number(0.3), "how much shorter or longer a pause may be and still be a hit"),
    DrillParameter(
      "extra", .seconds(0.3...3), .number(0.35),
      "from this length on a pause counts that stands at no mark, no stop and no comma"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("hits", "marks hit", "%"),
    DrillMeasure("marks", "marks in the text", better: .neither),
    DrillMeasure("extra-pauses", "pauses where none was asked for", better: .less),
    DrillMeasure("mean-error", "mean error of a pause at a mark", "seconds", better: .less, places: 2),
  ]

  package static func problem(_ drill: Drill) -> String? {
    let text = text(drill, nil)
    if text.count == 0 { return "there is no text to read" }
    guard !text.marks.isEmpty else {
      return "there is no / or // between the words of its text"
    }
    return drill.number("long") < drill.number("short") ? "long is shorter than short" : nil
  }

  package static func script(_ drill: Drill) -> String? { drill.body }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let text = text(start.drill, nil)
    let (short, long) = (start.drill.number("short"), start.drill.number("long"))
    return [
      .reading(
        "read", "Read aloud. Be silent for \(short) s at / and for \(long) s at //.", of: text,
        sentences: text.script.sentences.indices)
    ]
  }

  package static func isOver(_ step: DrillStep, in session: Session) -> Bool {
    guard ReadingEnd.mayBe(in: session), let drill = session.drill?.drill else { return false }
    let read = ReadAloud(text(drill, session), in: session)
    let longest = read.text.wanted.compactMap(\.self).max() ?? 0
    return ReadingEnd.isOver(read, from: 0, to: read.text.count, longest: longest + drill.number("tolerance"))
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let drill = session.drill?.drill else { return .reading(.init(words: [])) }
    let read = ReadAloud(text(drill, session), in: session)
    let pauses = pauses(read, drill)
    var marks: [Int: DrillScene.Reading.Mark] = [:]
    for entry in pauses.entries {
      let sign = (read.text.script.tokens[entry.place - 1].pauseAfter ?? .short).sign
      marks[entry.place] = entry.mark(at: read.place, silence: session.silenceSeconds, sign: sign)
    }
    return .reading(
      .init(
        words: read.words(of: read.text.script.sentences.indices, marks: marks),
        silenceSeconds: session.silenceSeconds,
        tally: "\(pauses.entries.count(where: \.isHit)) of \(pauses.entries.count) marks"))
  }

  package static func progress(_ session: Session) -> Double {
    guard let drill = session.drill?.drill else { return 0 }
    return pauses(ReadAloud(text(drill, session), in: session), drill).hits ?? 0
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let drill = session.drill?.drill else { return DrillFinding(isComplete: false) }
    let read = ReadAloud(text(drill, session), in: session)
    guard read.hasBegun else { return DrillFinding(isComplete: session.drill?.isComplete ?? false) }
    if let refusal = read.refusal { return DrillFinding(isComplete: read.isDone(session), refusal: refusal) }
    let pauses = pauses(read, drill)
    let extra = MarkedPauses.extra(read, from: drill.number("extra"), marks: Set(read.text.marks))
    let figures = [
      ("hits", pauses.hits), ("marks", Double(pauses.entries.count)), ("extra-pauses", Double(extra.count)),
      ("mean-error", pauses.meanError),
    ].compactMap { name, value in value.map { DrillFigure(name, $0) } }
    let rows = pauses.rows(read.text) { "\($0.target)" }
    return DrillFinding(
      figures: figures, rows: rows + read.rows(ofExtra: extra) + [read.sourceRow], isComplete: read.isDone(session))
  }

  private static func text(_ drill: Drill, _ session: Session?) -> ReadText {
    ReadText(
      session?.script ?? Script(markdown: drill.body),
      marks: [.short: drill.number("short"), .long: drill.number("long")])
  }

  private static func pauses(_ read: ReadAloud, _ drill: Drill) -> MarkedPauses {
    let tolerance = drill.number("tolerance")
    return MarkedPauses(
      read,
      at: read.text.marks.map { place in
        let wanted = read.text.wanted[place] ?? 0
        return (place, wanted, max(0.05, wanted - tolerance)...wanted + tolerance)
      })
  }
}
