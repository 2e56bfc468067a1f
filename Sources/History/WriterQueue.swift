/// What a session writer and its thread share: the events on their way to disk, and how the last attempt went.
///
/// A value without locks or clocks: time is passed in, so that every status can be reached by a test.
struct WriterQueue {
  struct Ending {
    var state: SessionEnding
    var endedSeconds: Double
    var summary: String?
  }

  let limits: SavingLimits
  private(set) var waiting: [StoredEvent] = []
  /// The batch that is being written: its places are given, so it stays as it is until it is on disk.
  private(set) var inFlight: [StoredEvent] = []
  /// The place of the first event that is not on disk.
  private(set) var firstSeq: Int64 = 0
  private(set) var refused = 0
  private(set) var ending: Ending?
  private(set) var isFinished = false
  private(set) var failure: HistoryError?
  private var failingSince: Int64 = 0
  private var waitingBytes = 0
  private var waitingSince: Int64 = 0
  private var inFlightSince: Int64 = 0
  private var savedThrough = 0.0
  private var lastSeconds = 0.0
  private var isFull = false

  init(limits: SavingLimits) { self.limits = limits }

  var unsaved: Int { waiting.count + inFlight.count }

  /// Whether there is something to write, besides the end of the session.
  var hasWork: Bool { unsaved > 0 || (ending != nil && !isFinished) }

  /// Takes an event; false where it was refused.
  mutating func record(_ event: StoredEvent, now: Int64) -> Bool {
    guard ending == nil else {
      refused += 1
      return false
    }
    guard unsaved < limits.queuedEvents, waitingBytes + event.bytes <= limits.queuedBytes else {
      refused += 1
      isFull = true
      return false
    }
    var event = event
    if event.seconds.isFinite {
      lastSeconds = event.seconds
    } else {
      event = StoredEvent(seconds: lastSeconds, kind: event.kind, line: event.line)
    }
    if waiting.isEmpty { waitingSince = now }
    waitingBytes += event.bytes
    waiting.append(event)
    return true
  }

  mutating func end(_ ending: Ending) {
    if self.ending == nil { self.ending = ending }
  }

  /// Fixes the next batch, and says whether it is the last one.
  mutating func take() -> (events: [StoredEvent], seq: Int64, ending: Ending?) {
    if inFlight.isEmpty && !waiting.isEmpty {
      inFlightSince = waitingSince
      if waiting.count <= limits.eventsPerCommit {
        swap(&inFlight, &waiting)
        waitingBytes = 0
      } else {
        inFlight = Array(waiting.prefix(limits.eventsPerCommit))
        waiting.removeFirst(inFlight.count)
        waitingBytes -= inFlight.reduce(0) { $0 + $1.bytes }
      }
    }
    return (inFlight, firstSeq, waiting.isEmpty ? ending : nil)
  }

  /// The batch, and with it the end where `ended`, is on disk. Returns the batch so that it is freed elsewhere.
  mutating func saved(ended: Bool) -> [StoredEvent] {
    let done = inFlight
    inFlight = []
    firstSeq += Int64(done.count)
    savedThrough = done.reduce(savedThrough) { max($0, $1.seconds) }
    failure = nil
    isFull = false
    if ended { isFinished = true }
    return done
  }

  mutating func failed(_ error: HistoryError, now: Int64) {
    // A lock held by another process and a broken disk are different stories: each counts from its own beginning.
    if failure == nil || (failure?.kind == .busy) != (error.kind == .busy) { failingSince = now }
    failure = error
  }

  func status(now: Int64) -> SavingStatus {
    let oldest = inFlight.isEmpty ? waitingSince : inFlightSince
    if isFull {
      let cause = failure.map { "\($0.operation): \($0.detail)" } ?? "disk too slow"
      let full = HistoryError(
        .queueFull, operation: "record event", path: failure?.path ?? "", detail: "\(refused) refused; \(cause)")
      return .failing(reason: full, sinceNanoseconds: failure == nil ? oldest : failingSince, unsaved: unsaved)
    }
    if let failure {
      if failure.kind == .busy, now - failingSince < nanoseconds(limits.busySeconds) {
        return .waiting(
          sinceNanoseconds: unsaved > 0 ? oldest : failingSince, unsaved: unsaved, reason: failure)
      }
      return .failing(reason: failure, sinceNanoseconds: failingSince, unsaved: unsaved)
    }
    if unsaved > 0, now - oldest > nanoseconds(limits.lateSeconds) {
      return .waiting(sinceNanoseconds: oldest, unsaved: unsaved, reason: nil)
    }
    return .saved(throughSeconds: savedThrough)
  }
}
