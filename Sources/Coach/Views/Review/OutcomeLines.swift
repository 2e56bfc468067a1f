import Practice
import Report
import Terminal

/// What came of a session beyond its figures, the one next thing first; screen, shell and plain output say the same.
enum OutcomeLines {
  /// A matter in a text of any length; the label is empty where it goes on with the one before.
  struct Line: Equatable {
    var label: String
    var text: String
    var role: Role = .text
  }

  /// What there is to say, in this order: what to work on, scores, what tutors gave for it, guess, notes, tags, who looked
  /// on, scores by earlier versions.
  static func of(_ past: PastSession) -> [Line] {
    drill(past.session) + next(past) + scores(past) + levels(past) + said(past.session) + watched(past.session)
      + before(past)
  }

  /// What came of a drill: the verdict, then each figure and each mark.
  private static func drill(_ session: Session) -> [Line] {
    guard let run = session.drill, let result = run.result else { return [] }
    let rows = DrillResultRows(result, of: run.drill, measures: run.drill.kind.exercise.measures)
    let verdict = Line(
      label: "", text: "\(run.drill.name). \(rows.verdict.word). \(rows.verdict.sentence)", role: .cue)
    return labelled("drill", [verdict] + rows.rows.map { Line(label: "", text: $0.words) })
  }

  /// The same in lines of at most `columns` cells, labels included.
  static func rows(_ past: PastSession, columns: Int) -> [Line] {
    let width = max(columns - TakeReview.labelColumns(columns), 8)
    return of(past).flatMap { line in
      wrap(sanitised(line.text), to: width).enumerated().map { index, text in
        Line(label: index == 0 ? line.label : "", text: text, role: line.role)
      }
    }
  }

  /// The same as text with its labels in a column, for the shell.
  static func text(_ past: PastSession, columns: Int) -> [String] {
    let indent = TakeReview.labelColumns(columns)
    return rows(past, columns: columns).map { line in
      line.label + String(repeating: " ", count: max(indent - cellWidth(line.label), 0)) + line.text
    }
  }

  /// The same in sentences, each with what it is about: for screen readers and pipes.
  static func plain(_ past: PastSession) -> [String] {
    var label = ""
    return of(past).map { line in
      if !line.label.isEmpty { label = line.label }
      return sanitised(label + ": " + line.text)
    }
  }

  private static func next(_ past: PastSession) -> [Line] {
    let told = [
      past.finding.map { Line(label: "", text: $0, role: .cue) }, past.nextStep.map { Line(label: "", text: $0) },
    ]
    return labelled("next", told.compactMap(\.self))
  }

  /// The scores of the first rubric, without what nothing is known of; the room of scores has the others.
  private static func scores(_ past: PastSession) -> [Line] {
    guard let scores = past.scores.first else { return [] }
    guard let overall = scores.overall else {
      return scores.reason.map { [Line(label: "score", text: "none yet: \($0.words)", role: .quiet)] } ?? []
    }
    let known = scores.criteria.compactMap { criterion in
      criterion.score.map { "\(criterion.name) \(Figures.decimal($0.value, 0))" }
    }
    let (value, low, high) = (overall.value, overall.low, overall.high)
    let interval = "(\(Figures.decimal(low, 0)) to \(Figures.decimal(high, 0)))"
    let whole = "\(Figures.decimal(value, 0)) of 100 \(interval) by \(scores.name), as \(scores.context.words)"
    return [Line(label: "score", text: whole, role: .value), Line(label: "", text: known.joined(separator: ", "))]
  }

  /// What people said of it: their guess, notes, tags.
  private static func said(_ session: Session) -> [Line] {
    let guess = session.guess.map {
      Line(
        label: "guess",
        text:
          "you guessed \(Figures.count($0.fillers, "filler")), \($0.counted) \($0.counted == 1 ? "was" : "were") counted"
      )
    }
    let cues = session.cues.compactMap { shown in
      shown.cue.by.map { (seconds: shown.seconds, text: "\($0): \(Messages.cueForLater(shown.cue.words))") }
    }
    let comments = session.comments.map { (seconds: $0.start, text: ($0.by.map { $0 + ": " } ?? "") + $0.text) }
    let notes = (comments + cues).enumerated().sorted {
      ($0.element.seconds, $0.offset) < ($1.element.seconds, $1.offset)
    }
    .map { Line(label: "", text: clockTime($0.element.seconds) + " " + $0.element.text) }
    let tags =
      session.tags.isEmpty ? nil : Line(label: "tags", text: session.tags.map { "#" + $0 }.joined(separator: " "))
    return [guess].compactMap(\.self) + labelled("notes", notes) + [tags].compactMap(\.self)
  }

  /// Levels that tutors gave, a line for each of them and each rubric.
  private static func levels(_ past: PastSession) -> [Line] {
    let lines = past.sheets.flatMap { sheet in
      let rubric = sheet.rubric
      let given = past.session.assessments.filter { $0.judge == .tutor && $0.rubric == rubric.id && $0.level != nil }
      return Set(given.map { $0.name ?? "tutor" }).sorted().map { name in
        let levels = rubric.criteria.compactMap { criterion in
          given.last { $0.criterion == criterion.id && ($0.name ?? "tutor") == name }?.level.map {
            "\(criterion.name) \(Figures.decimal($0, 0))"
          }
        }
        return Line(label: "", text: "\(name), \(rubric.name): " + levels.joined(separator: ", "))
      }
    }
    return labelled("levels", lines)
  }

  /// Who looked on, and who was not let in.
  private static func watched(_ session: Session) -> [Line] {
    labelled("watched", session.visits.map { Line(label: "", text: Messages.visit($0), role: .text) })
  }

  /// What earlier versions of the first rubric made of it.
  private static func before(_ past: PastSession) -> [Line] {
    guard let scores = past.scores.first else { return [] }
    let cards = EarlierScores.of(Rubric.overall, rubric: scores.rubric, now: scores.version, past.session)
    return labelled(
      "before", cards.map { Line(label: "", text: "\($0.value.words) by version \($0.version) of \(scores.name)") })
  }

  /// Lines of one matter: the first one carries the label.
  private static func labelled(_ label: String, _ lines: [Line]) -> [Line] {
    lines.enumerated().map { Line(label: $0 == 0 ? label : "", text: $1.text, role: $1.role) }
  }
}

/// What other versions of a rubric than the one in use made of a session.
enum EarlierScores {
  /// The kept scores of a criterion, the latest version first.
  static func of(
    _ criterion: String, rubric: String, now version: Int, _ session: Session
  ) -> [(version: Int, value: ScoreValue)] {
    session.scoreCards.filter { $0.rubric == rubric && $0.version != version }
      .sorted { $0.version > $1.version }
      .compactMap { card in
        guard let entry = card.entries.first(where: { $0.criterion == criterion }), let value = entry.value else {
          return nil
        }
        return (card.version, ScoreValue(value, low: entry.low ?? value, high: entry.high ?? value))
      }
  }
}
