import CLinux
import Glibc
import Report
import Synchronization

/// Recordings analysed by as many threads as there are cores, and handed over in the order they were asked for.
///
/// Each thread takes the next recording that nobody has. None runs further ahead than `Limits.batchAhead` of what was
/// handed over, so that a long file in front of a thousand short ones does not fill the memory.
final class Batch: Sendable {
  /// How one recording ended; nil for one that was stopped.
  typealias Outcome = Result<Finished, Failure>?

  private struct State: Sendable {
    var next = 0
    var delivered = 0
    var running = 0
    var outcomes: [Int: Outcome] = [:]
  }

  private let entries: [Result<RecordingPath, Failure>]
  private let analysis: RecordingAnalysis
  private let state = Mutex(State())
  private let isStopped = Atomic<Bool>(false)
  /// Thousandths of recordings done, finished ones included.
  private let progress = Atomic<Int>(0)
  private let finished = rostrum_eventfd()
  private let room = rostrum_eventfd()

  /// Recordings to be analysed alike; an entry that is a failure already is handed over as it is.
  init(_ entries: [Result<RecordingPath, Failure>], _ analysis: RecordingAnalysis) {
    self.entries = entries
    self.analysis = analysis
  }

  deinit {
    if finished >= 0 { close(finished) }
    if room >= 0 { close(room) }
  }

  /// Runs to the end, or until a signal; hands over every recording that was finished, in order.
  ///
  /// Returns the signal that stopped it, 0 without one.
  func run(signals: Int32, show: (_ share: Double) -> Void, deliver: (Int, Result<Finished, Failure>) -> Void)
    throws(Failure) -> Int32
  {
    let cores = max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), Limits.batchThreads, entries.count))
    var started = 0
    for index in 0..<cores where Worker.start("analyze-\(index)", { self.work() }) { started += 1 }
    guard started > 0 else { throw Failure(.io, Messages.noThread) }
    var stoppedBy: Int32 = 0
    var stoppedAt: Int64 = 0
    while true {
      wait(signals)
      let signal = rostrum_signalfd_read(signals)
      if signal != 0, stoppedBy == 0 {
        (stoppedBy, stoppedAt) = (signal, rostrum_monotonic_nanoseconds())
        isStopped.store(true, ordering: .releasing)
        rostrum_eventfd_signal(room)
      }
      let isOver = handOver(deliver, skipsMissing: stoppedBy != 0)
      show(Double(progress.load(ordering: .relaxed)) / Double(1_000 * max(entries.count, 1)))
      if isOver { return stoppedBy }
      // A disk that does not answer must not keep the program from ending.
      if stoppedBy != 0, rostrum_monotonic_nanoseconds() - stoppedAt > 2_000_000_000 { return stoppedBy }
    }
  }

  private func wait(_ signals: Int32) {
    var polled = [
      pollfd(fd: finished, events: Int16(POLLIN), revents: 0), pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&polled, nfds_t(polled.count), 200) > 0 else { return }
    if polled[0].revents != 0 { rostrum_eventfd_drain(finished) }
  }

  /// Hands over what is next in order; true once nothing can come any more.
  private func handOver(_ deliver: (Int, Result<Finished, Failure>) -> Void, skipsMissing: Bool) -> Bool {
    while true {
      let (index, outcome, isIdle) = state.withLock { state in
        // A copy of the outcome would keep its contours alive: it leaves the table.
        (state.delivered, state.outcomes.removeValue(forKey: state.delivered), state.running == 0)
      }
      guard index < entries.count else { return true }
      guard let outcome else {
        guard skipsMissing, isIdle else { return false }
        state.withLock { $0.delivered += 1 }
        continue
      }
      if let outcome { deliver(index, outcome) }
      state.withLock { $0.delivered += 1 }
      rostrum_eventfd_signal(room)
    }
  }

  private func work() {
    while let index = take() {
      let outcome = outcome(of: entries[index])
      state.withLock { state in
        state.outcomes.updateValue(outcome, forKey: index)
        state.running -= 1
      }
      rostrum_eventfd_signal(finished)
    }
    rostrum_eventfd_signal(finished)
  }

  /// The next recording that nobody has, once there is room; nil when there is none, or all was stopped.
  private func take() -> Int? {
    while !isStopped.load(ordering: .acquiring) {
      let (index, isFar) = state.withLock { state -> (Int?, Bool) in
        guard state.next < entries.count else { return (nil, false) }
        guard state.next < state.delivered + Limits.batchAhead else { return (nil, true) }
        state.next += 1
        state.running += 1
        return (state.next - 1, false)
      }
      guard isFar else { return index }
      var polled = pollfd(fd: room, events: Int16(POLLIN), revents: 0)
      if poll(&polled, 1, 200) > 0 { rostrum_eventfd_drain(room) }
    }
    return nil
  }

  private func outcome(of entry: Result<RecordingPath, Failure>) -> Outcome {
    var told = 0
    func tell(_ thousandths: Int) {
      guard thousandths > told else { return }
      progress.add(thousandths - told, ordering: .relaxed)
      told = thousandths
    }
    defer { tell(1_000) }
    switch entry {
    case .failure(let failure): return .failure(failure)
    case .success(let path):
      do throws(Failure) {
        let finished = try analysis.run(path) { share in
          tell(Int(share * 1_000))
          return !isStopped.load(ordering: .relaxed)
        }
        return finished.map { .success($0) }
      } catch { return .failure(error) }
    }
  }
}
