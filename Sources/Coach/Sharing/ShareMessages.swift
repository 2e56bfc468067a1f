import Audience
import Practice
import Terminal

/// What people are told about who looks on.
extension Messages {
  /// Why somebody went or did not come, by the words of the wire; empty where the learner knows, for they said it.
  private static let reasons: [String: String] = [
    Refusal.declined.rawValue: "", Refusal.unanswered.rawValue: "nobody answered",
    Refusal.token.rawValue: "the invitation is not valid", Refusal.tries.rawValue: "too many tries",
    Refusal.full.rawValue: "too many at once", Refusal.greeting.rawValue: "what came made no sense",
    Refusal.version.rawValue: "another version of Rostrum", Farewell.slow.rawValue: "the line was too slow",
    Farewell.flood.rawValue: "too much was sent", Farewell.forbidden.rawValue: "what was sent is not for that role",
    "silent": "the line went silent",
  ]

  /// What became of somebody, as a line of the log: `beck watches as tutor, over SSH from lab-2`; `whom` is who shares.
  static func watcher(_ watcher: Watcher, whom: String = "you") -> String {
    let role = watcher.role.rawValue
    let place = watcher.place.map { ", " + $0 } ?? ""
    let reason = watcher.reason.flatMap { reasons[$0] ?? $0 }.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
    switch watcher.change {
    case .asked: return "\(watcher.name) asks to watch as \(role)\(toHear(watcher, whom: whom))\(place)"
    case .joined: return "\(watcher.name) watches as \(role)\(watcher.hears ? ", and hears \(whom)" : "")\(place)"
    case .left: return "\(watcher.name) has left\(reason)"
    case .refused: return "\(watcher.name) was not let in\(reason)"
    case .expired: return "\(watcher.name) has gone: the time of the invitation is over"
    case .ended: return "\(watcher.name) was sent away\(reason)"
    }
  }
}

extension Messages {
  // What ends it comes first: a narrow screen cuts the rest.
  static let sharing = "Shared: X ends it, S shows who asks and who looks on."
  static let sharingWithOwn = "Shared, X ends it; with your own account alone: rostrum share --setup-help."
  static let sharingWithoutTutors = "Shared, X ends it; but tutors of this host cannot come: S says why."
  static let nothingShared = "Nothing is shared: nobody looks on. S shares this session."
  static let sharingBegan = "shared from here on"
  static let sharingEnded = "Sharing has ended. Nobody looks on."
  static let nobodyWatches = "Nobody asks, and nobody looks on."
  static let shareNeedsTerminal =
    "A past session is offered from a terminal, where you are asked about each who comes."
  static let shareWhichDrill = "Name the drill that is to be shared: rostrum drill silence-instead --share"
  static let offlinePublish =
    "--publish needs the network, which --offline forbids (or the setting offline). Leave one of them out."
  static let emptyRemark = "there is nothing in it"
  static let cueTooLate = "nobody is speaking any more"
  static let drillNotHere = "the learner has no drill of that name"

  /// What is said when sharing has begun.
  static func sharing(_ places: SharedWhere) -> String {
    if places.reaches.contains(.group) { return sharing }
    return places.trouble == nil ? sharingWithOwn : sharingWithoutTutors
  }

  /// Who cannot come, why, and who mends it; nil where nothing is wrong.
  static func notEverywhere(_ places: SharedWhere) -> String? {
    places.trouble.map { trouble in
      places.reaches.contains(.own)
        ? "Tutors of this host cannot come: \(trouble). Ask who runs this host; rostrum share --setup-help says how it has "
          + "to be. You yourself, and guests by your invitation, can come."
        : "Shared with tutors of this host alone: \(trouble)."
    }
  }

  /// Learners' folders that a tutor cannot look into, as a clause.
  static func closed(_ closed: ShareFolder.Closed, in folder: String) -> String {
    let which =
      closed.count == 1 ? "a learner's folder in \(folder) is" : "\(closed.count) learners' folders in \(folder) are"
    return closed.isMember
      ? "\(which) closed to you until you log in anew: you came into the group \(closed.group) after your last login"
      : "\(which) closed to you, for you are not in the group \(closed.group)"
  }

  /// The same for the wall, whose line is short.
  static func closedNotice(_ closed: ShareFolder.Closed) -> String {
    let which = closed.count == 1 ? "A learner's folder here is" : "\(closed.count) learners' folders here are"
    return closed.isMember
      ? "\(which) closed to you until you log in anew: \(closed.group) came after this login."
      : "\(which) closed to you: you are not in \(closed.group). Ask who runs this host."
  }

  /// What to do about it.
  static func openClosed(_ closed: ShareFolder.Closed) -> String {
    closed.isMember
      ? "Log out and in again."
      : "To watch them, ask who runs this host: rostrum share --setup-help says how tutors come into the group."
  }

  static func asksToWatch(_ watcher: Watcher) -> String {
    "\(watcher.name) asks to watch as \(watcher.role.rawValue)\(toHear(watcher)): S answers."
  }

  /// What somebody asks for beyond watching; empty where they do not.
  static func toHear(_ watcher: Watcher, whom: String = "you") -> String { watcher.hears ? " and to hear \(whom)" : "" }

  /// What the learner has said to somebody who asked.
  static func answered(_ watcher: Watcher, _ decision: Hub.Decision, hears: Bool) -> String {
    let sound = hears ? " and hears you" : ""
    switch decision {
    case .once: return "\(watcher.name) is let in\(sound)."
    case .talk: return "\(watcher.name) is let in for this talk\(sound)."
    case .no: return "\(watcher.name) is not let in."
    }
  }

