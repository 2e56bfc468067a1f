import CLinux
import Glibc

/// The speaker's own editor, opened on a file and waited for.
///
/// The terminal must be the shell's again by then. What is typed to the editor is not for us: an interrupt that reaches
/// both is passed over, and stopping the editor stops the program with it, as a job of one.
enum Editor {
  /// The command of the environment: `VISUAL`, else `EDITOR`, else `vi`.
  static func command(_ environment: [String: String]) -> String {
    [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { !$0.isEmpty } ?? "vi"
  }

  /// Runs `command` on `path` through the shell, so that `code --wait` works; nil once it has ended well, else why not.
  static func run(_ command: String, on path: String, signals: Int32) -> String? {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var ours = sigset_t()
    sigemptyset(&ours)
    sigaddset(&ours, SIGTTOU)
    sigaddset(&ours, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &ours)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    // `--` is no option of every editor; a path that begins with a dash is made one that does not.
    let file = path.hasPrefix("-") ? "./" + path : path
    var child: pid_t = 0
    let words = ["/bin/sh", "-c", command + " \"$1\"", "sh", file]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { arguments.forEach { free($0) } }
    arguments.append(nil)
    let code = posix_spawn(&child, "/bin/sh", nil, &attributes, arguments, environ)
    guard code == 0 else { return "failed: " + String(cString: strerror(code)) }
    return wait(for: child, signals: signals)
  }

  private static func wait(for child: pid_t, signals: Int32) -> String? {
    var status: Int32 = 0
    while true {
      let found = waitpid(child, &status, WUNTRACED)
      if found < 0, errno == EINTR { continue }
      guard found == child else { return "failed: " + String(cString: strerror(errno)) }
      guard status & 0xFF == 0x7F else { break }
      raise(SIGSTOP)
      kill(child, SIGCONT)
    }
    forget(signals)
    let ended = status & 0x7F
    if ended != 0 { return "was ended by signal \(ended)" }
    let exit = (status >> 8) & 0xFF
    return exit == 0 ? nil : exit == 127 ? "(no such command)" : "ended with code \(exit)"
  }

  /// Takes out what was meant for the editor; what ends the program is sent to ourselves again.
  private static func forget(_ signals: Int32) {
    var kept: [Int32] = []
    while true {
      let number = rostrum_signalfd_read(signals)
      if number == 0 { break }
      if number == SIGTERM || number == SIGHUP { kept.append(number) }
    }
    for number in kept { kill(getpid(), number) }
  }
}
