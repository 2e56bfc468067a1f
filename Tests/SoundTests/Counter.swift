import Synchronization

/// A number that threads share.
final class Counter: Sendable {
  private let value = Mutex(0)

  /// Adds `amount` and returns what it was before.
  @discardableResult func take(_ amount: Int = 1) -> Int {
    value.withLock { value in
      defer { value += amount }
      return value
    }
  }
}
