import NIOCore
import Practice

/// A session's events as those see them who have some shares: numbered from 0, written once for all of them.
///
/// New events are gathered and sealed together into a batch, whose bytes every watcher gets that is at its beginning; who
/// is further behind gets the past, packed. The number of an event is its place here, and the same at every time, for
/// what is shown is a pure table.
struct SharedStream {
  let shares: Shares
  private let limits: AudienceLimits
  private var events: [SessionEvent] = []
  /// Events that are in a batch or before all of them, and so may be sent.
  private(set) var sealed = 0
  /// Lines of the events behind `sealed`.
  private var open = ByteBuffer()
  private var batches: [Batch] = []
  private var batchBytes = 0
  /// The whole packs of the past that were needed, by their first event.
  private var packs: [Int: ByteBuffer] = [:]
  /// Events that were there at the beginning, and of each later one the bytes of all later lines up to its end.
  private let pastCount: Int
  private var totals: [Int] = []

  /// Lines of events that go out together.
  private struct Batch {
    var first: Int
    var end: Int
    var lines: ByteBuffer
  }

  init(_ shares: Shares, _ past: [SessionEvent], limits: AudienceLimits) {
    (self.shares, self.limits) = (shares, limits)
    for event in past where SharedEvents.line(of: event, to: shares) != nil {
      if let shown = SharedEvents.shown(event, to: shares) { events.append(shown) }
    }
    (sealed, pastCount) = (events.count, events.count)
  }

  /// Takes the next event, where it is one to be seen.
  mutating func append(_ event: SessionEvent) {
    guard let shown = SharedEvents.shown(event, to: shares) else { return }
    let line = EventLine.text(of: shown)
    guard line.utf8.count <= EventLine.byteLimit else { return }
    events.append(shown)
    totals.append((totals.last ?? 0) + open.writeString(line) + open.writeInteger(UInt8(ascii: "\n")))
  }

  /// Lets what was gathered go out.
  mutating func seal() {
    guard sealed < events.count else { return }
    batches.append(Batch(first: sealed, end: events.count, lines: open))
    batchBytes += open.readableBytes
    (sealed, open) = (events.count, ByteBuffer())
    // Whoever is behind what is thrown away gets packs.
    while batchBytes > limits.firstMark, batches.count > 1 { batchBytes -= batches.removeFirst().lines.readableBytes }
  }

  /// Bytes of the sealed lines from event `next` on; of the past that was there at the beginning nothing counts.
  func bytesBehind(_ next: Int) -> Int {
    guard next < sealed, sealed > pastCount else { return 0 }
    return totals[sealed - pastCount - 1] - (next > pastCount ? totals[next - pastCount - 1] : 0)
  }

  /// Lines from event `next` on, and how many events they hold: a batch, a pack of the past, or, where `packed` is
  /// false, as many lines. Nil at the live end.
  mutating func lines(from next: Int, packed: Bool) -> (lines: ByteBuffer, count: Int)? {
    guard next < sealed else { return nil }
    if let place = batches.lastIndex(where: { $0.first <= next }), batches[place].first == next {
      return (batches[place].lines, batches[place].end - next)
    }
    // Up to the next whole pack, or to the next batch.
    var end = min((next / limits.pastEvents + 1) * limits.pastEvents, sealed)
    if let batch = batches.first(where: { $0.first > next }) { end = min(end, batch.first) }
    let isWhole = packed && next % limits.pastEvents == 0 && end - next == limits.pastEvents
    if isWhole, let pack = packs[next] { return (pack, end - next) }
    var lines = ByteBuffer()
    let texts = packed ? EventPack.lines(of: Array(events[next..<end])) : events[next..<end].map(EventLine.text)
    for text in texts {
      lines.writeString(text)
      lines.writeInteger(UInt8(ascii: "\n"))
    }
    if isWhole { packs[next] = lines }
    return (lines, end - next)
  }
}
