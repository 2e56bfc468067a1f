import Practice
import Terminal

/// The script while speaking: the sentence to be said at eye height, one row of figures above it.
enum PrompterView {
  /// The widest line of the script: longer ones lose the eye on its way back.
  private static let widestLine = 66
  /// Columns of the margin with its signs.
  private static let margin = 2

  static func draw(_ prompter: Prompter, _ desk: Desk, on canvas: inout Canvas) {
    let body = canvas.body
    figures(desk, in: body.rows(from: 0, count: 1), on: &canvas)
    origin(desk, in: body.rows(from: 1, count: 1), on: &canvas)
    section(prompter, desk, in: body.rows(from: 2, count: 1), on: &canvas)
    let message = body.rows(from: body.rows - 1, count: 1)
    let text = body.rows(from: canvas.isTall ? 4 : 3, count: body.rows - (canvas.isTall ? 6 : 5))
    script(prompter, in: text, on: &canvas)
    if RehearsalWords.message(desk) != nil {
      RehearsalWords.drawMessage(desk, in: message, on: &canvas)
    } else if let (words, role) = mode(prompter.mode, desk.session, brief: body.columns < 60) {
      canvas.centre(words, in: message, role)
    }
  }

  /// Pace, pauses, fillers and the projected end, in one row.
  private static func figures(_ desk: Desk, in area: Area, on canvas: inout Canvas) {
    let session = desk.session
    var used = 0
    func put(_ text: String, _ role: Role) { used += canvas.put(text, in: area, column: used, role) + 1 }
    if let pace = session.pace, let text = Figures.pace(pace) {
      let band = session.paceBand
      let isCounted = session.paceSource == .words
      put((isCounted ? "" : canvas.glyphs.approximately) + text, band?.attention.role ?? .quiet)
      put(band?.rawValue ?? "wpm", band?.attention.role ?? .quiet)
      used += 1
    }
    let isNarrow = area.columns < 60
    for counter in RehearsalMeters.counters(desk).prefix(isNarrow ? 1 : 2) {
      put(counter.label, .label)
      put(counter.brief, counter.role)
      used += 1
    }
    guard let end = session.projectedSeconds else { return }
    let words = (isNarrow ? "ends " : "you will end at ") + clockTime(end)
    if used + cellWidth(words) < area.columns {
      canvas.grid.putRight(words, area.column + area.columns, area.row, .value, glyphs: canvas.glyphs)
    }
  }

  /// What the pace is taken from, and the level: the one thing that moves while nothing else does.
  private static func origin(_ desk: Desk, in area: Area, on canvas: inout Canvas) {
    let (left, right) = (area.columns * 2 / 3, min(24, area.columns / 3))
    if let source = desk.session.paceSource {
      canvas.put("wpm, " + RehearsalWords.origin(source), in: area.columns(from: 0, count: left), .hint)
    }
    let bar = area.columns(from: area.columns - right, count: right)
    canvas.grid.draw(RehearsalMeters.level(desk), in: bar, canvas.glyphs)
  }

  /// The section's name, its time so far and its budget.
  private static func section(_ prompter: Prompter, _ desk: Desk, in area: Area, on canvas: inout Canvas) {
    let script = prompter.script
    guard script.sections.indices.contains(prompter.section) else { return }
    let section = script.sections[prompter.section]
    let spent = desk.session.sectionSeconds
    var role = Role.hint
    var clock = clockTime(spent)
    if let budget = section.budgetSeconds {
      clock += " of " + clockTime(budget)
      role = spent > budget ? .watch : .hint
    }
    let width = canvas.grid.putRight(clock, area.column + area.columns, area.row, role, glyphs: canvas.glyphs)
    canvas.put(section.title, in: area.columns(from: 0, count: area.columns - width - 2), .label)
  }

  private static func mode(_ mode: Prompter.Mode, _ session: Session, brief: Bool) -> (String, Role)? {
    switch mode {
    case .following: nil
    case .holding: (Messages.prompterHolds, .hint)
    case .pacing(let reason): (Messages.prompterPaces(reason, isNoisy: session.isTooNoisy, brief: brief), .hint)
    }
  }

  private static func script(_ prompter: Prompter, in area: Area, on canvas: inout Canvas) {
    guard area.rows > 0, area.columns > margin + 8 else { return }
    let width = min(area.columns - margin, widestLine)
    let place = area.columns(from: max(0, (area.columns - margin - width) / 2), count: width + margin)
    let layout = PrompterLayout(prompter, columns: width, rows: area.rows)
    // Eye height is a third down; a long sentence moves up so that the word to be said stays in sight.
    let eye = area.rows / 3
    let top = max(layout.eyeLine - eye, layout.wordLine - area.rows * 2 / 3)
    for row in 0..<area.rows {
      guard layout.lines.indices.contains(top + row) else { continue }
      let line = layout.lines[top + row]
      if let glyph = glyph(line.sign, canvas.glyphs) {
        canvas.put(String(glyph.0), in: place, row: row, glyph.1)
      }
      var column = margin
      for run in line.runs { column += canvas.put(run.text, in: place, row: row, column: column, run.role) }
    }
  }

  private static func glyph(_ sign: PrompterLayout.Sign, _ glyphs: Glyphs) -> (Character, Role)? {
    switch sign {
    case .none: nil
    case .here: (glyphs.beyondRight, .current)
    case .skipped: (glyphs.cross, .skipped)
    case .altered: ("~", .altered)
    }
  }
}
