import Practice
import Terminal

/// The screen of a calibration: what to do now, what to read, how loud it is, how long it takes.
enum CalibrationView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let state = desk.calibration ?? Desk.CalibrationState()
    let words = CalibrationWords(desk, state)
    canvas.head("Calibrating", words.stepName, right: [(words.timeLeft, .value)])
    let body = canvas.body
    let width = min(body.columns, 64)
    let column = body.columns(from: (body.columns - width) / 2, count: width)
    var row = body.rows >= 16 ? body.rows / 5 : 0
    let instruction = Paragraph(words.instruction, role: .cue)
    canvas.grid.draw(instruction, in: column.rows(from: row, count: 2), canvas.glyphs)
    row += min(instruction.rows(in: width), 2) + (body.rows >= 10 ? 1 : 0)
    if state.step != .room, let passage = state.passage {
      let text = Paragraph(passage, role: .value)
      let rows = min(text.rows(in: width), max(body.rows - row - 1, 0))
      canvas.grid.draw(text, in: column.rows(from: row, count: rows), canvas.glyphs)
      row += rows + (body.rows >= 10 ? 1 : 0)
    }
    let bar = LevelBar(value: words.level, range: -72...0, isClipped: desk.source.levelDecibels > -1)
    canvas.grid.draw(bar, in: column.rows(from: row, count: 1), canvas.glyphs)
    let isTall = body.rows >= row + 3
    if let warning = words.warning, isTall { canvas.put(warning, in: column, row: row + 2, .warning) }
    let urgent = isTall ? nil : words.warning
    canvas.foot(urgent ?? words.status, room: desk.room, role: urgent == nil ? .hint : .warning)
  }
}

/// What a calibration says while it goes on, on a screen and in lines alike.
struct CalibrationWords {
  private let desk: Desk
  private let state: Desk.CalibrationState

  init(_ desk: Desk, _ state: Desk.CalibrationState) {
    self.desk = desk
    self.state = state
  }

  var stepName: String {
    switch state.step {
    case .room: "1 of 2, room"
    case .reading, .over: "2 of 2, voice"
    }
  }

  var instruction: String {
    switch state.step {
    case .room: Messages.calibrateRoom
    case .reading, .over: state.passage == nil ? Messages.calibrateFreely : Messages.calibrateReading
    }
  }

  var timeLeft: String { Figures.decimal(state.secondsLeft.rounded(.up), 0) + " s left" }

  /// The level to show in dBFS, nil while all is silent.
  var level: Double? { desk.source.levelDecibels <= -99 ? nil : desk.source.levelDecibels }

  /// The level in words.
  var levelText: String { level.map { "level " + Figures.decimal($0, 0) + " dB" } ?? "silent" }

  /// What is wrong with the source now, nil while all is well.
  var warning: String? {
    if desk.source.isRecovering { return Messages.recovering(desk.source.name) }
    guard !desk.source.isRecording, desk.source.flatSeconds >= Limits.flatSeconds else { return nil }
    return Messages.calibrateNoSound(desk.source.name)
  }

  var status: String {
    [desk.source.name, Figures.rate(desk.source.rate), Messages.calibrateKeepsNothing].joined(separator: ", ")
  }
}

/// A calibration in lines, for screen readers and logs: few of them, for they may be spoken while the room is measured.
struct CalibrationLines: Sendable {
  private var step: Calibration.Step?
  private var saidHalf = false
  private var lastLeft = 0.0
  private var lastWarning: String?

  /// What is new to say about `desk`.
  mutating func lines(_ desk: Desk, _ state: Desk.CalibrationState) -> [String] {
    let words = CalibrationWords(desk, state)
    var lines: [String] = []
    if step == nil { lines.append("Listening to \(words.status).") }
    if desk.source.isRecording {
      // It is done before anybody could do anything, and loses nothing.
      step = state.step
    } else if step != state.step, state.step != .over {
      step = state.step
      saidHalf = false
      lines.append(words.instruction)
      if state.step == .reading, let passage = state.passage { lines.append(passage) }
    } else if state.secondsLeft > lastLeft + 1 {
      saidHalf = false
      lines.append(Messages.calibrateAgain)
    } else if !saidHalf, state.secondsLeft <= Calibration.stepSeconds / 2 {
      saidHalf = true
      lines.append("\(words.timeLeft), \(words.levelText)")
    }
    lastLeft = state.secondsLeft
    if let warning = words.warning, warning != lastWarning { lines.append(warning) }
    lastWarning = words.warning
    return lines
  }
}
