import ArgumentParser
import Glibc
import History
import Practice
import Report
import Terminal

/// `rostrum sessions show`: one session, as people read it, as events, or as what was said.
struct ShowSession: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print one session.",
    discussion: """
      Examples:
        rostrum sessions show last
        rostrum sessions show last --json
        rostrum sessions show last --transcript > said.txt
      """)

  @Argument(help: "An id, the beginning of one, or last.")
  var session: String

  @Flag(help: "The events of the session, one JSON object a line.")
  var json = false

  @Flag(help: "The words that were heard: [um] a filler, (so to speak) what is not in the script.")
  var transcript = false

  mutating func run() throws {
    if json, transcript { throw Failure(.usage, Messages.notTogether("--json", "--transcript")) }
    let history = try KeptSessions.history()
    let row = try KeptSessions.find(session, in: history)
    do throws(HistoryError) {
      if json {
        var unreadable = 0
        try history.forEachEvent(
          of: row.id,
          { stored in
            // A line edited by hand may hold anything: what is no event, or holds a control character, is left out.
            let isClean = !stored.line.unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) }
            if isClean, EventLine.event(from: stored.line) != nil {
              Printed.line(stored.line)
            } else {
              unreadable += 1
            }
          })
        if unreadable > 0 { Printed.complain(Messages.unreadable(unreadable)) }
        return
      }
      if transcript { return printTranscript(try Archive.session(row.id, in: history)) }
      let past = (try? Surroundings.gather()).flatMap { try? PastReader(history, $0).read(row.id) }
      let session: Session
      if let past { session = past.session } else { session = try Archive.session(row.id, in: history) }
      let learner = session.beginning?.learner
      let state = learner.map { ", \($0)'s, as watched" } ?? (row.state == .finished ? "" : ", \(row.state.rawValue)")
      Printed.line(Printed.safe("Session \(row.id), \(row.when)\(state)"))
      Printed.line(Printed.safe("\(session.title ?? row.title ?? "no title"), from \(row.source)"))
      Printed.line("")
      let glyphs = Glyphs.of(utf8: Surroundings.isUTF8)
      Printed.table(
        SummaryLines.of(session, approximately: glyphs.approximately).map { [$0.label, $0.value, $0.method] })
      let columns = min(Terminals.columns(STDOUT_FILENO) ?? 80, 100)
      let outcome = past.map { OutcomeLines.text($0, columns: columns) } ?? []
      for line in (outcome.isEmpty ? [] : [""]) + outcome { Printed.line(line) }
      for line in (past?.review ?? TakeReview(of: session)).text(columns: columns) { Printed.line(line) }
      printTurns(session)
    } catch { throw Failure(error) }
  }

  private func printTurns(_ session: Session) {
    guard !session.turns.isEmpty else { return }
    Printed.line("")
    Printed.line("Talked over with the AI tutor")
    for turn in session.turns {
      let who = turn.who == .learner ? "You" : "AI tutor"
      let text = ReplyText(markdown: turn.text).plain.split(separator: "\n").joined(separator: " ")
      for line in Printed.broken(Printed.safe("\(who): \(text)"), to: Terminals.columns(STDOUT_FILENO) ?? 80) {
        Printed.line(line)
      }
    }
  }

  private func printTranscript(_ session: Session) {
    if session.words.isEmpty {
      Printed.complain(Messages.sessionWithoutWords)
    } else if let coverage = TakeReview.lost(session) {
      Printed.complain(Messages.wordsDoNotFit(coverage))
    } else if !TakeReview.isReadable(session) {
      Printed.complain(Messages.stockWords)
    }
    guard !session.words.isEmpty else { return }
    for line in SpokenLines(of: session).lines { Printed.line(Printed.safe(line.text)) }
  }
}
