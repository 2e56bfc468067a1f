import ArgumentParser
import Glibc
import History
import Practice
import Terminal

/// `rostrum review`: past sessions, on a screen or in lines.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Look back: hear a session again, correct it, see how it was scored.",
    discussion: """
      Alone it opens the history. Nothing here needs a network.

      Examples:
        rostrum review
        rostrum review last
        rostrum review last --at 1:20
        rostrum review last --plain

      Keys: space plays, Left and Right go by a step, Tab says what a step is, Enter and - say whether a filler is one, \
      n writes a note, x opens the scores, / searches, ? lists all.
      """)

  @Argument(help: "An id, the beginning of one, or last.")
  var session: String?

  @Option(help: "The moment to begin at: 1:20, or seconds.")
  var at: String?

  @Flag(help: "Forbid the network outright.")
  var offline = false

  @Flag(help: "All of it as lines: for screen readers and pipes.")
  var plain = false

  @Flag(help: "Its events, corrections behind them, one JSON object a line.")
  var json = false

  @OptionGroup var look: LookOptions

  mutating func run() throws {
    if json, plain { throw Failure(.usage, Messages.notTogether("--json", "--plain")) }
    var flags = look.flags
    if offline { flags["offline"] = "yes" }
    let surroundings = try Surroundings.gather(flags: flags)
    try surroundings.insistOnSettings()
    let seconds = try at.map { (text) throws(Failure) -> Double in
      guard let seconds = ClockText.seconds(text) else { throw Failure(.usage, Messages.noMoment(text)) }
      return seconds
    }
    if seconds != nil, session == nil { throw Failure(.usage, Messages.momentOfWhat) }
    for sentence in Retention(surroundings).apply() { Printed.complain(sentence) }
    let isLines = json || plain || isatty(STDOUT_FILENO) == 0 || isatty(STDIN_FILENO) == 0
    guard let session else {
      if isLines { throw Failure(.usage, Messages.reviewNeedsSession) }
      return try Rehearsal.review(nil, at: nil, surroundings)
    }
    let history = try KeptSessions.history()
    let row = try KeptSessions.find(session, in: history)
    let reader = PastReader(history, surroundings)
    guard isLines else { return try Rehearsal.review(try reader.open(row.id), at: seconds, surroundings) }
    let past = try reader.read(row.id)
    if json {
      for event in past.events where event.seconds >= seconds ?? 0 { Printed.line(EventLine.text(of: event)) }
      return
    }
    for line in ReviewLines.lines(of: past, from: seconds ?? 0) {
      for line in Printed.broken(Printed.safe(line), to: Terminals.columns(STDOUT_FILENO)) { Printed.line(line) }
    }
  }
}
