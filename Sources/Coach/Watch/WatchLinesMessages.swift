import Audience
import Practice

/// What lines say of a watch, behind the learner's name.
extension Messages {
  static let hasBeenAsked = "asked to let you watch"
  static let watchIsBack = "there again"

  /// What a welcome gives: `lets you watch as tutor and hear them, for 2 h`.
  static func letsWatch(_ welcome: Welcome) -> String {
    let hear = welcome.shares.contains(.sound) ? " and hear them" : ""
    let past = welcome.isPast ? ", a session that is over" : ""
    return "lets you watch as \(welcome.role.rawValue)\(hear)\(past)"
      + (welcome.seconds.map { ", for \(lasting($0))" } ?? "")
  }

  /// What somebody rehearses.
  static func watchedBegan(_ beginning: Beginning) -> String {
    let talk = beginning.title.map { "rehearses \"\($0)\"" } ?? "rehearses"
    return talk + (beginning.length.map { ", planned " + Figures.length($0) } ?? "")
      + ", heard from \(beginning.source)"
  }

  /// What is so now and was not before.
  static func presence(_ now: Presence, before: Presence) -> [String] {
    var lines: [String] = []
    if now.isAway != before.isAway { lines.append(now.isAway ? "the microphone is away" : "the microphone is back") }
    if now.tutor != before.tutor, let tutor = now.tutor { lines.append("the AI tutor is \(tutor.rawValue)") }
    return lines
  }

  /// What became of a remark: `your cue "slower" is on the screen`.
  static func answer(_ answer: Remark.Answer, to remark: Remark?, drill name: String? = nil) -> String {
    let what =
      switch remark {
      case .cue(let text): "your cue \"\(text)\""
      case .note: "your note"
      case .level(_, _, let criterion, _, _): "your level of \(criterion)"
      case .drill(let drill, _, _): "the drill \(name ?? drill)"
      case nil: "what you sent"
      }
    switch answer {
    case .taken:
      switch remark {
      case .cue: return what + " is on the screen"
      case .drill: return what + " was given"
      default: return what + " was taken"
      }
    case .later: return what + " waits for the review"
    case .refused(let reason): return what + " was not taken" + (reason.isEmpty ? "" : ": " + reason)
    }
  }

  /// A span in words: `45 s`, `20 min`, `2 h`.
  private static func lasting(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e7).rounded())
    if whole < 120 { return "\(whole) s" }
    let minutes = (whole + 30) / 60
    if minutes < 120 { return "\(minutes) min" }
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
