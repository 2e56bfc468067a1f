import Practice
import Terminal

/// How a figure goes over the sessions: the chart, and what it says in words.
enum TrendsView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let trends = desk.history.trends
    let place = trends.figures.isEmpty ? "" : "\(trends.selection + 1) of \(trends.figures.count)"
    canvas.head("Trends", trends.trend?.figure.label ?? "", right: [(place, .hint)])
    let body = canvas.body
    guard let trend = trends.trend else {
      canvas.centre(trends.figures.isEmpty ? Messages.noTrends : "", in: body, row: 1, .hint)
      canvas.foot(desk.notice ?? "", room: .trends, role: .warning)
      return
    }
    let width = body.columns
    let lines = trend.sentences.flatMap { wrap($0, to: width) }
    let shown = min(lines.count, max(body.rows / 3, 3))
    let (upper, lower) = body.splitBottom(shown + (body.rows >= 14 ? 1 : 0))
    canvas.grid.draw(chart(trend), in: upper, canvas.glyphs)
    for (row, line) in lines.prefix(shown).enumerated() {
      canvas.put(line, in: lower.rows(from: lower.rows - shown + row, count: 1), row == 0 ? .text : .hint)
    }
    canvas.foot(desk.notice ?? Messages.trendFoot, room: .trends, role: desk.notice == nil ? .hint : .warning)
  }

  /// The chart of a trend.
  static func chart(_ trend: Trend) -> Chart {
    Chart(
      label: trend.figure.label, unit: trend.figure.axis, decimals: trend.figure.decimals,
      points: trend.points.map { ChartSample(at: $0.at, value: $0.value) },
      smooth: trend.smooth.map { ChartSample(at: $0.at, value: $0.value) }, band: trend.band,
      changes: trend.changes.map { Chart.Change(at: $0.at, before: $0.before, after: $0.after) },
      date: { trend.dateLabel($0) })
  }
}
