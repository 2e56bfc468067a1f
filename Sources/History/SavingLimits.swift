/// How much may wait, and how long things take. What each number guards is said beside it.
package struct SavingLimits: Equatable, Sendable {
  /// Events that may wait in memory: five hours at ten a second. Beyond it new ones are refused, never old ones.
  package var queuedEvents = 200_000
  /// Bytes that may wait in memory, about.
  package var queuedBytes = 33_554_432
  /// Events in one transaction: keeps the write lock short for other sessions.
  package var eventsPerCommit = 5_000
  /// From the first unsaved event to its commit, in seconds.
  package var commitSeconds = 0.05
  /// From a failed attempt to the next one, in seconds.
  package var retrySeconds = 1.0
  /// One attempt waits this long for another process's write lock, in seconds.
  package var attemptSeconds = 1.0
  /// Events this old that are not on disk make the status `waiting`, in seconds.
  package var lateSeconds = 2.0
  /// Another process that holds the write lock for longer than this makes the status `failing`, in seconds.
  package var busySeconds = 10.0

  /// The limits that a rehearsal runs with.
  package init() {}
}
