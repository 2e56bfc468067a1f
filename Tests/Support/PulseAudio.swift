import Foundation
import Glibc

/// A sound card for machines without one: a private PulseAudio daemon whose null sink `mic` is heard by an ALSA device
/// `testmic`.
///
/// Everything it needs lies in a scratch folder, so that a daemon of the machine's owner is neither used nor met, and
/// it is a child of the test with a leash on it, so that nothing keeps running whatever happens.
package final class PulseAudio: Sendable {
  /// The ALSA device on which rostrum hears what is played.
  package static let device = "testmic"
  /// What ALSA is told to say of that device in lists.
  package static let summary = "Test microphone"
  /// Whether all the programs for it are installed.
  package static let isThere = Machine.has(["pulseaudio", "pactl", "paplay", "parec"])

  /// The ALSA device that plays into the microphone, in words that need no configuration: for use in this very process,
  /// whose environment is every test's.
  package var player: String { device("mic") }
  private let runtime: String
  /// What a child needs in its environment to hear and play here.
  package let environment: [String: String]
  /// The daemon.
  package let daemon: Child
  private let scratch: Scratch
  private let leash: Leash

  /// Starts the daemon and waits until it answers.
  /// - Parameter configuration: the whole of ALSA's configuration, instead of the system's with `testmic` added.
  /// - Throws: `SupportError` if it does not.
  package init(alsa configuration: String? = nil) throws {
    scratch = try Scratch()
    let (home, runtime) = (try scratch.folder("home"), try scratch.folder("run"))
    self.runtime = runtime
    let client = try scratch.write("autospawn = no\nenable-shm = no\n", to: "client.conf")
    let standard = """
      </usr/share/alsa/alsa.conf>
      pcm.\(PulseAudio.device) {
        type pulse
        device "mic.monitor"
        hint { show on description "\(PulseAudio.summary)" }
      }
      ctl.\(PulseAudio.device) { type pulse }

      """
    let alsa = try scratch.write(configuration ?? standard, to: "asound.conf")
    environment = [
      "HOME": home, "XDG_RUNTIME_DIR": runtime, "PULSE_SERVER": "unix:\(runtime)/pulse/native",
      "PULSE_CLIENTCONFIG": client, "ALSA_CONFIG_PATH": alsa,
    ]
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    let log = open(scratch.path("log"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { [nothing, log].forEach { close($0) } }
    let settings = environment.filter { !["PULSE_SERVER", "ALSA_CONFIG_PATH"].contains($0.key) }
    daemon = try Child(
      [
        "pulseaudio", "-n", "--exit-idle-time=-1", "--daemonize=no", "--realtime=no", "--high-priority=no",
        "-L", "module-native-protocol-unix", "-L", PulseAudio.sink,
      ],
      environment: Machine.base.merging(settings) { $1 },
      streams: .descriptors(input: nothing, output: nothing, errors: log))
    leash = try Leash("kill -9 \(daemon.pid)")
    guard eventually(everySeconds: 0.05, { (try? control("info"))?.code == 0 }) else {
      throw SupportError("pulseaudio does not answer: \(daemonLog)")
    }
  }

  deinit { daemon.end() }

  /// What the daemon said.
  package var daemonLog: String {
    String(decoding: FileManager.default.contents(atPath: scratch.path("log")) ?? Data(), as: UTF8.self)
  }

  /// Starts playing a file into the microphone, or into another sink; it ends by itself.
  package func play(_ path: String, into sink: String = "mic") throws -> Running {
    try Running(["paplay", "--device=\(sink)", path], environment: environment)
  }

  /// Takes the microphone away, as a pulled plug does.
  package func removeMicrophone() throws { try mustControl("unload-module", "module-null-sink") }

  /// Puts the microphone back.
  package func insertMicrophone() throws {
    try mustControl(["load-module"] + PulseAudio.sink.split(separator: " ").map(String.init))
  }

  /// How many are recording from the microphone.
  package var listeners: Int {
    ((try? control("list", "short", "source-outputs"))?.lines ?? []).count { $0.contains("\t") }
  }

  /// Whether somebody is recording from the microphone.
  package var isHeard: Bool { listeners > 0 }

  /// An ALSA device for a sink or a monitor, as `player`.
  package func device(_ name: String) -> String {
    "plug:{SLAVE {type pulse server \"unix:\(runtime)/pulse/native\" device \"\(name)\"}}"
  }

  /// Adds a sink; its monitor is `name.monitor`.
  package func addSink(_ name: String) throws {
    try mustControl("load-module", "module-null-sink", "sink_name=\(name)", "rate=48000")
  }

  /// Does one command of pactl.
  @discardableResult
  package func control(_ arguments: String...) throws -> Run { try control(arguments) }

  private static let sink = "module-null-sink sink_name=mic rate=48000"

  private func control(_ arguments: [String]) throws -> Run {
    try run(["pactl"] + arguments, environment: environment)
  }

  private func mustControl(_ arguments: String...) throws { try mustControl(arguments) }

  private func mustControl(_ arguments: [String]) throws {
    let done = try control(arguments)
    guard done.code == 0 else { throw SupportError("pactl \(arguments.joined(separator: " ")): \(done)") }
  }
}
