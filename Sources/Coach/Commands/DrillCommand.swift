import ArgumentParser
import Glibc
import Practice
import Sound

/// `rostrum drill`: what is due today, or one drill by its name or its file.
struct DrillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill", abstract: "Practise one thing for two minutes; it comes back on the day it should.",
    discussion: """
      Examples:
        rostrum drill                              # what is due today, the longest overdue first
        rostrum drill silence-instead              # one drill; rostrum drills lists them
        rostrum drill ./my-drill.md                # a file of your own
        rostrum drill contest --talk talk.md       # a kind: the easiest of it that you have not passed
        rostrum drill marked-welcome --input take.wav --fast --plain

      On a terminal its card comes first: what to do and when it is passed. Enter starts it.

      Keys: space goes on to the next step, p pauses, q finishes, ? lists all.
      """)

  @Argument(help: "A drill by its name, a kind of drill, or a file (with a / or .md in it); what is due without one.")
  var drill: String?

  @Option(help: "How many minutes of what is due are offered.")
  var minutes: Double?

  @Option(help: "What to talk about, in drills that give a topic.")
  var topic: String?

  @Option(help: "A talk of your own in Markdown, in drills for talking freely.")
  var talk: String?

  @Option(help: "The language you grew up with, as a code such as es: it chooses the sounds of minimal pairs.")
  var firstLanguage: String?

  @Option(help: "A number that chooses what is chosen by chance: the same topic, the same words again.")
  var seed: Int?

  @OptionGroup var source: SourceOptions

  @Flag(help: "Do not wait for real time with --input.")
  var fast = false

  @Flag(help: "Lines instead of a screen: for screen readers, dumb terminals and logs.")
  var plain = false

  @Flag(help: "The events on standard output, one JSON object a line.")
  var json = false

  @Flag(help: "Keep the sound of this attempt as FLAC beside the history.")
  var keepAudio = false

  @Option(help: "What hears your words: auto, pocketsphinx, http or none.")
  var recogniser: String?

  @Flag(help: "Forbid the network outright.")
  var offline = false

  @OptionGroup var sharing: ShareOptions

  @OptionGroup var look: LookOptions

  mutating func run() throws {
    try check()
    var flags = look.flags
    flags["device"] = source.device
    flags["recogniser"] = recogniser
    flags["first-language"] = firstLanguage
    flags["drill-minutes"] = minutes.map { "\($0)" }
    if keepAudio { flags["keep-audio"] = "yes" }
    if offline { flags["offline"] = "yes" }
    let surroundings = try Surroundings.gather(flags: flags)
    try surroundings.insistOnSettings()
    let isLines = json || plain || isatty(STDOUT_FILENO) == 0
    if drill == nil, sharing.share || sharing.publish != nil { throw Failure(.usage, Messages.shareWhichDrill) }
    if drill == nil, !isLines, source.input == nil { return try Rehearsal.drills(surroundings) }
    guard let chosen = try chosen(surroundings) else { return }
    let wish = DrillWish(drill: chosen, topic: topic, folder: folder, seed: seed)
    var plan = try plan(wish, surroundings)
    try sharing.apply(to: &plan, surroundings)
    if !isLines, source.input == nil, !source.readsInput { return try Rehearsal.card(plan, wish, surroundings) }
    let starts = DrillStarts(surroundings)
    try plan.attempt(try starts.take(chosen, topic: topic, folder: folder, seed: seed))
    try Rehearsal.run(
      plan, style: json ? .json : isLines ? .plain : .screen, readsInput: source.readsInput,
      surroundings: surroundings)
  }

  /// The drill that was asked for, else the first that is due; nil where none is, which is then said.
  private func chosen(_ surroundings: Surroundings) throws -> Drill? {
    guard let name = drill else {
      let due = DrillsRead(surroundings)
      guard let first = due.shown.first(where: { $0.overdueDays != nil }) else {
        Printed.complain(Messages.nothingDueToday(next: nil))
        return nil
      }
      return surroundings.drills().drill(first.id)
    }
    if isFile(name) { return try DrillErrands.drill(inFile: name) }
    let shelf = surroundings.drills()
    if let found = shelf.drill(name) { return found }
    guard let kind = DrillKind(rawValue: name.lowercased()) else {
      throw Failure(.noInput, shelf.missing(name) + " rostrum drills lists them.")
    }
    // Of a kind the easiest that was not passed yet, else the hardest of them.
    let all = shelf.drills.filter { $0.kind == kind }.sorted { ($0.level, $0.id) < ($1.level, $1.id) }
    let passed = (try? DrillBook(surroundings, shelf))?.passed ?? []
    guard let found = all.first(where: { !passed.contains($0.id) }) ?? all.last else {
      throw Failure(.noInput, shelf.missing(name))
    }
    return found
  }

  private func isFile(_ name: String) -> Bool { name.contains("/") || name.hasSuffix(".md") }

  /// Where the file of the drill lies, where a file was given: a recording may lie beside it.
  private var folder: String? {
    guard let drill, isFile(drill) else { return nil }
    return drill.contains("/") ? String(drill[..<(drill.lastIndex(of: "/") ?? drill.startIndex)]) + "/" : "."
  }

  /// What is listened to, and spoken from where a talk was given.
  private func plan(_ wish: DrillWish, _ surroundings: Surroundings) throws -> TakePlan {
    let drill = wish.drill
    var plan = TakePlan(
      request: try source.request(surroundings.settings, fast: fast, command: "drill"),
      keepsAudio: surroundings.settings.keepAudio)
    if let talk {
      guard drill.kind.exercise.script(drill) == nil else {
        throw Failure(.usage, Messages.talkBeside(drill.name))
      }
      let script = try GivenScript(path: talk)
      plan.notices = try script.notes()
      plan.talk = script.isSpeakable ? script.talk : nil
    }
    if topic != nil, !drill.kind.exercise.parameters.contains(where: { $0.name == "topics" }) {
      throw Failure(.usage, Messages.noTopic(drill.name))
    }
    return plan
  }

  private func check() throws {
    try source.check()
    if json, plain { throw Failure(.usage, "--json and --plain cannot be given together; choose one.") }
    if fast, source.input == nil {
      throw Failure(.usage, "--fast is for --input: a microphone has its own pace.")
    }
    if let minutes, !(1...120).contains(minutes) {
      throw Failure(.usage, "--minutes takes a number from 1 to 120.")
    }
  }
}
