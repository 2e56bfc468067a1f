import Practice
import Report
import SpeechSignals
import Terminal

/// The time machine: what the screen showed then, and below it all of the session on one line, with the place in it.
enum ReplayView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let past = desk.past else { return }
    head(past, on: &canvas)
    let footRows = canvas.area.rows >= 16 ? 4 : 3
    let (upper, lower) = canvas.body.splitBottom(footRows)
    if let ghost = past.ghost {
      side(by: past, ghost, desk, in: upper, on: &canvas)
    } else {
      live(past.replay.session, desk, in: upper, on: &canvas)
    }
    timeline(past, in: lower.rows(from: footRows - 3, count: 2), on: &canvas)
    let (here, role) = here(past, isNarrow: canvas.area.columns < 60)
    canvas.put(here, in: lower.rows(from: footRows - 1, count: 1), role)
    let (status, statusRole) = status(desk, past, isNarrow: canvas.area.columns < 60)
    canvas.foot(status, room: desk.room == .entry ? .entry : desk.room, role: statusRole)
  }

  private static func head(_ past: PastSession, on canvas: inout Canvas) {
    let clock = clockTime(past.seconds) + " of " + clockTime(past.replay.duration)
    let speed =
      past.speed == 1 ? "" : Figures.decimal(past.speed, past.speed * 4 == (past.speed * 4).rounded() ? 2 : 1) + "x"
    let state = past.isPlaying ? "playing" : "stopped"
    let isNarrow = canvas.area.columns < 60
    canvas.head(
      "Replay", past.session.title ?? "",
      right: [(speed, .label), (isNarrow ? "" : state, past.isPlaying ? .good : .hint), (clock, .value)])
  }

  /// The rehearsal's own view of a session, in an area.
  private static func live(_ session: Session, _ desk: Desk, in area: Area, on canvas: inout Canvas) {
    var shown = desk
    shown.session = session
    shown.rooms = [.rehearsal]
    shown.notice = nil
    shown.saving = .saved
    shown.source = Desk.SourceState()
    shown.source.isRecording = true
    shown.source.levelDecibels = session.rollups.last?.levelDecibels ?? -100
    // The body of a canvas is what lies between its head and its foot.
    var inner = Canvas(grid: Grid(Size(columns: area.columns + 2, rows: area.rows + 4)), glyphs: canvas.glyphs)
    RehearsalView.drawBody(shown, on: &inner)
    var body = Grid(Size(columns: area.columns, rows: area.rows))
    body.paste(inner.grid, -1, -2)
    canvas.grid.paste(body, area.column, area.row)
  }

  /// Two takes of a talk at the same second: beside each other where there is room, else one above the other.
  private static func side(
    by past: PastSession, _ ghost: PastSession.Ghost, _ desk: Desk, in area: Area, on canvas: inout Canvas
  ) {
    let isWide = area.columns >= 100
    let halves = isWide ? area.splitColumns([1, 1], gap: 3) : area.splitRows([1, 1])
    let (mine, other) = (past.replay.session, ghost.replay.session)
    let lead = Ghosting.lead(of: mine, over: other)
    for (half, session, label) in [
      (halves[0], mine, "this take" + (lead.map { ", " + $0 } ?? "")), (halves[1], other, "take of " + ghost.when),
    ] {
      canvas.put(label, in: half.rows(from: 0, count: 1), .label)
      live(session, desk, in: half.rows(from: 1), on: &canvas)
    }
    if isWide {
      for row in 0..<area.rows {
        canvas.put(
          String(canvas.glyphs.vertical), in: area.rows(from: row, count: 1), column: halves[0].columns + 1, .border)
      }
    }
  }

  private static func timeline(_ past: PastSession, in area: Area, on canvas: inout Canvas) {
    let session = past.session
    let marks =
      session.pauses.map { Timeline.Mark(.pause, at: $0.start, until: $0.end) }
      + session.fillers.map { Timeline.Mark(.filler, at: $0.start) }
      + session.cues.map { Timeline.Mark(.cue, at: $0.seconds) }
      + session.marks.map { Timeline.Mark(.mark, at: $0.seconds) }
      + session.comments.map { Timeline.Mark(.mark, at: $0.start) }
    canvas.grid.draw(
      Timeline(span: 0...max(past.replay.duration, 1), marks: marks, position: past.seconds), in: area, canvas.glyphs)
  }

  /// What a key would be about just now: a comment, a filler, a word.
  static func here(_ past: PastSession, isNarrow: Bool) -> (String, Role) {
    let seconds = past.seconds
    if let comment = past.session.comments.last(where: { $0.start <= seconds && seconds - $0.start < 4 }) {
      return ((comment.by ?? "note") + ": " + comment.text, .cue)
    }
    if let filler = past.fillerHere {
      let sure =
        filler.isConfirmed
        ? "confirmed" : isNarrow ? "" : "\(Figures.decimal(filler.confidence * 100, 0)) % sure, by " + filler.origin
      let text = "\"\(filler.label)\" at " + clockTime(filler.start)
      return ([text, sure].filter { !$0.isEmpty }.joined(separator: ", "), .value)
    }
    if TakeReview.isReadable(past.session) {
      let near = past.session.words.filter { $0.start <= seconds && $0.end > seconds - 3 }
      return (near.map(\.text).joined(separator: " "), .hint)
    }
    return ("", .hint)
  }

  private static func status(_ desk: Desk, _ past: PastSession, isNarrow: Bool) -> (String, Role) {
    if let notice = desk.notice { return (notice, .warning) }
    let step = "Step: \(past.unit.name)"
    guard !isNarrow else { return (step, .hint) }
    return ([step, past.silence].compactMap(\.self).joined(separator: ". "), .hint)
  }
}

/// Where one take of a talk is to another.
enum Ghosting {
  /// How far `mine` is before `other` at the same second, in words; nil without a script that both follow.
  static func lead(of mine: Session, over other: Session) -> String? {
    guard let first = mine.prompter, let second = other.prompter, first.script == second.script,
      !first.script.isEmpty
    else { return nil }
    let words = first.wordsBehind - second.wordsBehind
    if abs(words) < 3 { return "level" }
    return Figures.count(abs(words), "word") + (words > 0 ? " ahead" : " behind")
  }
}

extension Filler {
  /// What speaks for it, in words.
  var origin: String {
    let known = evidence.filter { $0 != Filler.byPerson }
    return known == ["words"] ? "words" : known.count > 1 ? "sound and words" : "sound"
  }
}
