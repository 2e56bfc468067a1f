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

  @Option(help: "The capture device; rostrum devices lists them.")
  var device: String?

  @Option(
    help:
      "A recording instead of a microphone (WAV, FLAC, Ogg), a named pipe, or - for raw S16LE mono on standard input.")
  var input: String?

  @Option(help: "Sample rate of raw input in hertz, for --input - and named pipes.")
  var rate: Int?

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

  @Option(help: "calm or full.")
  var density: String?

  @OptionGroup var look: LookOptions

  mutating func run() throws {
    var flags = look.flags
    flags["device"] = device
    flags["length"] = length
    flags["density"] = density
    if keepAudio { flags["keep-audio"] = "yes" }
    try check()
    let surroundings = try Surroundings.gather(flags: flags)
    try surroundings.insistOnSettings()
    let script = demo ? try Demo.load(surroundings) : nil
    var plan = TakePlan(request: try script?.request(fast: fast) ?? request(surroundings.settings))
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
      let (read, complaints) = try Rehearsal.talk(at: talk)
      guard complaints.isEmpty else { throw Failure(.badData, Failure(complaints).sentence) }
      plan.title = read.title
      if surroundings.settings.origin(of: "length") != .flag { plan.length = read.length ?? plan.length }
    }
    let style: Rehearsal.Style = json ? .json : plain || isatty(STDOUT_FILENO) == 0 ? .plain : .screen
    try Rehearsal.run(plan, style: style, readsInput: input == "-", surroundings: surroundings)
  }

  private func check() throws {
    if demo, input != nil { throw Failure(.usage, "--demo and --input cannot be given together; choose one.") }
    if device != nil, demo || input != nil {
      throw Failure(.usage, "--device is for microphones; leave it out with --demo and --input.")
    }
    if json, plain { throw Failure(.usage, "--json and --plain cannot be given together; choose one.") }
    if let rate, !(4_000...768_000).contains(rate) {
      throw Failure(.usage, "--rate \(rate) is not a sample rate; it takes 4000 to 768000, for instance 16000.")
    }
    if fast, input == nil, !demo {
      throw Failure(.usage, "--fast is for --input and --demo: a microphone has its own pace.")
    }
  }

  private func request(_ settings: Settings) throws -> SourceRequest {
    guard let input else { return .device(settings.device) }
    if input == "-" {
      guard let rate else {
        throw Failure(.usage, "--input - needs the sample rate of the raw sound, for instance: --input - --rate 16000")
      }
      guard isatty(STDIN_FILENO) == 0 else {
        throw Failure(
          .usage,
          "--input - reads raw sound from standard input, and that is this terminal. Pipe it in: arecord … | rostrum rehearse --input - --rate \(rate)"
        )
      }
      return .stream(descriptor: STDIN_FILENO, rate: rate, fast: fast)
    }
    var status = stat()
    if stat(input, &status) == 0, status.st_mode & S_IFMT == S_IFIFO {
      guard let rate else {
        throw Failure(
          .usage,
          "\(input) is a named pipe; give the sample rate of the raw sound, for instance: --rate 16000")
      }
      return .fifo(path: input, rate: rate, fast: fast)
    }
    if rate != nil {
      throw Failure(.usage, "--rate is for raw sound (--input - or a named pipe); \(input) says its own.")
    }
    return .file(path: input, fast: fast)
  }
}
