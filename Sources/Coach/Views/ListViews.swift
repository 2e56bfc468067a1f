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
      var columns: [ListTable.Column] = [.init("when", width: 16), .init("length", width: 7, isRight: true)]
      if isWide { columns += [.init("pace", width: 9, isRight: true), .init("score", width: 5, isRight: true)] }
      columns.append(.init("talk"))
      let state = history.lines.prefix(Limits.listedSessions).map { cellWidth($0.state) }.max() ?? 0
      if isWide { columns += [.init("", width: state), .init("id", width: 8)] }
      let rows = history.lines.map { line in
        let title = ([line.title] + line.tags.map { "#" + $0 }).joined(separator: " ")
        return [line.when, line.duration] + (isWide ? [line.pace, line.score, title, line.state, line.id] : [title])
      }
      canvas.grid.draw(
        ListTable(columns: columns, rows: rows, selected: history.selection), in: canvas.body, canvas.glyphs)
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
