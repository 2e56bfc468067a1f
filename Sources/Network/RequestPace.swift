/// How many requests were made in the last minute, so that a mistake in a loop costs nobody money.
struct RequestPace {
  static let windowNanoseconds: Int64 = 60_000_000_000

  let perMinute: Int
  private var times: [Int64] = []

  init(perMinute: Int) { self.perMinute = max(0, perMinute) }

  /// Counts a request at `now` in nanoseconds; false where it is one too many, which is not counted.
  mutating func take(at now: Int64) -> Bool {
    times.removeAll { now - $0 >= Self.windowNanoseconds }
    guard times.count < perMinute else { return false }
    times.append(now)
    return true
  }
}
