import Practice
import Terminal

/// Drawn for a watcher.
enum WallView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) { canvas.head("Watching") }
}
