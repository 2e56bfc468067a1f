/// Tables and scores on paper.
extension SessionReport {
  /// Shares of the inner width that columns take, by how many there are; the last one takes what is left.
  private static let shares: [Int: [Double]] = [
    2: [0.17], 3: [0.2, 0.3], 4: [0.09, 0.12, 0.16], 5: [0.19, 0.2, 0.15, 0.16],
  ]

  static func lay(_ table: ReportSection.Table, on flow: inout Flow) {
    let inner = flow.sheet.inner
    let shares =
      shares[table.columns.count]
      ?? Array(repeating: 1 / Double(max(table.columns.count, 1)), count: table.columns.count - 1)
    let widths = shares.map { $0 * inner } + [inner * (1 - shares.reduce(0, +))]
    let isNamed = table.columns.first == ""
    if isNamed {
      flow.need(34)
      flow.text(table.caption, .caption)
      flow.space(2)
    } else {
      row(table.columns, widths, table.numbers, on: &flow) { _ in .label }
      flow.space(1)
    }
    for (index, cells) in table.rows.enumerated() {
      let isAgain = isNamed && index > 0 && cells[0] == table.rows[index - 1][0]
      row([isAgain ? "" : cells[0]] + cells.dropFirst(), widths, table.numbers, on: &flow) { column in
        column == 0
          ? (isNamed ? .label : .body)
          : table.numbers == [1, 2] && column == 1 ? .strong : column == 1 ? .body : isNamed ? .body : .label
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
      let room = widths[column] - (column + 1 < widths.count ? 8 : 0)
      if !text.isEmpty { set.append(.text(flow.setter.set(text, type, width: room), x: x)) }
      x += widths[column] + (numbers.contains(column) && !numbers.contains(column + 1) ? 8 : 0)
    }
    flow.row(set)
  }

  static func lay(_ scores: ReportScores, on flow: inout Flow) {
    let head = [scores.rubric, scores.context].filter { !$0.isEmpty }.map { printed($0, limit: 400) }
    flow.text(head.joined(separator: ", "), .label)
    flow.space(4)
    if let overall = scores.overall { lay(overall, isOverall: true, on: &flow) }
    for score in scores.criteria { lay(score, isOverall: false, on: &flow) }
  }

  private static func lay(_ score: ReportScore, isOverall: Bool, on flow: inout Flow) {
    let columns = (bar: 112.0, value: 296.0, words: 384.0)
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
      let reason = printed(score.reason ?? "not measured", limit: 400)
      cells.append(.text(flow.setter.set(reason, .label, width: flow.sheet.inner - columns.bar), x: columns.bar))
    }
    flow.row(cells)
    for part in score.parts.prefix(12) { flow.text(printed(part, limit: 2_000), .note, x: columns.bar) }
    let judged = score.judgements.map(\.words) + (score.disagreement.map { [$0] } ?? [])
    for line in judged.prefix(24) { flow.text(printed(line, limit: 2_000), .note, x: columns.bar) }
    flow.space(3.5)
  }
}
