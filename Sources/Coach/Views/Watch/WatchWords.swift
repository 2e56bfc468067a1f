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
    case .broken where !seat.isHere: ("gone", .hint)
    case .broken: ("line broken: trying again", .warning)
    case .over(let farewell): (brief(farewell), .hint)
    case .watching: moment(seat)
    }
  }

  /// The timing light as long as somebody speaks and is watched: what is over has no time left.
  static func light(_ seat: Seat) -> TimingLight? {
    seat.state == .watching && !seat.isOver ? seat.shown.light : nil
  }

  /// The same for a place of `columns` cells: what can be said shorter is.
  static func brief(_ text: String, columns: Int) -> String {
    guard cellWidth(text) > columns else { return text }
    return [
      (": trying again", ""), ("AI tutor", "AI"), ("microphone", "mic"), ("looking back at", "back at"),
      (" session", ""),
    ]
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
    case .tries: "wait a minute"
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
    if seat.isOver { return (seat.welcome?.isPast == true ? "past session" : "ended", .hint) }
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
    case .broken where !seat.isHere: return ("\(name) is not there any more.", .hint)
    case .broken(let reason):
      return ("Line broken" + (reason.isEmpty ? "" : " (\(clip(reason, to: 60)))") + ": trying again.", .warning)
    case .over(let farewell): return (Messages.over(farewell, of: name, isGuest: seat.isGuest), .hint)
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

  /// The last `limit` comments and cues of everybody by name, and levels and drills that one gave oneself, the newest last.
  static func remarks(_ seat: Seat, last limit: Int, _ glyphs: Glyphs) -> [Line] {
    let (session, count) = (seat.shown, max(limit, 0))
    // One's own on a moment that is looked back at is there at once, though the replay ends before it.
    let noted = seat.position.map { here in seat.session.comments.filter { $0.start <= here + 0.5 } }
    let comments = (noted ?? session.comments).suffix(count).map { comment in
      Line(
        seconds: comment.start, text: "\(glyphs.mark) \(comment.by ?? "the learner"): \(comment.text)", role: .text)
    }
    let cues = session.cues.suffix(count).map { shown in
      Line(
        seconds: shown.seconds, text: "\(glyphs.cueMark) \(shown.cue.by.map { $0 + ": " } ?? "")\(shown.cue.words)",
        role: shown.cue.by == nil ? .hint : .text)
    }
    return (comments + cues + given(seat)).sorted { $0.seconds < $1.seconds }.suffix(count)
      .map { Line(seconds: $0.seconds, text: clockTime($0.seconds) + " " + $0.text, role: $0.role) }
  }

  /// Levels and drills that one gave, as they stand: of two levels for one thing the later, and nothing that was not
  /// taken. The one that is told of as news is not among them.
  private static func given(_ seat: Seat) -> [Line] {
    var given: [(subject: String, line: Line)] = []
    for sent in isNews(seat) ? seat.sent.dropLast() : seat.sent[...]
    where sent.isKept && sent.seconds <= seat.shown.seconds {
      let name: String
      switch sent.remark {
      case .level(let rubric, _, let criterion, _, _): name = rubric + "/" + criterion
      case .drill(let id, _, _): name = id
      case .note, .cue: continue
      }
      given.removeAll { $0.subject == name }
      if case .level(_, _, _, nil, _) = sent.remark { continue }
      given.append((name, Line(seconds: sent.seconds, text: "you: " + subject(sent), role: .hint)))
    }
    return given.map(\.line)
  }

  /// Whether what became of one's own last remark is news.
  private static func isNews(_ seat: Seat) -> Bool {
    guard let sent = seat.sent.last else { return false }
    return sent.answer == nil || !sent.isOld && seat.session.seconds - sent.seconds < 15
  }

  /// What became of one's own last remark, as long as that is news, in lines for so many cells and rows; empty afterwards.
  ///
  /// Where there is little room it is said shorter, and where that does not do it goes over several lines.
  static func lastSent(_ seat: Seat, columns: Int, rows: Int) -> (lines: [String], role: Role) {
    guard let sent = seat.sent.last, isNews(seat), rows > 0 else { return ([], .hint) }
    let (outcome, role) = outcome(sent)
    let texts = ["you: " + subject(sent) + ", " + outcome, subject(sent) + " " + outcome]
    let lines = texts.first { cellWidth($0) <= columns }.map { [$0] } ?? wrap(texts[1], to: columns)
    // What is left out is said by a sign in the last one.
    guard lines.count > rows else { return (lines, role) }
    return (Array(lines.prefix(rows - 1)) + [lines.dropFirst(rows - 1).joined(separator: " ")], role)
  }

  private static func outcome(_ sent: Seat.Sent) -> (text: String, role: Role) {
    switch sent.answer {
    case nil: ("sent", .hint)
    case .taken: (taken(sent.remark), .good)
    case .later: ("waits for the review", .label)
    case .refused(let reason): ("not sent" + (reason.isEmpty ? "" : ": " + reason), .warning)
    }
  }

  private static func subject(_ sent: Seat.Sent) -> String {
    switch sent.remark {
    case .note(_, let seconds): "note at " + clockTime(seconds)
    case .cue(let words): words
    case .level(_, _, let criterion, let level, _):
      criterion + (level.map { " " + Figures.decimal($0, 0) } ?? " taken back")
    case .drill(let id, _, _): sent.drill ?? "drill " + id
    }
  }

  private static func taken(_ remark: Remark) -> String {
    switch remark {
    case .cue: "on their screen"
    case .drill: "given"
    case .note, .level: "kept"
    }
  }
}

extension Seat.Sent {
  /// Whether the learner has it, or will find it in the review.
  fileprivate var isKept: Bool { answer == .taken || answer == .later }
}
