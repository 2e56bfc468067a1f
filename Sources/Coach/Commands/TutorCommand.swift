import ArgumentParser
import Glibc
import History
import Practice

/// `rostrum tutor`: talk a session over with the AI tutor, on a screen or in lines.
struct TutorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tutor", abstract: "Talk a session over with the AI tutor.",
    discussion: """
      Without an endpoint in the settings the offline tutor answers, from what was measured; nothing leaves this machine.

      Examples:
        rostrum tutor
        rostrum tutor last --tutor examiner
        echo "How was my pace?" | rostrum tutor last --plain

      Keys: space begins your turn and ends it, Enter sends what you type, Esc stops the tutor, F2 shows what is sent.
      """)

  @Argument(help: "An id, the beginning of one, or last.")
  var session: String = "last"

  @Option(help: "Which tutor; rostrum tutors lists them.")
  var tutor: String?

  @Option(help: "What speaks the answers: espeak, none, or an endpoint for speech.")
  var voice: String?

  @Option(help: "The microphone; rostrum devices lists them.")
  var device: String?

  @Flag(help: "Forbid the network outright.")
  var offline = false

  @Flag(help: "In lines: allow every endpoint that is not decided on, for this run.")
  var yes = false

  @Flag(help: "Lines instead of a screen: each line of standard input is a question.")
  var plain = false

  @Flag(help: "The turns on standard output, one JSON object a line.")
  var json = false

  @OptionGroup var look: LookOptions

  mutating func run() throws {
    if json, plain { throw Failure(.usage, Messages.notTogether("--json", "--plain")) }
    var flags = look.flags
    flags["tutor"] = tutor
    flags["tutor-voice"] = voice
    flags["device"] = device
    if offline { flags["offline"] = "yes" }
    let surroundings = try Surroundings.gather(flags: flags)
    try surroundings.insistOnSettings()
    let voice = surroundings.settings.tutorVoice
    guard ["espeak", "none"].contains(voice) || TutorVoice.endpoint(surroundings) != nil else {
      throw Failure(.configuration, Messages.noVoice(voice, surroundings.settings.endpoints))
    }
    let history = try KeptSessions.history()
    let row = try KeptSessions.find(session, in: history)
    let past = try PastReader(history, surroundings).read(row.id)
    let tutors = try TutorDesk.gather(surroundings)
    let isLines = json || plain || isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0
    if isLines {
      Log.open(in: surroundings.places.logs)
      let lines = TutorLines(past.session, tutors, surroundings, style: json ? .json : .plain, agrees: yes)
      return try lines.run()
    }
    try Rehearsal.converse(past, tutors, surroundings)
  }
}
