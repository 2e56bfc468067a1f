import CLinux
import Glibc

/// How a guest comes in: the environment cleared, the token read, and nothing of the account looked at. See `GuestRules`.
package enum GuestEntrance {
  /// Takes every variable that a guest's program does not need out of the process itself, where libraries read them, and
  /// says what is left with the token or line that came with the connection. Before any other thread runs.
  package static func enter() -> (environment: [String: String], given: GuestRules.Given) {
    let all = Surroundings.processEnvironment()
    for (name, value) in all where !GuestRules.keeps(name, value) { unsetenv(name) }
    setlocale(LC_ALL, "")
    // Not even a core dump is written.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    return (GuestRules.environment(all), GuestRules.given(all))
  }

  /// What a guest's program finds itself in: standard settings, the shipped themes, and the account's sockets. `flags` are
  /// those of the forced command line, which the learner wrote.
  package static func surroundings(
    _ environment: [String: String], flags: [String: String] = [:]
  ) throws(Failure) -> Surroundings {
    guard let home = Account.own()?.home else { throw Failure(.noPermission, Messages.guestRefused) }
    let places = GuestRules.places(home: home)
    let (settings, complaints) = Settings.resolve(flags: flags, environment: [:], file: nil)
    return Surroundings(
      environment: environment, places: places, settings: settings, complaints: complaints,
      shelf: ThemeShelf(folders: shippedData().map { [$0 + "/Themes"] } ?? []))
  }

  /// Whether the account that guests come to is somebody's, with a home folder, and not one for guests of all learners
  /// (`ShareSetup`), which has none.
  package static var isSomebodys: Bool {
    var status = stat()
    guard let home = Account.own()?.home else { return true }
    // A home of the name may be there that is another account's.
    return stat(home, &status) == 0 ? status.st_uid == geteuid() : errno != ENOENT
  }

  /// The token: the one that came with the connection, else what is typed at the terminal without being shown.
  ///
  /// Fails with 77 for a command that is no token, after as many tries as there are, and where nobody can be asked.
  package static func token(_ given: GuestRules.Given) throws(Failure) -> String {
    switch given {
    case .token(let token): return token
    case .refused: throw Failure(.noPermission, Messages.guestNoCommand)
    case .nothing: break
    }
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { throw Failure(.noPermission, Messages.guestNoTerminal) }
    defer { close(terminal) }
    say(Messages.guestNeedsToken + "\n", terminal)
    for _ in 0..<GuestRules.tries {
      guard let line = try hidden(Messages.guestPrompt, terminal) else { break }
      let word = line.trimmingBlanks()
      if GuestRules.isToken(word) { return word }
      if !word.isEmpty { say(Messages.guestNoToken + "\n", terminal) }
    }
    throw Failure(.noPermission, Messages.guestRefused)
  }

  private static func say(_ text: String, _ terminal: Int32) {
    _ = text.withCString { write(terminal, $0, strlen($0)) }
  }

  /// A line of the terminal that is not shown while it is typed; nil at its end. Interrupted, it ends the program as any
  /// prompt does, the terminal as it was.
  private static func hidden(_ prompt: String, _ terminal: Int32) throws(Failure) -> String? {
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { throw Failure(.noPermission, Messages.guestNoTerminal) }
    var silent = before
    // Neither shown, nor a signal or a stop that would leave the terminal mute, or the guest with a shell.
    silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
    silent.c_lflag |= tcflag_t(ICANON | ECHONL)
    // Ctrl-C and Ctrl-\ end the line instead, and are the last bytes of it.
    withUnsafeMutableBytes(of: &silent.c_cc) { ($0[Int(VEOL)], $0[Int(VEOL2)]) = (3, 28) }
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { throw Failure(.noPermission, Messages.guestNoTerminal) }
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }
    say(prompt, terminal)
    var bytes: [UInt8] = []
    while true {
      var byte: UInt8 = 0
      let count = read(terminal, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return bytes.isEmpty ? nil : text(bytes) }
      if byte == 3 || byte == 28 { throw Failure(.interrupted, Messages.guestLeft) }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return text(bytes) }
      if bytes.count <= GuestRules.lineBytes { bytes.append(byte) }
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    bytes.count <= GuestRules.lineBytes ? String(decoding: bytes, as: UTF8.self) : ""
  }
}
