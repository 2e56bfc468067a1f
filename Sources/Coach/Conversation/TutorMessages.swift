import Practice
import Sound
import Tutor
import Voice

/// What people are told about the AI tutor.
extension Messages {
  /// How a turn is taken, on the screen that has none yet.
  static let howToAsk = """
    Press space and speak, and space again when you have spoken. Or type, and press Enter. Try: how did it go? what \
    should I work on? how was my pace?
    """

  /// Where answers come from where nothing else is set up.
  static let offlineReach = "Offline tutor. Nothing leaves this machine."

  /// The same while the session is shared, which is said before it.
  static let offlineShared = "Offline tutor: nobody else is told anything."

  /// Who is asked for text, who hears and who speaks; nobody else learns anything.
  static func reach(chat: [String], hearing: String?, speaking: String?) -> String {
    var parts: [String] = []
    if !chat.isEmpty { parts.append("Answers come from " + chat.joined(separator: ", then ") + ".") }
    if let hearing { parts.append("Your voice goes to \(hearing).") }
    if let speaking { parts.append("Answers are spoken by \(speaking).") }
    return parts.isEmpty ? offlineReach : parts.joined(separator: " ")
  }

  /// The question before something is sent for the first time.
  static func consent(_ question: ConsentQuestion) -> String {
    """
    \(question.endpoint) is at \(question.host). It would be sent \(question.what). You \
    are asked this once. This would be sent now:
    """
  }

  /// What goes to an endpoint, by what it is for.
  static func leaves(_ use: String, hasTranscript: Bool) -> String {
    switch use {
    case "transcription": "the sound of what you say, while you say it"
    case "speech": "the text of the tutor's answers, to be spoken"
    default:
      "your question, the figures of this session\(hasTranscript ? ", its transcript" : "") and the turns before"
    }
  }

  /// Why the offline tutor answers, in a clause for "The offline tutor answers: …".
  static func offlineInstead(_ why: String) -> String { "\(why) The offline tutor answers instead." }

  static let eachUtterance = "What you say in your turns, an utterance at a time, as sound."
  static let eachAnswer = "Each answer of the tutor, a sentence at a time."
  static let isOffline = "Nothing is sent: offline is on."
  static let notAllowed = "No endpoint may be asked (to allow one: rostrum config allow NAME)."
  static let ledgerUnreadable = "The ledger cannot be read, so the budget cannot be kept."

  /// The month's budget is used up.
  static func overBudget(spent: Double, budget: Double) -> String {
    "This month's budget of \(Figures.decimal(budget, 2)) is used up (\(Figures.decimal(spent, 2)) so far)."
  }

  /// There is no session to talk about.
  static let nothingToTalkOver = "There is no session to talk over yet. Rehearse first, or try the demo."
  /// A turn could not be kept.
  static func turnNotKept(_ reason: String) -> String { "What was said could not be kept: \(reason)" }
  /// The microphone is still the paused take's own.
  static func microphoneTaken(_ name: String) -> String {
    "\(name) is in use by the take that is paused. Type your question, or finish the take first."
  }
  /// Words cannot be had, so a turn by voice is not either.
  static func noWordsForTurns(_ reason: Prompter.Reason) -> String {
    reason == .noModel
      ? "Your words cannot be heard: sudo apt install pocketsphinx-en-us. Or type your question."
      : "Your words cannot be heard here: recogniser is none. Type your question."
  }
  static let httpOffline =
    "recogniser is http, which needs the network, and offline is on. Leave one of them out."
  static let noTranscription =
    "recogniser is http, and no endpoint in config.yaml has use: transcription. Add one, or set recogniser to auto."
  /// Something may only be sent once the learner has agreed.
  static func allowFirst(_ endpoint: String, leaves use: String) -> String {
    "\(endpoint) would be sent \(leaves(use, hasTranscript: false)), and you have not allowed that. "
      + "To allow it: rostrum config allow \(endpoint)"
  }
  /// The next tutor.
  static func nowTalking(to name: String) -> String { "Now talking to: \(name)." }
  static let onlyTutor = "There is only this one tutor. See: rostrum tutors"
}

extension Messages {
  /// What was wrong with an endpoint, as a sentence.
  static func sentence(_ problem: CallProblem) -> String {
    let clause = Fallback.row(problem.kind).clause
    let detail = problem.detail.isEmpty ? "" : " (\(problem.detail))"
    return "\(problem.endpoint): \(clause)\(detail)."
  }

  /// The same for the log, without what the server said: it may repeat the question.
  static func logged(_ problem: CallProblem) -> [String: String] {
    var fields = ["endpoint": problem.endpoint, "problem": problem.kind.rawValue]
    if let status = problem.status { fields["status"] = "\(status)" }
    return fields
  }
}

extension Messages {
  static let howToAskInLines = "Type a question and press Enter. Ctrl-D ends."
  static let noQuestion =
    "No question came. Give one a line, for instance: echo \"How was my pace?\" | rostrum tutor last --plain"
  static func longQuestion(_ limit: Int) -> String { "A question is longer than \(limit) bytes. Ask in fewer words." }
  /// An endpoint may not be asked yet, and nobody is there to be asked.
  static func consentMissing(_ consent: ConsentQuestion) -> String {
    "\(consent.endpoint) at \(consent.host) was not asked: it would be sent \(consent.what). "
      + "To allow it: rostrum config allow \(consent.endpoint), or for this run --yes"
  }
}

extension Messages {
  /// Another voice speaks than was asked for.
  static func fellBack(_ error: VoiceError) -> String {
    "\(error.detail.isEmpty ? "The voice" : error.detail) \(clause(error)), so espeak-ng speaks."
  }

  /// The tutor cannot be heard.
  static func sentence(_ problem: Speaker.Problem) -> String {
    switch problem {
    case .voice(let error): "The tutor is not heard: the voice \(clause(error)). The answer is here to read."
    case .sound(let error) where error.kind == .noSuchDevice:
      "The tutor is not heard: there is no playback device called \"\(error.name)\". Set one: rostrum config set speaker default"
    case .sound(let error): "The tutor is not heard: \(sentence(error)) The answer is here to read."
    case .noThread: noThread
    }
  }

  /// What is wrong with a voice, as a clause.
  static func clause(_ error: VoiceError) -> String {
    switch error.kind {
    case .unavailable: "could not be loaded (sudo apt install espeak-ng-data)"
    case .noSuchVoice: "is not known"
    case .cancelled: "was stopped"
    case .unreachable: "could not be reached, or broke off"
    case .unauthorized: "refused the key"
    case .noSpeechThere: "makes no speech at that address"
    case .refused: "refused (\(error.code))"
    case .notSound: "sent no sound"
    case .tooLong: "sent more than is taken"
    case .failed: "failed"
    }
  }
}

extension Messages {
  static let allowNeedsYes = "Nobody is here to say yes or no. To allow it from a script, add --yes."
  /// A voice is asked for that is none.
  static func noVoice(_ name: String, _ endpoints: [ChatEndpoint]) -> String {
    let known = ["espeak", "none"] + endpoints.filter { $0.use == .speech }.map(\.name)
    return "There is no voice called \(quoted(name)). There are \(known.joined(separator: ", "))."
  }
  /// An endpoint is asked for that is none.
  static func noEndpoint(_ name: String, _ known: [String], _ file: String) -> String {
    let there =
      known.isEmpty
      ? "There is none in \(file) yet; docs/FORMATS.md shows how one is written."
      : "There are \(known.joined(separator: ", "))."
    return "There is no endpoint called \(quoted(name)). \(there)"
  }
}
