import Practice
import Terminal

/// A scene of a drill in an area: what is drawn is all in the scene.
enum DrillSceneView {
  static func draw(_ scene: DrillScene, in area: Area, on canvas: inout Canvas) {
    let width = min(area.columns, 92)
    let area = area.columns(from: (area.columns - width) / 2, count: width)
    guard area.rows > 0, area.columns > 8 else { return }
    switch scene {
    case .reading(let reading): ReadingView.draw(reading, in: area, on: &canvas)
    case .talk(let talk): TalkSceneView.draw(talk, in: area, on: &canvas)
    case .clip(let clip): draw(clip, in: area, on: &canvas)
    case .beat(let beat): ReadingView.draw(beat, in: area, on: &canvas)
    case .contours(let contours): ContoursView.draw(contours, in: area, on: &canvas)
    case .pair(let pair): PairView.draw(pair, in: area, on: &canvas)
    case .band(let band): BandView.draw(band, in: area, on: &canvas)
    case .breath(let breath): BreathView.draw(breath, in: area, on: &canvas)
    }
  }

  /// The passage as a line with the taps on it.
  private static func draw(_ clip: DrillScene.Clip, in area: Area, on canvas: inout Canvas) {
    let rows = area.rows >= 7 ? 7 : min(area.rows, 3)
    let place = area.rows(from: SceneLayout.top(of: rows, in: area))
    let count = Figures.count(clip.taps.count, "tap")
    var row = 0
    if rows >= 7 {
      let number = BigNumber("\(clip.taps.count)", role: .value)
      let width = (number.width(canvas.glyphs) ?? 3) + 2 + 4
      let start = (place.columns - width) / 2
      canvas.grid.draw(number, in: place.rows(from: 0, count: 3).columns(from: start), canvas.glyphs)
      canvas.put(clip.taps.count == 1 ? "tap" : "taps", in: place, row: 1, column: start + width - 4, .label)
      row = 4
    } else {
      canvas.centre(count, in: place, .value)
      row = 1
    }
    let marks = clip.taps.map { Timeline.Mark(.mark, at: $0) }
    canvas.grid.draw(
      Timeline(span: 0...max(clip.ofSeconds, 1), marks: marks, position: min(clip.seconds, clip.ofSeconds)),
      in: place.rows(from: row, count: 2), canvas.glyphs)
  }
}

/// Talking freely: what about, along which frame, and how the time stands.
enum TalkSceneView {
  static func draw(_ talk: DrillScene.Talk, in area: Area, on canvas: inout Canvas) {
    let isTall = area.rows >= 10
    var row = isTall ? min((area.rows - 10) / 3, 3) : 0
    let topic = wrap(talk.topic, to: min(area.columns, 60)).prefix(isTall ? 3 : max(area.rows - 3, 1))
    if !talk.topic.isEmpty {
      for line in topic {
        canvas.centre(line, in: area, row: row, .current)
        row += 1
      }
      row += isTall ? 1 : 0
    }
    if !talk.frame.isEmpty, row < area.rows - 1 {
      canvas.centre(frame(talk.frame, columns: area.columns), in: area, row: row, .label)
      row += isTall ? 2 : 1
    }
    let rest = area.rows(from: row)
    let countRows = talk.counts.isEmpty ? 0 : rest.rows >= 8 ? 3 : 1
    let upper = rest.rows(from: 0, count: min(rest.rows - countRows, 6))
    clock(talk, in: upper, on: &canvas)
    counts(talk.counts, in: rest.rows(from: upper.rows, count: countRows), on: &canvas)
  }

  /// The steps of a frame on one line, shortened where they must be.
  private static func frame(_ steps: [String], columns: Int) -> String {
    let whole = steps.joined(separator: "  >  ")
    return cellWidth(whole) <= columns ? whole : steps.joined(separator: " > ")
  }

  /// The clock, large where there is room, the light beside it in words, and where the talk would end.
  private static func clock(_ talk: DrillScene.Talk, in area: Area, on canvas: inout Canvas) {
    let glyphs = canvas.glyphs
    let light = talk.light.map { RehearsalWords.lightWords($0, brief: area.columns < 60) }
    let lit = light.map { (glyphs.light.description + " " + $0.0, $0.1) }
    let time = clockTime(talk.seconds)
    let of = talk.ofSeconds.map { "of " + clockTime($0) }
    let end = talk.projectedSeconds.map { (area.columns < 60 ? "ends " : "you will end at ") + clockTime($0) }
    guard area.rows >= 3 else {
      var parts: [(String, Role)] = [([time, of].compactMap(\.self).joined(separator: " "), .value)]
      if let lit { parts.append(lit) }
      if let end, area.rows < 2 { parts.append((end, .hint)) }
      let width = parts.reduce(-2) { $0 + cellWidth($1.0) + 2 }
      var column = max((area.columns - width) / 2, 0)
      for (text, role) in parts { column += canvas.put(text, in: area, column: column, role) + 2 }
      if let end { canvas.centre(end, in: area, row: 1, .hint) }
      return
    }
    let number = BigNumber(time, role: lit?.1 ?? .value)
    let width = number.width(glyphs) ?? cellWidth(time)
    let side = [of ?? "", lit?.0 ?? "", end ?? ""].map(cellWidth).max() ?? 0
    let start = max((area.columns - width - 2 - side) / 2, 0)
    let place = area.rows(from: min((area.rows - 3) / 2, 2))
    canvas.grid.draw(number, in: place.rows(from: 0, count: 3).columns(from: start), glyphs)
    let words = place.columns(from: start + width + 2)
    if let of { canvas.put(of, in: words, row: 0, .hint) }
    if let lit { canvas.put(lit.0, in: words, row: 1, lit.1) }
    if let end { canvas.put(end, in: words, row: lit == nil ? 1 : 2, .hint) }
  }

  /// Named counts beside each other.
  private static func counts(_ counts: [(String, String)], in area: Area, on canvas: inout Canvas) {
    guard !counts.isEmpty, area.rows > 0 else { return }
    let shown = counts.prefix(4)
    let width = min(area.columns, shown.count * 26)
    let middle = area.columns(from: (area.columns - width) / 2, count: width)
    let places = middle.splitColumns(shown.map { _ in 1 }, gap: 2)
    for (place, count) in zip(places, shown) {
      let line = place.rows(from: area.rows >= 3 ? 1 : 0)
      if line.rows >= 2 {
        canvas.centre(count.0, in: line, .label)
        canvas.centre(count.1, in: line, row: 1, .value)
      } else {
        let text = count.0 + " " + count.1
        let start = max((line.columns - cellWidth(text)) / 2, 0)
        let used = canvas.put(count.0, in: line, column: start, .label)
        canvas.put(count.1, in: line, column: start + used + 1, .value)
      }
    }
  }
}
