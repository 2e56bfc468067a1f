import Audience
import Practice

/// Which events of a watch are new: what is told a second time after the line broke is passed over.
struct WatchCount: Equatable {
  private var welcome: Welcome?
  private var next: Int?

  /// Takes in a welcome; true where all is told anew, for it is another session, or other things of it are shared.
  mutating func isAnew(_ welcome: Welcome) -> Bool {
    defer { self.welcome = welcome }
    guard let before = self.welcome, before.session == welcome.session, before.shares == welcome.shares else {
      next = nil
      return true
    }
    return false
  }

  /// The events that are new, and whether they begin elsewhere than where the last ended.
  mutating func new(_ events: [SessionEvent], first: Int) -> (events: ArraySlice<SessionEvent>, isElsewhere: Bool) {
    let known = min(next.map { max($0 - first, 0) } ?? 0, events.count)
    let isElsewhere = next.map { first + known != $0 } ?? true
    next = max(next ?? first, first + events.count)
    return (events.dropFirst(known), isElsewhere)
  }
}
