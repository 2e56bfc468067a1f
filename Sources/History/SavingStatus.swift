/// How far the saving of a live session has come.
package enum SavingStatus: Equatable, Sendable {
  /// Everything recorded is on the disk, or will be within two seconds. `throughSeconds` is the audio time on disk.
  case saved(throughSeconds: Double)
  /// Saving is late: the disk is slow, or another process is writing. Nothing is lost. `sinceNanoseconds` is when the
  /// oldest unsaved event was recorded, on CLOCK_MONOTONIC.
  case waiting(sinceNanoseconds: Int64, unsaved: Int, reason: HistoryError?)
  /// Saving fails and is tried again each second. `sinceNanoseconds` is the first failure, on CLOCK_MONOTONIC.
  case failing(reason: HistoryError, sinceNanoseconds: Int64, unsaved: Int)
}

/// Events that are in memory only, ready for a rescue file.
package struct UnsavedEvents: Equatable, Sendable {
  /// The session they belong to.
  package let session: SessionRow
  /// The place of the first of them in the session, counted from 0: adding them twice by place does no harm.
  package let firstSeq: Int64
  /// The events in order.
  package let events: [StoredEvent]
}
