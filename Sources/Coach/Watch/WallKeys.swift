import Audience
import Practice
import Terminal

/// What the keys do on the wall, and in the rooms that open from it.
extension Desk {
  /// Answers a key of a watcher; nil where it means something everywhere.
  mutating func wallKey(_ action: Action, _ key: Key) -> [Order]? { nil }

  /// Sends a note at a second of the session of a seat.
  mutating func note(_ text: String, to seat: String, at seconds: Double) -> [Order] { [] }

  /// Assigns a drill; the end of `text` may say in how many days it is due.
  mutating func assign(_ drill: String, to seat: String, _ text: String) -> [Order] { [] }
}
