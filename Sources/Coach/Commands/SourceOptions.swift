import ArgumentParser
import Glibc
import Sound

/// Where sound comes from: the same flags with the same meaning on every command that listens.
struct SourceOptions: ParsableArguments {
  @Option(help: "The capture device; rostrum devices lists them.")
  var device: String?

  @Option(
    help:
      "A recording instead of a microphone (WAV, FLAC, Ogg), a named pipe, or - for raw S16LE mono on standard input.")
  var input: String?

  @Option(help: "Sample rate of raw input in hertz, for --input - and named pipes.")
  var rate: Int?

  /// Whether standard input is the sound.
  var readsInput: Bool { input == "-" }

  /// Refuses what cannot be meant.
  func check() throws(Failure) {
    if device != nil, input != nil {
      throw Failure(.usage, "--device is for microphones; leave it out with --input.")
    }
    if let rate, !(4_000...768_000).contains(rate) {
      throw Failure(.usage, "--rate \(rate) is not a sample rate; it takes 4000 to 768000, for instance 16000.")
    }
  }

  /// The source these flags ask `command` to listen to.
  func request(_ settings: Settings, fast: Bool, command: String) throws(Failure) -> SourceRequest {
    guard let input else { return .device(settings.device) }
    if input == "-" {
      guard let rate else {
        throw Failure(.usage, "--input - needs the sample rate of the raw sound, for instance: --input - --rate 16000")
      }
      guard isatty(STDIN_FILENO) == 0 else {
        throw Failure(
          .usage,
          "--input - reads raw sound from standard input, and that is this terminal. Pipe it in: arecord … | rostrum \(command) --input - --rate \(rate)"
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
