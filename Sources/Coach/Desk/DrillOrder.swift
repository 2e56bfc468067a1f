import Practice

/// What the rooms of drills ask the stage for.
package enum DrillOrder: Equatable, Sendable {
  /// Reads the drills there are, what is due of them and how they went.
  case load
  /// Opens the card of a drill.
  case show(String)
  /// Begins an attempt at a drill.
  case begin(String)
  /// Puts a drill on the schedule for tomorrow.
  case queue(String)
  /// Goes on to the next step.
  case next
  /// Notes a tap.
  case tap
}
