import Practice
import Terminal

/// What can be cut out of a session, and what it can be written to: a line a key, over the foot of the room below.
enum MenuView {
  /// A line of a menu.
  private struct Line {
    var key: String
    var label: String
    var text: String
  }

  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    guard let past = desk.past else { return }
    let lines = lines(of: desk.room, past)
    let keys = lines.map { cellWidth($0.key) }.max() ?? 0
    let labels = lines.map { cellWidth($0.label) }.max() ?? 0
    let width = canvas.body.columns - keys - labels - 4
    // On a narrow screen what comes before the first comma says enough.
    let texts = lines.map { line in
      width >= 40 ? Array(wrap(line.text, to: width).prefix(2)) : [String(line.text.prefix { $0 != "," })]
    }
    let (_, place) = canvas.body.splitBottom(texts.reduce(1) { $0 + $1.count })
    canvas.grid.fill(place)
    canvas.grid.fill(
      Area(column: 0, row: place.row, columns: canvas.area.columns, rows: 1), canvas.glyphs.horizontal, .border)
    canvas.put(" " + (desk.room == .clip ? "Cut out" : "Write") + " ", in: place.rows(from: 0, count: 1), .title)
    var row = 1
    for (line, texts) in zip(lines, texts) {
      canvas.put(line.key, in: place, row: row, .key)
      canvas.put(line.label, in: place, row: row, column: keys + 2, .value)
      for text in texts {
        canvas.put(canvas.glyphs.signs(text), in: place, row: row, column: keys + labels + 4, .hint)
        row += 1
      }
    }
    let foot = desk.room == .clip ? Messages.clipFoot : Messages.exportFoot
    let isNarrow = canvas.area.columns < 60
    canvas.foot(isNarrow ? foot.prefix { $0 != "," } + "." : foot, room: desk.room)
  }

  private static func lines(of room: Room, _ past: PastSession) -> [Line] {
    let cutting = Cutting(past.session)
    func cut(_ cut: Cutting.Cut?, _ choice: ClipChoice) -> String {
      cut.map { "\(clockTime($0.range.lowerBound)) to \(clockTime($0.range.upperBound)), \($0.reason)" }
        ?? Messages.nothingToCut(choice).replacing(": ", with: ", ")
    }
    return Keymap.table.filter { $0.rooms.contains(room) && $0.action != .back }.compactMap { binding in
      guard !binding.label.isEmpty, let key = binding.keys.first?.name else { return nil }
      let text =
        switch binding.action {
        case .clipPhrase: cut(cutting.phrase(at: past.seconds), .phrase)
        case .clipBest: cut(cutting.bestStretch, .best)
        case .clipWorst: cut(cutting.worstStumble, .worst)
        default: binding.help
        }
      return Line(key: key, label: binding.label, text: text)
    }
  }
}
