/// How much of a line may be read now: a bucket that fills with time, and may be overdrawn by one reading.
///
/// What a learner sends faster than it fills stays in the socket, where it holds up that learner alone.
struct WatchBudget: Equatable {
  private let perSecond: Double
  private let atOnce: Double
  private let bytesAnEvent: Double
  private var left: Double
  private var filled: Double

  /// A full bucket, at second `now` of a clock that only goes forward.
  init(_ limits: WatchLimits, now: Double) {
    (perSecond, atOnce, bytesAnEvent) = (limits.eventsPerSecond, limits.eventsAtOnce, limits.bytesAnEvent)
    (left, filled) = (limits.eventsAtOnce, now)
  }

  /// Takes a line of `bytes` with so many events; a line without any counts as one.
  mutating func take(events: Int, bytes: Int) {
    left -= Double(max(events, 1)) + Double(bytes) / bytesAnEvent
  }

  /// Seconds until more may be read, from second `now` on; 0 where that is at once.
  mutating func wait(now: Double) -> Double {
    left = min(atOnce, left + max(now - filled, 0) * perSecond)
    filled = now
    return left > 0 ? 0 : (1 - left) / perSecond
  }
}
