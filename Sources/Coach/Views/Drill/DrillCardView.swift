import Practice
import Terminal

/// A drill before it starts: what it trains, what to do, when it is passed, and how it went before.
enum DrillCardView {
  /// A row: a label at the left, and what it is about.
  enum Row: Equatable {
    case text(label: String, text: String, role: Role)
    case past(label: String)
    case blank
  }

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let card = desk.drills.card else {
      canvas.head("Drill")
      return canvas.foot(desk.notice ?? "", room: desk.room, role: .warning)
    }
    draw(
      card, measures: card.drill.kind.exercise.measures, readAloud: DrillWords.readAloud(card.drill),
      offset: desk.offset, on: &canvas)
    let due = card.due.isEmpty ? "" : DrillMessages.again(card.due)
    canvas.foot(desk.notice ?? due, room: desk.room, role: desk.notice == nil ? .hint : .warning)
  }

  /// The card of a drill of these `measures`, with what is read aloud in it.
  static func draw(
    _ card: DrillState.Card, measures: [DrillMeasure], readAloud: [String], offset: Int, on canvas: inout Canvas
  ) {
    let drill = card.drill
    canvas.head(drill.name, "", right: [(DrillWords.length(drill.seconds), .value)])
    let body = canvas.body
    let rows = rows(card, measures: measures, readAloud: readAloud, columns: body.columns, height: body.rows)
    let start = min(max(offset, 0), max(rows.count - body.rows, 0))
    let indent = indent(body.columns)
    for (place, row) in rows.dropFirst(start).prefix(body.rows).enumerated() {
      let line = body.rows(from: place, count: 1)
      let rest = line.columns(from: indent)
      switch row {
      case .blank: break
      case .text(let label, let text, let role):
        canvas.put(label, in: line.columns(from: 0, count: indent - 1), .label)
        canvas.put(text, in: rest, role)
      case .past(let label):
        canvas.put(label, in: line.columns(from: 0, count: indent - 1), .label)
        PastRow.draw(card.past, of: DrillWords.measure(drill.measure, among: measures), in: rest, on: &canvas)
      }
    }
    let edge = canvas.area.columns - 1
    if start > 0 { canvas.put(String(canvas.glyphs.up), in: body, column: edge - 1 - 1, .hint) }
    if start + body.rows < rows.count {
      canvas.put(String(canvas.glyphs.down), in: body, row: body.rows - 1, column: edge - 1 - 1, .hint)
    }
  }

  /// How far it can be scrolled on a screen of `size`: the first line shown, at most.
  static func lastOffset(_ desk: Desk, size: Size) -> Int {
    guard let card = desk.drills.card else { return 0 }
    let body = Canvas(grid: Grid(size), glyphs: .ascii).body
    let rows = rows(
      card, measures: card.drill.kind.exercise.measures, readAloud: DrillWords.readAloud(card.drill),
      columns: body.columns, height: body.rows)
    return max(rows.count - body.rows, 0)
  }

  private static func indent(_ columns: Int) -> Int { columns >= 60 ? 12 : 8 }

  private static func rows(
    _ card: DrillState.Card, measures: [DrillMeasure], readAloud: [String], columns: Int, height: Int
  ) -> [Row] {
    let drill = card.drill
    let width = max(min(columns - indent(columns) - 1, 72), 8)
    func said(_ label: String, _ texts: [String], _ role: Role) -> [Row] {
      var rows: [Row] = []
      for (number, text) in texts.enumerated() {
        if number > 0, height >= 16 { rows.append(.blank) }
        for line in wrap(sanitised(text), to: width) {
          rows.append(.text(label: rows.isEmpty ? label : "", text: line, role: role))
        }
      }
      return rows
    }
    let pass = DrillWords.pass(drill, among: measures) ?? DrillMessages.neverGraded
    let kind = "\(DrillWords.name(drill.kind)), level \(drill.level) of 3"
    var parts: [[Row]] = [
      said("trains", [DrillWords.trains(drill.skill)], .text), said("kind", [kind], .hint),
      said("do", DrillWords.instructions(drill.body), .value),
      said("to pass", [pass], .text),
    ]
    if PastRow.words(card.past, of: DrillWords.measure(drill.measure, among: measures)) != nil {
      parts.append([.past(label: "before")])
    } else {
      parts.append(said("before", [DrillMessages.neverDone], .quiet))
    }
    if let note = card.note { parts.insert(said("note", [DrillMessages.told(by: card.by, note)], .cue), at: 0) }
    if !readAloud.isEmpty { parts.append(said("you read", readAloud, .hint)) }
    let kept = parts.filter { !$0.isEmpty }
    // Room between the parts where all of it is seen with it.
    let isSpread = height >= 16
    return Array(kept.joined(separator: isSpread ? [.blank] : []))
  }
}
