/// A figure over time: points, a line through them, the band they usually lie in, and where they changed.
///
/// What is what shows by shape and place as well as by role: points are dots of their own, the smooth is a line, the
/// band has two ends drawn across, a change is a line down with a sign on the axis. `text` says the same in lines.
package struct Chart: Widget {
  /// A moment from which on the values were others.
  package struct Change: Equatable, Sendable {
    /// Seconds since 1970.
    package var at: Double
    /// The middle of the values before and after it.
    package var before, after: Double

    /// A change from `before` to `after` at a moment, in seconds since 1970.
    package init(at: Double, before: Double, after: Double) {
      self.at = at
      self.before = before
      self.after = after
    }
  }

  /// What the points are: "Pace".
  package var label: String
  /// The unit of the values: "words a minute".
  package var unit: String
  /// How many decimals of a value are worth reading.
  package var decimals: Int
  /// One a session, in the order of time.
  package var points: [ChartSample]
  /// The line, in the order of time; a value that is no number breaks it.
  package var smooth: [ChartSample]
  /// Where the points usually lie.
  package var band: ClosedRange<Double>?
  /// Where the points changed, in the order of time.
  package var changes: [Change]
  /// The date of a moment, in seconds since 1970, as an axis shows it.
  package var date: @Sendable (Double) -> String

  /// A chart of `points`, in `unit`; `date` makes a moment, in seconds since 1970, a date of few letters.
  package init(
    label: String, unit: String, decimals: Int = 0, points: [ChartSample], smooth: [ChartSample] = [],
    band: ClosedRange<Double>? = nil, changes: [Change] = [], date: @escaping @Sendable (Double) -> String
  ) {
    self.label = label
    self.unit = unit
    self.decimals = min(max(decimals, 0), 3)
    self.points = points
    self.smooth = smooth
    self.band = band
    self.changes = changes
    self.date = date
  }

  /// Draws over all rows of the area: the name and what the signs mean above from six rows on, the dates below from
  /// four on, the values at the left from sixteen columns on.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    // No screen is larger, and the dots of an area are kept.
    let area = area.columns(from: 0, count: Size.largest.columns).rows(from: 0, count: Size.largest.rows)
    let (head, below) = area.splitTop(area.rows >= 6 ? 1 : 0)
    let scale = ChartScale(points: points, smooth: smooth, band: band)
    putHead(on: &grid, head, scale == nil ? [] : signs(glyphs), glyphs)
    guard let scale else {
      grid.put("no session yet", below.column, below.row, .quiet, width: below.columns, glyphs: glyphs)
      return
    }
    let (body, foot) = below.splitBottom(below.rows >= 4 ? 2 : 0)
    let ticks = ChartTicks.values(scale.values, rows: body.rows, decimals: decimals)
    let width = ticks.map { cellWidth($0.label) }.max() ?? 0
    let gutter = area.columns >= 16 && width + 12 <= area.columns ? width + 2 : 0
    let plot = body.columns(from: gutter)
    guard !plot.isEmpty else { return }
    putPlot(on: &grid, plot, scale, glyphs)
    if gutter > 0 {
      grid.fill(Area(column: plot.column - 1, row: plot.row, columns: 1, rows: plot.rows), glyphs.vertical, .border)
      for tick in ticks { grid.putRight(tick.label, plot.column - 2, plot.row + tick.place, .hint) }
    }
    if !foot.isEmpty { putFoot(on: &grid, foot.columns(from: gutter), scale, glyphs) }
  }

  private func putHead(on grid: inout Grid, _ area: Area, _ signs: [String], _ glyphs: Glyphs) {
    guard !area.isEmpty else { return }
    let title = unit.isEmpty ? label : "\(label), \(unit)"
    let used = grid.put(title, area.column, area.row, .label, width: area.columns, glyphs: glyphs)
    // As many signs as fit, the first ones first.
    var legend = ""
    for sign in signs {
      let longer = legend.isEmpty ? sign : legend + "  " + sign
      guard used + 2 + cellWidth(longer) <= area.columns else { break }
      legend = longer
    }
    grid.putRight(legend, area.column + area.columns, area.row, .hint)
  }

  /// What the signs mean, of those that there are.
  private func signs(_ glyphs: Glyphs) -> [String] {
    let dots = (0..<glyphs.ink.dots.across).reduce(UInt8(0)) { $0 | glyphs.ink.bit($1, 1) }
    let line = String(repeating: glyphs.ink.glyph(dots), count: 2)
    return [
      points.isEmpty ? nil : "\(glyphs.bullet) session", smooth.isEmpty ? nil : "\(line) smooth",
      band == nil ? nil : "\(glyphs.bandEnd)\(glyphs.bandEnd) band",
      changes.isEmpty ? nil : "\(glyphs.cueMark) change",
    ].compactMap(\.self)
  }

  private func putFoot(on grid: inout Grid, _ area: Area, _ scale: ChartScale, _ glyphs: Glyphs) {
    grid.fill(area.rows(from: 0, count: 1), glyphs.horizontal, .border)
    for tick in ChartTicks.dates(scale, columns: area.columns, date: date) {
      grid.put(tick.label, area.column + tick.place, area.row + 1, .hint)
    }
    for change in changes {
      guard let place = scale.column(change.at, of: area.columns) else { continue }
      grid[area.column + place, area.row] = Cell(glyphs.cueMark, .mark)
    }
  }
}