  /// Whose answer is due, or how the room is left.
  static func whatNext(_ sharing: SharingState) -> String {
    sharing.asks ? whoLooksOn(sharing) : "Escape goes back."
  }

  /// What the learner has changed about who hears them.
  static func hearing(_ watcher: Watcher, before: Bool) -> String {
    guard watcher.hears != before else { return didNotAskToHear(watcher) }
    return watcher.hears
      ? "\(watcher.name) hears you from now on; h takes that back."
      : "\(watcher.name) does not hear you any more; h lets them again."
  }

  static func didNotAskToHear(_ watcher: Watcher) -> String {
    "\(watcher.name) has not asked to hear you. They would with: rostrum watch --sound"
  }

  /// The room about sharing as a line.
  static func whoLooksOn(_ sharing: SharingState) -> String {
    guard let chosen = sharing.chosen else {
      return (sharing.rows.isEmpty ? nobodyWatches : "Up and Down choose who is meant.") + " Escape goes back."
    }
    guard sharing.asks else {
      let sound = chosen.hears ? "h takes back that they hear you" : "h lets them hear you"
      return "\(chosen.name) looks on: \(sound), d sends away, Escape goes back."
    }
    let sound = !chosen.hears ? "" : sharing.letsHear ? ", h takes back that they hear you" : ", h lets them hear you"
    return
      "\(chosen.name) asks to watch as \(chosen.role.rawValue)\(toHear(chosen)): y once, t for this talk, n no\(sound)"
  }

  /// How it goes on and ends, and what can be done about who is selected.
  static func howToEndSharing(_ chosen: Watcher?) -> String {
    let all = "A tutor logs in and types rostrum watch; you are asked about each. X ends sharing for everybody at once."
    guard let chosen else { return all }
    return chosen.hears
      ? "\(chosen.name) hears you; h takes that back, and they go on watching. " + all
      : "\(chosen.name) does not hear you; h lets them, if they asked for it. " + all
  }

  /// What somebody who asks would see and hear, for who decides about them.
  static func whatTheySee(_ watcher: Watcher, letsHear: Bool) -> String {
    let sees =
      switch watcher.role {
      case .observer: "An observer sees your meters: pace, pauses, fillers, loudness, pitch; no word."
      case .tutor: "A tutor sees meters and words, writes notes into your session and may send a cue."
      }
    guard watcher.hears else { return sees + " They will not hear you." }
    return sees
      + (letsHear ? " They will hear you; h takes that back." : " They will not hear you, unless you press h.")
  }

  /// A visit afterwards: `beck, tutor, 0:44 to 3:23`.
  static func visit(_ visit: Visit) -> String {
    let watcher = visit.watcher
    let who = "\(watcher.name), \(watcher.role.rawValue)" + (visit.hasHeard ? ", with sound" : "")
    guard let from = visit.from else {
      return watcher.change == .refused ? "\(who), was not let in" : "\(who), asked"
    }
    let start = clockTime(from)
    guard let until = visit.until, clockTime(until) != start else { return "\(who), \(start)" }
    return "\(who), \(start) to \(clockTime(until))"
  }

  /// Who looks on, for the status line: `seen by beck, kim`, `seen and heard by beck`.
  static func seen(by watchers: [Watcher], isNarrow: Bool) -> String {
    if watchers.isEmpty { return "shared" }
    let hearers = watchers.filter(\.hears)
    if isNarrow, watchers.count == 1 {
      return (hearers.isEmpty ? "seen by " : "heard by ") + clip(watchers[0].name, to: 12)
    }
    let isMany = isNarrow || watchers.count > 2
    func names(_ some: [Watcher]) -> String { isMany ? "\(some.count)" : some.map(\.name).joined(separator: ", ") }
    if hearers.isEmpty { return "seen by " + names(watchers) }
    return hearers.count == watchers.count
      ? "seen and heard by " + names(watchers) : "seen by \(names(watchers)); heard by \(names(hearers))"
  }

  static func cueForLater(_ words: String) -> String { "cue: \(words)" }

  /// A drill that a tutor gave, as a comment of theirs.
  static func tutorAssigned(_ drill: String, days: Int?, note: String) -> String {
    let due = days.map { $0 <= 0 ? ", for today" : ", in \(Figures.count($0, "day"))" } ?? ""
    return "drill: \(drill)\(due)" + (note.isEmpty ? "" : ". \(note)")
  }

  /// Somebody who went when sharing ended, or with the session.
  static func gone(_ watcher: Watcher, isSentAway: Bool) -> Watcher {
    var gone = watcher
    (gone.change, gone.reason) = isSentAway ? (.ended, "sharing ended") : (.left, "the session is over")
    return gone
  }
}

extension Failure {
  /// Why nobody can look on, and what to do about it.
  init(_ error: AudienceError) {
    // What to do comes before the path, which may be longer than a line.
    switch error {
    case .pathTooLong(let path, let bytes):
      self.init(
        .cannotCreate,
        "Not shared: a socket's path has 107 bytes at most, this one \(bytes). Set XDG_RUNTIME_DIR to a shorter folder: \(path)"
      )
    case .taken(let path):
      self.init(
        .cannotCreate, "Not shared: something lies where the socket should. Look at it, and take it away: \(path)")
    case .unsafeFolder(let path):
      self.init(
        .noPermission,
        "Not shared: others could put things into its folder. rostrum share --setup-help says how it has to be: \(path)"
      )
    case .noFolder, .system: self.init(.cannotCreate, "Not shared: \(error.words).")
    }
  }
}
