import Audience
import Practice
import Terminal

/// Who asks to look on, and who does: the learner decides here.
enum SharingView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let session = desk.sharedSession
    canvas.head("Sharing", session.title ?? "", right: [(clockTime(session.seconds), .value)])
    let body = canvas.body
    let rows = desk.sharing.rows
    var row = 0
    for (index, watcher) in rows.enumerated() where row < body.rows - 2 {
      let place = body.rows(from: row, count: 1)
      let isSelected = watcher.id == desk.sharing.selected
      if isSelected { canvas.put(String(canvas.glyphs.caret), in: place, .title) }
      let asks = index < desk.sharing.requests.count
      let words = SharingView.words(watcher, asks: asks, hears: desk.sharing.hearing.contains(watcher.id))
      canvas.put(words, in: place, column: 2, isSelected ? .value : asks ? .cue : .text)
      row += 1
    }
    if rows.isEmpty { canvas.put(Messages.nobodyWatches, in: body, .text) }
    var rest = body.rows(from: max(row, 1) + 1)
    if let trouble = desk.sharing.trouble {
      let paragraph = Paragraph(trouble, role: .warning)
      canvas.grid.draw(paragraph, in: rest, canvas.glyphs)
      rest = rest.rows(from: paragraph.rows(in: rest.columns) + 1)
    }
    canvas.grid.draw(Paragraph(SharingView.explanation(desk), role: .hint), in: rest, canvas.glyphs)
    canvas.foot(desk.notice ?? desk.sharing.line ?? "", room: .sharing, role: .hint, without: desk.idle(in: .sharing))
  }

  private static func words(_ watcher: Watcher, asks: Bool, hears: Bool) -> String {
    let place = watcher.place.map { ", " + $0 } ?? ""
    let role = watcher.role.rawValue
    guard asks else { return "\(watcher.name), \(role)\(watcher.hears ? ", hears you" : "")\(place)" }
    let sound = Messages.toHear(watcher) + (hears ? " (you let them)" : "")
    return "\(watcher.name) asks to watch as \(role)\(sound)\(place)"
  }

  private static func explanation(_ desk: Desk) -> String {
    guard let chosen = desk.sharing.chosen ?? desk.sharing.requests.first, desk.sharing.requests.contains(chosen) else {
      return Messages.howToEndSharing(desk.sharing.chosen)
    }
    return Messages.whatTheySee(chosen, letsHear: desk.sharing.hearing.contains(chosen.id))
  }
}
