import Practice
import Terminal

/// One learner full size: the meters of a rehearsal as they would see them, what they say, what everybody remarks.
enum WatchedView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let wall = desk.wall, let seat = wall.selected else {
      canvas.head("Watching")
      return canvas.foot(desk.notice ?? "", room: desk.room, role: .warning)
    }
    head(seat, SeatNames(wall), on: &canvas)
    let body = canvas.body
    if seat.hasBeenWatched {
      let (upper, lower) = body.splitTop(meterRows(seat, in: body))
      meters(seat, desk, in: upper, on: &canvas)
      told(seat, in: lower, on: &canvas)
    } else {
      let (text, role) = WatchWords.sentence(seat) ?? (Messages.nothingToWatch, .hint)
      for (row, line) in wrap(text, to: min(body.columns, 64)).enumerated() {
        canvas.centre(line, in: body, row: body.rows / 3 + row, role)
      }
    }
    WallView.foot(desk, wall, on: &canvas)
  }

  private static func head(_ seat: Seat, _ names: SeatNames, on canvas: inout Canvas) {
    let session = seat.shown
    var right: [(String, Role)] = []
    if seat.hasBeenWatched {
      let clock = clockTime(session.seconds)
      let length = session.beginning?.length.map { " of " + Figures.length($0) } ?? ""
      right.append((seat.position == nil ? clock + length : clock + " of " + clockTime(seat.session.seconds), .value))
      if seat.position == nil, let light = WatchWords.light(seat) {
        let (words, role) = RehearsalWords.lightWords(light, brief: canvas.area.columns < 60)
        right.append(("\(canvas.glyphs.light) \(words)", role))
      }
    }
    canvas.head(seat.learner, names.detail(seat), right: right)
  }

  /// Rows of the meters: a full view has seven of them, of one, two or four rows each.
  private static func meterRows(_ seat: Seat, in body: Area) -> Int {
    let seesWords = seat.seesWords
    let spare = body.rows - (seesWords ? body.rows / 3 : 3)
    guard seat.density == .full || seat.shown.drill != nil else {
      let hasScript = seat.shown.prompter.map { !$0.script.isEmpty } ?? false
      return hasScript ? spare : min(spare, body.rows >= 30 ? 18 : 9)
    }
    let steps = [32, 16, 8].first { $0 <= spare }
    return steps ?? max(spare, 4)
  }

  /// The rehearsal's own view of a session, in an area.
  private static func meters(_ seat: Seat, _ desk: Desk, in area: Area, on canvas: inout Canvas) {
    var shown = SeatColumn.desk(of: seat)
    shown.wall = desk.wall
    canvas.within(area) { RehearsalView.drawBody(shown, on: &$0) }
  }

  /// What is said at the left, who remarks what at the right; below each other where it is narrow.
  private static func told(_ seat: Seat, in area: Area, on canvas: inout Canvas) {
    let seesWords = seat.seesWords
    let isTall = area.rows >= 6
    if isTall { canvas.grid.fill(area.rows(from: 0, count: 1), canvas.glyphs.horizontal, .border) }
    let place = area.rows(from: isTall ? 1 : 0)
    guard seesWords else { return remarks(seat, in: place, on: &canvas) }
    if area.columns >= 76 {
      let halves = place.splitColumns([3, 2], gap: 3)
      said(seat, in: halves[0], on: &canvas)
      canvas.grid.fill(
        Area(column: halves[1].column - 2, row: place.row, columns: 1, rows: place.rows), canvas.glyphs.vertical,
        .border)
      remarks(seat, in: halves[1], on: &canvas)
    } else {
      let (upper, lower) = place.splitBottom(min(max(place.rows / 3, 1), 4))
      said(seat, in: upper, on: &canvas)
      remarks(seat, in: lower, on: &canvas)
    }
  }

  private static func said(_ seat: Seat, in area: Area, on canvas: inout Canvas) {
    let session = seat.shown
    let hasTitle = area.rows >= 4
    if hasTitle {
      let source = session.words.last?.source
      let words = source == .stock ? "said, roughly" : "said"
      canvas.put(seat.scroll > 0 ? words + ", further up" : words, in: area, .label)
    }
    let place = area.rows(from: hasTitle ? 1 : 0)
    let words = SpokenWords(session, columns: place.columns, rows: place.rows, up: seat.scroll)
    if words.lines.isEmpty { canvas.put("no words yet", in: place, .hint) }
    words.draw(in: place, on: &canvas)
  }

  /// Who looks on, the last remarks of all by name, and what became of one's own.
  private static func remarks(_ seat: Seat, in area: Area, on canvas: inout Canvas) {
    var rest = area
    if area.rows >= 4 {
      let names = seat.session.watchers.map { $0.name }
      canvas.put(
        names.isEmpty ? "remarks" : "remarks; looking on: " + names.joined(separator: ", "), in: area, .label)
      rest = area.rows(from: 1)
    }
    let own = WatchWords.lastSent(seat, columns: rest.columns, rows: rest.rows)
    let room = max(rest.rows - own.lines.count, 0)
    let lines = (WatchWords.remarks(seat, last: room, canvas.glyphs) + turns(seat)).flatMap { line in
      wrap(line.text, to: rest.columns).map { (text: $0, role: line.role) }
    }
    for (row, line) in lines.suffix(room).enumerated() { canvas.put(line.text, in: rest, row: row, line.role) }
    for (row, line) in own.lines.enumerated() {
      canvas.put(line, in: rest, row: min(lines.count, room) + row, own.role)
    }
  }

  /// The last words of the talk with the AI tutor, as long as it goes on.
  private static func turns(_ seat: Seat) -> [WatchWords.Line] {
    guard seat.talksToTutor else { return [] }
    return seat.shown.turns.suffix(2).map { turn in
      let who = turn.who == .tutor ? "AI tutor" : WatchWords.name(seat)
      return WatchWords.Line(
        seconds: seat.shown.seconds, text: who + ": " + String(turn.text.prefix(400)), role: .label)
    }
  }
}
