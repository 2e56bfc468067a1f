import Practice
import Terminal

/// Two words that one sound holds apart; the one to say is framed, named and pointed at.
enum PairView {
  static func draw(_ pair: DrillScene.Pair, in area: Area, on canvas: inout Canvas) {
    let isTall = area.rows >= 9
    let height = isTall ? 5 : area.rows >= 5 ? 3 : 1
    let top = isTall ? SceneLayout.top(of: height + 4, in: area) : 0
    let widest = max(cellWidth(spread(pair.word)), cellWidth(spread(pair.other)))
    let width = min(max(widest + 8, 16), (area.columns - 2) / 2)
    let row = area.rows(from: top, count: height)
    let left = row.columns(from: (area.columns - 2 * width - 2) / 2, count: width)
    let right = Area(column: left.column + width + 2, row: left.row, columns: width, rows: height)
    // Both words keep their places: which one stands first says nothing.
    let isFirst = pair.word <= pair.other
    card(pair.word, isAsked: true, in: isFirst ? left : right, on: &canvas)
    card(pair.other, isAsked: false, in: isFirst ? right : left, on: &canvas)
    let below = area.rows(from: top + height + (isTall ? 1 : 0))
    if let last = pair.last { outcome(last, in: below, on: &canvas) }
    let tally = "right \(pair.right)   other \(pair.wrong)   not sure \(pair.unsure)"
    canvas.centre(tally, in: below, row: isTall ? 2 : 1, .label)
  }

  private static func card(_ word: String, isAsked: Bool, in area: Area, on canvas: inout Canvas) {
    let shown = cellWidth(spread(word)) <= area.columns - 6 ? spread(word) : word
    let text = isAsked ? "\(canvas.glyphs.caret) say: \(word)" : word
    guard area.rows >= 3 else { return canvas.centre(text, in: area, isAsked ? .current : .quiet) }
    if isAsked {
      let inner = canvas.grid.box(area, title: "\(canvas.glyphs.caret) say", glyphs: canvas.glyphs)
      canvas.centre(shown, in: inner, row: inner.rows / 2, .current)
    } else {
      canvas.centre(shown, in: area, row: area.rows / 2, .quiet)
    }
  }

  private static func outcome(
    _ last: (word: String, outcome: DrillScene.Pair.Outcome), in area: Area, on canvas: inout Canvas
  ) {
    let (sign, role): (String, Role) =
      switch last.outcome {
      case .right: (String(canvas.glyphs.check), .good)
      case .other: (String(canvas.glyphs.cross), .watch)
      case .unsure: ("?", .quiet)
      }
    canvas.centre(sign + " " + DrillMessages.outcome(last.word, last.outcome, brief: area.columns < 60), in: area, role)
  }

  /// A word with room between its letters.
  private static func spread(_ word: String) -> String { word.map(String.init).joined(separator: " ") }
}

/// Breathing: a box that fills while the air comes in and empties while it goes.
enum BreathView {
  static func draw(_ breath: DrillScene.Breath, in area: Area, on canvas: inout Canvas) {
    let word = DrillMessages.breath(breath.phase)
    let left = max((breath.ofSeconds - breath.seconds - 0.001).rounded(.up), 0)
    let text = word + " " + Figures.decimal(left, 0)
    guard area.rows >= 4 else { return canvas.centre(text, in: area, row: area.rows / 2, .current) }
    let rows = min(area.rows, 11)
    let columns = min(rows * 2 + 7, area.columns)
    let top = (area.rows - rows) / 2
    let box = area.rows(from: top, count: rows).columns(from: (area.columns - columns) / 2, count: columns)
    let inner = canvas.grid.box(box, glyphs: canvas.glyphs)
    let filled = Int((full(breath) * Double(inner.rows)).rounded())
    canvas.grid.fill(inner.rows(from: inner.rows - filled), canvas.glyphs.band, .band)
    // The word stands on a clear ground, whatever the air does.
    let width = cellWidth(text) + 2
    let middle = inner.rows(from: inner.rows / 2, count: 1)
    canvas.grid.fill(middle.columns(from: (inner.columns - width) / 2, count: width))
    canvas.centre(text, in: middle, .current)
  }

  /// How full the lungs are, 0 to 1.
  private static func full(_ breath: DrillScene.Breath) -> Double {
    let share = breath.ofSeconds > 0 ? min(max(breath.seconds / breath.ofSeconds, 0), 1) : 1
    return switch breath.phase {
    case 0: share
    case 1: 1
    case 2: 1 - share
    default: 0
    }
  }
}
