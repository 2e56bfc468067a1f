import Practice
import Terminal

/// The first screen: what can be done, and below it what the last session asks for.
enum HomeView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    canvas.head("Rostrum", "a coach for people who speak")
    let body = canvas.body
    let top = body.rows >= 14 ? body.rows / 5 : body.rows >= 8 ? 1 : 0
    let entries = Desk.HomeEntry.allCases
    let width = min(58, body.columns)
    let left = (body.columns - width) / 2
    for (index, entry) in entries.enumerated() {
      let row = body.rows(from: top + index, count: 1).columns(from: left, count: width)
      let isSelected = index == desk.homeSelection
      if isSelected { canvas.grid.fill(row, " ", .selection) }
      canvas.put(isSelected ? String(canvas.glyphs.caret) : " ", in: row, isSelected ? .selection : .text)
      canvas.put(title(entry), in: row, column: 2, isSelected ? .selection : .value)
      canvas.put(detail(entry, desk), in: row, column: 12, isSelected ? .selection : .hint)
    }
    let below = body.rows(from: top + entries.count + (body.rows >= 10 ? 1 : 0))
    if let notice = desk.notice {
      canvas.grid.draw(Paragraph(notice, role: .warning), in: below.columns(from: left, count: width), canvas.glyphs)
    } else if desk.hasMicrophone == false {
      canvas.grid.draw(
        Paragraph(Messages.noMicrophoneHome, role: .cue), in: below.columns(from: left, count: width), canvas.glyphs)
    } else if let last = desk.last {
      self.last(last, in: below.columns(from: left, count: width), on: &canvas)
    }
    canvas.foot("Nothing leaves this machine unasked.", room: .home)
  }

  /// The last session in a line, and its next step in as many as there are.
  private static func last(_ last: Desk.LastSession, in area: Area, on canvas: inout Canvas) {
    let when = area.columns >= 50 ? last.when : String(last.when.dropFirst(5))
    canvas.put("Last", in: area, column: 2, .label)
    let used = canvas.put(when, in: area, column: 12, .hint)
    canvas.put(last.title, in: area, column: 12 + used + 2, .hint)
    guard let next = last.nextStep, area.rows > 1 else { return }
    canvas.put("Next", in: area.rows(from: 1), column: 2, .label)
    canvas.grid.draw(
      Paragraph(sanitised(next), role: .text), in: area.rows(from: 1, count: 3).columns(from: 12), canvas.glyphs)
  }

  private static func title(_ entry: Desk.HomeEntry) -> String {
    switch entry {
    case .rehearse: "Rehearse"
    case .drills: "Drills"
    case .demo: "Demo"
    case .history: "History"
    case .tutor: "AI tutor"
    case .devices: "Devices"
    case .help: "Help"
    case .quit: "Quit"
    }
  }

  private static func detail(_ entry: Desk.HomeEntry, _ desk: Desk) -> String {
    switch entry {
    case .rehearse: desk.talkTitle ?? "speak, and watch pace, pauses and fillers"
    case .drills: desk.drills.homeWords
    case .demo: "a one-minute talk spoken by the machine"
    case .history: "past sessions"
    case .tutor: "talk your last take over"
    case .devices: "microphones, and which one is used"
    case .help: "the keys"
    case .quit: ""
    }
  }
}
