import Practice
import Terminal

/// A band to stay inside: the value large, where it stands, and how it went.
enum BandView {
  static func draw(_ band: DrillScene.Band, in area: Area, on canvas: inout Canvas) {
    let hasText = !band.text.isEmpty
    let isTall = area.rows >= 12
    let isMiddling = area.rows >= 6
    var row = isTall && !hasText ? min((area.rows - 12) / 3, 3) : 0
    if isTall {
      number(band, in: area.rows(from: row, count: 3), on: &canvas)
      row += 4
      meter(band, in: area.rows(from: row, count: 3), words: false, on: &canvas)
      row += 3
    } else {
      meter(band, in: area.rows(from: 0, count: isMiddling ? 2 : 1), on: &canvas)
      row = isMiddling ? 2 : 1
    }
    let strip = isTall ? (hasText ? 2 : 4) : 1
    let past = area.rows(from: row, count: min(strip, max(area.rows - row - 2, 0)))
    history(band, in: past, on: &canvas)
    row += past.rows + (isTall ? 1 : 0)
    let tally = band.tally.isEmpty || area.rows - row < 1 ? 0 : 1
    let rest = area.rows(from: row, count: area.rows - row - tally)
    let lines = wrap(band.text, to: min(area.columns, 66))
    let start = (area.columns - (lines.map(cellWidth).max() ?? 0)) / 2
    for (offset, line) in lines.prefix(rest.rows).enumerated() where hasText {
      canvas.put(line, in: rest, row: offset, column: start, .text)
    }
    guard tally > 0 else { return }
    let end = hasText ? min(row + lines.count + 1, area.rows - 1) : row
    canvas.centre(band.tally, in: area, row: end, .label)
  }

  /// The meter, what the value is and what to do about it.
  static func meter(
    _ band: DrillScene.Band, in area: Area, words hasWords: Bool = true, on canvas: inout Canvas
  ) {
    guard area.rows > 0 else { return }
    let (low, high) = ends(band)
    let room = (high - low) * 0.75
    let scale = max(low - room, low < 0 ? -.infinity : 0)...(high + room)
    let widget = BandMeter(
      value: band.value, range: scale, calm: low...high, usable: (low - room / 2)...(high + room / 2),
      role: standing(band).role)
    let text = hasWords ? words(band) : ""
    let side = hasWords ? min(cellWidth(words(band, value: 888)), area.columns / 2) : 0
    let width = min(area.columns - side - (hasWords ? 2 : 0), 64)
    guard width >= 6 else { return canvas.centre(text, in: area, standing(band).role) }
    let start = (area.columns - width - side - (hasWords ? 2 : 0)) / 2
    canvas.grid.draw(widget, in: area.columns(from: start, count: width), canvas.glyphs)
    let line = area.columns(from: start + width + 2)
    if hasWords { canvas.put(text, in: line, row: area.rows >= 2 ? 1 : 0, standing(band).role) }
  }

  /// The number, and beside it its unit and what to do.
  private static func number(_ band: DrillScene.Band, in area: Area, on canvas: inout Canvas) {
    guard let value = band.value else {
      return canvas.centre("listening", in: area, row: 1, .quiet)
    }
    let (words, role) = standing(band)
    let number = BigNumber(figure(value, band), role: role)
    let width = number.width(canvas.glyphs) ?? 6
    let side = 18
    let start = max((area.columns - width - 2 - side) / 2, 0)
    canvas.grid.draw(number, in: area.columns(from: start, count: width), canvas.glyphs)
    canvas.put(words, in: area, row: 1, column: start + width + 2, role)
    canvas.put(band.unit, in: area, row: 2, column: start + width + 2, .hint)
  }

  /// The step so far, a bar a second, newest at the right.
  private static func history(_ band: DrillScene.Band, in area: Area, on canvas: inout Canvas) {
    let (low, high) = ends(band)
    let room = max((high - low) * 0.75, 1e-6)
    let width = min(area.columns, 64)
    let place = area.columns(from: (area.columns - width) / 2, count: width)
    canvas.grid.draw(
      Strip(band.past.map(Optional.some), range: (low - room)...(high + room), band: low...high), in: place,
      canvas.glyphs)
  }

  private static func ends(_ band: DrillScene.Band) -> (Double, Double) {
    guard band.low.isFinite, band.high.isFinite else { return (0, 1) }
    return (min(band.low, band.high), max(band.high, band.low + 1e-3))
  }

  private static func words(_ band: DrillScene.Band, value: Double? = nil) -> String {
    guard let shown = value ?? band.value else { return "listening" }
    let advice = value == nil ? standing(band).words : "a little livelier"
    return figure(shown, band) + " " + advice
  }

  /// Where the value stands, in words.
  private static func standing(_ band: DrillScene.Band) -> (words: String, role: Role) {
    guard let value = band.value, value.isFinite else { return ("", .quiet) }
    return DrillMessages.advice(band).map { ($0, .watch) } ?? ("just right", .good)
  }

  private static func figure(_ value: Double, _ band: DrillScene.Band) -> String {
    if band.unit == "words a minute" { return Figures.pace(value) ?? "" }
    return Figures.decimal(value, band.high - band.low < 5 ? 1 : 0)
  }
}
