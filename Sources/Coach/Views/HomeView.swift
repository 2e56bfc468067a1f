import Practice
import Terminal

/// The first screen: what can be done, and nothing else.
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
    }
    canvas.foot("Nothing leaves this machine unasked.", room: .home)
  }

  private static func title(_ entry: Desk.HomeEntry) -> String {
    switch entry {
    case .rehearse: "Rehearse"
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
    case .demo: "a one-minute talk spoken by the machine"
    case .history: "past sessions"
    case .tutor: "talk your last take over"
    case .devices: "microphones, and which one is used"
    case .help: "the keys"
    case .quit: ""
    }
  }
}
