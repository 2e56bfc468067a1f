import Practice
import Terminal

/// What came of an attempt: one calm word, the figures against what was asked, every mark, and when it comes back.
enum DrillResultView {
  /// What a result is drawn from.
  struct Page {
    var drill: Drill
    var measures: [DrillMeasure]
    var result: DrillResult
    var past: DrillState.Past
    var after: DrillState.After
  }

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    if let page = page(desk) {
      draw(page, offset: desk.offset, on: &canvas)
    } else {
      canvas.head(desk.session.drill?.drill.name ?? "")
      canvas.centre(DrillMessages.stillReading, in: canvas.body, row: 1, .hint)
    }
    let session = desk.past?.session ?? desk.session
    let idle = desk.idle(in: .drillResult)
    if case .late(_, let reason) = desk.saving, desk.past == nil {
      canvas.foot(Messages.notSavedYet(reason), room: desk.room, role: .error, without: idle)
    } else {
      let id = session.beginning?.id ?? ""
      let saved = canvas.area.columns < 60 ? "Saved session \(id)" : Messages.savedLine(id)
      // What is next has no room above on a narrow screen.
      let next = canvas.area.columns < 60 ? desk.drills.result.next.map(DrillMessages.next) : nil
      canvas.foot(
        desk.notice ?? next ?? (id.isEmpty ? "" : saved), room: desk.room,
        role: desk.notice == nil ? .hint : .warning, without: idle)
    }
  }

  private static func page(_ desk: Desk) -> Page? {
    let session = desk.past?.session ?? desk.session
    guard let run = session.drill, let result = run.result ?? (isOver(session) ? session.drillResult : nil) else {
      return nil
    }
    return Page(
      drill: run.drill, measures: run.drill.kind.exercise.measures, result: result, past: desk.drills.past,
      after: desk.drills.result)
  }

  private static func isOver(_ session: Session) -> Bool {
    if case .over = session.phase { true } else { false }
  }

  /// The page: the verdict stays above, when it comes back below, the rows between them move.
  static func draw(_ page: Page, offset: Int, on canvas: inout Canvas) {
    let body = canvas.body
    let parts = Parts(page, in: body)
    let shown = parts.list
    let start = min(max(offset, 0), max(parts.rows.count - shown.rows, 0))
    let hasMore = start + shown.rows < parts.rows.count
    canvas.head("Result", page.drill.name, right: [(hasMore && body.columns >= 60 ? "Down: more" : "", .hint)])
    let sign = sign(page, canvas.glyphs)
    let top = body.rows(from: parts.isTall ? 1 : 0)
    let used = canvas.put(sign + parts.verdict.word, in: top, parts.role)
    let indent = parts.isTall || parts.sentence.count > 1 ? 0 : used + 2
    for (row, line) in parts.sentence.enumerated() {
      canvas.put(line, in: top, row: row + (indent == 0 ? 1 : 0), column: indent, .text)
    }
    for (place, row) in parts.rows.dropFirst(start).prefix(shown.rows).enumerated() {
      put(row, in: shown.rows(from: place, count: 1), on: &canvas)
    }
    let edge = shown.columns - 1
    if start > 0 { canvas.put(String(canvas.glyphs.up), in: shown, column: edge, .hint) }
    if hasMore { canvas.put(String(canvas.glyphs.down), in: shown, row: shown.rows - 1, column: edge, .hint) }
    foot(page, parts, in: body.rows(from: body.rows - parts.footRows), on: &canvas)
  }

  /// How far it can be scrolled on a screen of `size`: the first row shown, at most.
  static func lastOffset(_ desk: Desk, size: Size) -> Int {
    guard let page = page(desk) else { return 0 }
    let parts = Parts(page, in: Canvas(grid: Grid(size), glyphs: .ascii).body)
    return max(parts.rows.count - parts.list.rows, 0)
  }

  /// Where things stand in a body.
  private struct Parts {
    let verdict: (word: String, sentence: String)
    let role: Role
    let sentence: [String]
    let isTall: Bool
    let rows: [DrillResultRows.Line]
    let list: Area
    let footRows: Int

    init(_ page: Page, in body: Area) {
      let all = DrillResultRows(page.result, of: page.drill, measures: page.measures)
      verdict = all.verdict
      role = all.role
      isTall = body.rows >= 16
      let beside = body.columns - cellWidth(all.verdict.word) - 4
      let fits = cellWidth(all.verdict.sentence) <= beside
      sentence =
        isTall || !fits
        ? Array(wrap(all.verdict.sentence, to: min(body.columns, 76)).prefix(isTall ? 4 : 2)) : [all.verdict.sentence]
      let headRows = isTall ? sentence.count + 3 : fits ? 1 : sentence.count + 1
      let lines = [
        PastRow.words(page.past, of: DrillWords.measure(page.drill.measure, among: page.measures)) != nil,
        !page.after.due.isEmpty || (page.after.next != nil && body.columns >= 60),
      ]
      footRows = lines.count(where: \.self) + (isTall && lines.contains(true) ? 1 : 0)
      list = body.rows(from: headRows, count: body.rows - headRows - footRows)
      rows = all.lines(columns: body.columns, isSpread: isTall)
    }
  }

  private static func sign(_ page: Page, _ glyphs: Glyphs) -> String {
    guard page.result.refusal == nil else { return "" }
    switch page.result.isPassed {
    case true?: return "\(glyphs.check) "
    case false?: return ""
    case nil: return page.result.isComplete ? "\(glyphs.check) " : ""
    }
  }

  private static func put(_ line: DrillResultRows.Line, in area: Area, on canvas: inout Canvas) {
    switch line.isHit {
    case true?: canvas.put(String(canvas.glyphs.check), in: area, .good)
    case false?: canvas.put(String(canvas.glyphs.cross), in: area, .watch)
    case nil: break
    }
    for piece in line.pieces { canvas.put(piece.text, in: area, column: piece.column, piece.role) }
  }

  private static func foot(_ page: Page, _ parts: Parts, in area: Area, on canvas: inout Canvas) {
    var row = parts.isTall && parts.footRows > 0 ? 1 : 0
    let measure = DrillWords.measure(page.drill.measure, among: page.measures)
    if PastRow.words(page.past, of: measure) != nil {
      let line = area.rows(from: row, count: 1)
      let label = area.columns >= 60 ? canvas.put("before", in: line, .label) + 2 : 0
      PastRow.draw(page.past, of: measure, in: line.columns(from: label), on: &canvas)
      row += 1
    }
    let isNarrow = area.columns < 60
    let due = page.after.due.isEmpty ? nil : DrillMessages.again(page.after.due, brief: isNarrow)
    let best = PastRow.isBest(page.result, page.past, of: measure) ? DrillMessages.newBest : nil
    let words = [best, due, isNarrow ? nil : page.after.next.map(DrillMessages.next)].compactMap(\.self).joined(
      separator: " ")
    canvas.put(words, in: area, row: row, .text)
  }
}
