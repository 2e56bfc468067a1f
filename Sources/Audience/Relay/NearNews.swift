/// What the line to a relay has to tell; on the thread "audience".
package enum NearNews: Equatable, Sendable {
  /// The relay is there.
  case ready(RelayReady)
  /// Its sockets are open.
  case opened([String])
  /// It could not open them, or it ends, for this reason.
  case trouble(String)
  /// The line is over, for this reason; once, and nothing after.
  case over(NearEnding)
}

/// Why the line to a relay is over.
package enum NearEnding: Equatable, Sendable {
  /// It was closed here.
  case closed
  /// It ended at the other end, or on the way.
  case broken
  /// Nothing was heard for too long.
  case silent
  /// What came is no line of a relay.
  case malformed
  /// The relay speaks another version; the program's version there.
  case version(String)
}
