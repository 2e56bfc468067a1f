import CLinux
import Glibc
import Practice
package import Sound
package import SpeechSignals
import Synchronization

/// The thread that turns sound into events.
///
/// It reads the ring with its own cursor, runs the analyzer and leaves what it finds in the mailbox. When the speaker
/// changes microphones it goes on with the next one: the same analyzer, the same time line, the missing time a gap.
package final class Analyst: Sendable {
  /// The readers still to be listened to. `SampleReader` is used by one thread at a time: it is handed over here.
  private struct Queue: ~Copyable {
    // SAFETY: a reader is put in by the main thread, which keeps no reference, and taken out once by the analyst.
    nonisolated(unsafe) var readers: [SampleReader] = []
  }

  private let queue = Mutex(Queue())
  private let mailbox: Mailbox
  private let settings: AnalyzerSettings
  private let tellsContours: Bool

  /// Makes an analyst that will leave its findings in `mailbox`; with `tellsContours` level and pitch in steps of 50 ms
  /// too, a second at a time, for drills that need them.
  package init(mailbox: Mailbox, settings: AnalyzerSettings, tellsContours: Bool = false) {
    self.mailbox = mailbox
    self.settings = settings
    self.tellsContours = tellsContours
  }

  /// Listens to `capture` once what came before it has ended. Call before the capture starts.
  package func listen(to capture: Capture) {
    let reader = capture.makeReader()
    queue.withLock { $0.readers.append(reader) }
  }

  /// Starts the thread; it ends by itself after the last capture has, with a last post. Throws where there is none.
  package func start() throws(Failure) {
    guard Worker.start("analyst", { self.run() }) else { throw Failure(.io, Messages.noThread) }
  }

  private func run() {
    var hearing = Hearing(settings: settings, tellsContours: tellsContours)
    var endedAt: Int64?
    while let reader = queue.withLock({ $0.readers.isEmpty ? nil : $0.readers.removeFirst() }) {
      hearing.listen(to: reader, lostSince: endedAt) { events, reading in mailbox.put(events, reading: reading) }
      endedAt = rostrum_monotonic_nanoseconds()
    }
    mailbox.put(hearing.finish(), isLast: true)
  }
}

/// The analyzer at work on one time line of sound.
private struct Hearing: ~Copyable {
  private var analyzer: Analyzer
  private var results = Results()
  private var seconds = 0.0
  /// Nil where nobody asks for contours.
  private var contours: ContourTeller?

  init(settings: AnalyzerSettings, tellsContours: Bool) {
    analyzer = Analyzer(settings: settings, reviewsPitch: true)
    contours = tellsContours ? ContourTeller() : nil
  }

  /// Hears `reader` out; `tell` gets events in order and the latest reading.
  mutating func listen(to reader: SampleReader, lostSince: Int64?, tell: ([SessionEvent], Reading?) -> Void) {
    let start = seconds
    var lostSince = lostSince
    let format = OriginalFormat(rate: reader.rate, channels: 1)
    // At rates beyond those of a format, loudness and clipping are measured at 16 kHz.
    if format.rate == reader.rate { analyzer.expect(original: format) }
    var buffer: [Float] = []
    buffer.reserveCapacity(4_096)
    while true {
      switch reader.next(timeoutMilliseconds: 200, into: &buffer) {
      case .samples:
        if let since = lostSince {
          let lost = Double(rostrum_monotonic_nanoseconds() - since) / 1e9
          tell(skip(lost, cause: "changed"), nil)
          lostSince = nil
        }
        analyzer.hear(original: reader.original.span)
        analyzer.process(buffer.span, into: &results)
        var reading = results.readings.last
        for missed in results.readings { reading?.show(missed) }
        seconds = reading?.seconds ?? seconds
        tell(takeEvents(), reading)
      case .gap(let lost, let cause): tell(skip(lost, cause: cause.name), nil)
      case .nothing: continue
      case .ended:
        if let odd = reader.oddSamples { tell([note(odd, since: start)], nil) }
        return
      }
    }
  }

  /// That samples were no numbers, once all of them are known.
  private func note(_ odd: OddSamples, since start: Double) -> SessionEvent {
    SessionEvent(at: seconds, .note(Messages.oddSamples(odd.count, start + odd.firstSeconds)))
  }

  /// Decides what is still open, and the pitch of all of it once more.
  mutating func finish() -> [SessionEvent] {
    analyzer.finish(into: &results)
    let events = takeEvents(isEnd: true)
    let at = max(seconds, events.last?.seconds ?? 0)
    guard at > 0, let pitch = ReviewedPitch(analyzer) else { return events }
    return events + [SessionEvent(at: at, .reviewed(pitch))]
  }

  private mutating func skip(_ lost: Double, cause: String) -> [SessionEvent] {
    let lost = min(lost, Double(Analyzer.longestGapSeconds))
    analyzer.skip(seconds: lost, into: &results)
    seconds = results.readings.last?.seconds ?? (seconds + lost)
    let events = takeEvents(isEnd: true)
    let at = max(seconds, events.last?.seconds ?? 0)
    return events + [SessionEvent(at: at, .gap(Gap(lostSeconds: lost.rounded(places: 3), cause: cause)))]
  }

  /// What was found and the contours of it, in the order of time; with `isEnd` that of an unfinished second too.
  private mutating func takeEvents(isEnd: Bool = false) -> [SessionEvent] {
    let found = results.found.compactMap { SessionEvent($0) }
    var told: [SessionEvent] = []
    contours?.add(results.readings, into: &told)
    if isEnd { contours?.close(into: &told) }
    results.removeAll()
    return ContourTeller.merged(told, with: found)
  }
}

extension GapCause {
  /// The name kept in a `gap` event.
  package var name: String {
    switch self {
    case .overrun: "overrun"
    case .suspended: "suspended"
    case .vanished: "vanished"
    case .stalled: "stalled"
    case .readerBehind: "behind"
    }
  }
}
