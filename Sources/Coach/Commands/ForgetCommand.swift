import ArgumentParser
import History
import Practice

/// `rostrum forget`: sessions, and all that belongs to them, deleted for good.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Delete sessions for good: events, words, scores and kept sound.",
    discussion: """
      It asks once, and says what goes. Backups and exports you made, and old blocks
      of the disk itself, are beyond its reach.

      Examples:
        rostrum forget last
        rostrum forget k3f9x7qa m2p4 --yes
        rostrum forget --talk "Why we talk"
        rostrum forget --before 2026-01-01
        rostrum forget --everything
      """)

  @Argument(help: "Sessions: an id each, the beginning of one, or last.")
  var sessions: [String] = []

  @Option(help: "All takes of this talk.")
  var talk: String?

  @Option(help: "All that began before this day: 2026-01-31.")
  var before: String?

  @Flag(
    help:
      "All sessions, baselines, consents, invitations, the schedule of drills, the ledger of endpoints, and the logs.")
  var everything = false

  @Flag(help: "Do not ask.")
  var yes = false

  @Flag(help: "What was deleted, as one JSON object.")
  var json = false

  mutating func run() throws {
    let choice = try choice()
    let surroundings = try Surroundings.gather()
    Log.open(in: surroundings.places.logs)
    let forgetter = Forgetter(surroundings)
    let history: History
    do throws(Failure) { history = try Self.open(surroundings) } catch {
      guard everything, error.status == .badData else { throw error }
      let question = Messages.askDiscard(surroundings.places.database)
      guard try Confirmation.given(question, yes: yes, unattended: Messages.forgetUnattended) else {
        return Printed.sentence(Messages.nothingForgotten)
      }
      return report(try forgetter.discardDamaged(), surroundings)
    }
    let plan = try forgetter.plan(choice, history)
    if plan.rows.isEmpty, !everything {
      if json { return Printed.line(ForgetResult().json.text) }
      return Printed.sentence(Messages.nothingFits)
    }
    guard try Confirmation.given(Messages.askForget(plan), yes: yes, unattended: Messages.forgetUnattended) else {
      return Printed.sentence(Messages.nothingForgotten)
    }
    let progress = ProgressLine()
    progress.show(Messages.forgetting(plan.rows.count))
    let result = try forgetter.carryOut(plan, history)
    progress.clear()
    report(result, surroundings)
    if let error = result.notPurged { throw Failure(Failure(error).status, Messages.notPurged(error)) }
    if let left = result.left.first { throw Failure(.noPermission, Messages.notDeleted(result.left.count, left)) }
  }

  /// The history, for writing; sessions that an earlier run left open are closed first.
  private static func open(_ surroundings: Surroundings) throws(Failure) -> History {
    do throws(HistoryError) {
      let history = try History(folder: surroundings.places.data)
      _ = try Archive.closeAbandoned(in: history, takes: surroundings.places.takes)
      return history
    } catch { throw Failure(error) }
  }

  private func report(_ result: ForgetResult, _ surroundings: Surroundings) {
    if json { return Printed.line(result.json.text) }
    for sentence in Messages.forgotten(result, everything ? surroundings.places : nil) { Printed.sentence(sentence) }
  }

  private func choice() throws(Failure) -> Forgetter.Choice {
    let ways = [
      ("SESSION", !sessions.isEmpty), ("--talk", talk != nil), ("--before", before != nil),
      ("--everything", everything),
    ].filter(\.1).map(\.0)
    guard let first = ways.first else { throw Failure(.usage, Messages.forgetWhat) }
    if ways.count > 1 { throw Failure(.usage, Messages.notTogether(first, ways[1])) }
    if let talk { return .talk(talk) }
    if let before {
      guard let moment = DayText.milliseconds(before) else { throw Failure(.usage, Messages.noDay(before)) }
      return .before(moment)
    }
    return everything ? .everything : .named(sessions)
  }
}
