import Practice
import Terminal

/// Scores by a rubric: the whole first, then each criterion as it was measured with its interval, and beside it what
/// people and the AI tutor make of it.
enum ScoresView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let past = desk.past, past.sheets.indices.contains(past.rubric), past.scores.indices.contains(past.rubric)
    else { return }
    let sheet = past.sheets[past.rubric]
    let scores = past.scores[past.rubric]
    let place = past.sheets.count > 1 ? "\(past.rubric + 1) of \(past.sheets.count)" : ""
    canvas.head(sheet.rubric.name, "as " + scores.context.words, right: [(place, .hint)])
    let body = canvas.body
    let columns = Columns(sheet, in: body.columns)
    let words = words(on: past, sheet, scores, columns: body.columns).prefix(max(body.rows / 3, 3))
    let (upper, lower) = body.splitBottom(words.count + (body.rows >= 12 ? 1 : 0))
    heads(columns, in: upper.rows(from: 0, count: 1), on: &canvas)
    let wholes = wholes(scores, past.session).prefix(upper.rows >= 8 ? 3 : 1)
    for (row, whole) in wholes.enumerated() {
      put(whole, columns, in: upper.rows(from: 1 + row, count: 1), on: &canvas)
    }
    let list = upper.rows(from: 1 + wholes.count)
    let start = min(max(past.criterion - list.rows / 2, 0), max(sheet.rows.count - list.rows, 0))
    for (row, line) in sheet.rows.dropFirst(start).prefix(list.rows).enumerated() {
      let isSelected = start + row == past.criterion
      put(line, scores[line.criterion.id], columns, isSelected, in: list.rows(from: row, count: 1), on: &canvas)
    }
    let edge = body.columns - 1
    if start > 0 { canvas.put(String(canvas.glyphs.up), in: list, column: edge, .hint) }
    if start + list.rows < sheet.rows.count {
      canvas.put(String(canvas.glyphs.down), in: list, row: list.rows - 1, column: edge, .hint)
    }
    for (row, line) in words.enumerated() {
      canvas.put(canvas.glyphs.signs(line.text), in: lower, row: lower.rows - words.count + row, line.role)
    }
    let scale = "\(sheet.rubric.scale.lowerBound) to \(sheet.rubric.scale.upperBound)"
    let judge = past.judge.map { "\($0) judges: \(scale)." } ?? "You judge: \(scale)."
    canvas.foot(desk.notice ?? judge, room: desk.room, role: desk.notice == nil ? .hint : .warning)
  }

  /// Where the columns are, from left to right: name, bar, figure, judges. A figure is never cut, and the bar goes first.
  struct Columns {
    /// Columns of a figure as long as they get: `100 (100 to 100)`.
    static let figure = 16
    /// Columns of a judge, with the gap before it.
    static let judge = 7

    var name: Int
    var bar: Int
    var judges: [AssessmentSheet.Judge]
    /// Where the figure begins, and where the judges do.
    var figureStart: Int { 2 + name + 1 + (bar > 0 ? bar + 1 : 0) }
    var judgesStart: Int { figureStart + Self.figure }

    init(_ sheet: AssessmentSheet, in columns: Int) {
      let longest = sheet.rubric.criteria.map { cellWidth($0.name) }.max() ?? 0
      let room = max(columns - 1 - 2 - 1 - Self.figure, 0)
      let people = sheet.judges.filter { $0.kind != nil }
      name = min(max(longest, 9), columns >= 70 ? 28 : 18, room)
      judges = Array(people.prefix(max((room - name) / Self.judge, 0)))
      let left = room - name - judges.count * Self.judge - 1
      bar = left >= 8 ? min(left, 40) : 0
    }
  }

  /// A score that is no criterion's: the whole, and the whole by earlier versions of the rubric.
  private struct Whole {
    var name: String
    var value: ScoreValue?
    var reason: String
    var role: Role
  }

  private static func wholes(_ scores: Scores, _ session: Session) -> [Whole] {
    let now = Whole(
      name: "Overall", value: scores.overall, reason: "unknown: " + (scores.reason ?? .notMeasured).words, role: .title)
    return [now]
      + EarlierScores.of(Rubric.overall, rubric: scores.rubric, now: scores.version, session).map {
        Whole(name: "  by version \($0.version)", value: $0.value, reason: "", role: .hint)
      }
  }

  private static func heads(_ columns: Columns, in area: Area, on canvas: inout Canvas) {
    let place = area.columns(from: 2 + columns.name + 1)
    canvas.put(columns.bar > 0 ? "measured, 19 times in 20" : "19 times in 20", in: place, .hint)
    for (index, judge) in columns.judges.enumerated() {
      let start = columns.judgesStart + index * Columns.judge + 1
      canvas.put(short(judge), in: area.columns(from: start, count: Columns.judge - 1), .hint)
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

  private static func put(_ whole: Whole, _ columns: Columns, in area: Area, on canvas: inout Canvas) {
    canvas.put(whole.name, in: area.columns(from: 2, count: columns.name), whole.role)
    put(
      whole.value, otherwise: whole.reason, columns, whole.role == .title ? .value : whole.role, in: area, on: &canvas)
  }

  private static func put(
    _ row: AssessmentSheet.Row, _ score: CriterionScore?, _ columns: Columns, _ isSelected: Bool, in area: Area,
    on canvas: inout Canvas
  ) {
    canvas.put(isSelected ? String(canvas.glyphs.caret) : " ", in: area, isSelected ? .selection : .text)
    let name = area.columns(from: 2, count: columns.name)
    canvas.put(row.criterion.name, in: name, isSelected ? .selection : .text)
    let isForPeople = row.criterion.measures.isEmpty
    // Where no judge has a column, a judgement stands where nothing was measured.
    let mark =
      columns.judges.isEmpty && isForPeople ? row.marks.first.map { "\(short($0.judge)) \(level($0.level))" } : nil
    let reason = isForPeople ? mark ?? "by people" : "unknown" + (score?.reason.map { ": " + $0.words } ?? "")
    put(score?.score, otherwise: reason, columns, mark == nil ? .value : .text, in: area, on: &canvas)
    for (index, judge) in columns.judges.enumerated() {
      guard let mark = row.marks.first(where: { $0.judge == judge }) else { continue }
      let start = columns.judgesStart + index * Columns.judge + 1
      canvas.put(level(mark.level), in: area.columns(from: start, count: Columns.judge - 1), .value)
    }
  }

  private static func put(
    _ value: ScoreValue?, otherwise words: String, _ columns: Columns, _ role: Role, in area: Area,
    on canvas: inout Canvas
  ) {
    let start = 2 + columns.name + 1
    guard let value else {
      let room = columns.judgesStart - start
      canvas.put(
        cellWidth(words) <= room ? words : String(words.prefix { $0 != ":" }),
        in: area.columns(from: start, count: room),
        .hint)
      return
    }
    if columns.bar > 0 { bar(value, in: area.columns(from: start, count: columns.bar), on: &canvas) }
    canvas.put(value.words, in: area.columns(from: columns.figureStart, count: Columns.figure), role)
  }

  private static func level(_ level: Double) -> String {
    Figures.decimal(level, abs(level - level.rounded()) < 0.05 ? 0 : 1)
  }

  /// A score on a line of 0 to 100: the interval as a band, the score as a mark.
  private static func bar(_ value: ScoreValue, in area: Area, on canvas: inout Canvas) {
    canvas.grid.fill(area, canvas.glyphs.track, .track)
    func cell(_ score: Double) -> Int { Int((score / 100 * Double(area.columns - 1)).rounded()) }
    let (low, high) = (cell(value.low), cell(value.high))
    canvas.grid.fill(area.columns(from: low, count: high - low + 1), canvas.glyphs.usable, .band)
    canvas.grid.fill(area.columns(from: cell(value.value), count: 1), canvas.glyphs.dotFilled, .marker)
  }

  /// What there is to say of the criterion that is selected: the names of its levels, who makes what of it, what moved it
  /// most or why there is no score, what it looks like at its best.
  private static func words(
    on past: PastSession, _ sheet: AssessmentSheet, _ scores: Scores, columns: Int
  ) -> [ExplainedView.Line] {
    guard sheet.rows.indices.contains(past.criterion) else { return [] }
    let row = sheet.rows[past.criterion]
    let rubric = sheet.rubric
    let levels = zip(rubric.scale, rubric.levels).map { "\($0) \($1)" }.joined(separator: ", ")
    var said: [(String, Role)] = []
    if let words = row.words { said.append((words, row.disagreement ?? 0 >= 1 ? .watch : .text)) }
    if row.marks.count == 1, let mark = row.marks.first {
      said.append(("\(mark.judge.words): \(level(mark.level)), \(rubric.name(ofLevel: mark.level))", .text))
    }
    if let score = scores[row.criterion.id], let moment = score.moments.first {
      said.append(("moved most by " + moment.words, .hint))
    } else if let reason = scores[row.criterion.id]?.reason, !row.criterion.measures.isEmpty {
      said.append(("no score: " + reason.words, .hint))
    }
    said.append((levels, .hint))
    if let best = row.criterion.descriptors.last { said.append(("at its best: " + best, .hint)) }
    return said.flatMap { text, role in
      wrap(text, to: columns).map { ExplainedView.Line(text: $0, role: role) }
    }
  }
}
