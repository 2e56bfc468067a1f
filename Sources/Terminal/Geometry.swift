/// How many cells a screen, or a part of one, has.
///
/// Sizes come from outside (a terminal may claim anything), so they are bounded here, once: everything that allocates
/// by size, or loops over it, is bounded with them.
package struct Size: Equatable, Hashable, Sendable {
  /// The widest and the tallest screen that is drawn; what lies beyond stays blank.
  package static let largest = Size(columns: 1000, rows: 400)

  /// Cells in a row.
  package let columns: Int
  /// Cells in a column.
  package let rows: Int

  /// Holds `columns` within 0...1000 and `rows` within 0...400.
  package init(columns: Int, rows: Int) {
    self.columns = min(max(columns, 0), 1000)
    self.rows = min(max(rows, 0), 400)
  }
}

/// A cell's place, counted from 0 at the top left.
package struct Point: Equatable, Hashable, Sendable {
  /// From the left.
  package var column: Int
  /// From the top.
  package var row: Int

  /// A place that need not lie on any grid.
  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A rectangle of cells, counted from 0 at the top left; never of negative size.
///
/// The verbs that cut an area never give back more than there was: a view that runs out of room gets areas of no rows,
/// and drawing there does nothing. That is what lets every view shrink without a special case.
package struct Area: Equatable, Hashable, Sendable {
  /// The first column.
  package var column: Int
  /// The first row.
  package var row: Int
  /// How many columns.
  package var columns: Int
  /// How many rows.
  package var rows: Int

  /// Holds every side within ±100 000, and the size at 0 or more.
  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = min(max(column, -100_000), 100_000)
    self.row = min(max(row, -100_000), 100_000)
    self.columns = min(max(columns, 0), 100_000)
    self.rows = min(max(rows, 0), 100_000)
  }

  /// The whole of a screen.
  package init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  /// Whether nothing fits in.
  package var isEmpty: Bool { columns == 0 || rows == 0 }

  /// `count` rows starting at the row `first` of this area; fewer where it ends before, all that follow without a
  /// count.
  package func rows(from first: Int, count: Int? = nil) -> Area {
    let start = min(max(first, 0), rows)
    return Area(
      column: column, row: row + start, columns: columns, rows: min(max(count ?? rows, 0), rows - start))
  }

  /// `count` columns starting at the column `first` of this area; fewer where it ends before.
  package func columns(from first: Int, count: Int? = nil) -> Area {
    let start = min(max(first, 0), columns)
    return Area(
      column: column + start, row: row, columns: min(max(count ?? columns, 0), columns - start), rows: rows)
  }

  /// The area without `cells` at each side.
  package func inset(by cells: Int = 1) -> Area { inset(columns: cells, rows: cells) }

  /// The area without `columns` at left and right, and without `rows` at top and bottom.
  package func inset(columns across: Int, rows down: Int) -> Area {
    let (across, down) = (min(max(across, -1000), 100_000), min(max(down, -1000), 100_000))
    return Area(column: column + across, row: row + down, columns: columns - 2 * across, rows: rows - 2 * down)
  }

  /// The first `count` rows, and what is left below them.
  package func splitTop(_ count: Int) -> (top: Area, rest: Area) { (rows(from: 0, count: count), rows(from: count)) }

  /// What is left above, and the last `count` rows.
  package func splitBottom(_ count: Int) -> (rest: Area, bottom: Area) {
    let kept = max(rows - max(count, 0), 0)
    return (rows(from: 0, count: kept), rows(from: kept))
  }

  /// Columns in the given proportions, `gap` cells apart; every cell goes to one of them.
  package func splitColumns(_ shares: [Int], gap: Int = 1) -> [Area] {
    Area.cut(columns, shares, gap).map { columns(from: $0.start, count: $0.count) }
  }

  /// Bands of rows in the given proportions, `gap` cells apart; every cell goes to one of them.
  package func splitRows(_ shares: [Int], gap: Int = 0) -> [Area] {
    Area.cut(rows, shares, gap).map { rows(from: $0.start, count: $0.count) }
  }

  private static func cut(_ length: Int, _ shares: [Int], _ gap: Int) -> [(start: Int, count: Int)] {
    let weights = shares.map { min(max($0, 0), 10_000) }
    let total = max(weights.reduce(0, +), 1)
    let room = max(length - max(gap, 0) * max(shares.count - 1, 0), 0)
    var parts: [(start: Int, count: Int)] = []
    var (taken, before, start) = (0, 0, 0)
    for weight in weights {
      before += weight
      let end = room * before / total
      parts.append((start, end - taken))
      start += end - taken + max(gap, 0)
      taken = end
    }
    return parts
  }
}
