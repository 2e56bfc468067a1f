import CLinux
import Glibc

/// An ssh that carries the lines to a relay: started, listened to, ended and reaped.
///
/// It has a process group of its own, so that Ctrl-C at the terminal is for the program alone; while it may ask, it has
/// the terminal, as a job that a shell brings to the front.
// SAFETY: one thread at a time uses it: who connects, and then the thread "publish".
final class PublishChild: @unchecked Sendable {
  /// What became of it.
  enum End: Equatable {
    case code(Int32)
    case signal(Int32)
  }

  /// Our ends: what it prints, what it reads, what it complains with.
  let reading: Int32
  let writing: Int32
  private let complaints: Int32
  private let process: pid_t
  /// The terminal, while the child has it.
  private var terminal: Int32?
  /// Whether the child has the terminal, and so may be asking.
  var hasTerminal: Bool { terminal != nil }
  private var end: End?
  private var pending: [UInt8] = []
  /// Whether it can complain no more.
  private var isDeaf = false
  /// The last line that it complained with, made safe.
  private(set) var lastLine = ""
  /// Whether what it complains with goes to the person.
  private var isHeard: Bool

  /// Starts `program`, found by PATH, with `words`.
  ///
  /// - Parameter asks: Whether it gets the terminal to ask, where there is one.
  init(_ program: String, _ words: [String], asks: Bool) throws(Failure) {
    let (input, output, errors) = (try PublishChild.pair(), try PublishChild.pair(), try PublishChild.pair())
    (writing, reading, complaints, isHeard) = (input.0, output.0, errors.0, asks)
    _ = fcntl(complaints, F_SETFL, O_NONBLOCK)
    defer { for descriptor in [input.1, output.1, errors.1] { close(descriptor) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (ours, theirs) in zip([input.1, output.1, errors.1], [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]) {
      posix_spawn_file_actions_adddup2(&actions, ours, theirs)
    }
    if asks { terminal = PublishChild.ownTerminal() }
    if let terminal { _ = rostrum_spawn_in_front(&actions, terminal) }
    var child: pid_t = 0
    let code = PublishChild.spawn(&child, program, words, &actions)
    process = child
    guard code == 0 else {
      takeTerminal()
      for descriptor in [input.0, output.0, errors.0] { close(descriptor) }
      throw Failure(.unavailable, "\(program) could not be started: \(String(cString: strerror(code))).")
    }
  }

  deinit { close(complaints) }

  private static func pair() throws(Failure) -> (Int32, Int32) {
    var both: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &both) == 0 else {
      throw Failure(.io, "No pipe could be made: \(String(cString: strerror(errno))).")
    }
    return (both[0], both[1])
  }

  /// The terminal of this process, where it is in its foreground.
  private static func ownTerminal() -> Int32? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    guard tcgetpgrp(terminal) == getpgrp() else {
      close(terminal)
      return nil
    }
    return terminal
  }

  private static func spawn(
    _ child: inout pid_t, _ program: String, _ words: [String], _ actions: inout posix_spawn_file_actions_t
  ) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, ours) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&ours)
    for signal in [SIGPIPE, SIGXFSZ, SIGTTOU, SIGTTIN, SIGTSTP, SIGINT, SIGTERM, SIGHUP] { sigaddset(&ours, signal) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &ours)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + words).map { strdup($0) }
    defer { arguments.forEach { free($0) } }
    arguments.append(nil)
    return posix_spawnp(&child, program, &actions, &attributes, arguments, environ)
  }
}

extension PublishChild {
  /// Waits until it complains, `wake` is readable or so long has passed; hands on what it complained with.
  func wait(_ wake: Int32, milliseconds: Int32) {
    var entries = [wake, complaints].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    if isDeaf { entries.removeLast() }
    guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return }
    rostrum_eventfd_drain(wake)
    hear()
  }

  /// Reads what it complained with.
  func hear() {
    var chunk = [UInt8](repeating: 0, count: 4_096)
    for _ in 0..<16 where !isDeaf {
      let count = read(complaints, &chunk, chunk.count)
      guard count > 0 else {
        if count == 0 || errno != EAGAIN && errno != EINTR { isDeaf = true }
        break
      }
      take(chunk[..<count])
    }
  }

  private func take(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes where byte != UInt8(ascii: "\r") {
      if byte != UInt8(ascii: "\n"), pending.count < 1_000 { pending.append(byte) } else { finishLine() }
    }
  }

  private func finishLine() {
    let line = Printed.safe(String(decoding: pending, as: UTF8.self))
    pending.removeAll(keepingCapacity: true)
    guard !line.allSatisfy({ $0 == " " }) else { return }
    // The last one is kept back: where it says why ssh ends, it is told in a sentence.
    if isHeard, !lastLine.isEmpty { Printed.error(lastLine) }
    lastLine = line
  }

  /// What became of it, nil while it goes on; a stop by its terminal stops the program too, as a job of both.
  func ended() -> End? {
    if let end { return end }
    var status: Int32 = 0
    let found = waitpid(process, &status, WNOHANG | WUNTRACED)
    guard found == process else {
      if found < 0, errno == ECHILD { end = .code(255) }
      return end
    }
    if status & 0xFF == 0x7F {
      stop()
    } else {
      end = status & 0x7F == 0 ? .code((status >> 8) & 0xFF) : .signal(status & 0x7F)
      hear()
      if !pending.isEmpty { finishLine() }
    }
    return end
  }

  private func stop() {
    if let terminal { PublishChild.front(getpgrp(), terminal) }
    if terminal != nil { raise(SIGSTOP) }
    if let terminal { PublishChild.front(process, terminal) }
    kill(-process, SIGCONT)
  }

  /// Lets it be silent from now on, and takes the terminal back.
  func hush() {
    hear()
    if isHeard, !lastLine.isEmpty { Printed.error(lastLine) }
    isHeard = false
    takeTerminal()
  }

  /// Takes the terminal back.
  func takeTerminal() {
    guard let terminal else { return }
    PublishChild.front(getpgrp(), terminal)
    close(terminal)
    self.terminal = nil
  }

  private static func front(_ group: pid_t, _ terminal: Int32) {
    var (blocked, before) = (sigset_t(), sigset_t())
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    tcsetpgrp(terminal, group)
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  /// Waits for its end, having told it to after `milliseconds`, and again so that it must.
  func reap(after milliseconds: Int) -> End {
    for signal in [SIGTERM, SIGKILL] {
      let deadline = rostrum_monotonic_nanoseconds() + Int64(milliseconds) * 1_000_000
      while rostrum_monotonic_nanoseconds() < deadline {
        if let end = ended() { return end }
        hear()
        rostrum_sleep_nanoseconds(10_000_000)
      }
      kill(-process, signal)
    }
    while true {
      if let end = ended() { return end }
      rostrum_sleep_nanoseconds(10_000_000)
    }
  }
}
