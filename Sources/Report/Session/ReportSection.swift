import Practice
import Terminal

/// A part of a report with its heading: the same parts, in the same order, in every form.
struct ReportSection {
  /// What a part is made of.
  enum Content {
    case text(String)
    /// What is quiet and small: how to read what stands above it.
    case note(String)
    case table(Table)
    case scores(ReportScores)
    /// The strip, and the same in numbers.
    case strip(Drawing, Table)
    case turns([Turn])
    case spoken(SpokenText)
  }

  /// A table with names over its columns; the first cell of a row names the row.
  struct Table {
    var caption: String
    var columns: [String]
    var rows: [[String]]
    /// Columns that hold numbers, which stand at the right of theirs.
    var numbers: Set<Int> = []
    /// Columns that are read second, and the one that is read first.
    var quiet: Set<Int> = []
    var strong: Int?
  }

  /// A word that names it in addresses: `figures`.
  let id: String
  let title: String
  let contents: [Content]
}

extension SessionReport {
  /// Steps of the strip's table, at most.
  private static let courseRows = 12
  /// Moments and turns that are told, at most.
  private static let momentRows = 1_000, turnLimit = 2_000

  /// The parts that have something to say, those that are read first first; what was said, the longest one, is last.
  var sections: [ReportSection] {
    let spoken = SpokenText(of: session)
    return [
      drillPart, part("next", "The next step", cleanSteps.map { .text($0) }), course, figuresPart, scoresPart,
      reviewPart,
      momentsPart, talkPart, spokenPart(spoken),
    ].compactMap { $0 }
  }

  private var drillPart: ReportSection? {
    drill.flatMap { drill in
      part(
        "drill", "The drill",
        [.text(printed(drill.verdict, limit: 2_000))]
          + (drill.rows.isEmpty
            ? []
            : [
              .table(
                .init(
                  caption: "What was measured", columns: ["", "measured", "asked", "held"],
                  rows: drill.rows.map { row in row.map { printed($0, limit: 400) } }, quiet: [2, 3], strong: 1))
            ]))
    }
  }

  private var cleanSteps: [String] { nextSteps.prefix(20).map { signed(printed($0, limit: 2_000)) } }

  private func part(_ id: String, _ title: String, _ contents: [ReportSection.Content]) -> ReportSection? {
    contents.isEmpty ? nil : ReportSection(id: id, title: title, contents: contents)
  }

  private var course: ReportSection? {
    guard let strip = TimelineStrip.drawing(of: session) else { return nil }
    return part("course", "The course of the talk", [.strip(strip, courseTable), .note(courseNote)])
  }

  private var courseNote: String {
    "Pace is estimated from syllables over the quarter minute before; the shaded band is "
      + "\(decimal(session.bands.usable.lowerBound, 0)) to \(decimal(session.bands.usable.upperBound, 0)) words a minute. "
      + "Pitch is around the middle of the voice. Diamonds are marks, discs comments."
  }

  private var courseTable: ReportSection.Table {
    let steps = SessionCourse.table(of: session, limit: Self.courseRows).steps
    let rows = steps.map { step in
      [
        "\(clockTime(step.start)) to \(clockTime(step.end))", step.pace.map { decimal($0, 0) } ?? "–",
        decimal(step.pauseShare * 100, 0), "\(step.fillers)", step.pitchSpread.map { decimal($0, 1) } ?? "–",
        "\(step.marks + step.comments)",
      ]
    }
    return ReportSection.Table(
      caption: "The course of the talk in numbers",
      columns: ["time", "words/min", "pauses, %", "fillers", "pitch variety, semitones", "marks, comments"], rows: rows,
      numbers: [1, 2, 3, 4, 5])
  }

  private var figuresPart: ReportSection? {
    let rows = figures.map {
      [
        $0.label, $0.name == "duration" ? clockTime($0.value ?? 0) : $0.valueWords, $0.rangeWords, $0.verdict,
        printed($0.source, limit: 400),
      ]
    }
    return part(
      "figures", "Figures",
      rows.isEmpty
        ? []
        : [
          .table(
            .init(
              caption: "What was measured", columns: ["figure", "value", "likely range", "", "where it comes from"],
              rows: rows, quiet: [2, 3, 4], strong: 1))
        ])
  }

  private var scoresPart: ReportSection? { part("scores", "Scores", scores.map { .scores($0) }) }

  private var reviewPart: ReportSection? {
    let parts = review.withoutTranscript.parts
    let tables = parts.map { part in
      ReportSection.Content.table(
        .init(
          caption: part.title.prefix(1).uppercased() + part.title.dropFirst(), columns: ["", "what was heard"],
          rows: part.rows.map { [printed($0.label, limit: 200), printed($0.text)] }, quiet: [0]))
    }
    return part("review", session.prompter == nil ? "The words" : "The script and the words", tables)
  }

  private var momentsPart: ReportSection? {
    let moments = Moment.all(of: session)
    guard !moments.isEmpty else { return nil }
    var rows = moments.prefix(Self.momentRows).map { [clockTime($0.seconds), $0.kindWords, $0.who, $0.text] }
    if moments.count > rows.count { rows.append(["", "", "", "and \(moments.count - rows.count) more"]) }
    let table = ReportSection.Table(
      caption: "Marks, comments and cues", columns: ["time", "what", "who", "text"], rows: rows,
      quiet: [0, 1, 2])
    return part("moments", "Comments and marks", [.table(table)])
  }

  private var talkPart: ReportSection? {
    part(
      "tutor", "The talk with the tutor",
      session.turns.isEmpty ? [] : [.turns(Array(session.turns.prefix(Self.turnLimit)))])
  }

  private func spokenPart(_ spoken: SpokenText) -> ReportSection? {
    guard !spoken.paragraphs.isEmpty else {
      guard !session.words.isEmpty else { return nil }
      return part(
        "transcript", "What was said",
        [
          .text(
            "Not shown: the words that were heard are too often wrong to be read as what was said. They are counted only."
          )
        ])
    }
    let marks =
      ["Fillers stand in [brackets]."]
      + (spoken.hasCorrections ? ["Words that a person corrected are underlined or in italics."] : [])
      + (spoken.hasAsides ? ["In (parentheses) is what is not in the script; most words there are misheard."] : [])
    return part("transcript", "What was said", [.note(marks.joined(separator: " ")), .spoken(spoken)])
  }
}
