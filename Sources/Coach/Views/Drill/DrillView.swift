import Practice
import Terminal

/// A drill under way: what to do, its scene, and how far earlier attempts were at this second.
enum DrillView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    drawBody(desk, on: &canvas)
    canvas.foot(RehearsalWords.status(desk, isNarrow: canvas.area.columns < 60), room: desk.room)
  }

  /// What lies between head and foot: the same for an attempt under way and for one that is replayed.
  static func drawBody(_ desk: Desk, on canvas: inout Canvas) {}
}
