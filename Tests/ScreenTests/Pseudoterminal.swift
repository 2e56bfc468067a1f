import Glibc

/// A terminal of our own making: what the screen writes is read here, and what is typed here is read by the screen.
final class Pseudoterminal {
  private let master: Int32
  /// The side that programs take for a terminal.
  let slave: Int32
  /// That side's name in the file system.
  let path: String

  init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    var (locked, number): (Int32, Int32) = (0, 0)
    // Linux's own way; Glibc's `posix_openpt` and friends are not visible to Swift.
    guard master >= 0, ioctl(master, 0x4004_5431 /* TIOCSPTLCK */, &locked) == 0,
      ioctl(master, 0x8004_5430 /* TIOCGPTN */, &number) == 0
    else { throw Failure() }
    path = "/dev/pts/\(number)"
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw Failure() }
    resize(columns: columns, rows: rows)
  }

  deinit {
    close(master)
    close(slave)
  }

  struct Failure: Error {}

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// All that has been written so far.
  func output() -> String { String(decoding: bytes(), as: UTF8.self) }

  /// All that has been written so far; at most `limit` bytes.
  func bytes(limit: Int = .max) -> [UInt8] {
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65536)
    while all.count < limit {
      let count = read(master, &part, min(part.count, limit - all.count))
      guard count > 0 else { break }
      all += part.prefix(count)
    }
    return all
  }

  func type(_ text: String) {
    var bytes = Array(text.utf8)
    let count = write(master, &bytes, bytes.count)
    precondition(count == bytes.count)
  }

  /// The modes that make up how keys are handed over.
  var modes: [tcflag_t] {
    var modes = termios()
    tcgetattr(slave, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_lflag]
  }
}
