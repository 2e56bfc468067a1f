import CCurl
import CLinux
import Glibc
import Synchronization

/// What a client shares with its thread: requests on their way in, and how to wake it.
final class ClientCore: Sendable {
  /// A request that the thread has not seen.
  struct Arrival: Sendable {
    let id: Int
    let request: HTTPRequest
    let hop: Hop
    let clock: TransferClock
    let tell: @Sendable (HTTPNews) -> Void
  }

  /// What the thread has to do next.
  struct Work: Sendable {
    var arrivals: [Arrival] = []
    var cancelled: [Int] = []
    var isClosing = false
  }

  /// Wakes a thread that waits for its transfers.
  // SAFETY: libcurl lets any thread call `curl_multi_wakeup`, and only that, as long as the handle lives; it is taken
  // out under the lock before it is given back.
  private struct Waker: @unchecked Sendable {
    let multi: UnsafeMutableRawPointer
  }

  private struct Held {
    var pace: RequestPace
    var work = Work()
    var open = 0
    var lastID = 0
    var hasThread = false
    var waker: Waker?
  }

  private let held: Mutex<Held>

  /// Nothing was asked yet.
  init(pace: RequestPace) { held = Mutex(Held(pace: pace)) }

  /// libcurl's own beginning, once in a process; false where it failed.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  var hasThread: Bool { held.withLock { $0.hasThread } }

  /// Hands a request to the thread, which is started if need be, or refuses it; returns its number.
  func submit(_ request: HTTPRequest, _ hop: Hop, _ tell: @escaping @Sendable (HTTPNews) -> Void) -> Int {
    let now = rostrum_monotonic_nanoseconds()
    let clock = TransferClock(request.patience, now: now)
    let taken: Result<(id: Int, startsThread: Bool), NetworkError> = held.withLock { held in
      guard held.open < HTTPClient.openLimit else { return .failure(.tooMany("\(held.open) requests are open")) }
      guard held.pace.take(at: now) else { return .failure(.tooMany("\(held.pace.perMinute) requests a minute")) }
      held.lastID += 1
      held.open += 1
      held.work.arrivals.append(Arrival(id: held.lastID, request: request, hop: hop, clock: clock, tell: tell))
      defer { held.hasThread = true }
      return .success((held.lastID, !held.hasThread))
    }
    switch taken {
    case .failure(let refusal):
      tell(.failed(refusal))
      return 0
    case .success(let taken):
      if taken.startsThread { startThread() } else { wake() }
      return taken.id
    }
  }

  /// Counts another request that a redirect asks for; false where it is one too many.
  func takeTurn() -> Bool {
    let now = rostrum_monotonic_nanoseconds()
    return held.withLock { $0.pace.take(at: now) }
  }

  /// Asks the thread to end a transfer.
  func cancel(_ id: Int) {
    guard id > 0 else { return }
    held.withLock { held in
      if held.open > 0 { held.work.cancelled.append(id) }
    }
    wake()
  }

  /// Asks the thread to end all transfers and itself.
  func close() {
    held.withLock { $0.work.isClosing = true }
    wake()
  }

  /// All that is to be done, taken away.
  func take() -> Work {
    held.withLock { held in
      defer {
        held.work.arrivals = []
        held.work.cancelled = []
      }
      return held.work
    }
  }

  /// A transfer is over.
  func ended() { held.withLock { $0.open -= 1 } }

  /// Lets others wake what waits in `multi`, or nobody any more.
  func setWaker(_ multi: UnsafeMutableRawPointer?) {
    // SAFETY: see `Waker`.
    let waker = multi.map { Waker(multi: $0) }
    held.withLock { $0.waker = waker }
  }

  private func wake() {
    held.withLock { held in
      if let waker = held.waker { curl_multi_wakeup(waker.multi) }
    }
  }

  private func startThread() {
    var code = ENOSYS
    if Self.isReady {
      // SAFETY: the thread takes over the one reference, or it is released below where there is no thread.
      let box = Unmanaged.passRetained(self)
      code = rostrum_thread_start(
        "network",
        { argument in
          guard let argument else { return }
          // SAFETY: the reference that was handed over above.
          let core = Unmanaged<ClientCore>.fromOpaque(argument).takeRetainedValue()
          Exchange(core).run()
        }, box.toOpaque())
      if code != 0 { box.release() }
    }
    guard code != 0 else { return }
    let lost = held.withLock { held in
      held.hasThread = false
      held.open = 0
      defer { held.work = Work() }
      return held.work.arrivals
    }
    for arrival in lost { arrival.tell(.failed(NetworkError(.failed, operation: "start", code: code))) }
  }
}

extension NetworkError {
  /// One request too many.
  static func tooMany(_ detail: String) -> NetworkError { NetworkError(.tooMany, operation: "check", detail: detail) }
}
