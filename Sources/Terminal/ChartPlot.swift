extension Chart {
  /// Draws what lies between the axes, the least telling first: the ends of the band, the changes, many points as dots,
  /// the line, and few points as signs of their own.
  func putPlot(on grid: inout Grid, _ area: Area, _ scale: ChartScale, _ glyphs: Glyphs) {
    putBand(on: &grid, area, scale, glyphs)
    for change in changes {
      guard let column = scale.column(change.at, of: area.columns) else { continue }
      grid.fill(
        Area(column: area.column + column, row: area.row, columns: 1, rows: area.rows), glyphs.vertical, .mark)
    }
    // Signs take a cell each: many would hide the line and each other.
    let areFew = points.count <= area.columns / 2
    if !areFew {
      var canvas = DotCanvas(columns: area.columns, rows: area.rows, ink: glyphs.ink)
      for point in points where ChartScale.isDrawn(point) {
        guard let x = scale.column(point.at, of: canvas.width) else { continue }
        canvas.set(x, scale.row(point.value, of: canvas.height))
      }
      put(canvas, on: &grid, area, .level, glyphs.isASCII ? { _ in ":" } : glyphs.ink.glyph)
    }
    put(line(area, scale, glyphs.ink), on: &grid, area, .value, glyphs.ink.glyph)
    putEdges(on: &grid, area, scale, glyphs, areFew: areFew)
  }

  private func putBand(on grid: inout Grid, _ area: Area, _ scale: ChartScale, _ glyphs: Glyphs) {
    guard let band else { return }
    for end in [band.lowerBound, band.upperBound] where scale.values.contains(end) {
      let row = area.row + scale.row(end, of: area.rows)
      grid.fill(Area(column: area.column, row: row, columns: area.columns, rows: 1), glyphs.bandEnd, .band)
    }
  }

  private func line(_ area: Area, _ scale: ChartScale, _ ink: DotInk) -> DotCanvas {
    var canvas = DotCanvas(columns: area.columns, rows: area.rows, ink: ink)
    var last: (x: Int, y: Int)?
    for sample in smooth {
      guard ChartScale.isDrawn(sample), let x = scale.column(sample.at, of: canvas.width) else {
        last = nil
        continue
      }
      let place = (x: x, y: scale.row(sample.value, of: canvas.height))
      canvas.line(from: last ?? place, to: place)
      last = place
    }
    return canvas
  }

  private func put(
    _ canvas: DotCanvas, on grid: inout Grid, _ area: Area, _ role: Role, _ glyph: (UInt8) -> Character
  ) {
    for row in 0..<min(canvas.rows, area.rows) {
      for column in 0..<min(canvas.columns, area.columns) where canvas[column, row] != 0 {
        grid[area.column + column, area.row + row] = Cell(glyph(canvas[column, row]), role)
      }
    }
  }

  /// Few points as signs, and points beyond the values that are shown as arrows at the edge.
  private func putEdges(
    on grid: inout Grid, _ area: Area, _ scale: ChartScale, _ glyphs: Glyphs, areFew: Bool
  ) {
    for point in points where ChartScale.isDrawn(point) {
      guard let column = scale.column(point.at, of: area.columns) else { continue }
      let isInside = scale.values.contains(point.value)
      guard areFew || !isInside else { continue }
      let row = area.row + scale.row(point.value, of: area.rows)
      let sign = isInside ? glyphs.bullet : point.value > scale.values.upperBound ? glyphs.up : glyphs.down
      grid[area.column + column, row] = Cell(sign, isInside ? .level : .hint)
    }
  }
}
