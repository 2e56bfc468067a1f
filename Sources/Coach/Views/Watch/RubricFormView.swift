import Practice
import Terminal

/// A rubric filled in while listening: criteria with the levels given so far, and how it goes meanwhile.
enum RubricFormView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let wall = desk.wall, let seat = wall.selected, wall.rubrics.indices.contains(wall.rubric) else {
      canvas.head("Rubric")
      return canvas.foot(desk.notice ?? Messages.noRubrics, room: desk.room, role: .warning)
    }
    let rubric = wall.rubrics[wall.rubric]
    let place = wall.rubrics.count > 1 ? "\(wall.rubric + 1) of \(wall.rubrics.count)" : ""
    canvas.head(
      rubric.name, "for " + SeatNames(wall).name(seat),
      right: [(place, .hint), (clockTime(seat.session.seconds), .value)])
    let body = canvas.body
    let words = meaning(rubric, wall.criterion, columns: body.columns).prefix(max(body.rows / 3, 1))
    let lower = min(words.count + (body.rows >= 14 ? 4 : 1), body.rows - 3)
    let (upper, rest) = body.splitBottom(lower)
    criteria(rubric, wall.criterion, seat, in: upper, on: &canvas)
    for (row, line) in words.enumerated() { canvas.put(line, in: rest, row: row, .hint) }
    live(seat, in: rest.rows(from: words.count), on: &canvas)
    canvas.foot(
      desk.notice ?? Messages.givesLevels(rubric.scale), room: desk.room,
      role: desk.notice == nil ? .hint : .warning, without: wall.rubrics.count > 1 ? [] : [.nextRubric])
  }

  private static func criteria(
    _ rubric: Rubric, _ selected: Int, _ seat: Seat, in area: Area, on canvas: inout Canvas
  ) {
    let rows = rubric.criteria.map { criterion in
      let level = seat.levels[Seat.LevelKey(rubric: rubric.id, criterion: criterion.id)]
      return [criterion.name, level.map { Figures.decimal($0, 0) + " " + rubric.name(ofLevel: $0) } ?? "-"]
    }
    canvas.grid.draw(
      ListTable(
        columns: [.init("criterion"), .init("level", width: area.columns >= 60 ? 24 : 14)], rows: rows,
        selected: selected),
      in: area.columns(from: 0, count: 76), canvas.glyphs)
  }

  /// What the levels of the criterion look like, else what they are called.
  private static func meaning(_ rubric: Rubric, _ place: Int, columns: Int) -> [String] {
    guard rubric.criteria.indices.contains(place) else { return [] }
    let descriptors = rubric.criteria[place].descriptors
    let levels = zip(rubric.scale, rubric.levels)
    guard descriptors.count == rubric.levels.count else {
      return wrap(levels.map { "\($0) \($1)" }.joined(separator: ", "), to: columns)
    }
    return zip(rubric.scale, descriptors).map { clip("\($0) \($1)", to: columns) }
  }

  /// How it goes meanwhile: figures in a line, and the last words.
  private static func live(_ seat: Seat, in area: Area, on canvas: inout Canvas) {
    guard area.rows >= 3 else { return }
    let desk = SeatColumn.desk(of: seat)
    let pace = Figures.pace(desk.session.pace).map { $0 + " wpm" } ?? "no pace yet"
    let facts = RehearsalMeters.counters(desk).prefix(2).map { $0.label + " " + $0.brief }
    canvas.put(([pace] + facts).joined(separator: "  "), in: area, row: 1, .value)
    let place = area.rows(from: 2)
    SpokenWords(desk.session, columns: place.columns, rows: place.rows).draw(in: place, on: &canvas)
  }
}
