import ArgumentParser
import Glibc
import Practice
import Sound

/// `rostrum rehearse`: speak, watch the meters, finish, find the session in the history.
struct RehearseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse", abstract: "Speak, and watch pace, pauses and fillers.",
    discussion: """
      Examples:
        rostrum rehearse talk.md --length 5-7m
        rostrum rehearse --input take.wav --fast --json
        arecord -f S16_LE -r 16000 -t raw | ssh host rostrum rehearse --input - --rate 16000

      Keys: space pauses, m marks, v switches views, ? lists all, q finishes.
      """)

  @Argument(help: "A talk in Markdown; its front matter may give title and length.")
  var talk: String?

  @OptionGroup var source: SourceOptions

  @Flag(help: "Do not wait for real time with --input and --demo.")
  var fast = false

  @Flag(help: "A one-minute talk spoken by the machine.")
  var demo = false

  @Option(help: "Length of the talk, for the timing lights: 5-7m, 7m, 90s, 4:30-7:30.")
  var length: String?

  @Flag(help: "Lines instead of a screen: for screen readers, dumb terminals and logs.")
  var plain = false

  @Flag(help: "The events on standard output, one JSON object a line.")
  var json = false

  @Flag(help: "Keep the sound of this take as FLAC beside the history.")
  var keepAudio = false

  @Option(help: "What hears your words: auto, pocketsphinx, http or none.")
  var recogniser: String?

  @Flag(help: "Forbid the network outright.")
  var offline = false

  @Option(help: "calm or full.")
  var density: String?

  @OptionGroup var sharing: ShareOptions

  @OptionGroup var look: LookOptions

  mutating func run() throws {
    var flags = look.flags
    flags["device"] = source.device
    flags["length"] = length
    flags["density"] = density
    flags["recogniser"] = recogniser
    if keepAudio { flags["keep-audio"] = "yes" }
    if offline { flags["offline"] = "yes" }
    try check()
    let surroundings = try Surroundings.gather(flags: flags)
    try surroundings.insistOnSettings()
    let script = demo ? try Demo.load(surroundings) : nil
    var plan = TakePlan(
      request: try script?.request(fast: fast)
        ?? source.request(surroundings.settings, fast: fast, command: "rehearse"))
    plan.keepsAudio = surroundings.settings.keepAudio
    plan.length = surroundings.settings.length
    if let script {
      plan.title = script.title
      plan.length = plan.length ?? script.length
    }
    if let talk {
      if ["wav", "flac", "ogg", "oga", "mp3", "m4a", "opus"].contains(talk.split(separator: ".").last?.lowercased()) {
        throw Failure(.usage, "\(talk) is a recording, not a talk. Try: rostrum rehearse --input \(talk)")
      }
      let script = try GivenScript(path: talk)
      let read = script.talk
      plan.notices = try script.notes()
      plan.title = read.title
      plan.talk = script.isSpeakable ? read : nil
      if surroundings.settings.origin(of: "length") != .flag { plan.length = read.length ?? plan.length }
    }
    try sharing.apply(to: &plan, surroundings)
    let style: Rehearsal.Style = json ? .json : plain || isatty(STDOUT_FILENO) == 0 ? .plain : .screen
    try Rehearsal.run(plan, style: style, readsInput: source.readsInput, surroundings: surroundings)
  }

  private func check() throws {
    if demo, source.input != nil { throw Failure(.usage, "--demo and --input cannot be given together; choose one.") }
    if demo, source.device != nil {
      throw Failure(.usage, "--device is for microphones; leave it out with --demo.")
    }
    try source.check()
    if json, plain { throw Failure(.usage, "--json and --plain cannot be given together; choose one.") }
    if fast, source.input == nil, !demo {
      throw Failure(.usage, "--fast is for --input and --demo: a microphone has its own pace.")
    }
  }
}
