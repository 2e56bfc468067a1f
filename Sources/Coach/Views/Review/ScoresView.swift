import Practice
import Terminal

/// Scores by a rubric: what was measured with its interval, and beside it what people and the AI tutor make of it.
enum ScoresView {
  /// Columns of a criterion's name, of the bar, and of a judge.
  private static let nameColumns = 22, barColumns = 22, judgeColumns = 6

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let past = desk.past, past.sheets.indices.contains(past.rubric) else { return }
    let sheet = past.sheets[past.rubric]
    let scores = past.scores[past.rubric]
    let overall = scores.overall.map { "\($0.words) of 100" } ?? ""
    canvas.head(sheet.rubric.name, "as " + scores.context.words, right: [(overall, .value)])
    let body = canvas.body
    let columns = columns(body, sheet)
    heads(sheet, columns, in: body.rows(from: 0, count: 1), on: &canvas)
    let list = body.rows(from: 1, count: max(body.rows - 3, 1))
    let start = min(max(past.criterion - list.rows + 1, 0), max(sheet.rows.count - list.rows, 0))
    for (row, line) in sheet.rows.dropFirst(start).prefix(list.rows).enumerated() {
      let isSelected = start + row == past.criterion
      draw(line, scores[line.criterion.id], sheet, columns, isSelected, in: list.rows(from: row, count: 1), on: &canvas)
    }
    let below = body.rows(from: body.rows - 1, count: 1)
    if sheet.rows.indices.contains(past.criterion) {
      let (text, role) = words(on: sheet.rows[past.criterion], scores, sheet.rubric)
      canvas.put(text, in: below, role)
    }
    let judge = past.judge.map { "Judging: \($0)." } ?? "Judging: you."
    let scale = "Levels \(sheet.rubric.scale.lowerBound) to \(sheet.rubric.scale.upperBound)."
    canvas.foot(desk.notice ?? judge + " " + scale, room: desk.room, role: desk.notice == nil ? .hint : .warning)
  }

  /// Where the columns are: name, bar, figure, judges.
  private static func columns(_ area: Area, _ sheet: AssessmentSheet) -> (
    name: Int, bar: Int, judges: [AssessmentSheet.Judge]
  ) {
    let people = sheet.judges.filter { $0.kind != nil }
    let isWide = area.columns >= 70
    let room = area.columns - nameColumns - (isWide ? barColumns + 2 : 0) - 16
    return (
      min(nameColumns, area.columns / 2), isWide ? barColumns : 0, Array(people.prefix(max(room / judgeColumns, 0)))
    )
  }

  private static func heads(
    _ sheet: AssessmentSheet, _ columns: (name: Int, bar: Int, judges: [AssessmentSheet.Judge]), in area: Area,
    on canvas: inout Canvas
  ) {
    var column = 2 + columns.name + 1
    canvas.put("measured, 19 times in 20", in: area.columns(from: column, count: max(columns.bar, 12) + 16), .hint)
    column += columns.bar + 17
    for judge in columns.judges {
      canvas.put(short(judge), in: area.columns(from: column, count: judgeColumns - 1), .hint)
      column += judgeColumns
    }
  }

  /// A judge in the few letters of a column.
  private static func short(_ judge: AssessmentSheet.Judge) -> String {
    switch judge.kind {
    case nil: "meas."
    case .learner: "you"
    case .tutor: judge.name ?? "tutor"
    case .ai: "AI"
    }
  }

  private static func draw(
    _ row: AssessmentSheet.Row, _ score: CriterionScore?, _ sheet: AssessmentSheet,
    _ columns: (name: Int, bar: Int, judges: [AssessmentSheet.Judge]), _ isSelected: Bool, in area: Area,
    on canvas: inout Canvas
  ) {
    canvas.put(isSelected ? String(canvas.glyphs.caret) : " ", in: area, isSelected ? .selection : .text)
    let name = area.columns(from: 2, count: columns.name)
    canvas.put(row.criterion.name, in: name, isSelected ? .selection : .text)
    var column = 2 + columns.name + 1
    if let value = score?.score {
      if columns.bar > 0 {
        bar(value, in: area.columns(from: column, count: columns.bar), on: &canvas)
        column += columns.bar + 1
      }
      canvas.put(value.words, in: area.columns(from: column, count: 16), .value)
    } else {
      if columns.bar > 0 { column += columns.bar + 1 }
      canvas.put(
        row.criterion.measures.isEmpty ? "by people" : "unknown", in: area.columns(from: column, count: 16), .hint)
    }
    column = 2 + columns.name + 1 + columns.bar + 17
    for judge in columns.judges {
      if let mark = row.marks.first(where: { $0.judge == judge }) {
        canvas.put(
          Figures.decimal(mark.level, mark.level == mark.level.rounded() ? 0 : 1),
          in: area.columns(from: column, count: judgeColumns - 1), .value)
      }
      column += judgeColumns
    }
  }

  /// A score on a line of 0 to 100: the interval as a band, the score as a mark.
  private static func bar(_ value: ScoreValue, in area: Area, on canvas: inout Canvas) {
    canvas.grid.fill(area, canvas.glyphs.track, .track)
    func cell(_ score: Double) -> Int { Int((score / 100 * Double(area.columns - 1)).rounded()) }
    let (low, high) = (cell(value.low), cell(value.high))
    canvas.grid.fill(area.columns(from: low, count: high - low + 1), canvas.glyphs.usable, .band)
    canvas.grid.fill(area.columns(from: cell(value.value), count: 1), canvas.glyphs.dotFilled, .marker)
  }

  /// What there is to say of the criterion that is selected, in a line.
  private static func words(
    on row: AssessmentSheet.Row, _ scores: Scores, _ rubric: Rubric
  ) -> (String, Role) {
    if let words = row.words { return (words, row.disagreement ?? 0 >= 1 ? .watch : .hint) }
    if let score = scores[row.criterion.id], let moment = score.moments.first {
      return ("moved most by " + moment.words, .hint)
    }
    if let score = scores[row.criterion.id], let reason = score.reason, !row.criterion.measures.isEmpty {
      return ("no score: " + reason.words, .hint)
    }
    return (row.criterion.descriptors.last.map { "at its best: " + $0 } ?? "", .hint)
  }
}

