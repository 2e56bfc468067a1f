/// Whether a transfer takes too long, and when that will be known.
///
/// A value that is told the time: all of it can be tested without waiting. Times are in nanoseconds.
struct TransferClock {
  /// How far a transfer has come.
  enum Phase: String, Equatable {
    case connect, send, wait, receive
  }

  private let limits: [Phase: Int64]
  /// When the time for everything is over.
  let end: Int64
  private(set) var phase: Phase
  /// When the phase began, or the last byte of it was seen.
  private var since: Int64
  private var uploaded: Int64 = 0

  /// A clock that starts now.
  init(_ patience: HTTPRequest.Patience, now: Int64) {
    let standard = HTTPRequest.Patience()
    let stall = Self.nanoseconds(patience.stallSeconds, or: standard.stallSeconds)
    limits = [
      .connect: Self.nanoseconds(patience.connectSeconds, or: standard.connectSeconds), .send: stall,
      .wait: Self.nanoseconds(patience.firstByteSeconds, or: standard.firstByteSeconds), .receive: stall,
    ]
    end = now + Self.nanoseconds(patience.totalSeconds, or: standard.totalSeconds)
    (phase, since) = (.connect, now)
  }

  private static func nanoseconds(_ seconds: Double, or standard: Double) -> Int64 {
    Int64(min(max(seconds.isNaN ? standard : seconds, 0.01), 86_400) * 1e9)
  }

  /// Milliseconds for a connection.
  var connectMilliseconds: Int { Int(limits[.connect, default: 0] / 1_000_000) }

  /// The next hop begins; the time for everything goes on.
  mutating func restart(now: Int64) { (phase, since, uploaded) = (.connect, now, 0) }

  /// Takes in how far it has come: whether there is a connection, how many bytes of how many are sent.
  mutating func observe(isConnected: Bool, uploaded count: Int64, of total: Int64, now: Int64) {
    guard phase != .receive, isConnected else { return }
    let next: Phase = count < total ? .send : .wait
    guard next != phase || count != uploaded else { return }
    (phase, since, uploaded) = (next, now, count)
  }

  /// Takes in that a byte of the answer came.
  mutating func received(now: Int64) { (phase, since) = (.receive, now) }

  /// When patience ends if nothing happens.
  var deadline: Int64 { min(end, since + limits[phase, default: 0]) }

  /// What went wrong if patience is at an end.
  func overdue(now: Int64) -> NetworkError? {
    guard now >= deadline else { return nil }
    let isStalled = now < end && (phase == .send || phase == .receive)
    return NetworkError(
      isStalled ? .stalled : .timedOut, operation: phase.rawValue, detail: now >= end ? "the time for all of it" : "")
  }

  /// The same for a transfer that waits for its turn: only the time for everything counts.
  func overdueInQueue(now: Int64) -> NetworkError? {
    now >= end ? NetworkError(.timedOut, operation: "wait", detail: "the time for all of it") : nil
  }
}
