import Audience
import Practice
import Terminal

/// What a watcher is told.
extension Messages {
  static let nobodyShares = "Nobody shares yet. A learner presses S while rehearsing."
  static let nobodySelected = "There is nobody to do that for."
  static let nothingToWatch = "There is nothing to see of this learner yet."
  static let observerOnly = "You look on as an observer: you see meters, and send nothing."
  static let guestWritesNothing = "As a guest you write nothing on this machine."
  static let noCues = "There are no cues: Prompts/cues.yaml has none."
  static let nobodySpeaks = "Nobody is speaking any more: a cue would come too late. n writes a note."
  static let noRubrics = "There are no rubrics to fill in."
  static let noDrillsToGive = "There are no drills to give."
  static let noEarlier = "There is nothing earlier."
  static let askedAlready = "They have been asked; the answer is theirs."
  static let watchedAlready = "They have let you in already."
  static let nobodyTakenOff = "Nobody was taken off the wall."

  /// Why a note goes nowhere as yet, and how its line is left.
  static func notSent(_ obstacle: String) -> String { "No note now. \(obstacle) Esc leaves this line." }
  static func takenOff(_ name: String) -> String { "\(name) is off the wall. u brings back." }
  static func broughtBack(_ count: Int) -> String {
    count == 1 ? "1 session is back on the wall." : "\(count) sessions are back on the wall."
  }
  /// Why a wall is empty; nil where it is not, or where nobody has looked yet.
  static func empty(_ wall: Wall) -> String? {
    guard wall.seats.isEmpty, wall.hasLooked else { return nil }
    return wall.hidden.isEmpty ? nobodyShares : allTakenOff(wall.hidden.count)
  }
  /// What stands on a wall from which everybody was taken off.
  static func allTakenOff(_ count: Int) -> String {
    count == 1
      ? "You took 1 session off the wall. u brings it back."
      : "You took \(count) sessions off the wall. u brings them back."
  }

  static func sharesNot(_ learner: String) -> String { "\(learner) does not share at the moment." }
  static func noCue(_ number: Int) -> String { "No cue is on the key \(number)." }
  static func notYours(_ learner: String) -> String { "\(learner) has not let you send anything." }
  static func whichRemark(_ learner: String, _ seconds: Double) -> String {
    "Note to \(learner) at \(clockTime(seconds)):"
  }
  static func whichAssignment(_ drill: String, _ learner: String) -> String {
    "\(drill) for \(learner). What to mind, and when it is due (\"in 3 days\"):"
  }
  static func givesLevels(_ scale: ClosedRange<Int>) -> String {
    let back = scale.contains(0) ? "-" : "0"
    return "\(scale.lowerBound) to \(scale.upperBound) give a level, \(back) takes it back."
  }

  /// Why a learner did not let a watcher in, and what to do.
  static func refused(_ refusal: Refusal, by learner: String) -> String {
    switch refusal {
    case .declined: "\(learner) said no. a asks again."
    case .unanswered: "\(learner) did not answer. a asks again."
    case .token: "The invitation is not valid any more. Ask \(learner) for another one."
    case .greeting: "The greeting was not understood. a tries again."
    case .version: "\(learner) has another version of Rostrum, which this one cannot talk to."
    case .full: "As many as there may be are with \(learner). a tries again."
    case .tries: "Too soon or too often. Wait a minute, then a asks again."
    }
  }

  /// Why a watch is over, and what to do; a guest has an invitation that may be used up.
  static func over(_ farewell: Farewell, of learner: String, isGuest: Bool = false) -> String {
    switch farewell {
    case .ended where isGuest: "\(learner) has ended it. Ask for another invitation, or try this one again with a."
    case .expired where isGuest: "The time of your invitation is over. Ask \(learner) for another one."
    case .finished: "The session is over."
    case .ended: "\(learner) has ended it. a asks again."
    case .expired: "The time you were given is over. a asks again."
    case .slow: "The line is too slow for this session. a asks again."
    case .flood: "Too much was sent, and you were sent away. a asks again."
    case .forbidden: "What was sent is not for your role, and you were sent away. a asks again."
    }
  }
}
