import CLinux
import GRDB
import Glibc
import Synchronization

/// The thread behind a `SessionWriter`, and the queue between the two.
///
/// A plain thread and a `poll`: it spends its life waiting in `fsync` or for a lock, which no shared pool should do.
/// The core outlives its writer until the thread has let go, so that nothing is closed under its hands.
final class WriterCore: Sendable {
  private let store: SessionStore
  private let row: SessionRow
  private let limits: SavingLimits
  private let queue: Mutex<WriterQueue>
  private let stopping = Atomic(false)
  private let shownCase: Mutex<Int>
  /// Wakes the thread: something to do after nothing, an ending, or a stop.
  private let work: CInt
  /// Wakes `finish`: the thread has let go.
  private let done: CInt
  /// Wakes the caller's loop; -1 if it does not want to be.
  private let wake: CInt

  init(
    folder: HistoryFolder, row: SessionRow, wake: CInt?, limits: SavingLimits
  ) throws(HistoryError) {
    self.row = row
    self.limits = limits
    store = SessionStore(folder: folder, row: row, busySeconds: limits.attemptSeconds)
    queue = Mutex(WriterQueue(limits: limits))
    shownCase = Mutex(0)
    work = rostrum_eventfd()
    done = rostrum_eventfd()
    self.wake = wake.map { fcntl($0, F_DUPFD_CLOEXEC, 0) } ?? -1
    guard work >= 0, done >= 0 else {
      throw HistoryError(errno: errno, operation: "make event counter", path: folder.path)
    }
  }

  deinit {
    for descriptor in [work, done, wake] where descriptor >= 0 { close(descriptor) }
  }

  func lockIfPossible() throws(HistoryError) { try store.lock() }

  func start() throws(HistoryError) {
    // SAFETY: the thread takes over the one reference, or it is released below where there is no thread.
    let code = rostrum_thread_start(
      "history",
      { argument in
        guard let argument else { return }
        Unmanaged<WriterCore>.fromOpaque(argument).takeRetainedValue().run()
      }, Unmanaged.passRetained(self).toOpaque())
    guard code == 0 else {
      // SAFETY: no thread took the reference over.
      Unmanaged.passUnretained(self).release()
      throw HistoryError(errno: code, operation: "start thread", path: row.id)
    }
  }

  // The caller's side: nothing here waits, but `finish` on request.

  func record(_ event: StoredEvent) {
    let (isFirst, isRefused) = queue.withLock { queue in
      let isFirst = queue.unsaved == 0
      return (isFirst, !queue.record(event, now: rostrum_monotonic_nanoseconds()))
    }
    if isRefused { tell() } else if isFirst { rostrum_eventfd_signal(work) }
  }

  var status: SavingStatus { queue.withLock { $0.status(now: rostrum_monotonic_nanoseconds()) } }

  var refused: Int { queue.withLock { $0.refused } }

  func unsaved() -> UnsavedEvents {
    queue.withLock { UnsavedEvents(session: row, firstSeq: $0.firstSeq, events: $0.inFlight + $0.waiting) }
  }

  func stop() {
    stopping.store(true, ordering: .releasing)
    rostrum_eventfd_signal(work)
  }

  func finish(state: SessionEnding, endedSeconds: Double, summary: String?, timeoutSeconds: Double) -> Bool {
    let seconds = endedSeconds.isFinite ? endedSeconds : 0
    queue.withLock { $0.end(.init(state: state, endedSeconds: seconds, summary: summary)) }
    rostrum_eventfd_signal(work)
    let deadline = rostrum_monotonic_nanoseconds() + nanoseconds(timeoutSeconds)
    while true {
      let left = deadline - rostrum_monotonic_nanoseconds()
      // The counter is never drained: once the thread has let go, every call returns at once.
      if left <= 0 || wait(for: done, nanoseconds: left) { return queue.withLock { $0.isFinished } }
    }
  }

  func note(failure: HistoryError) {
    queue.withLock { $0.failed(failure, now: rostrum_monotonic_nanoseconds()) }
    tell()
  }

  // The thread's side.

  private func run() {
    while !stopping.load(ordering: .acquiring) {
      let begun = rostrum_monotonic_nanoseconds()
      let failed = !attempt()
      let (isFinished, hasWork, isEnding) = queue.withLock { ($0.isFinished, $0.hasWork, $0.ending != nil) }
      if isFinished { break }
      if failed {
        // Someone waits at the end: try again sooner.
        let seconds = isEnding ? limits.retrySeconds / 5 : limits.retrySeconds
        pause(until: begun + nanoseconds(seconds), evenIfEnding: isEnding)
      } else if !hasWork {
        if stopping.load(ordering: .acquiring) { break }
        _ = wait(for: work, nanoseconds: nil)
        pause(until: begun + nanoseconds(limits.commitSeconds), evenIfEnding: false)
      } else if queue.withLock({ $0.unsaved < limits.eventsPerCommit }) {
        pause(until: begun + nanoseconds(limits.commitSeconds), evenIfEnding: false)
      }
    }
    let isFinished = queue.withLock { $0.isFinished }
    if !isFinished, queue.withLock({ $0.hasWork }) { _ = attempt() }
    store.close(removingLock: isFinished)
    rostrum_eventfd_signal(done)
    tell()
  }

  /// Writes one batch; true if there was none or it is on disk.
  private func attempt() -> Bool {
    let (events, seq, ending) = queue.withLock { $0.take() }
    do throws(HistoryError) {
      try store.write(events, from: seq, ending: ending)
    } catch {
      note(failure: error)
      return false
    }
    _ = queue.withLock { $0.saved(ended: ending != nil) }
    tell()
    return true
  }

  /// Waits for a moment, or until the session ends or the writer goes.
  private func pause(until deadline: Int64, evenIfEnding: Bool) {
    while true {
      rostrum_eventfd_drain(work)
      let isEnding = queue.withLock { $0.ending != nil }
      if stopping.load(ordering: .acquiring) || (isEnding && !evenIfEnding) { return }
      let left = deadline - rostrum_monotonic_nanoseconds()
      guard left > 0 else { return }
      _ = wait(for: work, nanoseconds: left)
    }
  }

  /// Waits until a counter is above zero; false if the time was up first.
  private func wait(for descriptor: CInt, nanoseconds left: Int64?) -> Bool {
    var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let milliseconds = left.map { CInt(clamping: ($0 + 999_999) / 1_000_000) } ?? -1
    return poll(&item, 1, milliseconds) > 0
  }

  /// Wakes the caller's loop if the status has changed its case.
  private func tell() {
    guard wake >= 0 else { return }
    let now: Int =
      switch status {
      case .saved: 0
      case .waiting: 1
      case .failing: 2
      }
    let changed = shownCase.withLock { shown in
      defer { shown = now }
      return shown != now
    }
    if changed { rostrum_eventfd_signal(wake) }
  }
}
