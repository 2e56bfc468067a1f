import CLinux
import Glibc

/// Keeps one live session: takes its events as they happen, and commits them at least once a second.
///
/// `record` only appends to a queue in memory. All waiting, for a slow disk, a full one, or another process that holds
/// the write lock, happens on a thread of its own named "history", which tries again each second, in order and without
/// storing anything twice. So a rehearsal goes on whatever the disk does, and `status` says how it stands.
///
/// A writer that goes away without `finish` tries to save once more and leaves the session live and unlocked, as a
/// dying process would: the next start finds it with `History.abandoned`.
package final class SessionWriter: Sendable {
  private let core: WriterCore

  /// Starts keeping the session `begin` (its state is taken as live) in `folder`.
  ///
  /// The session's lock is taken first, then its row is written by the thread. Throws only where going on would be
  /// wrong: `held` (this session is alive elsewhere), `newerVersion`, `corrupt`, and `cannotCreate` for an id that is
  /// none or no thread. A full disk, a folder that cannot be written to and the like are told through `status`, and the
  /// session is saved from its first event as soon as that is possible.
  ///
  /// `wake` is an event counter to add to whenever `status` changes its case; it is duplicated, so it may be closed.
  package init(
    folder: String, begin: SessionRow, wake: CInt? = nil, limits: SavingLimits = SavingLimits()
  ) throws(HistoryError) {
    guard SessionID.isValid(begin.id) else {
      throw HistoryError(.cannotCreate, operation: "begin session", path: folder, detail: "not a session id")
    }
    var row = begin
    row.state = .live
    row.endedSeconds = nil
    core = try WriterCore(folder: HistoryFolder(path: folder), row: row, wake: wake, limits: limits)
    do throws(HistoryError) {
      try core.lockIfPossible()
    } catch {
      guard ![.held, .newerVersion, .corrupt].contains(error.kind) else { throw error }
      core.note(failure: error)
    }
    try core.start()
  }

  /// Starts keeping the session `begin` in the folder of `history`.
  package convenience init(
    history: History, begin: SessionRow, wake: CInt? = nil, limits: SavingLimits = SavingLimits()
  ) throws(HistoryError) {
    try self.init(folder: history.folder.path, begin: begin, wake: wake, limits: limits)
  }

  deinit { core.stop() }

  /// Takes an event to be saved after those before it. Never waits; any thread, but the order is that of the calls.
  ///
  /// Refused, and counted in `refusedEvents`, where too much waits already or the session was finished.
  package func record(_ event: StoredEvent) { core.record(event) }

  /// How far saving has come.
  package var status: SavingStatus { core.status }

  /// How many events were refused since the start: they are not kept.
  package var refusedEvents: Int { core.refused }

  /// Saves what is left, marks the session as ended, and lets go of it. Waits at most `timeoutSeconds`.
  ///
  /// False if it could not be saved in time; the thread goes on trying while this writer lives, and this may be called
  /// again to wait longer. Whoever cannot wait takes `unsaved()` and puts it into a rescue file.
  package func finish(
    state: SessionEnding, endedSeconds: Double, summary: String?, timeoutSeconds: Double
  ) -> Bool {
    core.finish(state: state, endedSeconds: endedSeconds, summary: summary, timeoutSeconds: timeoutSeconds)
  }

  /// What is in memory only, in order. A commit under way counts as unsaved.
  package func unsaved() -> UnsavedEvents { core.unsaved() }
}
