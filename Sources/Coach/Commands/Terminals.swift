import CLinux
import Glibc

/// The terminal as the operating system knows it.
enum Terminals {
  /// The size of the terminal on standard output; false where there is none.
  static func size(_ rows: inout Int32, _ columns: inout Int32) -> Bool {
    rostrum_terminal_size(STDOUT_FILENO, &rows, &columns)
  }
}
