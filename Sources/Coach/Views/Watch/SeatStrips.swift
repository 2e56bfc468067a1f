import Practice
import SpeechSignals
import Terminal

/// Many learners, a row or two each: what fits of clock, pace, pauses, fillers, level and how it stands.
struct SeatStrips {
  /// Rows of a learner: one, or two with the last minutes and words in the second.
  let rowsEach: Int

  /// What a row shows, from left to right, with its cells.
  private enum Part: CaseIterable {
    case name, clock, pace, band, pauses, fillers, level, state
  }

  private struct Column {
    var part: Part
    var title: String
    var width: Int
    var isRight = false
  }

  /// Draws as many seats as there are rows, the selected one always among them.
  func draw(_ wall: Wall, in area: Area, on canvas: inout Canvas) {
    let names = SeatNames(wall)
    let columns = SeatStrips.columns(in: area.columns - 2, hasSeveral: names.hasSeveral)
    let hasTitles = area.rows >= 3
    if hasTitles { titles(columns, in: area.rows(from: 0, count: 1), on: &canvas) }
    let list = area.rows(from: hasTitles ? 1 : 0)
    let shown = max(list.rows / rowsEach, 1)
    let first = min(max(wall.selection - shown / 2, 0), max(wall.seats.count - shown, 0))
    for (place, seat) in wall.seats.enumerated().dropFirst(first).prefix(shown) {
      let rows = list.rows(from: (place - first) * rowsEach, count: rowsEach)
      line(seat, names, columns, isSelected: place == wall.selection, in: rows.rows(from: 0, count: 1), on: &canvas)
      if rowsEach > 1 { below(seat, in: rows.rows(from: 1, count: 1).columns(from: 4), on: &canvas) }
    }
    let edge = area.columns - 1
    if first > 0 { canvas.put(String(canvas.glyphs.up), in: list, column: edge, .hint) }
    if first + shown < wall.seats.count {
      canvas.put(String(canvas.glyphs.down), in: list, row: list.rows - 1, column: edge, .hint)
    }
  }

  /// The columns that fit, of which the names and how it stands share what is left; names that need more to be told apart
  /// have the larger part.
  private static func columns(in room: Int, hasSeveral: Bool) -> [Column] {
    let fixed: [Column]
    switch room {
    case ..<56:
      let few = [
        Column(part: .clock, title: "time", width: 5, isRight: true),
        Column(part: .pace, title: "wpm", width: 4, isRight: true),
      ]
      fixed = few + (hasSeveral ? [] : [Column(part: .fillers, title: "um", width: 3, isRight: true)])
    case ..<92:
      fixed = [
        Column(part: .clock, title: "time", width: 7, isRight: true),
        Column(part: .pace, title: "wpm", width: 4, isRight: true),
        Column(part: .pauses, title: "pauses", width: 6, isRight: true),
        Column(part: .fillers, title: "fillers", width: 7, isRight: true),
        Column(part: .level, title: "level", width: 10),
      ]
    default:
      fixed = [
        Column(part: .clock, title: "time", width: 7, isRight: true),
        Column(part: .pace, title: "wpm", width: 4, isRight: true),
        Column(part: .band, title: "pace", width: 11), Column(part: .pauses, title: "pauses", width: 6, isRight: true),
        Column(part: .fillers, title: "fillers", width: 7, isRight: true),
        Column(part: .level, title: "level", width: 16),
      ]
    }
    let left = max(room - fixed.reduce(0) { $0 + $1.width + 1 } - 1, 2)
    let name = hasSeveral ? min(max(left * 13 / 20, 8), 44) : min(max(left * 9 / 20, 8), 28)
    return [Column(part: .name, title: "learner", width: name)] + fixed
      + [Column(part: .state, title: "", width: max(left - name, 0))]
  }

  private func titles(_ columns: [Column], in area: Area, on canvas: inout Canvas) {
    each(columns, in: area) { column, place in put(column.title, .label, column, in: place, on: &canvas) }
  }

  private func line(
    _ seat: Seat, _ names: SeatNames, _ columns: [Column], isSelected: Bool, in area: Area, on canvas: inout Canvas
  ) {
    let desk = SeatColumn.desk(of: seat)
    let session = desk.session
    let counters = RehearsalMeters.counters(desk)
    let isKnown = seat.hasBeenWatched
    each(columns, in: area) { column, place in
      switch column.part {
      case .name:
        let used = canvas.put(seat.learner, in: place, .text) + 1
        if let tag = names.tag(seat, columns: place.columns - used) {
          canvas.put(tag, in: place, column: used, .hint)
        }
      case .clock: put(isKnown ? clockTime(session.seconds) : "", .value, column, in: place, on: &canvas)
      case .pace:
        put(
          isKnown ? Figures.pace(session.pace) ?? "-" : "", session.paceBand?.attention.role ?? .quiet, column,
          in: place,
          on: &canvas)
      case .band:
        put(
          session.paceBand?.rawValue ?? "", session.paceBand?.attention.role ?? .quiet, column, in: place, on: &canvas)
      case .pauses: put(isKnown ? "\(session.pauses.count)" : "", .value, column, in: place, on: &canvas)
      case .fillers: put(isKnown ? counters[1].value : "", counters[1].role, column, in: place, on: &canvas)
      case .level:
        if isKnown { canvas.grid.draw(RehearsalMeters.level(desk), in: place, canvas.glyphs) }
      case .state:
        let (text, role) = SeatStrips.state(seat)
        put(WatchWords.brief(text, columns: column.width), role, column, in: place, on: &canvas)
      }
    }
    guard isSelected else { return }
    canvas.put(String(canvas.glyphs.caret), in: area, .selection)
    canvas.grid.restyle(area.columns(from: 0, count: 2 + (columns.first?.width ?? 0)), .selection)
  }

  /// How it stands; while nothing is out of the common, the timing light.
  private static func state(_ seat: Seat) -> (text: String, role: Role) {
    let brief = WatchWords.brief(seat)
    guard brief.text.isEmpty, let light = WatchWords.light(seat) else { return brief }
    let (words, role) = RehearsalWords.lightWords(light, brief: true)
    return (words, role)
  }

  /// The last two minutes, and the last words beside them.
  private func below(_ seat: Seat, in area: Area, on canvas: inout Canvas) {
    guard seat.hasBeenWatched else { return }
    let halves = area.splitColumns([1, 2], gap: 2)
    canvas.grid.draw(FullView.timeline(seat.shown, columns: halves[0].columns), in: halves[0], canvas.glyphs)
    SpokenWords(seat.shown, columns: halves[1].columns, rows: 1).draw(in: halves[1], on: &canvas)
  }

  private func each(_ columns: [Column], in area: Area, _ body: (Column, Area) -> Void) {
    var start = 2
    for column in columns {
      body(column, area.columns(from: start, count: column.width))
      start += column.width + 1
    }
  }

  private func put(_ text: String, _ role: Role, _ column: Column, in place: Area, on canvas: inout Canvas) {
    if column.isRight {
      canvas.grid.putRight(
        text, place.column + place.columns, place.row, role, width: place.columns, glyphs: canvas.glyphs)
    } else {
      canvas.put(text, in: place, role)
    }
  }
}
