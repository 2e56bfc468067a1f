import ArgumentParser
import Audience
import Glibc
import Practice

/// `rostrum watch`: the learners of this host who let one look on, side by side.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Watch learners who share their session; note, cue and judge.",
    discussion: """
      Each learner is asked, and decides who looks on, in which role and for how long. What you send is remarks and cues: \
      nothing here types, runs or reads anything of theirs.

      Examples:
        rostrum watch
        ssh -t host rostrum watch
        rostrum watch --role observer --plain
        ssh host rostrum watch --json > class.jsonl

      Keys: arrows select, Enter zooms in, n notes at this second, 1 to 9 send a cue, r opens a rubric, d assigns a drill, \
      w writes the session to a file, ? lists all. The cues are in Prompts/cues.yaml.
      """)

  @Option(help: "What you ask for: observer (meters) or tutor (meters, words, remarks, cues).")
  var role: String = Watcher.Role.tutor.rawValue

  @Flag(help: "Ask to hear the microphone too; the learner you have selected is heard.")
  var sound = false

  @Flag(help: "Lines instead of a screen: for screen readers, dumb terminals and logs.")
  var plain = false

  @Flag(help: "The events on standard output, one JSON object a line.")
  var json = false

  @Flag(help: "For a forced command in authorized_keys: comes with an invitation, and can do nothing but watch.")
  var guest = false

  @OptionGroup var look: LookOptions

  mutating func run() throws {
    if json, plain { throw Failure(.usage, Messages.notTogether("--json", "--plain")) }
    guard let role = Watcher.Role(rawValue: role) else { throw Failure(.usage, Messages.noRole(role)) }
    var plan = WatchPlan(role: role, wantsSound: sound)
    plan.style = json ? .json : plain || isatty(STDOUT_FILENO) == 0 ? .plain : .screen
    let surroundings: Surroundings
    if guest {
      let (environment, given) = GuestEntrance.enter()
      surroundings = try GuestEntrance.surroundings(environment, flags: look.flags)
      plan.isGuest = true
      let token = InvitationToken(try GuestEntrance.token(given))
      plan.token = token?.shown
      // On an account for guests of several learners the token says whose door it is for.
      let isSomebodys = GuestEntrance.isSomebodys
      if !isSomebodys, let learner = token?.account { plan.account = learner }
      plan.staysHome = isSomebodys || token?.account != nil
    } else {
      surroundings = try Surroundings.gather(flags: look.flags)
      // Who else practises here is none of a guest's business.
      plan.notice = ShareFolder.closed(in: withoutTrailingSlash(surroundings.settings.shareFolder))
        .map(Messages.closedNotice)
    }
    try surroundings.insistOnSettings()
    if plan.account.isEmpty { plan.account = Account.name }
    plan.folders = SharePlaces.lobby(surroundings.places, surroundings.settings, surroundings.environment)
    try WatchRun.run(plan, surroundings)
  }
}
