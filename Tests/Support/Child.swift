import Glibc
import Synchronization

/// A process that a test started, and ends at the latest when the test lets go of it.
///
/// Every child leads a session of its own: it has no controlling terminal unless it is given one, so `/dev/tty` never
/// means the terminal of whoever runs the tests, and one signal ends it together with all that it started.
package final class Child: Sendable {
  /// How a process ended.
  package enum Ending: Equatable, Sendable {
    /// It left with this code.
    case exited(Int32)
    /// This signal ended it.
    case killed(by: Int32)
  }

  /// Where a child's input, output and errors go.
  package enum Streams: Sendable {
    /// Three descriptors of ours.
    case descriptors(input: Int32, output: Int32, errors: Int32)
    /// All three are the terminal at this path, which becomes the controlling one.
    case terminal(path: String)
  }

  /// The process id, which is also that of its group and session.
  package let pid: Int32
  private let ending = Mutex<Ending?>(nil)

  /// One spawn at a time, and none between making a pipe and marking it close-on-exec: glibc's module has no `pipe2`.
  private static let spawning = Mutex<Void>(())

  /// Starts `arguments[0]`, found on PATH, with exactly `environment`.
  /// - Throws: `SupportError` with the system's reason.
  package init(_ arguments: [String], environment: [String: String], streams: Streams) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    switch streams {
    case .descriptors(let input, let output, let errors):
      for (target, source) in [input, output, errors].enumerated() {
        posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
      }
    case .terminal(let path):
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var standard = sigset_t()
    sigemptyset(&standard)
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGTTOU, SIGTTIN] {
      sigaddset(&standard, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &standard)
    let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which glibc's module leaves out.
    posix_spawnattr_setflags(&attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | newSession))

    let words = arguments.map { strdup($0) } + [nil]
    let settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + settings).forEach { free($0) } }
    var started: pid_t = 0
    let code = Self.spawning.withLock { _ in
      posix_spawnp(&started, arguments.first ?? "", &actions, &attributes, words, settings)
    }
    guard code == 0 else { throw SupportError("\(arguments.first ?? "nothing") does not start", code) }
    pid = started
  }

  deinit { end() }

  /// How the process ended, nil while it runs. Never waits.
  package func poll() -> Ending? {
    ending.withLock { known in
      if known != nil { return known }
      var status: Int32 = 0
      guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
      known = status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .killed(by: status & 0x7f)
      return known
    }
  }

  /// Waits for the end; nil if the process still runs after `seconds`.
  package func wait(seconds: Double = patienceSeconds) -> Ending? {
    _ = eventually(within: seconds, everySeconds: 0.004) { poll() != nil }
    return poll()
  }

  /// Sends `signal` to the process alone.
  package func send(_ signal: Int32) {
    if poll() == nil { _ = kill(pid, signal) }
  }

  /// Kills the process and all in its group, and waits until it is gone. Does nothing the second time.
  package func end() {
    guard poll() == nil else { return }
    _ = kill(-pid, SIGKILL)
    _ = kill(pid, SIGKILL)
    _ = wait()
  }

  /// Makes a pipe whose two ends no child inherits.
  /// - Throws: `SupportError` with the system's reason.
  package static func pipe() throws -> (read: Int32, write: Int32) {
    try spawning.withLock { _ in
      var ends: [Int32] = [-1, -1]
      guard Glibc.pipe(&ends) == 0 else { throw SupportError("no pipe", errno) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (ends[0], ends[1])
    }
  }
}
