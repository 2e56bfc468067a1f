import Glibc
import Practice
import Terminal

/// The line that is spoken, and two melodies below each other: the model's and the learner's, each with its loudness.
enum ContoursView {
  static func draw(_ contours: DrillScene.Contours, in area: Area, on canvas: inout Canvas) {
    let isTall = area.rows >= 10
    let lines = wrap(contours.text, to: min(area.columns, 66)).prefix(isTall ? 3 : 1)
    for (row, line) in lines.enumerated() { canvas.centre(line, in: area, row: row, .current) }
    let scores = contours.scores.isEmpty || area.rows < 5 ? 0 : isTall ? 2 : 1
    let top = lines.count + (isTall ? 1 : 0)
    let stage = area.rows(from: top, count: area.rows - top - scores)
    let label = area.columns >= 60 ? 7 : 6
    // Where time is takes a row between the two.
    let between = stage.rows >= 3 ? 1 : 0
    let each = min((stage.rows - between) / 2, 6)
    guard each > 0 else { return }
    let seconds = max(contours.model.seconds, contours.own.seconds, 1)
    let scale = Scale(label: label, length: max(Int((seconds / Contour.step).rounded()), 2))
    draw(contours.model, "model", scale, in: stage.rows(from: 0, count: each), role: .label, on: &canvas)
    draw(contours.own, "you", scale, in: stage.rows(from: each + between, count: each), role: .current, on: &canvas)
    if between > 0, let now = contours.seconds, now.isFinite {
      let plot = stage.columns(from: label)
      let column = Int((min(max(now / seconds, 0), 1) * Double(plot.columns - 1)).rounded())
      canvas.put(String(canvas.glyphs.up), in: plot, row: each, column: column, .marker)
    }
    guard scores > 0 else { return }
    canvas.centre(
      likeness(contours.scores, columns: area.columns), in: area, row: min(top + 2 * each + between + 1, area.rows - 1),
      .label)
  }

  /// What both contours share: columns of their names, and steps of time across.
  private struct Scale {
    var label: Int
    var length: Int
  }

  /// A contour: its melody, and below it its loudness, which is all there is in a single row.
  private static func draw(
    _ contour: Contour, _ name: String, _ scale: Scale, in area: Area, role: Role, on canvas: inout Canvas
  ) {
    canvas.put(name, in: area.columns(from: 0, count: scale.label - 1), .label)
    let plot = area.columns(from: scale.label)
    let melody = plot.rows(from: 0, count: area.rows - 1)
    canvas.grid.draw(
      Curve(semitones(contour), length: scale.length, range: -6...6, role: role), in: melody, canvas.glyphs)
    canvas.grid.draw(
      Strip(loudness(contour, scale.length, columns: plot.columns), range: 0...1),
      in: plot.rows(from: area.rows - 1, count: 1), canvas.glyphs)
  }

  /// Semitones above the contour's own median; nil where nothing is voiced.
  static func semitones(_ contour: Contour) -> [Double?] {
    let voiced = contour.pitches.filter { $0 > 0 }.sorted()
    guard !voiced.isEmpty else { return [] }
    let median = voiced[voiced.count / 2]
    return contour.pitches.map { $0 > 0 ? 12 * log2($0 / median) : nil }
  }

  /// The level over `length` steps in as many values as there are columns, 0 to 1: the loudest 30 dB.
  private static func loudness(_ contour: Contour, _ length: Int, columns: Int) -> [Double?] {
    guard let most = contour.levels.max(), most > -90, columns > 0 else {
      return Array(repeating: nil, count: max(columns, 0))
    }
    return (0..<columns).map { column in
      let first = column * length / columns
      let past = max((column + 1) * length / columns, first + 1)
      guard first < contour.levels.count else { return nil }
      let level = contour.levels[first..<min(past, contour.levels.count)].max() ?? -100
      let share = (level - (most - 30)) / 30
      return share > 0.05 ? share : nil
    }
  }

  /// How like the lines so far were, the last ones where not all fit.
  private static func likeness(_ scores: [Double], columns: Int) -> String {
    let percents = scores.map { Figures.percent($0) }
    var shown = percents
    func text() -> String {
      (shown.count < percents.count ? "like the model: ... " : "like the model: ") + shown.joined(separator: ", ")
    }
    while shown.count > 1, cellWidth(text()) > columns { shown.removeFirst() }
    return text()
  }
}
