import Practice
import Terminal

/// Drawn for a watcher.
enum WatchedView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) { canvas.head("Watching") }
}
