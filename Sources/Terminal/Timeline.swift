/// What happened when, on one line: pauses as dashes as long as they were, fillers, cues and remarks as signs of their
/// own.
///
/// Where several fall into one cell the rarer and more telling one is shown: a remark before a filler, a filler before
/// a cue, a cue before a pause. With a second row the ends of the span are written below.
package struct Timeline: Widget {
  /// A thing on the timeline.
  package struct Mark: Equatable, Sendable {
    /// What there is, the least telling first.
    package enum Kind: Int, Equatable, Sendable { case pause, cue, filler, mark }

    /// What it is.
    package var kind: Kind
    /// Seconds, on the clock of the span.
    package var start: Double
    /// Seconds, on the clock of the span; the same as `start` for what takes no time.
    package var end: Double

    /// A thing at `start`, in seconds, that lasted until `end` (at once where it is nil).
    package init(_ kind: Kind, at start: Double, until end: Double? = nil) {
      self.kind = kind
      self.start = start
      self.end = end ?? start
    }
  }

  /// The first and the last second shown.
  package var span: ClosedRange<Double>
  /// What happened, in any order; at most the last 100 000 are drawn.
  package var marks: [Mark]
  /// The second that is pointed at.
  package var position: Double?

  /// A line for `span`, in seconds, with an optional place to point at, which needs a second row.
  package init(span: ClosedRange<Double>, marks: [Mark], position: Double? = nil) {
    self.span = span
    self.marks = marks
    self.position = position
  }

  /// Draws one row, or two, at the top of the area.
  package func draw(on grid: inout Grid, in area: Area, _ glyphs: Glyphs) {
    var kinds = [Mark.Kind?](repeating: nil, count: area.columns)
    for mark in marks.suffix(100_000) {
      guard let start = fraction(mark.start, of: span), let end = fraction(mark.end, of: span), end >= 0, start <= 1
      else { continue }
      let (low, high) = (cellIndex(start, area.columns), cellIndex(end, area.columns))
      for column in low...max(low, high) where mark.kind.rawValue >= kinds[column]?.rawValue ?? -1 {
        kinds[column] = mark.kind
      }
    }
    for (column, kind) in kinds.enumerated() {
      grid[area.column + column, area.row] = Timeline.cell(kind, glyphs)
    }
    if area.rows >= 2 { putBelow(on: &grid, area, glyphs) }
  }

  private func putBelow(on grid: inout Grid, _ area: Area, _ glyphs: Glyphs) {
    let row = area.row + 1
    grid.fill(Area(column: area.column, row: row, columns: area.columns, rows: 1))
    let (start, end) = (clockTime(span.lowerBound), clockTime(span.upperBound))
    if start.count + end.count < area.columns {
      grid.put(start, area.column, row, .hint)
      grid.putRight(end, area.column + area.columns, row, .hint)
    }
    if let place = fraction(position, of: span), (0...1).contains(place) {
      grid[area.column + cellIndex(place, area.columns), row] = Cell(glyphs.up, .marker)
    }
  }

  private static func cell(_ kind: Mark.Kind?, _ glyphs: Glyphs) -> Cell {
    switch kind {
    case nil: Cell(glyphs.track, .track)
    case .pause: Cell(glyphs.pauseMark, .pauseTick)
    case .cue: Cell(glyphs.cueMark, .cue)
    case .filler: Cell(glyphs.fillerMark, .tick)
    case .mark: Cell(glyphs.mark, .mark)
    }
  }
}

/// Seconds as minutes and seconds, `2:05`, or with hours, `1:02:05`; negative as `-0:05`, and `-:--` for no number.
package func clockTime(_ seconds: Double) -> String {
  guard seconds.isFinite, abs(seconds) < 1e9 else { return "-:--" }
  let whole = Int(abs(seconds).rounded(.down))
  let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let sign = seconds < 0 && whole > 0 ? "-" : ""
  return sign + (hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))")
}
