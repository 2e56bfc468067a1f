import Practice
import Terminal

/// Drawn for a watcher.
enum RubricFormView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) { canvas.head("Watching") }
}