/// A score, opened: how it came about, what it was held against, the moments that moved it, and what it was before.
enum ExplainedView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let past = desk.past, let (rubric, criterion) = past.selected else { return }
    let score = past.selectedScore
    canvas.head(criterion.name, rubric.name, right: [(score?.score.map(\.words) ?? "", .value)])
    let body = canvas.body
    let lines = lines(past, rubric, criterion, columns: body.columns)
    let selected = lines.firstIndex { $0.moment == past.moment } ?? 0
    let start = min(max(selected - body.rows + 3, 0), max(lines.count - body.rows, 0))
    for (row, line) in lines.dropFirst(start).prefix(body.rows).enumerated() {
      let isSelected = line.moment == past.moment
      let place = body.rows(from: row, count: 1)
      let caret = line.moment == nil ? "" : isSelected ? String(canvas.glyphs.caret) + " " : "  "
      canvas.put(caret + line.text, in: place, isSelected ? .selection : line.role)
    }
    canvas.foot(desk.notice ?? (past.momentCount > 0 ? Messages.momentsFoot : ""), room: .explained)
  }

  struct Line: Equatable {
    var text: String
    var role: Role = .text
    /// Which moment it is; nil for every other line.
    var moment: Int?
  }

  /// All of it, in lines of at most `columns` cells.
  static func lines(_ past: PastSession, _ rubric: Rubric, _ criterion: Criterion, columns: Int) -> [Line] {
    var lines: [Line] = []
    func say(_ text: String, _ role: Role = .text) {
      lines += wrap(text, to: max(columns - 2, 20)).map { Line(text: $0, role: role) }
    }
    for (index, level) in criterion.descriptors.enumerated() {
      say("\(rubric.firstLevel + index) \(rubric.levels[index]): \(level)", .hint)
    }
    if !criterion.descriptors.isEmpty { lines.append(Line(text: "")) }
    if let score = past.selectedScore {
      for line in score.explanation.prefix(while: { !$0.hasPrefix("What moved it") }) {
        say(line, line.hasPrefix("  ") ? .hint : .text)
      }
      if !score.moments.isEmpty {
        lines += [Line(text: ""), Line(text: Messages.movedIt, role: .label)]
        lines += score.moments.enumerated().map { Line(text: $1.words, role: .value, moment: $0) }
      }
    } else {
      say(Messages.judgedByPeople)
    }
    let before = past.session.scoreCards.filter { $0.rubric == rubric.id && $0.version != rubric.version }
      .compactMap { card in
        card.entries.first { $0.criterion == criterion.id }?.value.map {
          "version \(card.version) of this rubric: \(Figures.decimal($0, 0))"
        }
      }
    if !before.isEmpty {
      lines += [Line(text: ""), Line(text: "Before", role: .label)] + before.map { Line(text: $0, role: .hint) }
    }
    if past.sheets.indices.contains(past.rubric) {
      let reasons = past.sheets[past.rubric].rows.first { $0.criterion.id == criterion.id }?.marks.compactMap { mark in
        mark.reason.map { "\(mark.judge.words): \($0)" }
      }
      for reason in reasons ?? [] { say(reason, .hint) }
    }
    return lines
  }
}

/// Scores in lines, for screen readers and the shell.
enum ScoreLines {
  /// The scores of a rubric, a line each.
  static func plain(_ scores: Scores) -> [String] {
    guard scores.overall != nil else { return [] }
    return ["score, \(scores.name), version \(scores.version): \(scores.overall?.words ?? "") of 100"]
      + scores.criteria.compactMap { criterion in
        criterion.score.map { "score, \(scores.name), \(criterion.name): \($0.words)" }
      }
  }
}
