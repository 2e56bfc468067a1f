import Practice

/// What people are told by the commands about past sessions.
extension Messages {
  static let noSessionFits = "No session fits."
  static let noScore = "--min-score is a score from 0 to 100."
  static let noWordInSearch = "There is no word in that to look for. Type words that were said, noted or answered."
  static let editWhat = "Edit what? Give --title, --tag, --untag, --context, --comment or --guess."

  static func noOrder(_ name: String) -> String {
    "\"\(name)\" is no order. There are newest, oldest, longest, shortest, score, pace and fillers."
  }
  static func noLimit(_ limit: Int) -> String { "--limit \(limit) is none; it is 1 or more." }
  static func noDate(_ text: String) -> String { "\"\(text)\" is no date. Write it as 2026, 2026-10 or 2026-10-03." }
  static func indexing(_ done: Int, _ count: Int) -> String { "Reading session \(done) of \(count)" }
  static let indexingStopped = "Stopped. The next search goes on from there."
  static func notIndexed(_ reason: String) -> String { "Some sessions are not looked at yet: \(reason)" }
  static func goThere(_ id: String, _ clock: String, isPartial: Bool) -> String {
    (isPartial ? "There is more; the newest were looked at. " : "") + "Go there: rostrum review \(id) --at \(clock)"
  }
  static func noFigure(_ name: String, among known: [String]) -> String {
    let near = nearest(to: name, among: known).map { "Did you mean \($0)?" }
    return "There is no figure \"\(name)\". \(near ?? "rostrum sessions trends lists them.")"
  }
  static func noAttempts(_ drill: String) -> String {
    "No attempt at a drill \"\(drill)\" was done to its end yet. rostrum drill \(drill) begins one."
  }
  static func noSkill(_ name: String) -> String {
    let known = DrillSkill.allCases.map(\.rawValue)
    let near = nearest(to: name.lowercased(), among: known).map { "Did you mean \($0)?" }
    return "There is no skill \"\(name)\". \(near ?? "There are \(known.joined(separator: ", ")).")"
  }
  static func rubricLeftOut(_ complaint: Complaint) -> String {
    let text = "\(complaint)"
    return text + (text.hasSuffix(".") || text.hasSuffix("?") ? "" : ".") + " This rubric is left out."
  }
  static func noRubric(_ name: String, among known: [String]) -> String {
    "There is no rubric \"\(name)\". There are \(known.joined(separator: ", "))."
  }
  static func noCriterion(_ name: String, among known: [String]) -> String {
    "There is no criterion \"\(name)\". There are \(known.joined(separator: ", "))."
  }
  static func editsNotLive(_ id: String) -> String { "Session \(id) is still running. Finish it first." }
  static func noContext(_ name: String) -> String {
    "\"\(name)\" is no context. There are conversation, talk, technical, ceremony and second-language."
  }
  static func noComment(_ text: String) -> String { "\"\(text)\" is no comment. Write it as 1:20=TEXT." }
  static func beyondEnd(_ clock: String, _ end: String) -> String {
    "\(clock) is beyond the end; the session is \(end) long."
  }
  static func noCount(_ count: Int) -> String { "--guess \(count) is no count; it is 0 to 9999." }
  static func guessedAlready(_ count: Int) -> String { "You guessed \(count) already; the first guess stays." }
}
