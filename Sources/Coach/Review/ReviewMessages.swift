import Practice
import Report
import Sound
import Terminal

/// What people are told while they look back.
extension Messages {
  static let noMoments = "No single moment moved this by half a point."
  static let noRubric = "There is no rubric to score by. rostrum doctor says why."
  static let notReadYet = "This session is still being read."
  static let whichSessions =
    "Which sessions? Words of the talk, #tag, since 2026-10, until 2026-11-20, score>70; empty for all"
  static let whichTitle = "What is it called?"
  static let whichTags = "Tags, with spaces between"
  static let whoJudges = "Who judges from now on? The tutor's name, or empty for yourself"
  static let whichContext =
    "Judged as which kind of talking? conversation, talk, technical, ceremony or second-language"
  static func contextsAre(_ names: [String]) -> String {
    "That is none. There are " + names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "") + "."
  }
  static let whichFiller = "Which filler is said here?"
  static let noFillerHere =
    "There is no filler near this second. Tab until steps are fillers, then Right finds the next one; + adds one."
  static let noWordHere = "No word was recognised up to here."
  static let notACount = "Type a whole number, or Esc to look without a guess."
  static let howManyFillers = "How many fillers (um, uh, like) did you say?"
  static let whyGuess =
    "Guessing first teaches you to hear them yourself; the gap between guess and count is kept as a trend."
  static let guessKeys = "Esc looks without a guess."
  static let writing = "Writing the file."
  static let momentOfWhat = "--at needs a session. For example: rostrum review last --at 1:20"
  static let reviewNeedsSession =
    "Without a terminal review needs a session. For example: rostrum review last --plain. rostrum sessions lists them."
  static func noMoment(_ text: String) -> String { "\"\(text)\" is no moment. Write it as 1:20, 1:02:05 or 80." }
  static func noScreens(_ terminal: String) -> String {
    "This terminal (TERM=\(terminal)) cannot show screens. Try: rostrum rehearse --plain"
  }
  static let noTrends = "No session has figures yet. Rehearse, and they will be here."
  static let trendFoot = "Held against your own sessions alone."
  static let momentsFoot = "Enter goes to the moment."
  static let movedIt = "What moved it, in points of this score"
  static let judgedByPeople = "This is judged by people: you, a tutor at your side, or the AI tutor."
  static let noSessionsYet = "No sessions yet. Rehearse, and they will be here."
  static let exportFoot = "Into the folder you started from, beside what is there."
  static let clipFoot = "Into the folder you started from, as FLAC with captions."
  static let judgingNeedsEndpoint =
    "The offline tutor does not judge by rubrics. docs/FORMATS.md shows how an endpoint is set up."
  static func judged(_ count: Int) -> String {
    count == 0
      ? "The AI tutor's answer holds no level that could be read."
      : "\(count) \(count == 1 ? "level" : "levels") of the AI tutor taken over; x shows them beside yours."
  }
  static func nothingToCut(_ choice: ClipChoice) -> String {
    switch choice {
    case .phrase: "There is no phrase here."
    case .best: "There is no stretch of twenty seconds that is mostly speech."
    case .worst: "Nothing stumbles here: no three fillers or restarts within ten seconds."
    }
  }
  static let noSoundToCut =
    "No sound of this session was kept, so nothing can be cut out. rostrum rehearse --keep-audio keeps it."
  static func noCaptions(_ missing: Captions.Missing) -> String { "There are no captions: \(missing.rawValue)." }
  static func notDrawn(_ reason: String) -> String { "The page could not be drawn: \(reason)." }
  static let noWordToSearch = "There is no word in this: type letters or figures."
  static let nothingFound = "Nothing found."
  static let typeToSearch =
    "Type words that were said, noted or answered. \"Two words\" in quotes stand together; hesita* finds all that begin so."
  static let noOtherTake = "There is no other take of this talk."
  static let noSoundKept = "no sound was kept; meters and words run alone"
  static let soundDamaged = "the kept sound is damaged; what cannot be read of it is silent"

  /// Why a replay is not heard.
  static func silence(_ reason: ReplayPlayer.Silence) -> String {
    switch reason {
    case .notKept: noSoundKept
    case .turnedOff: "sound is turned off (speaker: none)"
    case .recording: "the kept sound cannot be read; meters and words run alone"
    case .device(let error): "no sound from \(error.name); meters and words run alone"
    case .noThread: "there is no thread for sound"
    }
  }

  static func whichLabel(_ label: String) -> String { "\"\(label)\" is rather" }
  static func whichWord(_ word: String) -> String { "\"\(word)\" is rather (nothing takes it out)" }
  static func whichNote(_ seconds: Double) -> String { "Note at \(clockTime(seconds)) (nothing takes it back)" }
  static func filterMisread(_ part: String) -> String {
    "\"\(part)\" is not understood. For example: keynote #work since 2026-10 score>70"
  }
  static func levelsAre(_ levels: ClosedRange<Int>) -> String {
    "The levels of this rubric are \(levels.lowerBound) to \(levels.upperBound)."
  }
  static func noFurther(_ unit: ReplayUnit, forward: Bool) -> String {
    "No \(unit.name) \(forward ? "after" : "before") this."
  }
  static func written(_ path: String) -> String { "Written: \(path)" }
  static func clipWritten(_ path: String, _ why: String) -> String { "Written: \(path) (\(why))" }
}
