import Practice
import Terminal

/// What is said of drills in one line: notices, and the line of the home screen.
extension Messages {
  static let nothingDue = "Nothing else is due. Well done; come back tomorrow."
  static let noDrillForIt = "There is no drill for what was found. x on the home screen lists all of them."

  static let noBallot = "Only a contest has a ballot. What this drill asks for is judged above."

  static func queued(_ due: String) -> String { "On your schedule: \(due)." }

  static func nothingDueToday(next: String?) -> String {
    "Nothing is due today." + (next.map { " Next: \($0)." } ?? " rostrum drills lists what there is.")
  }

  static func talkBeside(_ drill: String) -> String {
    "\(drill) has a text of its own; leave --talk out, or choose a drill for talking freely."
  }

  static let noChooser =
    "Nothing here can tell words apart: minimal pairs need the recogniser. Install it (apt install pocketsphinx-en-us), or allow it: rostrum config set recogniser auto."

  static func alreadyDue(_ due: String) -> String { "It is on your schedule already: \(due)." }

  static func dayGone(_ day: String) -> String { "\(day) has gone by; choose a day from today on." }

  static func noTopic(_ drill: String) -> String { "\(drill) has no topic; leave --topic out." }
}

extension DrillState {
  /// The line of the home screen.
  var homeWords: String {
    let due = lines.filter { $0.overdueDays != nil }
    guard !due.isEmpty else { return "two minutes on one thing" }
    let minutes = max(Int((due.reduce(0) { $0 + $1.seconds } / 60).rounded()), 1)
    return "\(due.count) due today, about \(Figures.count(minutes, "minute"))"
  }
}
