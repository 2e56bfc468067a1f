import Practice
import Terminal

/// What came of a session: each measure with its unit and how it was measured.
enum SummaryView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let session = desk.past ?? desk.session
    canvas.head("Summary", session.beginning?.title ?? "", right: [(session.beginning?.id ?? "", .hint)])
    let body = canvas.body
    let lines = SummaryLines.of(session, approximately: canvas.glyphs.approximately)
    let isWide = body.columns >= 70
    let step = body.rows >= lines.count * 2 ? 2 : 1
    let start = min(desk.offset, max(lines.count - body.rows / step, 0))
    for (index, line) in lines.dropFirst(start).enumerated() where index * step < body.rows {
      let row = body.rows(from: index * step, count: 1)
      canvas.put(line.label, in: row.columns(from: 0, count: 14), .label)
      let value = row.columns(from: 15, count: isWide ? 27 : body.columns - 15)
      canvas.put(line.value, in: value, line.role)
      if isWide { canvas.put(line.method, in: row.columns(from: 43), .hint) }
    }
    let id = session.beginning?.id ?? ""
    let saved = canvas.area.columns < 60 ? "Saved session \(id)" : Messages.savedLine(id)
    if case .late(_, let reason) = desk.saving, desk.past == nil {
      canvas.foot(Messages.notSavedYet(reason), room: .summary, role: .error)
    } else {
      canvas.foot(desk.past == nil ? saved : "rostrum sessions show \(id)", room: .summary)
    }
  }
}
