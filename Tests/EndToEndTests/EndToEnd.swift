import Support
import Testing

/// Whatever runs the built program, one test after the other.
///
/// Each of these starts daemons, terminals or real-time audio on a machine with perhaps two cores: in parallel they
/// would measure each other. Waiting is overlapped inside a test instead. The suites that belong here extend this type.
///
/// Where the program is not built, all of it fails: to skip it would look like success.
@Suite(.serialized) struct EndToEnd {
  @Test func `the program under test is there`() {
    #expect(RostrumBinary.isThere, "\(RostrumBinary.path)")
  }
}

/// A folder that is the program's whole world, and the ways to start the program in it.
struct World {
  /// The folder.
  let scratch: Scratch
  /// What is laid over the environment of every start.
  var environment: [String: String]
  /// What stands before the program's path where it is started off a terminal.
  let before: [String]

  /// Makes an empty world; one `withoutNetwork` has no interface, not even to itself, where the machine can do that.
  init(_ environment: [String: String] = [:], withoutNetwork: Bool = false) throws {
    scratch = try Scratch()
    before = withoutNetwork ? Isolation.withoutNetwork : []
    self.environment = environment.merging(["ROSTRUM_HOME": scratch.path("home")]) { $1 }
  }

  /// What hides every microphone that the machine may have: no sound card by any name, no sound server.
  static let withoutMicrophone = [
    "ALSA_CONFIG_PATH": "/dev/null", "PULSE_SERVER": "unix:/nonexistent", "XDG_RUNTIME_DIR": "/nonexistent",
  ]

  /// The folder that ROSTRUM_HOME names.
  var home: String { scratch.path("home") }

  /// The database in it.
  var database: Database { Database(home: home) }

  /// Runs the program to its end, off any terminal.
  func rostrum(
    _ arguments: String..., input: [UInt8] = [], environment more: [String: String] = [:]
  ) throws -> Run {
    try run(
      before + [RostrumBinary.path] + arguments, environment: environment.merging(more) { $1 }, input: input)
  }

  /// Starts the program off any terminal and lets it run.
  func start(_ arguments: String..., inputDescriptor: Int32? = nil) throws -> Running {
    try Running(
      before + [RostrumBinary.path] + arguments, environment: environment, inputDescriptor: inputDescriptor)
  }

  /// Opens a terminal to look at, of this world.
  func tmux(
    columns: Int = 80, rows: Int = 24, environment more: [String: String] = [:]
  ) throws -> Tmux {
    try Tmux(environment: environment.merging(more) { $1 }, columns: columns, rows: rows)
  }

  /// Writes a WAV file of this sound and returns its path.
  func file(_ wave: Wave, _ name: String = "speech.wav") throws -> String { try scratch.write(wave.file, to: name) }
}

/// The program as a shell types it.
let rostrum = "'\(RostrumBinary.path)'"
