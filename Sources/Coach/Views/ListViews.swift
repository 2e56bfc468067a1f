import Practice
import Terminal

/// The history and the devices: lists with a selected row.
enum ListViews {
  static func drawHistory(_ desk: Desk, on canvas: inout Canvas) {
    let history = desk.history
    let count = history.count.map { Figures.count($0, "session") } ?? ""
    let order = history.filter.order == .newest ? "" : "by " + history.filter.order.rawValue
    canvas.head("History", history.filterText, right: [(order, .label), (count, .hint)])
    if history.lines.isEmpty {
      let words = history.count == nil ? "" : history.filter.isEmpty ? Messages.noSessionsYet : Messages.nothingFound
      canvas.centre(words, in: canvas.body, row: 1, .hint)
    } else {
      let isWide = canvas.area.columns >= 70
      // What the list is sorted by is seen.
      let isByFillers = history.filter.order == .fillers
      var columns: [ListTable.Column] = [
        .init("when", width: isWide ? 16 : 11), .init("length", width: 7, isRight: true),
      ]
      if isWide {
        columns += [
          .init(isByFillers ? "fillers" : "pace", width: 8, isRight: true), .init("score", width: 5, isRight: true),
        ]
      }
      columns.append(.init("talk"))
      if isWide { columns.append(.init("id", width: 8)) }
      let taken = columns.reduce(0) { $0 + ($1.width ?? 0) + 1 } + 3
      let rows = history.lines.map { line in
        let title = title(line, columns: canvas.body.columns - taken, canvas.glyphs)
        guard isWide else { return [String(line.when.dropFirst(5)), line.duration, title] }
        return [line.when, line.duration, isByFillers ? line.fillers : line.pace, line.score, title, line.id]
      }
      canvas.grid.draw(
        ListTable(columns: columns, rows: rows, selected: history.selection), in: canvas.body, canvas.glyphs)
    }
    canvas.foot(desk.notice ?? "", room: .history, role: .warning)
  }

  /// What a session is called in `columns` cells: what became of it, its title, its tags; the title gives way first.
  private static func title(_ line: SessionLine, columns: Int, _ glyphs: Glyphs) -> String {
    // Tags are whole or not there.
    var tags = ""
    for tag in line.tags where cellWidth(tags + " #" + tag) <= columns - 12 { tags += " #" + tag }
    let title = (line.state.isEmpty ? "" : line.state + ": ") + line.title
    return clip(title, to: max(columns - cellWidth(tags), 0), glyphs: glyphs) + tags
  }

  static func drawDevices(_ desk: Desk, on canvas: inout Canvas) {
    canvas.head("Devices", "that can capture", right: [(Figures.count(desk.devices.count, "device"), .hint)])
    if desk.devices.isEmpty {
      canvas.grid.draw(Paragraph(Messages.noDevices, role: .warning), in: canvas.body, canvas.glyphs)
    } else {
      let isWide = canvas.area.columns >= 70
      var columns: [ListTable.Column] = [.init("device", width: isWide ? 26 : 16), .init("what it is")]
      if isWide { columns.append(.init("what it can do", width: 24)) }
      let rows = desk.devices.map { [$0.id, $0.summary] + (isWide ? [$0.ability] : []) }
      canvas.grid.draw(
        ListTable(columns: columns, rows: rows, selected: desk.deviceSelection), in: canvas.body, canvas.glyphs)
    }
    canvas.foot(desk.notice ?? "In use: " + (desk.source.name.isEmpty ? "none" : desk.source.name), room: .devices)
  }
}

/// The keys that are valid where help was asked for.
enum HelpView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let asked = desk.rooms.dropLast().last ?? .home
    canvas.head("Keys", "valid in: \(asked.words)")
    let body = canvas.body
    let lines = lines(asked, desk, columns: body.columns)
    let start = min(desk.offset, max(lines.count - body.rows, 0))
    for (row, line) in lines.dropFirst(start).prefix(body.rows).enumerated() {
      let place = body.rows(from: row, count: 1)
      canvas.put(line.key, in: place.columns(from: 0, count: 15), .key)
      canvas.put(line.help, in: place.columns(from: 16), .text)
    }
    canvas.foot(lines.count > body.rows ? "Up and Down show more." : "", room: .help)
  }

  /// How far help can be scrolled on a screen of `size`.
  static func lastOffset(_ desk: Desk, size: Size) -> Int {
    let body = Canvas(grid: Grid(size), glyphs: .ascii).body
    return max(lines(desk.rooms.dropLast().last ?? .home, desk, columns: body.columns).count - body.rows, 0)
  }

  private static func lines(_ room: Room, _ desk: Desk, columns: Int) -> [(key: String, help: String)] {
    desk.help(of: room).flatMap { line in
      let texts = wrap(line.help, to: columns - 16)
      return texts.enumerated().map { (key: $0.offset == 0 ? line.key : "", help: $0.element) }
    }
  }
}
