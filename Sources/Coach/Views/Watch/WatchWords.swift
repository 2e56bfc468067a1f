import Audience
import Practice
import Terminal

/// What is said of a learner who is watched: how it stands, what was remarked, what became of one's own remarks.
enum WatchWords {
  /// A name as it is shown: accounts are short, invitations may be called anything.
  static func name(_ seat: Seat) -> String { clip(seat.learner, to: 32) }

  /// How it stands, in a word or three; empty while a session simply goes on.
  static func brief(_ seat: Seat) -> (text: String, role: Role) {
    switch seat.state {
    case .found: (seat.isLeft ? "left" : "shares", .hint)
    case .asked: ("asking", .label)
    case .refused(let refusal): (brief(refusal), .hint)
    case .broken: ("line broken: trying again", .warning)
    case .over(let farewell): (brief(farewell), .hint)
    case .watching: moment(seat)
    }
  }

  /// The same for a place of `columns` cells: what can be said shorter is.
  static func brief(_ text: String, columns: Int) -> String {
    guard cellWidth(text) > columns else { return text }
    return [(": trying again", ""), ("AI tutor", "AI"), ("microphone", "mic"), ("looking back at", "back at")]
      .reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  private static func brief(_ refusal: Refusal) -> String {
    switch refusal {
    case .declined: "declined"
    case .unanswered: "no answer"
    case .token: "invitation not valid"
    case .greeting: "not understood"
    case .version: "another version"
    case .full: "full"
    case .tries: "too many tries"
    }
  }

  private static func brief(_ farewell: Farewell) -> String {
    switch farewell {
    case .finished: "ended"
    case .ended: "ended by them"
    case .expired: "time over"
    case .slow: "line too slow"
    case .flood, .forbidden: "sent away"
    }
  }

  /// What is so with a learner who is watched, the most telling first.
  private static func moment(_ seat: Seat) -> (text: String, role: Role) {
    if let position = seat.position { return ("looking back at " + clockTime(position), .cue) }
    if seat.presence.isAway { return ("microphone away", .warning) }
    if let tutor = seat.presence.tutor { return (words(tutor), .label) }
    if case .over = seat.session.phase { return (seat.welcome?.isPast == true ? "past session" : "ended", .hint) }
    if seat.session.phase == .paused { return ("paused", .label) }
    return ("", .text)
  }

  private static func words(_ tutor: Presence.Tutor) -> String {
    switch tutor {
    case .listening: "AI tutor listens"
    case .thinking: "AI tutor thinks"
    case .speaking: "AI tutor speaks"
    case .waiting: "with AI tutor"
    }
  }

  /// The same in a sentence, with what can be done; nil while a session goes on.
  static func sentence(_ seat: Seat) -> (text: String, role: Role)? {
    let name = name(seat)
    switch seat.state {
    case .found: return (seat.isLeft ? "You left \(name). a asks again." : "\(name) shares. a asks to look on.", .hint)
    case .asked: return ("Asking \(name); the answer is theirs.", .label)
    case .refused(let refusal): return (Messages.refused(refusal, by: name), .hint)
    case .broken(let reason):
      return ("Line broken" + (reason.isEmpty ? "" : " (\(clip(reason, to: 60)))") + ": trying again.", .warning)
    case .over(let farewell): return (Messages.over(farewell, of: name), .hint)
    case .watching: return nil
    }
  }

  /// The one line of a learner's meters: what is so, else nothing.
  static func message(_ seat: Seat) -> (text: String, role: Role)? {
    if let sentence = sentence(seat) { return sentence }
    let moment = moment(seat)
    guard moment.text.isEmpty else { return (moment.text, moment.role) }
    return nil
  }

  /// A line about a moment: a comment, a cue.
  struct Line: Equatable {
    var seconds: Double
    var text: String
    var role: Role
  }

  /// The last `limit` comments and cues, of everybody by name, the newest last.
  static func remarks(_ session: Session, last limit: Int, _ glyphs: Glyphs) -> [Line] {
    let count = max(limit, 0)
    let comments = session.comments.suffix(count).map { comment in
      Line(
        seconds: comment.start, text: "\(glyphs.mark) \(comment.by ?? "the learner"): \(comment.text)", role: .text)
    }
    let cues = session.cues.suffix(count).map { shown in
      Line(
        seconds: shown.seconds, text: "\(glyphs.cueMark) \(shown.cue.by.map { $0 + ": " } ?? "")\(shown.cue.words)",
        role: shown.cue.by == nil ? .hint : .text)
    }
    return (comments + cues).sorted { $0.seconds < $1.seconds }.suffix(count)
      .map { Line(seconds: $0.seconds, text: clockTime($0.seconds) + " " + $0.text, role: $0.role) }
  }

  /// What became of one's own last remark, as long as that is news; nil afterwards.
  static func lastSent(_ seat: Seat) -> (text: String, role: Role)? {
    guard let sent = seat.sent.last, seat.session.seconds - sent.seconds < 15 || sent.answer == nil else { return nil }
    let what = "you: " + subject(sent.remark)
    switch sent.answer {
    case nil: return (what + ", sent", .hint)
    case .taken: return (what + ", " + taken(sent.remark), .good)
    case .later: return (what + ", waits for the review", .label)
    case .refused(let reason): return (what + ", not taken" + (reason.isEmpty ? "" : ": " + reason), .warning)
    }
  }

  private static func subject(_ remark: Remark) -> String {
    switch remark {
    case .note(_, let seconds): "note at " + clockTime(seconds)
    case .cue(let words): words
    case .level(_, _, let criterion, let level, _):
      criterion + (level.map { " " + Figures.decimal($0, 0) } ?? " taken back")
    case .drill(let id, _, _): "drill " + id
    }
  }

  private static func taken(_ remark: Remark) -> String {
    if case .cue = remark { "on their screen" } else { "kept" }
  }
}
