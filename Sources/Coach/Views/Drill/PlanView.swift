import Practice
import Terminal

/// Two weeks of drills.
enum PlanView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {}

  /// How far it can be scrolled on a screen of `size`: the first line shown, at most.
  static func lastOffset(_ desk: Desk, size: Size) -> Int { 0 }
}
