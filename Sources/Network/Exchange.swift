import CCurl
import CLinux

/// The work of the network thread: libcurl's multi interface, all transfers at once, nothing but waiting in between.
final class Exchange {
  /// Transfers that go on at once; the others wait for their turn.
  static let workLimit = 8
  private static let idleMilliseconds: Int32 = 60_000
  /// How long it rests where libcurl cannot wait: then it is out of memory or descriptors.
  private static let restNanoseconds: Int64 = 20_000_000

  private let core: ClientCore
  private var multi: UnsafeMutableRawPointer?
  private var waiting: [ClientCore.Arrival] = []
  private var working: [Transfer] = []

  init(_ core: ClientCore) { self.core = core }

  /// Works until the client is gone.
  func run() {
    multi = curl_multi_init()
    core.setWaker(multi)
    while true {
      let work = core.take()
      waiting += work.arrivals
      for id in work.cancelled { cancel(id) }
      if work.isClosing { break }
      guard let multi else {
        endAll(NetworkError(.failed, operation: "start"))
        rostrum_sleep_nanoseconds(Self.restNanoseconds)
        continue
      }
      start()
      step(multi)
    }
    endAll(NetworkError(.cancelled, operation: "close"))
    core.setWaker(nil)
    if let multi { curl_multi_cleanup(multi) }
  }

  /// Lets bytes flow, ends what is over or takes too long, and waits for more.
  private func step(_ multi: UnsafeMutableRawPointer) {
    var running: Int32 = 0
    let code = curl_multi_perform(multi, &running)
    if code != CURLM_OK { endAll(NetworkError(.failed, operation: "receive", code: code.rawValue)) }
    var result = CURLE_OK
    while let easy = rostrum_curl_next_finished(multi, &result) {
      if let transfer = working.first(where: { $0.easy == easy }) { settle(transfer, result) }
    }
    let now = rostrum_monotonic_nanoseconds()
    for transfer in working { if let overdue = transfer.overdue(now: now) { end(transfer, .failed(overdue)) } }
    for arrival in waiting { if let overdue = arrival.clock.overdueInQueue(now: now) { drop(arrival, overdue) } }
    guard waiting.isEmpty || working.count >= Self.workLimit else { return }
    let deadlines = working.map(\.deadline) + waiting.map(\.clock.end)
    let left = deadlines.min().map { Int32(clamping: ($0 - now) / 1_000_000 + 1) } ?? Self.idleMilliseconds
    let waited = curl_multi_poll(multi, nil, 0, max(0, min(left, Self.idleMilliseconds)), nil)
    if waited != CURLM_OK { rostrum_sleep_nanoseconds(Self.restNanoseconds) }
  }

  private func start() {
    while working.count < Self.workLimit, !waiting.isEmpty {
      let transfer = Transfer(waiting.removeFirst())
      working.append(transfer)
      begin(transfer)
    }
  }

  private func begin(_ transfer: Transfer) {
    let code = transfer.open(now: rostrum_monotonic_nanoseconds())
    guard code == CURLE_OK, let easy = transfer.easy, curl_multi_add_handle(multi, easy) == CURLM_OK else {
      return end(transfer, .failed(transfer.error(code)))
    }
  }

  /// A request was answered: the answer is complete, refused, or names another place to ask.
  private func settle(_ transfer: Transfer, _ code: CURLcode) {
    switch transfer.outcome(code) {
    case .done: end(transfer, .done)
    case .failed(let error): end(transfer, .failed(error))
    case .redirected(let hop):
      guard core.takeTurn() else { return end(transfer, .failed(.tooMany("redirects"))) }
      close(transfer)
      transfer.hop = hop
      begin(transfer)
    }
  }

  private func cancel(_ id: Int) {
    let error = NetworkError(.cancelled, operation: "cancel")
    if let transfer = working.first(where: { $0.id == id }) { end(transfer, .failed(error)) }
    if let arrival = waiting.first(where: { $0.id == id }) { drop(arrival, error) }
  }

  private func endAll(_ error: NetworkError) {
    for transfer in working { end(transfer, .failed(error)) }
    for arrival in waiting { drop(arrival, error) }
  }

  private func drop(_ arrival: ClientCore.Arrival, _ error: NetworkError) {
    waiting.removeAll { $0.id == arrival.id }
    core.ended()
    arrival.tell(.failed(error))
  }

  private func end(_ transfer: Transfer, _ news: HTTPNews) {
    close(transfer)
    working.removeAll { $0 === transfer }
    core.ended()
    transfer.tell(news)
  }

  private func close(_ transfer: Transfer) {
    if let easy = transfer.easy { curl_multi_remove_handle(multi, easy) }
    transfer.close()
  }
}
