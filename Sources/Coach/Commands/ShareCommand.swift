import ArgumentParser
import Glibc
import History
import Practice

/// `rostrum share`: who may come and watch.
struct ShareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share", abstract: "Offer a past session to a tutor; invite somebody to watch, or take it back.",
    discussion: """
      An invitation is a token for somebody who has no account on this machine. While you
      rehearse, S shares the session; who holds a token comes in at once, everybody else asks.

      Examples:
        rostrum share last                        # a past take: a tutor types rostrum watch
        rostrum share --for 2h --role tutor --name "Ms Beck"
        rostrum share --list
        rostrum share --revoke k3f9x7qa
        rostrum share --setup-help
      """)

  @Argument(help: "A past session to be offered: an id, the beginning of one, or last.")
  var session: String?

  @Option(name: .customLong("for"), help: "Invite for so long: 30m, 2h, 1d; 30 days at most.")
  var span: String?

  @Option(help: "What they may do: observer (meters) or tutor (words, remarks and cues too).")
  var role: String?

  @Option(help: "What you call them; it stands in your session's log.")
  var name: String?

  @Option(help: "How often the token lets somebody in; once, if left out.")
  var uses: Int?

  @Option(help: "Your account on the host they come to, where it has another name than here.")
  var account: String?

  @Flag(help: "They hear your microphone too.")
  var sound = false

  @Flag(help: "The invitations that stand.")
  var list = false

  @Option(help: "Take an invitation back, by its ID, or all of them.")
  var revoke: String?

  @Flag(help: "What has to be set up once, for tutors with accounts here and for guests.")
  var setupHelp = false

  @Flag(help: "For programs: one JSON object an invitation.")
  var json = false

  /// What of it is asked for.
  private enum Wish { case offer(String), invite(String), list, revoke(String), setup }

  mutating func run() throws {
    let wish = try wish()
    let surroundings = try Surroundings.gather()
    switch wish {
    case .offer(let session): try offer(session, surroundings)
    case .invite(let span): try invite(span, surroundings)
    case .list: try show(surroundings)
    case .revoke(let id): try takeBack(id, surroundings)
    case .setup:
      let setup = ShareSetup(
        folder: withoutTrailingSlash(surroundings.settings.shareFolder),
        learner: geteuid() == 0 ? "LEARNER" : Account.name, program: ShareSetup.command(ownBinary()))
      for line in setup.lines { Printed.line(Printed.safe(line)) }
    }
  }

  private func wish() throws(Failure) -> Wish {
    let wishes: [(String, Wish)] = [
      session.map { ("SESSION", .offer($0)) },
      span.map { ("--for", .invite($0)) }, list ? ("--list", .list) : nil, revoke.map { ("--revoke", .revoke($0)) },
      setupHelp ? ("--setup-help", .setup) : nil,
    ].compactMap(\.self)
    if wishes.count > 1 { throw Failure(.usage, Messages.notTogether(wishes[0].0, wishes[1].0)) }
    let given = [
      ("--role", role != nil), ("--name", name != nil), ("--uses", uses != nil), ("--sound", sound),
      ("--account", account != nil),
    ].filter(\.1).map(\.0)
    if span == nil, let flag = given.first { throw Failure(.usage, Messages.onlyWith(flag, "--for")) }
    guard let first = wishes.first else { throw Failure(.usage, Messages.shareWhat) }
    if setupHelp, json { throw Failure(.usage, Messages.notTogether("--setup-help", "--json")) }
    return first.1
  }

  private func offer(_ session: String, _ surroundings: Surroundings) throws {
    guard isatty(STDOUT_FILENO) != 0, isatty(STDIN_FILENO) != 0 else {
      throw Failure(.usage, Messages.shareNeedsTerminal)
    }
    try surroundings.insistOnSettings()
    let history = try KeptSessions.history()
    let row = try KeptSessions.find(session, in: history)
    try Rehearsal.share(try PastReader(history, surroundings).open(row.id), surroundings)
  }

  private func invite(_ span: String, _ surroundings: Surroundings) throws(Failure) {
    let seconds: Int
    do throws(SpanText.Problem) { seconds = try SpanText.seconds(span.trimmingBlanks().lowercased()) } catch {
      throw Failure(.usage, Messages.noSpan(span, error))
    }
    let wanted = role ?? Watcher.Role.observer.rawValue
    guard let role = Watcher.Role(rawValue: wanted.lowercased()) else {
      throw Failure(.usage, Messages.noRole(wanted))
    }
    if let uses, !(1...InvitationList.mostUses).contains(uses) { throw Failure(.usage, Messages.noUses(uses)) }
    if let account, !InvitationToken.isAccount(account) { throw Failure(.usage, Messages.noAccount(account)) }
    let learner = account ?? Account.name
    let given = try Invitations(surroundings.places).give(
      name: name ?? "", role: role, hears: sound, seconds: seconds, uses: uses ?? 1, account: learner)
    guard !json else {
      guard case .object(let fields) = given.entry.json() else { return }
      return Printed.line(JSON.object([.init("token", .string(given.token))] + fields).text)
    }
    // The token alone on standard output, so that it can be piped; what is to be said of it beside it.
    Printed.line(given.token)
    for sentence in Messages.invited(given.entry, account: learner) { Printed.aside(sentence) }
  }

  private func show(_ surroundings: Surroundings) throws(Failure) {
    let entries = try Invitations(surroundings.places).list()
    if json {
      for entry in entries { Printed.line(entry.json().text) }
      return
    }
    guard !entries.isEmpty else { return Printed.sentence(Messages.noInvitations) }
    let now = wallMilliseconds()
    Printed.table(
      [["id", "name", "role", "uses", "holds"]] + entries.map { Messages.invitation($0, now: now) },
      columns: Terminals.columns(STDOUT_FILENO))
  }

  private func takeBack(_ id: String, _ surroundings: Surroundings) throws(Failure) {
    let gone = try Invitations(surroundings.places).revoke(id == "all" ? nil : id)
    if json {
      for entry in gone { Printed.line(entry.json().text) }
      return
    }
    Printed.sentence(Messages.revoked(gone))
  }
}
