import Practice

/// Tables and scores on paper.
extension SessionReport {
  /// Shares of the inner width that columns take, by how many there are; the last one takes what is left.
  private static let shares: [Int: [Double]] = [
    2: [0.17], 3: [0.2, 0.3], 4: [0.09, 0.12, 0.17], 5: [0.17, 0.21, 0.15, 0.15],
  ]

  static func lay(_ table: ReportSection.Table, on flow: inout Flow) {
    let inner = flow.sheet.inner
    let count = max(table.columns.count, 1)
    let shares = shares[count] ?? Array(repeating: 1 / Double(count), count: count - 1)
    let widths = (shares + [1 - shares.reduce(0, +)]).map { $0 * inner }
    let isNamed = table.columns.first == ""
    if isNamed {
      flow.need(34)
      flow.text(table.caption, .caption)
    } else {
      row(table.columns, widths, table.numbers, on: &flow) { _ in .note }
    }
    flow.space(2)
    for (index, cells) in table.rows.enumerated() {
      let isAgain = isNamed && index > 0 && cells[0] == table.rows[index - 1][0]
      row([isAgain ? "" : cells[0]] + cells.dropFirst(), widths, table.numbers, on: &flow) { column in
        column == table.strong ? .strong : table.quiet.contains(column) ? .label : .body
      }
      flow.space(1.5)
    }
  }

  private static func row(
    _ cells: [String], _ widths: [Double], _ numbers: Set<Int>, on flow: inout Flow, _ type: (Int) -> Type
  ) {
    var x = 0.0
    var set: [Flow.Cell] = []
    for (column, text) in cells.enumerated() where column < widths.count {
      let type = numbers.contains(column) ? type(column).atRight : type(column)
      let room = widths[column] - (column + 1 < widths.count ? 10 : 0)
      if !text.isEmpty { set.append(.text(flow.setter.set(text, type, width: room), x: x)) }
      x += widths[column]
    }
    flow.row(set)
  }

  /// What is kept on one page of a score: its row and the beginning of what stands below it, in points.
  private static func height(of score: ReportScore) -> Double {
    14 + 11 * Double(min(score.opened.reduce(score.judged.count) { $0 + 1 + $1.details.count }, 6))
  }

  /// What is kept on one page of a rubric: its name and its first two rows, in points.
  static func height(of scores: ReportScores) -> Double {
    scores.told.prefix(2).reduce(18) { $0 + 6 + height(of: $1) }
  }

  static func lay(_ scores: ReportScores, on flow: inout Flow) {
    flow.need(height(of: scores))
    flow.text(scores.heading, .label)
    flow.space(4)
    for (index, score) in scores.told.enumerated() {
      lay(score, isOverall: index == 0 && scores.overall != nil, on: &flow)
    }
    for line in scores.untold { flow.text(line, .note) }
  }

  private static func lay(_ score: ReportScore, isOverall: Bool, on flow: inout Flow) {
    let columns = (bar: 106.0, value: 302.0, words: 392.0)
    let name = flow.setter.set(
      printed(score.criterion, limit: 200), isOverall ? .strong : .body, width: columns.bar - 8)
    var cells: [Flow.Cell] = [.text(name, x: 0)]
    if let bar = ScoreBar.drawing(of: score, width: columns.value - columns.bar - 12) {
      cells.append(.drawing(bar, x: columns.bar))
      cells.append(
        .text(flow.setter.set(score.words, .strong, width: columns.words - columns.value - 4), x: columns.value))
      cells.append(
        .text(
          flow.setter.set(printed(score.band, limit: 200), .label, width: flow.sheet.inner - columns.words),
          x: columns.words))
    } else {
      let reason = printed(score.reasonWords, limit: 400)
      cells.append(.text(flow.setter.set(reason, .label, width: flow.sheet.inner - columns.bar), x: columns.bar + 6))
    }
    flow.need(height(of: score))
    flow.row(cells)
    for part in score.opened {
      flow.text(printed(part.head, limit: 2_000), .label, x: columns.bar + 6)
      for line in part.details { flow.text(printed(line, limit: 2_000), .note, x: columns.bar + 16) }
    }
    for line in score.judged { flow.text(printed(line, limit: 2_000), .label, x: columns.bar + 6) }
    flow.space(3.5)
  }
}
