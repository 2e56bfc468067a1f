/// What became of a word of the script so far.
package enum WordMark: UInt8, Equatable, Sendable {
  /// Not reached yet.
  case ahead
  /// Heard as written.
  case spoken
  /// Something else was heard in its place.
  case altered
  /// Not heard between words that were: one to three, which may as well be the recogniser's fault.
  case missed
  /// Left out with those around it, four words or more: a passage that the speaker passed over.
  case skipped
}
