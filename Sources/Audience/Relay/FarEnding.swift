/// Why a relay ended.
package enum FarEnding: Equatable, Sendable {
  /// The learner's machine closed the line, or the line broke.
  case closed
  /// Nothing was heard from there for too long.
  case silent
  /// Another relay of the same account took its place.
  case displaced
  /// What came is no line for a relay.
  case malformed
  /// The learner's program speaks another version; that of the program there.
  case version(String)
}
