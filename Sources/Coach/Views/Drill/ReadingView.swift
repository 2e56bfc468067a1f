import Practice
import Terminal

/// A text to be read aloud: the word to be said at eye height, marks with what became of them, the silence of the moment.
enum ReadingView {
  /// The widest line: longer ones lose the eye on its way back.
  private static let widestLine = 66
  /// Columns of the margin with its signs.
  private static let margin = 2

  static func draw(_ reading: DrillScene.Reading, in area: Area, on canvas: inout Canvas) {
    var area = area
    if let band = reading.band, area.rows >= 4 {
      let rows = area.rows >= 10 ? 4 : 1
      BandView.meter(band, in: area.rows(from: 0, count: min(rows, 3)), on: &canvas)
      area = area.rows(from: rows)
    }
    let hasMarks = reading.words.contains { $0.mark != nil }
    let gauge = hasMarks && area.rows >= 4 ? 1 : 0
    let tally = reading.tally.isEmpty || area.rows < 3 ? 0 : 1
    let legend = hasMarks && area.rows >= 10 ? 2 : 0
    let space = area.rows >= 10 && gauge + tally > 0 ? 1 : 0
    let upper = area.splitBottom(gauge + tally + legend + space).rest
    // What is said of the text stands right below it, and where it is longer than the screen at the bottom.
    let below = area.rows(from: text(reading.words, in: upper, on: &canvas) + space)
    if gauge > 0 { silence(reading, in: below.rows(from: 0, count: 1), on: &canvas) }
    if tally > 0 { canvas.centre(reading.tally, in: below, row: gauge, .label) }
    if legend > 0 { canvas.centre(signs(canvas.glyphs), in: below, row: gauge + tally + 1, .hint) }
  }

  /// A beat: a dot that walks, one place a beat, so that nothing flashes, above the band and the text.
  static func draw(_ beat: DrillScene.Beat, in area: Area, on canvas: inout Canvas) {
    let isTall = area.rows >= 10
    walk(beat, in: area.rows(from: 0, count: 1), on: &canvas)
    let band = area.rows(from: isTall ? 2 : 1, count: isTall ? 3 : area.rows >= 4 ? 1 : 0)
    BandView.meter(beat.band, in: band, on: &canvas)
    let used = (isTall ? 2 : 1) + band.rows + (isTall ? 1 : 0)
    draw(beat.reading, in: area.rows(from: used), on: &canvas)
  }

  /// Places that the beat walks over.
  private static let places = 8

  private static func walk(_ beat: DrillScene.Beat, in area: Area, on canvas: inout Canvas) {
    let glyphs = canvas.glyphs
    let rate = Figures.decimal(beat.rate, 0) + " words a minute"
    guard beat.strength > 0.01 else {
      return canvas.centre(rate + ", " + DrillMessages.noBeat, in: area, .label)
    }
    let step = 3
    let width = places * step
    let words = area.columns >= width + 2 * (cellWidth(rate) + 3) ? rate : ""
    let start = (area.columns - width) / 2
    if !words.isEmpty { canvas.put(words, in: area, column: start - cellWidth(words) - 3, .label) }
    let beats = beat.beats.isFinite ? min(max(beat.beats, 0), 1e9) : 0
    let now = Int(beats) % places
    // A beat is three dots wide, and one while it fades out; it is where it is, and does not flash.
    for place in 0..<places {
      let isNow = place == now
      let column = start + place * step + 1
      if isNow, beat.strength >= 0.5 {
        canvas.put(String(repeating: glyphs.dotFilled, count: 3), in: area, column: column - 1, .current)
      } else {
        canvas.put(
          String(isNow ? glyphs.dotFilled : glyphs.dotEmpty), in: area, column: column, isNow ? .value : .quiet)
      }
    }
  }

  /// Draws the part of the text around the word to be said, and says how many rows that takes.
  private static func text(
    _ words: [DrillScene.Reading.Word], in area: Area, on canvas: inout Canvas
  ) -> Int {
    guard area.rows > 0, area.columns > margin + 8 else { return area.rows }
    // The last column is for the signs that there is more.
    let width = min(area.columns - margin - 1, widestLine)
    let place = area.columns(from: max(0, (area.columns - margin - width) / 2), count: width + margin)
    let glyphs = canvas.glyphs
    let layout = ReadingLayout(words, columns: width, isRoomy: area.rows >= 8, glyphs: glyphs)
    let last = max(layout.lines.count - area.rows, 0)
    let top = min(max(layout.here - area.rows / 3, 0), last)
    for row in 0..<area.rows {
      guard layout.lines.indices.contains(top + row) else { break }
      let line = layout.lines[top + row]
      if line.isHere {
        canvas.put(String(glyphs.beyondRight), in: place, row: row, .current)
      } else if line.isMissed {
        canvas.put(String(glyphs.cross), in: place, row: row, .skipped)
      }
      var column = margin
      for run in line.runs { column += canvas.put(run.text, in: place, row: row, column: column, run.role) }
    }
    let edge = area.columns - 1
    if top > 0 { canvas.put(String(glyphs.up), in: area, column: edge, .hint) }
    if top < last { canvas.put(String(glyphs.down), in: area, row: area.rows - 1, column: edge, .hint) }
    return min(layout.lines.count, area.rows)
  }

  /// The silence of the moment as a bar, a mark where it is long enough.
  private static func silence(_ reading: DrillScene.Reading, in area: Area, on canvas: inout Canvas) {
    let mark = reading.words.first { $0.mark?.state == .now }?.mark
    guard mark != nil || reading.silenceSeconds >= 0.25 else { return }
    let target = mark.map(\.target)
    let most = max((target ?? 1) * 2, 2)
    let words =
      "silence \(Figures.decimal(reading.silenceSeconds, 1)) s"
      + (target.map { ", wanted \(Figures.decimal($0, 1))" } ?? "")
    let width = min(area.columns - 27, 40)
    let start = max((area.columns - 27 - width) / 2, 0)
    canvas.put(words, in: area.columns(from: start, count: 26), mark == nil ? .hint : .value)
    guard width >= 8 else { return }
    let bar = LevelBar(value: reading.silenceSeconds, range: 0...most, peak: target)
    canvas.grid.draw(bar, in: area.columns(from: start + 27, count: width), canvas.glyphs)
  }

  private static func signs(_ glyphs: Glyphs) -> String {
    "/\(glyphs.check) hit   /< too short   /> too long   /\(glyphs.cross) no pause"
  }
}
