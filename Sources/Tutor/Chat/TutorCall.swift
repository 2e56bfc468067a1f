import CLinux
package import Network
import Synchronization

/// One question to a list of endpoints, from the first request to the last word.
///
/// `CallState` decides; this carries it out: requests go to an `HTTPClient`, what comes of them is told by a closure, one
/// after the other and never from two threads at once, on whichever thread brings it: the network's, or the one that
/// starts or cancels. Whoever listens may call `cancel` from there. It never waits for anything.
package final class TutorCall: Sendable {
  private struct Inside {
    var state: CallState
    /// What is to be done, in order.
    var queue: [CallState.Action] = []
    /// Whether a thread is doing it.
    var isWorking = false
    var transfer: HTTPTransfer?
    /// The attempt that `transfer` belongs to.
    var transferOf = 0
    /// Attempts up to this one are not wanted any more.
    var droppedUpTo = 0
  }

  private let client: HTTPClient
  private let tell: @Sendable (CallNews) -> Void
  private let inside: Mutex<Inside>

  /// Makes a call that has not begun.
  /// - Parameters:
  ///   - endpoints: in the order they are asked; those for other uses than chat are passed over.
  ///   - keys: the key for an endpoint, nil where it needs none; asked when its turn comes.
  ///   - tell: is told what happens; ends with one `finished` or `failed`.
  package init(
    client: HTTPClient, endpoints: [ChatEndpoint], messages: [ChatMessage], settings: ChatSettings = ChatSettings(),
    keys: @escaping @Sendable (ChatEndpoint.Key) -> Result<String?, KeyProblem>,
    tell: @escaping @Sendable (CallNews) -> Void
  ) {
    self.client = client
    self.tell = tell
    inside = Mutex(
      Inside(state: CallState(endpoints: endpoints, messages: messages, settings: settings, keys: keys)))
  }

  /// Asks the first endpoint. Does nothing the second time.
  package func start() { take(.began(at: Self.now)) }

  /// Stops whatever is under way; `failed` with a last problem `cancelled` is told, unless the call had ended.
  package func cancel() { take(.cancelled(at: Self.now)) }

  private static var now: Double { Double(rostrum_monotonic_nanoseconds()) / 1e9 }

  private func take(_ input: CallState.Input) {
    let (isWorking, dropped) = inside.withLock { inside -> (Bool, HTTPTransfer?) in
      let actions = inside.state.step(input)
      inside.queue += actions
      // A transfer is stopped at once, even while another thread is telling.
      for case .drop(let attempt) in actions { inside.droppedUpTo = max(inside.droppedUpTo, attempt) }
      let dropped = inside.transferOf <= inside.droppedUpTo ? inside.transfer : nil
      if dropped != nil { inside.transfer = nil }
      defer { inside.isWorking = true }
      return (inside.isWorking, dropped)
    }
    dropped?.cancel()
    if !isWorking { work() }
  }

  /// Does what is queued, until nothing is.
  private func work() {
    while true {
      let action = inside.withLock { inside -> CallState.Action? in
        if inside.queue.isEmpty {
          inside.isWorking = false
          return nil
        }
        return inside.queue.removeFirst()
      }
      switch action {
      case .tell(let news): tell(news)
      case .send(let request, let attempt): send(request, attempt)
      case .rest(let seconds, let attempt):
        Alarm.ring(afterSeconds: seconds) { self.take(.waited(attempt: attempt, at: Self.now)) }
      case .watch(let seconds, let attempt):
        // The transfer keeps the call; when that is over, nobody has to be told.
        Alarm.ring(afterSeconds: seconds) { [weak self] in self?.take(.waited(attempt: attempt, at: Self.now)) }
      case .drop: break
      case nil: return
      }
    }
  }

  private func send(_ request: HTTPRequest, _ attempt: Int) {
    guard inside.withLock({ $0.droppedUpTo < attempt }) else { return }
    let transfer = client.send(request) { news in
      self.take(.news(news, attempt: attempt, at: Self.now))
    }
    let isUnwanted = inside.withLock { inside in
      if inside.droppedUpTo >= attempt { return true }
      (inside.transfer, inside.transferOf) = (transfer, attempt)
      return false
    }
    if isUnwanted { transfer.cancel() }
  }
}
