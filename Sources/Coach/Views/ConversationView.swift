import Practice
import Terminal

/// The talk with the AI tutor: what was said, where the turn stands, and the line that is typed.
enum ConversationView {
  /// Where answers come from; and who reads them too, while the session is shared.
  private static func reach(_ desk: Desk, _ state: ConversationState) -> String {
    guard desk.sharing.isOn else { return state.reach }
    let reach = state.reach == Messages.offlineReach ? Messages.offlineShared : state.reach
    return Messages.seen(by: desk.sharing.watchers, isNarrow: false) + " (Ctrl-X ends it). " + reach
  }

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let state = desk.conversation else { return }
    let talk = state.talk
    canvas.head("AI tutor", state.subject, right: [(talk.tutor, .value)])
    let notice = talk.notice ?? desk.notice
    // What does not fit the line at the foot stands above the line that is typed, whole.
    let (told, extra) = told(desk, canvas.body)
    let (upper, below) = canvas.body.splitBottom(2)
    let (above, words) = upper.splitBottom(extra)
    for (row, line) in told.prefix(extra).enumerated() { canvas.put(line, in: words, row: row, .warning) }
    // A number of rows that somebody scrolled up by may be any.
    let enough = above.rows + min(state.rowsUp, .max / 2)
    let lines = ConversationLines(talk, columns: above.columns, enough: enough)
    if lines.lines.isEmpty {
      put(welcome: state, in: above, on: &canvas)
    } else {
      let last = max(lines.lines.count - above.rows, 0)
      let start = max(0, last - state.rowsUp)
      for (row, line) in lines.lines.dropFirst(start).prefix(above.rows).enumerated() {
        put(line, indent: lines.indent, in: above.rows(from: row, count: 1), on: &canvas)
      }
    }
    put(stage: talk, in: below.rows(from: 0, count: 1), on: &canvas)
    put(draft: talk, in: below.rows(from: 1, count: 1), on: &canvas)
    let isShort = notice != nil && extra == 0
    canvas.foot(isShort ? notice ?? "" : reach(desk, state), room: .conversation, role: isShort ? .warning : .hint)
  }

  /// The lines of what the learner is told now, and how many of them stand above the line that is typed.
  private static func told(_ desk: Desk, _ body: Area) -> (lines: [String], extra: Int) {
    let told = (desk.conversation?.talk.notice ?? desk.notice).map { wrap($0, to: body.columns) } ?? []
    return (told, told.count > 1 ? min(told.count, max(body.rows - 4, 0)) : 0)
  }

  /// How many rows the learner has scrolled up by, or less where there are not so many on a screen of `size`.
  static func rowsUp(_ desk: Desk, size: Size) -> Int {
    guard let state = desk.conversation else { return 0 }
    let body = Canvas(grid: Grid(size), glyphs: .ascii).body
    let above = body.splitBottom(2).0.splitBottom(told(desk, body).extra).0
    let enough = above.rows + min(state.rowsUp, .max / 2)
    let lines = ConversationLines(state.talk, columns: above.columns, enough: enough)
    return min(state.rowsUp, max(lines.lines.count - above.rows, 0))
  }

  /// The first line of what would be sent that a screen of `size` may show, at most.
  static func lastOffset(_ desk: Desk, size: Size) -> Int {
    let canvas = Canvas(grid: Grid(size), glyphs: .ascii)
    return max(sentLines(desk, canvas.body.columns).count - sentArea(desk, canvas).rows, 0)
  }

  /// What would be sent, or the question whether it may be.
  static func drawSent(_ desk: Desk, on canvas: inout Canvas) {
    let body = sentArea(desk, canvas)
    let lines = sentLines(desk, body.columns)
    if let question = question(desk) {
      canvas.head("May this be sent?", "to \(question.endpoint) at \(question.host)")
      let words = Messages.consent(question)
      canvas.grid.draw(Paragraph(words, role: .cue), in: canvas.body, canvas.glyphs)
    } else {
      canvas.head("What is sent", "with your next question")
    }
    let start = min(desk.offset, max(lines.count - body.rows, 0))
    for (row, line) in lines.dropFirst(start).prefix(body.rows).enumerated() {
      canvas.put(line, in: body, row: row, .text)
    }
    canvas.foot(
      lines.count - start > body.rows ? "Down: more" : "", room: question(desk) == nil ? .sent : .consent)
  }

  private static func question(_ desk: Desk) -> ConsentQuestion? {
    if case .consent(let question)? = desk.conversation?.talk.stage { return question }
    return nil
  }

  /// Where the text to be sent stands: below the question, where there is one.
  private static func sentArea(_ desk: Desk, _ canvas: Canvas) -> Area {
    guard let question = question(desk) else { return canvas.body }
    return canvas.body.rows(from: wrap(Messages.consent(question), to: canvas.body.columns).count + 1)
  }

  private static func sentLines(_ desk: Desk, _ columns: Int) -> [String] {
    wrap(question(desk)?.text ?? desk.conversation?.sent ?? "", to: columns)
  }

  private static func put(welcome state: ConversationState, in area: Area, on canvas: inout Canvas) {
    let words = [state.summary, Messages.howToAsk].filter { !$0.isEmpty }.joined(separator: "\n\n")
    let width = min(area.columns, 64)
    let place = area.columns(from: (area.columns - width) / 2, count: width)
    canvas.grid.draw(Paragraph(words, role: .hint), in: place.rows(from: min(area.rows / 5, 3)), canvas.glyphs)
  }

  private static func put(_ line: ConversationLines.Line, indent: Int, in area: Area, on canvas: inout Canvas) {
    if !line.label.isEmpty {
      canvas.put(line.label, in: indent > 0 ? area.columns(from: 0, count: indent - 1) : area, .label)
    }
    var column = indent
    for run in line.runs { column += canvas.put(run.text, in: area, column: column, run.role) }
  }

  private static func put(stage talk: Conversation, in area: Area, on canvas: inout Canvas) {
    let (words, role) = stage(talk)
    guard !words.isEmpty else { return }
    var column = canvas.put(words, in: area, role)
    guard talk.stage == .listening else { return }
    column += 2
    if area.columns >= 60 {
      let meter = Area(column: area.column + column, row: area.row, columns: 12, rows: 1)
      canvas.grid.draw(level(talk), in: meter, canvas.glyphs)
      column += 14
    }
    if !talk.hearing.isEmpty {
      let room = max(area.columns - column, 0)
      canvas.put(tail(of: talk.hearing, room, canvas.glyphs), in: area, column: column, .text)
    }
  }

  private static func level(_ talk: Conversation) -> LevelBar {
    let level = talk.levelDecibels <= -99 ? nil : talk.levelDecibels
    return LevelBar(value: level, range: -72...0, isClipped: talk.levelDecibels > -0.1)
  }

  /// Where the turn stands, in words.
  static func stage(_ talk: Conversation) -> (String, Role) {
    let seconds = Figures.decimal(talk.stageSeconds, 1)
    switch talk.stage {
    case .idle: return ("", .text)
    case .listening:
      if let left = talk.countdown { return ("sending in \(Figures.decimal(left, 1)) s", .cue) }
      return ("listening \(seconds) s", .recording)
    case .transcribing: return ("transcribing \(seconds) s", .cue)
    case .consent: return ("", .text)
    case .thinking: return ("\(talk.source.isEmpty ? "" : "\(talk.source): ")thinking \(seconds) s", .cue)
    case .answering: return (talk.isAloud ? "answering, aloud" : "answering", .cue)
    case .speaking: return ("speaking", .cue)
    }
  }

  /// The end of what was heard, which is what is being said now.
  private static func tail(of text: String, _ columns: Int, _ glyphs: Glyphs) -> String {
    guard cellWidth(text) > columns else { return text }
    let words = text.split(separator: " ")
    var kept: [Substring] = []
    var used = cellWidth(glyphs.ellipsis)
    for word in words.reversed() where used + cellWidth(String(word)) + 1 <= columns {
      used += cellWidth(String(word)) + 1
      kept.insert(word, at: 0)
    }
    return glyphs.ellipsis + " " + kept.joined(separator: " ")
  }

  private static func put(draft talk: Conversation, in area: Area, on canvas: inout Canvas) {
    canvas.put("\(canvas.glyphs.caret) ", in: area, .label)
    let room = max(area.columns - 3, 1)
    var shown = Substring(talk.draft)
    while cellWidth(String(shown)) > room { shown.removeFirst() }
    let used = canvas.put(String(shown), in: area, column: 2, .value)
    canvas.put("_", in: area, column: 2 + used, .marker)
  }
}
