import CLinux
import Glibc
import Terminal

/// One line on standard error that says how far a long run is; nothing where that is no terminal, or the run is short.
final class ProgressLine {
  /// Nanoseconds before it shows, so that a run of a moment leaves no flicker.
  private static let patience: Int64 = 400_000_000

  private let isShown = isatty(STDERR_FILENO) != 0
  private let began = rostrum_monotonic_nanoseconds()
  private var drawn = 0

  /// Writes `text` over what the line said before.
  func show(_ text: String) {
    guard isShown, rostrum_monotonic_nanoseconds() - began > Self.patience else { return }
    var (rows, columns): (Int32, Int32) = (24, 80)
    _ = rostrum_terminal_size(STDERR_FILENO, &rows, &columns)
    let line = clip(text, to: max(Int(columns) - 1, 10))
    let width = cellWidth(line)
    put("\r" + line + String(repeating: " ", count: max(drawn - width, 0)))
    drawn = width
  }

  /// Takes the line away, so that something else may be written.
  func clear() {
    guard drawn > 0 else { return }
    put("\r" + String(repeating: " ", count: drawn) + "\r")
    drawn = 0
  }

  private func put(_ text: String) {
    _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }
}
