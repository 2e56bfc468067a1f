/// Where the analyzer puts what it has to say.
///
/// The caller owns it and empties it, so that a live session runs without allocation once the arrays have grown.
package struct Results: Sendable {
  /// One for every 10 ms of sound, in order.
  package var readings: [Reading] = []
  /// In the order of decision.
  package var found: [Found] = []
  /// The pitch of all frames in Hz, 0 where unvoiced, as decided once more when all was heard: ten minutes at a time and
  /// at the end. Nothing from an analyzer that does not review it.
  package var reviewedPitch: [Float] = []

  /// Nothing yet.
  package init() {}

  /// Forgets what is in it and keeps the room for more.
  package mutating func removeAll() {
    readings.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
    reviewedPitch.removeAll(keepingCapacity: true)
  }
}
