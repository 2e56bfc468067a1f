/// One line with a silence before and behind it that makes a room listen.
///
/// Two to three seconds; beyond five a pause reads as lost. Where the text has `//`, the pauses stand there; else they
/// stand around the line in bold.
package enum PowerPauseExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("least", .seconds(0.8...6), .number(2), "the shortest pause that has power"),
    DrillParameter("most", .seconds(1...8), .number(3), "the longest one before it reads as lost"),
    DrillParameter(
      "sides", .choice(["both", "before", "after"]), .text("both"),
      "on which sides of a line in bold the pauses stand; // marks say it themselves"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("hits", "power pauses held", "%"),
    DrillMeasure("before", "pause before the line", "seconds", better: .neither, places: 1),
    DrillMeasure("after", "pause after the line", "seconds", better: .neither, places: 1),
    DrillMeasure("elsewhere", "longest pause elsewhere", "seconds", better: .less, places: 1),
  ]

  package static func problem(_ drill: Drill) -> String? {
    let script = Script(markdown: drill.body)
    if script.isEmpty { return "there is no text to read" }
    if drill.number("most") < drill.number("least") { return "most is shorter than least" }
    return edges(script, drill).isEmpty
      ? "there is no // between the words of its text and no line in bold with text around it" : nil
  }

  package static func script(_ drill: Drill) -> String? { drill.body }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let script = Script(markdown: start.drill.body)
    let (least, most) = (start.drill.number("least"), start.drill.number("most"))
    return [
      .reading(
        "read", "Read aloud. Be silent for \(least) to \(most) s around the marked line, and look up.",
        of: text(start.drill, script), sentences: script.sentences.indices)
    ]
  }

  package static func isOver(_ step: DrillStep, in session: Session) -> Bool {
    guard ReadingEnd.mayBe(in: session), let drill = session.drill?.drill else { return false }
    let read = heard(session, drill)
    return ReadingEnd.isOver(read, from: 0, to: read.text.count, longest: drill.number("most"))
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let drill = session.drill?.drill else { return .reading(.init(words: [])) }
    let read = heard(session, drill)
    let pauses = pauses(read, drill)
    let sign = Script.PauseMark.long.sign
    let marks = pauses.entries.map { ($0.place, $0.mark(at: read.place, silence: session.silenceSeconds, sign: sign)) }
    return .reading(
      .init(
        words: read.words(of: read.text.script.sentences.indices, marks: Dictionary(marks) { first, _ in first }),
        silenceSeconds: session.silenceSeconds,
        tally: "\(pauses.entries.count(where: \.isHit)) of \(pauses.entries.count) held"))
  }

  package static func progress(_ session: Session) -> Double {
    guard let drill = session.drill?.drill else { return 0 }
    return pauses(heard(session, drill), drill).hits ?? 0
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let drill = session.drill?.drill else { return DrillFinding(isComplete: false) }
    let read = heard(session, drill)
    guard read.hasBegun else { return DrillFinding(isComplete: session.drill?.isComplete ?? false) }
    if let refusal = read.refusal { return DrillFinding(isComplete: read.isDone(session), refusal: refusal) }
    let pauses = pauses(read, drill)
    let places = Set(read.text.marks)
    let edges = edges(read.text.script, drill)
    func seconds(_ isBefore: Bool) -> Double? {
      let entry = zip(pauses.entries, edges).first { $1.isBefore == isBefore }?.0
      return entry.flatMap { $0.start == nil ? nil : $0.got ?? 0 }
    }
    let figures = [
      ("hits", pauses.hits), ("before", seconds(true)), ("after", seconds(false)),
      ("elsewhere", read.silences.filter { !places.contains($0.place) && $0.place > 0 }.map(\.seconds).max() ?? 0),
    ].compactMap { name, value in value.map { DrillFigure(name, $0) } }
    let wanted = "\(drill.number("least")) to \(drill.number("most"))"
    return DrillFinding(
      figures: figures, rows: pauses.rows(read.text) { _ in wanted } + [read.sourceRow],
      isComplete: read.isDone(session))
  }

  // MARK: The line

  /// A place that a pause is asked for at, and whether it is the one before the line.
  private struct Edge {
    var place: Int
    var isBefore: Bool
  }

  /// The places of the pauses, in order.
  private static func edges(_ script: Script, _ drill: Drill) -> [Edge] {
    let count = script.tokens.count
    let sides = drill.word("sides")
    let marks = script.tokens.indices.filter { script.tokens[$0].pauseAfter == .long && $0 + 1 < count }
    if marks.count == 1 { return [Edge(place: marks[0] + 1, isBefore: sides != "after")] }
    if !marks.isEmpty { return marks.enumerated().map { Edge(place: $1 + 1, isBefore: $0 % 2 == 0) } }
    var edges: [Edge] = []
    for line in lines(script) {
      if sides != "after", line.lowerBound > 0 { edges.append(Edge(place: line.lowerBound, isBefore: true)) }
      if sides != "before", line.upperBound < count { edges.append(Edge(place: line.upperBound, isBefore: false)) }
    }
    return edges
  }

  /// Tokens in bold, run by run; whole sentences where there are any, for a single word in bold is but stressed.
  private static func lines(_ script: Script) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in script.tokens.indices where script.tokens[index].isStressed {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    let starts = Set(script.sentences.map(\.tokens.lowerBound))
    let ends = Set(script.sentences.map(\.tokens.upperBound))
    let whole = runs.filter { starts.contains($0.lowerBound) && ends.contains($0.upperBound) }
    return whole.isEmpty ? runs.filter { $0.count >= 3 } : whole
  }

  private static func text(_ drill: Drill, _ script: Script) -> ReadText {
    let middle = (drill.number("least") + drill.number("most")) / 2
    return ReadText(script, wanted: Dictionary(edges(script, drill).map { ($0.place, middle) }) { first, _ in first })
  }

  private static func heard(_ session: Session, _ drill: Drill) -> ReadAloud {
    ReadAloud(text(drill, session.script ?? Script(markdown: drill.body)), in: session)
  }

  private static func pauses(_ read: ReadAloud, _ drill: Drill) -> MarkedPauses {
    let least = drill.number("least")
    return MarkedPauses(
      read, at: read.text.marks.map { ($0, read.text.wanted[$0] ?? 0, least...max(least, drill.number("most"))) })
  }
}
