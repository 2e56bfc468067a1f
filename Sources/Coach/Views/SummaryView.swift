import Practice
import Report
import Terminal

/// What came of a session: each measure with its unit and how it was measured, and below them what the words say.
enum SummaryView {
  /// A row of the body.
  private enum Row {
    case figure(SummaryLines.Line)
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
    canvas.head("Summary", session.beginning?.title ?? "", right: [(isNarrow ? "" : more, .hint), (id, .hint)])
    for (index, row) in rows.dropFirst(start).prefix(body.rows).enumerated() {
      put(row, in: body.rows(from: index, count: 1), on: &canvas)
    }
    let saved = isNarrow ? "Saved session \(id)" : Messages.savedLine(id)
    if case .late(_, let reason) = desk.saving, desk.past == nil {
      canvas.foot(Messages.notSavedYet(reason), room: .summary, role: .error)
    } else {
      let words = desk.past == nil ? saved : "rostrum sessions show \(id)"
      canvas.foot(isNarrow && hasMore ? words + ", " + more : words, room: .summary)
    }
  }

  /// How far the summary can be scrolled on a screen of `size`: the first line shown, at most.
  static func lastOffset(_ desk: Desk, size: Size) -> Int {
    let body = Canvas(grid: Grid(size), glyphs: .ascii).body
    return max(rows(desk, columns: body.columns, height: body.rows, glyphs: .ascii).count - body.rows, 0)
  }

  /// The figures, with room between them where all of it fits, then the review.
  private static func rows(_ desk: Desk, columns: Int, height: Int, glyphs: Glyphs) -> [Row] {
    let figures = SummaryLines.of(desk.past?.session ?? desk.session, approximately: glyphs.approximately)
    let review = (desk.past?.review ?? desk.review).lines(columns: columns).map(Row.review)
    if figures.count * 2 + review.count <= height { return figures.flatMap { [.figure($0), .blank] } + review }
    return figures.map(Row.figure) + review
  }

  private static func put(_ row: Row, in area: Area, on canvas: inout Canvas) {
    switch row {
    case .blank, .review(.blank): break
    case .figure(let line):
      let isWide = area.columns >= 70
      canvas.put(line.label, in: area.columns(from: 0, count: 14), .label)
      canvas.put(line.value, in: area.columns(from: 15, count: isWide ? 27 : area.columns - 15), line.role)
      if isWide { canvas.put(line.method, in: area.columns(from: 43), .hint) }
    case .review(.title(let title)): canvas.put(title, in: area, .title)
    case .review(.row(let label, let text, let attention)):
      let indent = TakeReview.labelColumns(area.columns)
      canvas.put(label, in: area.columns(from: 0, count: indent - 1), .label)
      canvas.put(text, in: area.columns(from: indent), attention == .fine ? .text : attention.role)
    }
  }
}
