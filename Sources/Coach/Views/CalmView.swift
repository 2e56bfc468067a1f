import Practice
import SpeechSignals
import Terminal

/// The calm view: one large pace meter, four counters, one line that is mostly empty.
enum CalmView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let body = canvas.body
    let session = desk.session
    if canvas.isTall {
      // Pace, scale, message, counters: spread while there is room, never far apart.
      let spare = max(body.rows - 17, 0)
      let top = min(spare / 3, 5)
      let between = min(spare / 4, 2)
      pace(session, in: body.rows(from: top, count: 4), on: &canvas)
      meter(session, in: body.rows(from: top + 5, count: 3), on: &canvas)
      RehearsalWords.drawMessage(desk, in: body.rows(from: top + 9 + between, count: 1), on: &canvas)
      let width = min(body.columns, 92)
      let rest = body.rows(from: top + 11 + between * 2).columns(from: (body.columns - width) / 2, count: width)
      counters(desk, in: rest, on: &canvas)
    } else {
      pace(session, in: body.rows(from: 0, count: 3), on: &canvas)
      meter(session, in: body.rows(from: 3, count: 1), on: &canvas)
      RehearsalWords.drawMessage(desk, in: body.rows(from: 4, count: 1), on: &canvas)
      let rest = body.rows(from: body.rows >= 9 ? 6 : 5)
      brief(desk, in: rest, on: &canvas)
    }
  }

  /// The number, large, and beside it what it is and where it sits.
  private static func pace(_ session: Session, in area: Area, on canvas: inout Canvas) {
    let glyphs = canvas.glyphs
    guard let pace = session.pace, let text = Figures.pace(pace) else {
      let words = session.seconds < 15 ? "listening for your pace" : "no pace yet: too little speech"
      canvas.centre(words, in: area, row: min(1, area.rows - 1), .quiet)
      return
    }
    let band = session.paceBand
    let role = band?.attention.role ?? .quiet
    let number = BigNumber(text, role: role)
    let width = number.width(glyphs) ?? cellWidth(text)
    let side = 24
    let left = area.column + max((area.columns - width - 3 - side) / 2, 0)
    let middle = area.row + 1
    if session.paceSource != .words { canvas.grid.put(glyphs.approximately, left, middle, .hint) }
    let digits = Area(column: left + 2, row: area.row, columns: width, rows: 3)
    canvas.grid.draw(number, in: digits, glyphs)
    let words = Area(column: left + width + 4, row: area.row, columns: side, rows: 3)
    canvas.put(band?.rawValue ?? "first estimate", in: words, row: 1, role)
    canvas.put(
      "wpm, " + RehearsalWords.origin(session.paceSource ?? .syllables), in: words, row: 2, .hint)
  }

  private static func meter(_ session: Session, in area: Area, on canvas: inout Canvas) {
    let width = min(64, area.columns)
    let place = area.columns(from: (area.columns - width) / 2, count: width)
    canvas.grid.draw(RehearsalMeters.pace(session), in: place, canvas.glyphs)
  }

  private static func counters(_ desk: Desk, in area: Area, on canvas: inout Canvas) {
    let facts = RehearsalMeters.counters(desk)
    for (place, fact) in zip(area.splitColumns([1, 1, 1, 1], gap: 2), facts) {
      canvas.put(fact.label, in: place, .label)
      canvas.put(cellWidth(fact.value) <= place.columns ? fact.value : fact.brief, in: place, row: 1, fact.role)
      canvas.put(fact.detail, in: place, row: 2, .hint)
      if fact.label == RehearsalMeters.pausesLabel, desk.session.silenceSeconds >= 0.1 {
        canvas.grid.draw(RehearsalMeters.silence(desk), in: place.rows(from: 3, count: 1), canvas.glyphs)
      }
      if fact.label == RehearsalMeters.loudnessLabel {
        canvas.grid.draw(RehearsalMeters.level(desk), in: place.rows(from: 3, count: 1), canvas.glyphs)
      }
    }
  }

  /// Two facts a row, as many as fit, and the level bar: for small screens.
  private static func brief(_ desk: Desk, in area: Area, on canvas: inout Canvas) {
    let facts = RehearsalMeters.counters(desk)
    let pairs = area.rows >= 3 ? 2 : 1
    for (index, fact) in facts.prefix(pairs * 2).enumerated() {
      let half = area.splitColumns([1, 1], gap: 2)[index % 2]
      let used = canvas.put(fact.label, in: half, row: index / 2, .label)
      canvas.put(fact.brief, in: half, row: index / 2, column: used + 1, fact.role)
    }
    canvas.grid.draw(RehearsalMeters.level(desk), in: area.rows(from: pairs, count: 1), canvas.glyphs)
  }
}
