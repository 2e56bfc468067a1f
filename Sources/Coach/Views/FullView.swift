import Practice
import SpeechSignals
import Terminal

/// The full view: every meter, its figures and its last two minutes.
enum FullView {
  /// Seconds that the strips look back.
  static let span = 120.0

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let session = desk.session
    let isNarrow = canvas.area.columns < 60
    let figureColumns = isNarrow ? 29 : canvas.area.columns < 130 ? 32 : 38
    let rows = rows(desk, canvas.glyphs, isNarrow: isNarrow)
    let body = canvas.body
    let stripColumn = 10 + max(figureColumns, 32) + 1
    let step = [4, 2].first { body.rows >= rows.count * $0 + $0 } ?? 1
    let shown = rows.prefix(max(body.rows - 1, 0) / step)
    for (index, row) in shown.enumerated() {
      let place = body.rows(from: index * step + (step > 2 ? 1 : 0), count: 1)
      let labelled = place.columns(from: 0, count: 9)
      let figures = place.columns(from: 10, count: figureColumns)
      canvas.put(row.label, in: labelled, .label)
      if isNarrow, row.strip == .events {
        // Without room for strips the timeline takes the place of the rate, which calm shows.
        canvas.grid.draw(timeline(session, columns: figures.columns - 8), in: figures.columns(from: 8), canvas.glyphs)
      }
      let used = canvas.put(row.value, in: figures, row.role) + 1
      canvas.put(whole(row.detail, columns: figures.columns - used), in: figures, column: used, .hint)
      let strip = body.rows(from: index * step, count: max(step - 1, 1))
        .columns(from: stripColumn, count: Int(span))
      if strip.columns >= 10 { draw(row.strip, session, desk, in: strip, on: &canvas) }
    }
    let used = shown.count * step
    let axis = body.rows(from: used, count: 1).columns(from: stripColumn, count: Int(span))
    if step > 1, axis.columns >= 24 { canvas.put(legend(canvas.glyphs), in: axis, .hint) }
    let message = body.rows(from: min(used + (step > 1 ? 2 : 0), body.rows - 1), count: 1)
    RehearsalWords.drawMessage(desk, in: message, on: &canvas)
  }

  /// As many parts of a detail as fit, and none of them cut but the first.
  private static func whole(_ detail: String, columns: Int) -> String {
    var parts = detail.split(separator: ", ")
    while parts.count > 1, cellWidth(parts.joined(separator: ", ")) > columns { parts.removeLast() }
    return parts.joined(separator: ", ")
  }

  private static func legend(_ glyphs: Glyphs) -> String {
    "two minutes: \(glyphs.pauseMark) pause  \(glyphs.fillerMark) filler  \(glyphs.mark) mark  \(glyphs.cueMark) cue"
  }

  private enum StripKind { case none, meter, level, pace, silence, events, loudness, pitch }

  private struct Row {
    var label: String
    var value: String
    var detail: String
    var role: Role = .value
    var strip: StripKind
  }

  private static func rows(_ desk: Desk, _ glyphs: Glyphs, isNarrow: Bool) -> [Row] {
    let session = desk.session
    let counters = RehearsalMeters.counters(desk)
    let pace = session.pace
    let band = session.paceBand
    let last = session.rollups.last
    let articulation =
      session.tally.phonationSeconds >= 3
      ? Figures.decimal(Double(session.tally.syllables) / session.tally.phonationSeconds, 1) + " syll/s" : ""
    return [
      Row(
        label: "pace",
        value: Figures.pace(pace).map { (session.paceSource == .words ? "" : glyphs.approximately) + $0 + " wpm" }
          ?? "-",
        detail: (band?.rawValue ?? "")
          + (isNarrow || band == nil ? "" : session.paceSource.map { ", " + RehearsalWords.origin($0) } ?? ""),
        role: band?.attention.role ?? .quiet, strip: .meter),
      Row(
        label: "", value: articulation, detail: articulation.isEmpty ? "" : "while speaking", role: .text, strip: .pace),
      Row(
        label: "pauses",
        value: "\(session.pauses.count)" + (session.pauseShare.map { ", " + Figures.percent($0) } ?? ""),
        detail: (session.silenceSeconds < 0.1
          ? "run " + Figures.decimal(session.runSeconds, 0) + " s"
          : "silent " + Figures.decimal((session.silenceSeconds * 20).rounded() / 20, 2) + " s")
          + (isNarrow ? ", max " : ", max run ")
          + Figures.decimal(max(session.tally.longestRunSeconds, session.runSeconds), 0) + " s",
        strip: .silence),
      Row(
        label: "fillers", value: counters[1].value, detail: isNarrow ? "" : counters[1].detail, role: counters[1].role,
        strip: .events),
      Row(
        label: "loudness", value: counters[2].value,
        detail: last.map { "momentary " + Figures.decimal($0.momentaryLUFS, 0) } ?? "", role: counters[2].role,
        strip: .loudness),
      Row(
        label: "level", value: last.map { Figures.decimal($0.levelDecibels, 0) + " dB" } ?? "-",
        detail: session.ownLevelDecibels.map { "own " + Figures.decimal($0, 0) } ?? "", strip: .level),
      Row(
        label: "pitch", value: counters[3].value,
        detail: counters[3].detail
          + (isNarrow ? "" : session.tally.pitchHertz.map { ", " + Figures.decimal($0, 0) + " Hz" } ?? ""),
        strip: .pitch),
    ]
  }

  private static func draw(_ kind: StripKind, _ session: Session, _ desk: Desk, in area: Area, on canvas: inout Canvas)
  {
    let bands = session.bands
    let glyphs = canvas.glyphs
    func strip(_ range: ClosedRange<Double>, band: ClosedRange<Double>? = nil, _ value: (SecondSummary) -> Double?) {
      canvas.grid.draw(
        Strip(columns(session, area.columns, value), range: range, band: band), in: area, glyphs)
    }
    switch kind {
    case .none: break
    case .meter: canvas.grid.draw(RehearsalMeters.pace(session), in: area, glyphs)
    case .level:
      canvas.grid.draw(
        RehearsalMeters.level(desk), in: area.rows(from: area.rows / 2).columns(from: 0, count: 30), glyphs)
    case .pace:
      strip(60...240, band: bands.usable) { $0.syllablesPerSecond.map { bands.wordsPerMinute(syllablesPerSecond: $0) } }
    case .silence: strip(0...1) { max($0.end - $0.start - $0.speechSeconds, 0) }
    case .loudness: strip(-50 ... -10) { $0.momentaryLUFS > -69 ? $0.momentaryLUFS : nil }
    case .pitch: strip(0...4) { $0.voicedFrames >= 10 ? $0.pitchSpreadSemitones : nil }
    case .events: canvas.grid.draw(timeline(session, columns: area.columns), in: area, glyphs)
    }
  }

  /// Where the strips begin, in seconds, when `columns` cells show the span: they move on by whole cells, so that bars
  /// do not boil, and timeline and strips share one axis.
  static func start(_ session: Session, columns: Int) -> Double {
    let step = span / Double(max(columns, 1))
    return max(0, ((session.seconds - span) / step).rounded(.up) * step)
  }

  /// Pauses, fillers, cues and marked moments on the axis of the strips.
  static func timeline(_ session: Session, columns: Int) -> Timeline {
    let start = start(session, columns: columns)
    let pauses = session.pauses.reversed().prefix { $0.end >= start }
      .map { Timeline.Mark(.pause, at: $0.start, until: $0.end) }
    let fillers = session.fillers.reversed().prefix { $0.end >= start }.map { Timeline.Mark(.filler, at: $0.start) }
    let cues = session.cues.reversed().prefix { $0.seconds >= start }.map { Timeline.Mark(.cue, at: $0.seconds) }
    let marks = session.marks.reversed().prefix { $0.seconds >= start }.map { Timeline.Mark(.mark, at: $0.seconds) }
    return Timeline(span: start...start + span, marks: pauses + fillers + cues + marks)
  }

  /// A roll-up figure over the axis of the strips, `count` columns of it; several seconds a column are averaged.
  ///
  /// Columns ahead of now are nil.
  static func columns(_ session: Session, _ count: Int, _ value: (SecondSummary) -> Double?) -> [Double?] {
    let start = start(session, columns: count)
    var sums = [(total: Double, count: Int)](repeating: (0, 0), count: max(count, 0))
    for second in session.rollups.reversed() {
      guard second.start >= start - 0.5 else { break }
      let column = Int((second.start - start) / span * Double(count) + 0.5 / Double(max(count, 1)))
      guard sums.indices.contains(column), let value = value(second) else { continue }
      sums[column].total += value
      sums[column].count += 1
    }
    return sums.map { $0.count > 0 ? $0.total / Double($0.count) : nil }
  }
}
