import Foundation
import Glibc
import Synchronization

/// A terminal made of two descriptors, with a program on it and every byte of its output time-stamped.
///
/// The program's end is opened anew in the child, whose session it then controls, exactly as a terminal window does it.
/// We keep that end open as well, so that the modes it is left in can be read after the program is gone.
package final class Pty: Sendable {
  /// Bytes that arrived together, and when.
  package struct Chunk: Sendable {
    /// Seconds of CLOCK_MONOTONIC at which they were read.
    package let seconds: Double
    /// The bytes.
    package let bytes: [UInt8]
  }

  /// The program on the terminal.
  package let child: Child
  private let master: Int32
  private let slave: Int32
  private let modesBefore: [UInt8]
  private let received: Received

  /// What the reading thread shares with the test.
  private final class Received: Sendable {
    let chunks = Mutex<[Chunk]>([])
    let isOver = Atomic<Bool>(false)
    let isIdle = Atomic<Bool>(false)
    let isHeld = Atomic<Bool>(false)
  }

  /// Starts a program on a new terminal of the given size; `Running.init` says what the other parameters mean.
  /// - Throws: `SupportError` if there is no terminal to be had or the program does not start.
  package init(
    _ arguments: [String], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24,
    term: String = "xterm-256color"
  ) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // TIOCSPTLCK and TIOCGPTN: what unlockpt and ptsname do, which glibc's module leaves out (ioctl_tty(2)).
    var (lock, number): (Int32, Int32) = (0, 0)
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw SupportError("no pseudo-terminal", errno)
    }
    let path = "/dev/pts/\(number)"
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw SupportError("\(path) does not open", errno) }
    Pty.setSize(master, columns: columns, rows: rows)
    modesBefore = Pty.modes(of: slave)
    received = Received()
    let surroundings = Machine.base.merging(["TERM": term]) { $1 }.merging(environment) { $1 }
    child = try Child(arguments, environment: surroundings, streams: .terminal(path: path))
    let (descriptor, shared) = (master, received)
    let reader = Thread { Pty.read(from: descriptor, into: shared) }
    reader.name = "pty"
    reader.start()
  }

  deinit {
    child.end()
    received.isOver.store(true, ordering: .releasing)
    _ = eventually(everySeconds: 0.002) { received.isIdle.load(ordering: .acquiring) }
    close(master)
    close(slave)
  }

  /// All that has arrived.
  package var chunks: [Chunk] { received.chunks.withLock { $0 } }

  /// All bytes that have arrived.
  package var bytes: [UInt8] { chunks.flatMap(\.bytes) }

  /// All that has arrived, read as UTF-8, control sequences and all.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether the terminal is in the modes it was in before the program started.
  package var hasItsModesBack: Bool { Pty.modes(of: slave) == modesBefore }

  /// Types `keys`.
  package func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Changes the size; the kernel sends SIGWINCH to whoever is in the foreground.
  package func resize(columns: Int, rows: Int) { Pty.setSize(master, columns: columns, rows: rows) }

  /// Stops or goes on reading, as a line that is stuck does.
  package func hold(_ on: Bool) { received.isHeld.store(on, ordering: .releasing) }

  /// Waits until `text` holds what `condition` asks for; false when patience is over.
  package func wait(until condition: (String) -> Bool) -> Bool { eventually { condition(text) } }

  /// Waits until the program has ended and all that it wrote has arrived; how it ended, nil if it still runs.
  ///
  /// What a program writes last is on its way when it is gone already. So a byte that no program writes is sent after
  /// it, and waited for: a terminal keeps the order.
  package func ending() -> Child.Ending? {
    guard let ending = child.wait() else { return nil }
    guard write(slave, [Pty.mark], 1) == 1 else { return ending }
    _ = eventually(everySeconds: 0.002) { received.chunks.withLock { $0.last?.bytes.last == Pty.mark } }
    received.chunks.withLock { chunks in
      chunks = chunks.map { Chunk(seconds: $0.seconds, bytes: $0.bytes.filter { $0 != Pty.mark }) }
    }
    return ending
  }

  /// ASCII's unit separator, which means nothing to any terminal.
  private static let mark: UInt8 = 0x1f

  private static func read(from descriptor: Int32, into received: Received) {
    defer { received.isIdle.store(true, ordering: .releasing) }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !received.isOver.load(ordering: .acquiring) {
      if received.isHeld.load(ordering: .acquiring) {
        usleep(2_000)
        continue
      }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 20) > 0 else { continue }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      let seconds = now()
      guard count > 0 else { return }
      received.chunks.withLock { $0.append(Chunk(seconds: seconds, bytes: Array(buffer[..<count]))) }
    }
  }

  private static func setSize(_ descriptor: Int32, columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  /// The flags, characters and speeds of a terminal, comparable.
  private static func modes(of descriptor: Int32) -> [UInt8] {
    var modes = termios()
    guard tcgetattr(descriptor, &modes) == 0 else { return [] }
    return withUnsafeBytes(of: &modes) { Array($0) }
  }
}
