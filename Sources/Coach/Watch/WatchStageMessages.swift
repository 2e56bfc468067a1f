import Practice
import Sound

/// What people are told while they watch.
extension Messages {
  static func notHeard(_ learner: String) -> String { "\(learner) does not let you hear them." }
  static let notWatched = "you do not watch them at the moment"
  static let nothingWatched = "There is nothing to write yet."
  static let invitationUnknown = """
    Nobody here knows this invitation: it is mistyped, used up, over or taken back. Ask the learner for another one.
    """
  static func watchedWritten(_ file: WatchedFile) -> String {
    "Written: \(file.path)" + (file.hasWords ? "" : ", without the words, for they are not shown to you")
      + ". Take it into your history with: rostrum import \(file.path)"
  }
  static func cuesComplaint(_ complaint: Complaint, others: Int) -> String {
    let text = "\(complaint)"
    let more = others > 0 ? " There \(others == 1 ? "is" : "are") \(Figures.count(others, "more mistake"))." : ""
    return text + (text.hasSuffix(".") || text.hasSuffix("?") ? "" : ".") + more + " The other cues count."
  }
  static func selected(_ name: String) -> String { "selected: \(name)" }
  static let onTheWall = "back on the wall"
  static let helpLeft = "Esc leaves this list; until then no other key does anything."
  static func unheard(_ error: SoundError) -> String {
    "You hear nobody: no sound comes out of \(error.name). What you see goes on."
  }
  static func zoomedIn(_ name: String) -> String { "looking at \(name) alone" }
  static func judging(_ rubric: String, _ criterion: String, level: Double?) -> String {
    "\(rubric), \(criterion): " + (level.map { "level " + Figures.decimal($0, 0) } ?? "no level yet")
  }
}
