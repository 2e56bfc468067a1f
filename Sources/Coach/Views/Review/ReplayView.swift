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
    // A comment has a row of its own where there is one: the keys may be about a filler at the same time.
    let comment = comment(past)
    let isRoomy = footRows > 3
    if let comment, isRoomy { canvas.put(comment, in: lower.rows(from: 0, count: 1), .cue) }
    let last = lower.rows(from: footRows - 1, count: 1)
    if let comment, !isRoomy, past.fillerHere == nil {
      canvas.put(comment, in: last, .cue)
    } else {
      putHere(past, in: last, on: &canvas)
    }
    let (status, statusRole) = status(desk, past, isNarrow: canvas.area.columns < 60)
    canvas.foot(status, room: desk.room, role: statusRole)
  }

  private static func head(_ past: PastSession, on canvas: inout Canvas) {
    let clock = clockTime(past.seconds) + " of " + clockTime(past.replay.duration)
    let speed =
      past.speed == 1 ? "" : Figures.decimal(past.speed, past.speed * 4 == (past.speed * 4).rounded() ? 2 : 1) + "x"
    let state = past.isPlaying ? "playing" : "stopped"
    // Of an hour on a narrow screen the state shows in the clock that moves.
    let hasState = cellWidth(clock) + cellWidth(speed) + cellWidth(state) + 14 <= canvas.area.columns
    canvas.head(
      "Replay", past.session.title ?? "",
      right: [(speed, .label), (hasState ? state : "", past.isPlaying ? .good : .hint), (clock, .value)])
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
    canvas.within(area) { RehearsalView.drawBody(shown, on: &$0) }
  }

  /// Two takes of a talk at the same second: beside each other where there is room, else one above the other.
  private static func side(
    by past: PastSession, _ ghost: PastSession.Ghost, _ desk: Desk, in area: Area, on canvas: inout Canvas
  ) {
    let isWide = area.columns >= 100
    let halves = isWide ? area.splitColumns([1, 1], gap: 3) : area.splitRows([1, 1])
    let (mine, other) = (past.replay.session, ghost.replay.session)
    let lead = ghost.isComparable ? Ghosting.lead(of: mine, over: other) : nil
    for (half, session, label) in [
      (halves[0], mine, "this take" + (lead.map { ", " + $0 } ?? "")), (halves[1], other, "take of " + ghost.when),
    ] {
      canvas.put(label, in: half.rows(from: 0, count: 1), .label)
      let rest = half.rows(from: 1)
      if rest.rows >= 5 {
        live(session, desk, in: rest, on: &canvas)
      } else {
        brief(session, desk, in: rest, on: &canvas)
      }
    }
    if isWide {
      for row in 0..<area.rows {
        canvas.put(
          String(canvas.glyphs.vertical), in: area.rows(from: row, count: 1), column: halves[0].columns + 1, .border)
      }
    }
  }

  /// A take in a line or two, where there is no room for its view: pace, pauses, fillers.
  private static func brief(_ session: Session, _ desk: Desk, in area: Area, on canvas: inout Canvas) {
    var shown = desk
    shown.session = session
    let pace = Figures.pace(session.pace).map { $0 + " wpm" } ?? "no pace yet"
    let facts = RehearsalMeters.counters(shown).prefix(2).map { $0.label + " " + $0.brief }
    let lines = wrap(([pace] + facts).joined(separator: ", "), to: area.columns)
    for (row, line) in lines.prefix(area.rows).enumerated() { canvas.put(line, in: area, row: row, .value) }
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

  /// What a key would be about just now at the left, and at the right the keys that are about a filler where one is.
  private static func putHere(_ past: PastSession, in area: Area, on canvas: inout Canvas) {
    let (text, role) = here(past, isNarrow: area.columns < 58)
    var keys: [(key: String, label: String)] = []
    if past.fillerHere != nil {
      keys = corrections.compactMap { action, label in
        let binding = Keymap.table.first { $0.action == action && $0.rooms.contains(.replay) }
        return binding?.keys.first.map { ($0.name, label) }
      }
      if area.columns < 58 { keys.removeLast() }
    }
    let width = keys.reduce(0) { $0 + cellWidth($1.key) + cellWidth($1.label) + 3 } - (keys.isEmpty ? 0 : 2)
    let split = area.columns - width
    canvas.put(text, in: area.columns(from: 0, count: keys.isEmpty ? area.columns : split - 2), role)
    if !keys.isEmpty { canvas.grid.draw(KeyBar(keys), in: area.columns(from: split), canvas.glyphs) }
  }

  /// The comment of this second.
  private static func comment(_ past: PastSession) -> String? {
    past.session.comments.last { $0.start <= past.seconds && past.seconds - $0.start < 4 }
      .map { ($0.by ?? "note") + ": " + $0.text }
  }

  /// What can be said of the filler here, the rarest last.
  private static let corrections: [(Action, String)] = [(.confirm, "right"), (.remove, "wrong"), (.relabel, "other")]

  /// What a key would be about just now: a filler, a word.
  static func here(_ past: PastSession, isNarrow: Bool) -> (String, Role) {
    let seconds = past.seconds
    if let filler = past.removed {
      return ("\"\(filler.label)\" at " + clockTime(filler.start) + " taken out; - puts it back", .value)
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
    let step = "Left, Right: \(past.unit == .fiveSeconds ? "" : "a ")\(past.unit.name) (Tab)"
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
