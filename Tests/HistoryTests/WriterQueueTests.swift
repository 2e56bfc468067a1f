import Testing

@testable import History

/// The queue without its thread: time is a number here.
@Suite struct WriterQueueTests {
  private static let second: Int64 = 1_000_000_000
  private static let full = HistoryError(.diskFull, operation: "save session", path: "p")
  private static let busy = HistoryError(.busy, operation: "save session", path: "p")

  private func queue(_ change: (inout SavingLimits) -> Void = { _ in }) -> WriterQueue {
    var limits = SavingLimits()
    change(&limits)
    return WriterQueue(limits: limits)
  }

  private func record(_ events: [StoredEvent], into queue: inout WriterQueue, now: Int64 = 0) -> [Bool] {
    events.map { queue.record($0, now: now) }
  }

  @Test(
    arguments: [
      (nil, 0, 1, .saved(throughSeconds: 0)), (nil, 0, 3, .waiting(sinceNanoseconds: 0, unsaved: 2, reason: nil)),
      (full, 1, 1, .failing(reason: full, sinceNanoseconds: second, unsaved: 2)),
      (full, 1, 90, .failing(reason: full, sinceNanoseconds: second, unsaved: 2)),
      (busy, 1, 2, .waiting(sinceNanoseconds: 0, unsaved: 2, reason: busy)),
      (busy, 1, 10, .waiting(sinceNanoseconds: 0, unsaved: 2, reason: busy)),
      (busy, 1, 11, .failing(reason: busy, sinceNanoseconds: second, unsaved: 2)),
    ] as [(HistoryError?, Int64, Int64, SavingStatus)])
  func `the status says how late saving is, and why`(
    failure: HistoryError?, failedAt: Int64, now: Int64, expected: SavingStatus
  ) {
    var queue = queue()
    _ = record(events(2), into: &queue)
    _ = queue.take()
    if let failure { queue.failed(failure, now: failedAt * Self.second) }
    #expect(queue.status(now: now * Self.second) == expected)
    _ = queue.saved(ended: false)
    #expect(queue.status(now: now * Self.second) == .saved(throughSeconds: 0.1))
  }

  @Test func `a failure counts from its beginning, a wait from its own`() {
    var queue = queue()
    queue.failed(Self.full, now: 1)
    queue.failed(Self.full, now: 2)
    #expect(queue.status(now: 3) == .failing(reason: Self.full, sinceNanoseconds: 1, unsaved: 0))
    queue.failed(Self.busy, now: 4)
    #expect(queue.status(now: 5) == .waiting(sinceNanoseconds: 4, unsaved: 0, reason: Self.busy))
  }

  @Test func `a batch keeps its events and their places until it is saved`() {
    var queue = queue { $0.eventsPerCommit = 3 }
    _ = record(events(5), into: &queue)
    #expect(queue.take().events == events(3))
    _ = record(events(1, from: 5), into: &queue)
    queue.failed(Self.full, now: 0)
    let again = queue.take()
    #expect(again.events == events(3) && again.seq == 0)
    _ = queue.saved(ended: false)
    queue.end(.init(state: .finished, endedSeconds: 1, summary: nil))
    let rest = queue.take()
    #expect(rest.events == events(3, from: 3) && rest.seq == 3 && rest.ending != nil)
    #expect(queue.hasWork)
    _ = queue.saved(ended: true)
    #expect(!queue.hasWork && queue.isFinished)
  }

  @Test func `the end is written with the last batch only`() {
    var queue = queue { $0.eventsPerCommit = 3 }
    _ = record(events(4), into: &queue)
    queue.end(.init(state: .finished, endedSeconds: 1, summary: nil))
    #expect(queue.take().ending == nil)
    _ = queue.saved(ended: false)
    #expect(queue.take().ending != nil)
  }

  @Test func `at the limit new events are refused, old ones kept, and it is said until there is room`() {
    var queue = queue { $0.queuedEvents = 3 }
    #expect(record(events(5), into: &queue) == [true, true, true, false, false])
    #expect(queue.refused == 2)
    guard case .failing(let reason, _, unsaved: 3) = queue.status(now: 0) else {
      Issue.record("\(queue.status(now: 0))")
      return
    }
    #expect(reason.kind == .queueFull)
    #expect(queue.take().events == events(3))
    _ = queue.saved(ended: false)
    #expect(queue.status(now: 0) == .saved(throughSeconds: 0.2))
    #expect(queue.refused == 2)
  }

  @Test func `lines count by their length too`() {
    var queue = queue { $0.queuedBytes = 10_000 }
    let long = StoredEvent(seconds: 0, kind: "note", line: String(repeating: "x", count: 6000))
    #expect(record([long, long, events(1)[0]], into: &queue) == [true, false, true])
    _ = queue.take()
    _ = queue.saved(ended: false)
    #expect(record([long], into: &queue) == [true])
  }

  @Test func `after the end nothing is taken any more`() {
    var queue = queue()
    queue.end(.init(state: .finished, endedSeconds: 1, summary: "first"))
    queue.end(.init(state: .interrupted, endedSeconds: 2, summary: "second"))
    #expect(record(events(1), into: &queue) == [false])
    #expect(queue.ending?.summary == "first")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a time that is no number becomes the last one that was`(seconds: Double) {
    var queue = queue()
    _ = record([events(1, from: 7)[0], StoredEvent(seconds: seconds, kind: "k", line: "l")], into: &queue)
    #expect(queue.take().events.map(\.seconds) == [0.7, 0.7])
  }
}
