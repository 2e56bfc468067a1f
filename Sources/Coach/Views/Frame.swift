import Practice
package import Terminal

/// The screen for a desk: a pure function from state to a grid of styled cells.
///
/// Every room has the same three parts: a head of one row with a rule under it, a body, and a foot with the status and
/// the keys that mean something now. What does not fit is left out from the least important on.
package enum Frame {
  /// The smallest screen that is laid out; below it one line says so.
  package static let smallest = Size(columns: 40, rows: 12)

  /// The first line that may be shown of what is longer than a screen of `size`; nil where `desk` says itself.
  package static func lastOffset(of desk: Desk, size: Size) -> Int? {
    guard size.columns >= smallest.columns, size.rows >= smallest.rows else { return nil }
    switch desk.room {
    case .summary: return SummaryView.lastOffset(desk, size: size)
    case .explained: return ExplainedView.lastOffset(desk, size: size)
    case .help: return HelpView.lastOffset(desk, size: size)
    case .sent, .consent: return ConversationView.lastOffset(desk, size: size)
    case .drillCard: return DrillCardView.lastOffset(desk, size: size)
    case .drillResult: return DrillResultView.lastOffset(desk, size: size)
    default: return nil
    }
  }

  /// The same for what can be scrolled above its selected line, 0 or below.
  package static func firstOffset(of desk: Desk, size: Size) -> Int {
    guard size.columns >= smallest.columns, size.rows >= smallest.rows, desk.room == .explained else { return 0 }
    return ExplainedView.firstOffset(desk, size: size)
  }

  /// Draws `desk`.
  package static func grid(of desk: Desk, size: Size, glyphs: Glyphs) -> Grid {
    var grid = Grid(size)
    guard size.columns >= smallest.columns, size.rows >= smallest.rows else {
      grid.put(
        "Rostrum needs 40x12.", 0, 0, .warning, width: size.columns,
        glyphs: glyphs)
      return grid
    }
    var canvas = Canvas(grid: grid, glyphs: glyphs, idle: desk.idle(in: desk.room))
    switch desk.room {
    case .home: HomeView.draw(desk, on: &canvas)
    case .rehearsal: RehearsalView.draw(desk, on: &canvas)
    case .ask: desk.session.drill == nil ? RehearsalView.draw(desk, on: &canvas) : DrillView.draw(desk, on: &canvas)
    case .summary: SummaryView.draw(desk, on: &canvas)
    case .history: ListViews.drawHistory(desk, on: &canvas)
    case .devices: ListViews.drawDevices(desk, on: &canvas)
    case .help: HelpView.draw(desk, on: &canvas)
    case .calibration: CalibrationView.draw(desk, on: &canvas)
    case .conversation: ConversationView.draw(desk, on: &canvas)
    case .consent, .sent: ConversationView.drawSent(desk, on: &canvas)
    case .replay: ReplayView.draw(desk, on: &canvas)
    case .clip, .export:
      below(desk, size: size, on: &canvas)
      MenuView.draw(desk, on: &canvas)
    case .scores: ScoresView.draw(desk, on: &canvas)
    case .explained: ExplainedView.draw(desk, on: &canvas)
    case .trends: TrendsView.draw(desk, on: &canvas)
    case .search: SearchView.draw(desk, on: &canvas)
    case .entry:
      below(desk, size: size, on: &canvas)
      EntryView.draw(desk, on: &canvas)
    case .drills: DrillsView.draw(desk, on: &canvas)
    case .drillCard: DrillCardView.draw(desk, on: &canvas)
    case .drill: DrillView.draw(desk, on: &canvas)
    case .drillResult: DrillResultView.draw(desk, on: &canvas)
    case .plan: PlanView.draw(desk, on: &canvas)
    case .wall: WallView.draw(desk, on: &canvas)
    case .watched: WatchedView.draw(desk, on: &canvas)
    case .rubricForm: RubricFormView.draw(desk, on: &canvas)
    case .drillChoice: DrillChoiceView.draw(desk, on: &canvas)
    case .sharing: SharingView.draw(desk, on: &canvas)
    }
    return canvas.grid
  }

  /// Draws the room under the one in front, with the keys of that one.
  private static func below(_ desk: Desk, size: Size, on canvas: inout Canvas) {
    if desk.room == .entry, desk.entry?.purpose == .guess { return }
    var under = desk
    under.rooms.removeLast()
    canvas.grid = grid(of: under, size: size, glyphs: canvas.glyphs)
    let bottom = canvas.area.rows(from: canvas.area.rows - 2)
    canvas.grid.fill(bottom)
    canvas.foot("", room: desk.room)
  }
}
