import Practice
import Terminal

/// The history and the devices: lists with a selected row.
enum ListViews {
  static func drawHistory(_ desk: Desk, on canvas: inout Canvas) {
    canvas.head("History", right: [(Figures.count(desk.history.count, "session"), .hint)])
    if desk.history.isEmpty {
      canvas.centre("No sessions yet. Rehearse, and they will be here.", in: canvas.body, row: 1, .hint)
    } else {
      let isWide = canvas.area.columns >= 70
      var columns: [ListTable.Column] = [.init("when", width: 16), .init("length", width: 7, isRight: true)]
      if isWide { columns.append(.init("pace", width: 9, isRight: true)) }
      columns.append(.init("talk"))
      let state = desk.history.map { cellWidth($0.state) }.max() ?? 0
      if isWide { columns += [.init("", width: state), .init("id", width: 8)] }
      let rows = desk.history.map { line in
        [line.when, line.duration] + (isWide ? [line.pace, line.title, line.state, line.id] : [line.title])
      }
      canvas.grid.draw(
        ListTable(columns: columns, rows: rows, selected: desk.historySelection), in: canvas.body, canvas.glyphs)
    }
    canvas.foot(desk.notice ?? "", room: .history, role: .warning)
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
    canvas.head("Keys", "valid in: \(asked == .rehearsal ? "rehearsal" : asked.rawValue)")
    let body = canvas.body
    let lines = Keymap.help(asked).flatMap { line in
      let texts = wrap(line.help, to: body.columns - 16)
      return texts.enumerated().map { (key: $0.offset == 0 ? line.key : "", help: $0.element) }
    }
    let start = min(desk.offset, max(lines.count - body.rows, 0))
    for (row, line) in lines.dropFirst(start).prefix(body.rows).enumerated() {
      let place = body.rows(from: row, count: 1)
      canvas.put(line.key, in: place.columns(from: 0, count: 15), .key)
      canvas.put(line.help, in: place.columns(from: 16), .text)
    }
    canvas.foot(lines.count > body.rows ? "Up and Down show more." : "", room: .help)
  }
}
