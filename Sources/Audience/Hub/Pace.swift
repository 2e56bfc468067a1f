/// How often something may be done: so many at once, and so many a second from then on. Time is passed in.
struct Pace: Equatable, Sendable {
  private var left: Double
  private var at: Double
  private let burst: Double
  private let perSecond: Double

  /// Allows `count` in `seconds`, all of them at once to begin with.
  init(_ count: Int, in seconds: Double, at now: Double) {
    (burst, perSecond) = (Double(count), Double(count) / seconds)
    (left, at) = (burst, now)
  }

  /// Whether one more may be done; it is not counted.
  func allows(at now: Double) -> Bool { filled(at: now) >= 1 }

  /// Counts one more; false, and nothing is counted, where that is too many.
  mutating func take(at now: Double) -> Bool {
    (left, at) = (filled(at: now), max(at, now))
    guard left >= 1 else { return false }
    left -= 1
    return true
  }

  private func filled(at now: Double) -> Double { min(burst, left + max(0, now - at) * perSecond) }
}
