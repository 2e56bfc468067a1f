import Practice
import Synchronization

/// What the learner's side has told and the thread "audience" has not taken yet. Whoever tells never waits for more than
/// another's appending.
final class HubQueue: Sendable {
  /// What is kept in order.
  enum Item: Sendable {
    case event(SessionEvent)
    case sound(seconds: Double, [Int16])
    case decision(Int, HubDecision, hears: Bool)
    case answer(Int, number: Int, Remark.Answer)
    case dismissal(Int)
    case hearing(Int, Bool)
    case revocation(String)
    case closing(Farewell)
  }

  private struct Held {
    var items: [Item] = []
    var glance: Glance?
    var presence: Presence?
  }

  private let held = Mutex(Held())
  /// How many hear the microphone: where nobody does, no sound is handed over.
  let hearers = Atomic(0)

  /// Puts an item behind the others; whether the thread has to be woken.
  func put(_ item: Item) -> Bool {
    held.withLock { held in
      held.items.append(item)
      return held.items.count == 1
    }
  }

  /// Everything there is, in order.
  func takeAll() -> [Item] { held.withLock { held in exchange(&held.items, []) } }

  /// The latest wins.
  func put(glance: Glance) { held.withLock { $0.glance = glance } }
  func put(presence: Presence) { held.withLock { $0.presence = presence } }

  /// A presence that was not taken yet, and a reading, where one is wanted.
  func latest(withGlance wantsGlance: Bool) -> (glance: Glance?, presence: Presence?) {
    held.withLock { held in
      (wantsGlance ? exchange(&held.glance, nil) : nil, exchange(&held.presence, nil))
    }
  }
}

private func exchange<Value>(_ place: inout Value, _ value: Value) -> Value {
  defer { place = value }
  return place
}
