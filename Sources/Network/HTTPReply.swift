import CLinux
import Glibc
import Synchronization

/// A whole answer.
package struct HTTPReply: Equatable, Sendable {
  package let status: Int
  package let headers: [HTTPHeader]
  package let body: [UInt8]

  /// An answer, put together.
  package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Seconds that a server asks to be left alone for (`Retry-After` as a number, 0 to 3600); nil where it does not.
  package var retryAfterSeconds: Double? { Self.retryAfterSeconds(in: headers) }

  /// The same for headers that came by themselves. A date is not looked at: clocks differ.
  package static func retryAfterSeconds(in headers: [HTTPHeader]) -> Double? {
    guard let value = headers["retry-after"].flatMap({ Double($0) }), value >= 0 else { return nil }
    return min(value, 3_600)
  }
}

extension HTTPClient {
  /// Milliseconds after which `isCancelled` is asked again.
  private static let askAgainMilliseconds: Int32 = 25

  /// Sends `request` and waits for the whole answer: for threads that have nothing else to do.
  ///
  /// It must not be called from within a `tell` of the same client, which would wait for itself.
  ///
  /// - Parameter isCancelled: Asked forty times a second; once it is true, the answer is `.cancelled`.
  package func fetch(
    _ request: HTTPRequest, isCancelled: () -> Bool = { false }
  ) -> Result<HTTPReply, NetworkError> {
    let gathering = Gathering()
    guard gathering.isReady else { return .failure(NetworkError(.failed, operation: "eventfd", code: errno)) }
    let transfer = send(request) { gathering.take($0) }
    while true {
      if let result = gathering.result { return result }
      if isCancelled() { transfer.cancel() }
      gathering.wait(milliseconds: Self.askAgainMilliseconds)
    }
  }
}

/// An answer that is being put together on one thread and waited for on another.
private final class Gathering: Sendable {
  private struct Held {
    var status = 0
    var headers: [HTTPHeader] = []
    var body: [UInt8] = []
    var result: Result<HTTPReply, NetworkError>?
  }

  private let held = Mutex(Held())
  private let over = rostrum_eventfd()

  deinit { close(over) }

  var isReady: Bool { over >= 0 }

  var result: Result<HTTPReply, NetworkError>? { held.withLock { $0.result } }

  func take(_ news: HTTPNews) {
    held.withLock { held in
      switch news {
      case .head(let status, let headers): (held.status, held.headers) = (status, headers)
      case .bytes(let bytes): held.body += bytes
      case .done: held.result = .success(HTTPReply(status: held.status, headers: held.headers, body: held.body))
      case .failed(let error): held.result = .failure(error)
      }
    }
    if result != nil { rostrum_eventfd_signal(over) }
  }

  func wait(milliseconds: Int32) {
    var entry = pollfd(fd: over, events: Int16(POLLIN), revents: 0)
    _ = poll(&entry, 1, milliseconds)
  }
}
