import CLinux
import Glibc

/// The terminal as the operating system knows it.
enum Terminals {
  /// The size of the terminal on standard output; false where there is none.
  static func size(_ rows: inout Int32, _ columns: inout Int32) -> Bool {
    rostrum_terminal_size(STDOUT_FILENO, &rows, &columns)
  }

  /// How many columns the terminal on `descriptor` has, nil where it is none or does not say.
  static func columns(_ descriptor: Int32) -> Int? {
    var (rows, columns): (Int32, Int32) = (0, 0)
    guard rostrum_terminal_size(descriptor, &rows, &columns), columns > 0 else { return nil }
    return Int(columns)
  }
}
