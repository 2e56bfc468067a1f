import Practice
import Terminal

/// A score, opened: how it came about, what it was held against, the moments that moved it, what people make of it, what
/// it was before, and what each level looks like.
enum ExplainedView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let past = desk.past, let (rubric, criterion) = past.selected else { return }
    let score = past.selectedScore
    canvas.head(criterion.name, rubric.name, right: [(score?.score.map(\.words) ?? "", .value)])
    let body = canvas.body
    let lines = lines(past, rubric, criterion, columns: body.columns - 2)
    let last = max(lines.count - body.rows, 0)
    let start = min(max(first(lines, past, rows: body.rows) + desk.offset, 0), last)
    for (row, line) in lines.dropFirst(start).prefix(body.rows).enumerated() {
      let isSelected = line.moment != nil && line.moment == past.moment
      let place = body.rows(from: row, count: 1)
      let isFirst = lines.firstIndex { $0.moment == line.moment } == start + row
      let caret = line.moment == nil ? "" : isSelected && isFirst ? String(canvas.glyphs.caret) + " " : "  "
      canvas.put(caret + canvas.glyphs.signs(line.text), in: place, isSelected ? .selection : line.role)
    }
    let edge = body.columns - 1
    if start > 0 { canvas.put(String(canvas.glyphs.up), in: body, column: edge, .hint) }
    if start < last { canvas.put(String(canvas.glyphs.down), in: body, row: body.rows - 1, column: edge, .hint) }
    let words = past.momentCount > 0 ? Messages.momentsFoot : ""
    canvas.foot(desk.notice ?? words, room: .explained, role: desk.notice == nil ? .hint : .warning)
  }

  /// How far it can be moved on below the line that the selected moment asks for.
  static func lastOffset(_ desk: Desk, size: Size) -> Int {
    guard let past = desk.past, let (rubric, criterion) = past.selected else { return 0 }
    let body = Canvas(grid: Grid(size), glyphs: .ascii).body
    let lines = lines(past, rubric, criterion, columns: body.columns - 2)
    return max(max(lines.count - body.rows, 0) - first(lines, past, rows: body.rows), 0)
  }

  /// How far it can be moved above that line, as a number of 0 or below.
  static func firstOffset(_ desk: Desk, size: Size) -> Int {
    guard let past = desk.past, let (rubric, criterion) = past.selected else { return 0 }
    let body = Canvas(grid: Grid(size), glyphs: .ascii).body
    return -first(lines(past, rubric, criterion, columns: body.columns - 2), past, rows: body.rows)
  }

  /// The line at the top that keeps the selected moment in sight.
  private static func first(_ lines: [Line], _ past: PastSession, rows: Int) -> Int {
    let selected = lines.lastIndex { $0.moment != nil && $0.moment == past.moment } ?? 0
    return min(max(selected - rows + 2, 0), max(lines.count - rows, 0))
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
    /// What goes on in the next line is set in, as what belongs to a line above is.
    func say(_ text: String, _ role: Role = .text) {
      let indent = text.prefix { $0 == " " }
      lines += wrap(String(text.dropFirst(indent.count)), to: max(columns - indent.count, 16))
        .map { Line(text: indent + $0, role: role) }
    }
    func title(_ text: String) { lines += (lines.isEmpty ? [] : [Line(text: "")]) + [Line(text: text, role: .label)] }
    if let score = past.selectedScore, !criterion.measures.isEmpty {
      // The head has the score; why there is none stands here.
      let told = score.explanation.prefix { !$0.hasPrefix("What moved it") }
      for line in told.dropFirst(score.score == nil ? 0 : 1) {
        say(line, line.hasPrefix("  ") ? .hint : .text)
      }
      if !score.moments.isEmpty {
        lines.append(Line(text: ""))
        for line in wrap(Messages.movedIt, to: columns) { lines.append(Line(text: line, role: .label)) }
        for (index, moment) in score.moments.enumerated() {
          // A moment stands on as many lines as it needs; all of them are it.
          lines += wrap(moment.words, to: max(columns - 2, 16)).map { Line(text: $0, role: .value, moment: index) }
        }
      }
    } else {
      say(Messages.judgedByPeople)
    }
    let row = past.sheets[past.rubric].rows.first { $0.criterion.id == criterion.id }
    let marks = row?.marks.filter { $0.judge.kind != nil } ?? []
    if !marks.isEmpty { title("Judged") }
    for mark in marks {
      let level = Figures.decimal(mark.level, abs(mark.level - mark.level.rounded()) < 0.05 ? 0 : 1)
      let reason = mark.reason.map { ". " + $0 } ?? ""
      say("\(mark.judge.words): \(level), \(rubric.name(ofLevel: mark.level))\(reason)")
    }
    if marks.count > 0, let words = row?.words { say(words, row?.disagreement ?? 0 >= 1 ? .watch : .hint) }
    let before = EarlierScores.of(criterion.id, rubric: rubric.id, now: rubric.version, past.session)
    if !before.isEmpty { title("Before") }
    for card in before { say("\(card.value.words) by version \(card.version) of this rubric", .hint) }
    if !criterion.descriptors.isEmpty { title("Levels") }
    for (index, descriptor) in criterion.descriptors.enumerated() where rubric.levels.indices.contains(index) {
      say("\(rubric.firstLevel + index) \(rubric.levels[index]): \(descriptor)", .hint)
    }
    return lines
  }
}

extension Glyphs {
  /// A sentence with the dashes and minus signs that these glyphs have.
  func signs(_ text: String) -> String {
    isASCII ? String(text.map { $0 == "\u{2013}" || $0 == "\u{2212}" ? "-" : $0 }) : text
  }
}

/// Scores in lines, for screen readers and the shell.
enum ScoreLines {
  /// The scores of a rubric, a line each.
  static func plain(_ scores: Scores) -> [String] {
    guard scores.criteria.contains(where: { $0.score != nil }) else { return [] }
    let whole =
      scores.overall.map { "\($0.words) of 100" } ?? "not known, because \((scores.reason ?? .notMeasured).words)"
    return ["score, \(scores.name), version \(scores.version): \(whole)"]
      + scores.criteria.compactMap { criterion in
        criterion.score.map { "score, \(scores.name), \(criterion.name): \($0.words)" }
      }
  }
}
