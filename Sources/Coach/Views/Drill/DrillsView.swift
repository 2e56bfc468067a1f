import Practice
import Terminal

/// The drills there are: what is due first, then all by skill.
enum DrillsView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {}

  /// How far it can be scrolled on a screen of `size`: the first line shown, at most.
  static func lastOffset(_ desk: Desk, size: Size) -> Int { 0 }
}
