/// How much a watcher takes of a learner, who may mean ill: what happens at each number is tested.
package struct WatchLimits: Equatable, Sendable {
  /// Events a second that are taken for long; what comes faster waits in the learner's own socket.
  package var eventsPerSecond = 1_000.0
  /// Events that are taken at once: the past of a long session.
  package var eventsAtOnce = 40_000.0
  /// Bytes of a line that count as one more event.
  package var bytesAnEvent = 512.0
  /// Bytes of events that a session may come to: ten hours of one with words.
  package var eventBytes = 33_554_432
  /// Events that a session may come to.
  package var events = 1_000_000
  /// Seconds without any line after which a watch counts as broken; for who waits for an answer, those of the answer come
  /// on top.
  package var silentSeconds = AudienceLimits().silentSeconds
  package var answerSeconds = AudienceLimits().answerSeconds
  /// Remarks that may be unsent at once, and sent within a second: fewer than what a learner's side calls a flood.
  package var unsentRemarks = 64
  package var remarksPerSecond = AudienceLimits().linesPerSecond / 2
  /// Seconds that are left, when a watch is closed, for what was said before.
  package var farewellSeconds = 1.0

  /// The usual ones.
  package init() {}

  /// Doors that a lobby knows at once, entries that it reads of a folder, and folders that it looks into below one.
  package static let doors = 256
  /// Those of them that are in one folder of another account.
  package static let doorsOfOne = 8
  package static let entries = 4_096
  package static let folders = 1_024
  /// Milliseconds between two looks.
  package static let lookMilliseconds: Int32 = 1_000
  /// Bytes that are read from a socket at once.
  package static let readBytes = 65_536
}
