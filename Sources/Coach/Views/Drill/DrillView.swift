import Practice
import Terminal

/// A drill under way: what to do, its scene, and how far earlier attempts were at this second.
enum DrillView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let isNarrow = canvas.area.columns < 60
    if let look = look(desk, on: canvas) {
      head(look, isPaused: desk.session.phase == .paused, isPrompted: prompter(desk) != nil, on: &canvas)
      drawBody(look, desk, on: &canvas)
    } else {
      // Until its first event has come there is nothing of it but its name.
      canvas.head(desk.drills.card?.drill.name ?? "")
      RehearsalWords.drawMessage(
        desk, in: canvas.body.rows(from: canvas.body.rows - 1, count: 1), on: &canvas)
    }
    canvas.foot(RehearsalWords.status(desk, isNarrow: isNarrow), room: desk.room)
  }

  /// What lies between head and foot: the same for an attempt under way and for one that is replayed.
  static func drawBody(_ desk: Desk, on canvas: inout Canvas) {
    if let look = look(desk, on: canvas) { drawBody(look, desk, on: &canvas) }
  }

  private static func drawBody(_ look: DrillLook, _ desk: Desk, on canvas: inout Canvas) {
    if let prompter = prompter(desk) {
      PrompterView.draw(prompter, desk, on: &canvas)
    } else {
      body(look, message: RehearsalWords.message(desk), on: &canvas)
    }
  }

  /// The script that the learner brought along, while they talk; a drill's own text is part of its scene.
  private static func prompter(_ desk: Desk) -> Prompter? {
    guard let run = desk.session.drill, run.step?.isMeasured ?? true, run.drill.kind.exercise.script(run.drill) == nil,
      let prompter = desk.session.prompter, !prompter.script.isEmpty
    else { return nil }
    return prompter
  }

  /// Ghosts run beside the attempt that is made, not beside one that is looked at.
  private static func look(_ desk: Desk, on canvas: Canvas) -> DrillLook? {
    DrillLook(
      desk.session, ghosts: desk.rooms.contains(.drill) ? desk.drills.ghosts : [], brief: canvas.area.columns < 60)
  }

  /// The head: what is done, which step it is, and the time; above a script the light, which its scene has no room for.
  static func head(_ look: DrillLook, isPaused: Bool, isPrompted: Bool = false, on canvas: inout Canvas) {
    var right: [(String, Role)] = [(look.place, .hint), (look.clock, .value)]
    if isPrompted, case .talk(let talk) = look.scene {
      right = [(clockTime(talk.seconds), .value)]
      if let light = talk.light {
        let (words, role) = RehearsalWords.lightWords(light, brief: canvas.area.columns < 60)
        right.append((canvas.glyphs.light.description + " " + words, role))
      }
    }
    canvas.head(isPaused ? DrillMessages.paused : look.name, isPaused ? look.name : look.step, right: right)
  }

  /// The instruction, the scene, and below it the ghosts and what needs a word.
  static func body(_ look: DrillLook, message: (text: String, role: Role)?, on canvas: inout Canvas) {
    let body = canvas.body
    let isTall = body.rows >= 16
    let width = min(body.columns, 72)
    var lines = wrap(look.instruction, to: width)
    let most = isTall ? 3 : body.rows > 6 ? 2 : 1
    if lines.count > most {
      // What is left out is seen to be.
      let kept = lines.prefix(most)
      lines =
        kept.dropLast() + [clip(lines[(kept.count - 1)...].joined(separator: " "), to: width, glyphs: canvas.glyphs)]
    }
    for (row, line) in lines.enumerated() { canvas.centre(line, in: body, row: row + (isTall ? 1 : 0), .text) }
    let top = lines.isEmpty ? 0 : lines.count + (isTall ? 3 : body.rows >= 10 ? 1 : 0)
    // A message takes the row of the ghosts where there is no other.
    let hasGhosts = !look.ghosts.isEmpty
    let bottom = isTall ? 3 : hasGhosts || message != nil || body.rows >= 10 ? 1 : 0
    let stage = body.rows(from: top, count: body.rows - top - bottom)
    if let scene = look.scene { DrillSceneView.draw(scene, in: stage, on: &canvas) }
    let last = body.rows(from: body.rows - 1, count: 1)
    if hasGhosts, isTall || message == nil {
      ghosts(look, in: isTall ? body.rows(from: body.rows - 2, count: 1) : last, on: &canvas)
    }
    guard let message else { return }
    let isCue = message.role == .cue
    let mark = canvas.glyphs.cueMark
    canvas.centre(isCue ? " \(mark) \(message.text) \(mark) " : message.text, in: last, message.role)
  }

  /// One line from nothing to all: this attempt, the best and the last ones at the same second of theirs.
  static func ghosts(_ look: DrillLook, in area: Area, on canvas: inout Canvas) {
    let glyphs = canvas.glyphs
    let width = min(area.columns, 92)
    let place = area.columns(from: (area.columns - width) / 2, count: width)
    let legend: [(Character, Role, String)] = [
      (glyphs.marker, .marker, "you"), (glyphs.mark, .mark, "best"), (glyphs.dotEmpty, .hint, "before"),
    ]
    var used = 0
    if width >= 70 {
      for (sign, role, word) in legend {
        used += canvas.put(String(sign), in: place, column: used, role) + 1
        used += canvas.put(word, in: place, column: used, .hint) + 2
      }
    }
    let best = look.ghosts.first { $0.isBest }?.progress
    let words = DrillMessages.beside(look.progress, best: best) ?? ""
    let end = canvas.grid.putRight(words, place.column + width, place.row, .label, glyphs: glyphs)
    let track = place.columns(from: used, count: width - used - (end > 0 ? end + 2 : 0))
    guard track.columns > 1 else { return }
    canvas.grid.fill(track, glyphs.track, .track)
    func put(_ share: Double, _ glyph: Character, _ role: Role) {
      guard share.isFinite else { return }
      let column = Int((min(max(share, 0), 1) * Double(track.columns - 1)).rounded())
      canvas.grid[track.column + column, track.row] = Cell(glyph, role)
    }
    for ghost in look.ghosts where !ghost.isBest { put(ghost.progress, glyphs.dotEmpty, .hint) }
    if let best { put(best, glyphs.mark, .mark) }
    put(look.progress, glyphs.marker, .marker)
  }
}
