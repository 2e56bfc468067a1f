import Foundation

@testable import Sound

/// A private PulseAudio with a null sink named `mic`, and ALSA devices that lead to it.
///
/// ALSA reads its configuration through the environment, which is one for the process: so there is one server for all
/// tests, started when the first asks, and the daemon ends with this process (it watches its own input).
final class PulseServer: Sendable {
  /// The server, or `nil` where PulseAudio is not installed or will not start.
  static let shared = PulseServer()

  let folder: String
  private var address: String { "unix:" + folder + "/native" }

  private init?() {
    guard let path = PulseServer.find("pulseaudio"), PulseServer.find("paplay") != nil else { return nil }
    var template = Array("/tmp/rostrum-pulse-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let leash = Pipe()
    self.leash = leash
    let configuration = """
      </usr/share/alsa/alsa.conf>
      pcm.testmic { type pulse server "\(address)" device "mic.monitor" }
      pcm.testdead { type pulse server "unix:\(folder)/nobody" device "mic.monitor" }
      pcm.testnull { type null }
      pcm.testmulaw { type mulaw slave { pcm "null" format "S16_LE" } }
      pcm.testways {
        type asym playback.pcm "null" capture.pcm "testmulaw" hint { show on description "Two ways" }
      }
      pcm.testfile { type file slave.pcm "null" file "/dev/null" infile "/dev/zero" format "raw" }
      """
    guard (try? configuration.write(toFile: folder + "/alsa.conf", atomically: true, encoding: .utf8)) != nil else {
      return nil
    }
    setenv("ALSA_CONFIG_PATH", folder + "/alsa.conf", 1)
    setenv("PULSE_CLIENTCONFIG", "/dev/null", 1)
    setenv("PULSE_RUNTIME_PATH", folder, 1)
    // The shell ends the daemon when its own input closes, which happens when this process is gone, however it went.
    // It does not `wait`: child signals may be blocked in there, and it would for ever.
    let daemon = Process()
    daemon.executableURL = URL(fileURLWithPath: "/bin/sh")
    daemon.arguments = [
      "-c",
      """
      "\(path)" -n --exit-idle-time=-1 --daemonize=no --log-target=file:"\(folder)/log" \
      -L "module-native-protocol-unix auth-anonymous=1 socket=\(folder)/native" \
      -L "module-null-sink sink_name=mic rate=48000" </dev/null >/dev/null 2>&1 &
      server=$!; echo $server >"\(folder)/server"; read -r line
      kill -CONT $server; kill $server; sleep 0.3; rm -rf "\(folder)"
      """,
    ]
    daemon.environment = [
      "HOME": folder, "XDG_RUNTIME_DIR": folder, "PULSE_RUNTIME_PATH": folder, "PULSE_STATE_PATH": folder,
      "PATH": "/usr/bin:/bin",
    ]
    daemon.standardInput = leash
    // Nothing of ours may stay open there, or who waits for the tests' output waits for the daemon too.
    daemon.standardOutput = FileHandle.nullDevice
    daemon.standardError = FileHandle.nullDevice
    guard (try? daemon.run()) != nil else { return nil }
    for _ in 0..<600 {
      if control(["info"]) == 0 { return }
      usleep(50_000)
    }
    return nil
  }

  private let leash: Pipe

  /// Stops the server where it is, or lets it go on.
  func freeze(_ on: Bool) {
    let text = (try? String(contentsOfFile: folder + "/server", encoding: .utf8)) ?? ""
    if let id = Int32(text.filter(\.isNumber)), id > 1 { kill(id, on ? SIGSTOP : SIGCONT) }
  }

  /// Runs `pactl` and returns its exit code.
  @discardableResult func control(_ arguments: [String]) -> Int32 {
    run("pactl", ["--server", address] + arguments).map(\.0) ?? -1
  }

  /// What `pactl` says.
  func ask(_ arguments: [String]) -> String { run("pactl", ["--server", address] + arguments)?.1 ?? "" }

  /// Plays a file into the microphone and waits for its end.
  func play(_ path: String) { _ = run("paplay", ["--server", address, "--device=mic", path]) }

  /// Plays a file into the microphone until the process returned is ended.
  func playing(_ path: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/paplay")
    process.arguments = ["--server", address, "--device=mic", path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func run(_ tool: String, _ arguments: [String]) -> (Int32, String)? {
    guard let path = PulseServer.find(tool) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }

  private static func find(_ tool: String) -> String? {
    let path = "/usr/bin/" + tool
    return access(path, X_OK) == 0 ? path : nil
  }
}
