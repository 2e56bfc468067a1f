import CLinux
import Glibc
import Terminal

/// Where the terminal is.
package enum TerminalPlace: Equatable, Sendable {
  /// The one this process belongs to.
  case controlling
  /// The one an open descriptor stands for; the descriptor stays its owner's.
  case descriptor(Int32)
}

/// An open terminal: its modes, its size, and bytes both ways without waiting.
///
/// It is opened anew even where a descriptor is at hand, because whether a read or write waits belongs to the open
/// file, which a shell and everything else on the same terminal may share.
final class TerminalLine {
  /// How a terminal hands keys over.
  enum Mode {
    /// Every key as it is, signals too: for a screen.
    case screen
    /// Every key at once, with signals, and output as usual: for lines of text.
    case lines
  }

  let descriptor: Int32
  let modesBefore: termios
  /// Whether the terminal is gone for good.
  private(set) var isHungUp = false
  private(set) var bytesWritten = 0

  init(_ place: TerminalPlace) throws(ScreenError) {
    let path: String
    switch place {
    case .controlling: path = "/dev/tty"
    case .descriptor(let descriptor):
      var name = [CChar](repeating: 0, count: 256)
      guard isatty(descriptor) == 1, ttyname_r(descriptor, &name, name.count - 1) == 0 else {
        throw ScreenError(.noTerminal, "ttyname", errno)
      }
      path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw ScreenError(.noTerminal, "open", errno) }
    var modes = termios()
    guard tcgetattr(descriptor, &modes) == 0 else {
      let code = errno
      close(descriptor)
      throw ScreenError(.noTerminal, "tcgetattr", code)
    }
    modesBefore = modes
  }

  deinit { close(descriptor) }

  /// The terminal's size; 80×24 where it does not say.
  var size: (columns: Int, rows: Int) {
    var (rows, columns): (Int32, Int32) = (0, 0)
    return rostrum_terminal_size(descriptor, &rows, &columns) ? (Int(columns), Int(rows)) : (80, 24)
  }

  func enter(_ mode: Mode) throws(ScreenError) {
    var modes = modesBefore
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL)
    if mode == .screen {
      modes.c_iflag &= ~tcflag_t(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON)
      modes.c_lflag &= ~tcflag_t(ISIG | IEXTEN)
      modes.c_oflag &= ~tcflag_t(OPOST)
    }
    TerminalLine.waitForOneByte(&modes)
    guard tcsetattr(descriptor, TCSANOW, &modes) == 0 else { throw ScreenError(.system, "tcsetattr", errno) }
  }

  /// Puts the modes back as they were.
  func leave() {
    var modes = modesBefore
    tcsetattr(descriptor, TCSANOW, &modes)
  }

  /// Has the terminal's modes and `restore` put back should the program die.
  func protect(restore: [UInt8]) {
    var modes = modesBefore
    rostrum_restore_at_crash(descriptor, &modes, restore, restore.count)
  }

  /// What has come, at most 4096 bytes; empty where nothing has.
  func read() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(descriptor, &bytes, bytes.count)
      if count > 0 { return Array(bytes.prefix(count)) }
      if count < 0, errno == EINTR { continue }
      if count == 0 || errno != EAGAIN { isHungUp = true }
      return []
    }
  }

  /// Writes what the terminal takes now, and says how many bytes that was.
  func write(_ bytes: ArraySlice<UInt8>) -> Int {
    var done = 0
    while done < bytes.count, !isHungUp {
      // SAFETY: the pointer is used within the call only, with the count it came with.
      let count = bytes.dropFirst(done).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { done += count }
      if count < 0, errno == EAGAIN { break }
      if count < 0, errno != EINTR { isHungUp = true }
    }
    bytesWritten += done
    return done
  }

  /// Whether bytes come (`POLLIN`), or can be taken (`POLLOUT`), within `milliseconds`.
  func waits(for event: Int32, milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    return poll(&request, 1, milliseconds) > 0 && Int32(request.revents) & event != 0
  }

  private static func waitForOneByte(_ modes: inout termios) {
    // SAFETY: VMIN and VTIME (6 and 5) are places of the array, which Swift shows as a tuple of NCCS (32) bytes.
    withUnsafeMutableBytes(of: &modes.c_cc) { cells in
      cells[Int(VMIN)] = 1
      cells[Int(VTIME)] = 0
    }
  }
}

/// Reads keys: decodes what has come, and waits at most 25 ms to tell the key Escape from the start of a sequence.
struct KeyReader {
  var decoder: KeyDecoder

  mutating func read(_ line: TerminalLine) -> [Key] {
    var keys = decoder.keys(line.read())
    var rounds = 0
    while decoder.isWaiting, rounds < 4 {
      guard line.waits(for: POLLIN, milliseconds: 25) else { return keys + decoder.timeUp() }
      keys += decoder.keys(line.read())
      rounds += 1
    }
    return keys
  }
}
