import Practice
import Report
import Terminal

/// What came of a session: each measure with its unit and how it was measured, below them the one next thing and what
/// else came of it, and then what the words say.
///
/// What is read of a take that has just ended comes a moment later. It goes below what is there by then, so that nothing
/// moves under the reader's eyes.
enum SummaryView {
  /// A row of the body.
  private enum Row {
    case figure(SummaryLines.Line)
    case outcome(OutcomeLines.Line)
    case review(TakeReview.Line)
    case blank
  }

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let session = desk.past?.session ?? desk.session
    let body = canvas.body
    let rows = rows(desk, columns: body.columns, height: body.rows, glyphs: canvas.glyphs)
    let start = min(desk.offset, max(rows.count - body.rows, 0))
    let hasMore = rows.count - start > body.rows
    let id = session.beginning?.id ?? ""
    let isNarrow = canvas.area.columns < 60
    let more = hasMore ? "Down: more" : ""
    canvas.head("Summary", session.title ?? "", right: [(isNarrow ? "" : more, .hint), (id, .hint)])
    for (index, row) in rows.dropFirst(start).prefix(body.rows).enumerated() {
      put(row, in: body.rows(from: index, count: 1), on: &canvas)
    }
    let saved = isNarrow ? "Saved session \(id)" : Messages.savedLine(id)
    if case .late(_, let reason) = desk.saving, desk.past == nil {
      canvas.foot(Messages.notSavedYet(reason), room: .summary, role: .error)
    } else if let notice = desk.notice {
      canvas.foot(notice, room: .summary, role: .warning)
    } else {
      let words = desk.past == nil ? saved : "rostrum sessions show \(id)"
      let short = desk.past == nil ? words + ", " + more : more
      canvas.foot(isNarrow && hasMore ? short : words, room: .summary)
    }
  }

  /// How far the summary can be scrolled on a screen of `size`: the first line shown, at most.
  static func lastOffset(_ desk: Desk, size: Size) -> Int {
    let body = Canvas(grid: Grid(size), glyphs: .ascii).body
    return max(rows(desk, columns: body.columns, height: body.rows, glyphs: .ascii).count - body.rows, 0)
  }

  /// Rows that are kept for what comes of a take beyond its figures, when it is decided how close these stand.
  private static let outcomeRows = 10

  /// The figures, with room between them where all of it fits, then what came of it, then the review.
  private static func rows(_ desk: Desk, columns: Int, height: Int, glyphs: Glyphs) -> [Row] {
    let figures = SummaryLines.of(desk.past?.session ?? desk.session, approximately: glyphs.approximately)
    let outcome = desk.past.map { offered(OutcomeLines.rows($0, columns: columns), desk, columns: columns) } ?? []
    let review = (desk.past?.review ?? desk.review).lines(columns: columns).map(Row.review)
    let isSpread = figures.count * 2 + outcomeRows + review.count <= height
    let top: [Row] = isSpread ? figures.flatMap { [.figure($0), .blank] }.dropLast() : figures.map(Row.figure)
    return top + (outcome.isEmpty ? [] : [.blank]) + outcome.map(Row.outcome)
      // What would move when the rest is read waits for it.
      + (desk.isReading && desk.past == nil ? [] : review)
  }

  /// The drill that is offered, right behind what to work on.
  private static func offered(_ lines: [OutcomeLines.Line], _ desk: Desk, columns: Int) -> [OutcomeLines.Line] {
    guard let offer = desk.drills.offer else { return lines }
    let width = max(columns - TakeReview.labelColumns(columns), 8)
    let words = wrap(sanitised(DrillMessages.offer(offer)), to: width).enumerated().map {
      OutcomeLines.Line(label: $0 == 0 ? "drill" : "", text: $1)
    }
    let next = lines.first?.label == "next" ? 1 + lines.dropFirst().prefix { $0.label.isEmpty }.count : 0
    return Array(lines[..<next]) + words + Array(lines[next...])
  }

  private static func put(_ row: Row, in area: Area, on canvas: inout Canvas) {
    switch row {
    case .blank, .review(.blank): break
    case .figure(let line):
      let isWide = area.columns >= 70
      canvas.put(line.label, in: area.columns(from: 0, count: 14), .label)
      canvas.put(line.value, in: area.columns(from: 15, count: isWide ? 27 : area.columns - 15), line.role)
      if isWide { canvas.put(line.method, in: area.columns(from: 43), .hint) }
    case .outcome(let line):
      let indent = TakeReview.labelColumns(area.columns)
      canvas.put(line.label, in: area.columns(from: 0, count: indent - 1), .label)
      canvas.put(line.text, in: area.columns(from: indent), line.role)
    case .review(.title(let title)): canvas.put(title, in: area, .title)
    case .review(.row(let label, let text, let attention)):
      let indent = TakeReview.labelColumns(area.columns)
      canvas.put(label, in: area.columns(from: 0, count: indent - 1), .label)
      canvas.put(text, in: area.columns(from: indent), attention == .fine ? .text : attention.role)
    }
  }
}
