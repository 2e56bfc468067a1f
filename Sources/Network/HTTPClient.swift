import CLinux
import Synchronization

/// Sends requests over HTTP and tells what comes of them, on a thread of its own.
///
/// The thread, named "network", starts with the first request that is let through, and ends with the client, which
/// cancels what is still under way. A client that is offline opens no socket and starts no thread. Proxies are those of
/// the usual variables (`https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`), but this machine is asked directly;
/// there are no cookies, no passwords from `.netrc`, no compression, and nothing is logged.
package final class HTTPClient: Sendable {
  /// Requests that are under way or wait for it at once; one more is refused.
  package static let openLimit = 40

  private let isOffline: Bool
  private let core: ClientCore

  /// A client; where `isOffline`, every request is refused with `.offline`.
  package init(isOffline: Bool = false, requestsPerMinute: Int = 100) {
    self.isOffline = isOffline
    core = ClientCore(pace: RequestPace(perMinute: requestsPerMinute))
  }

  deinit { core.close() }

  /// Sends `request` and never blocks.
  ///
  /// `tell` is called in order on the network thread, and holds up all transfers while it runs; where the request is
  /// refused it is called before this returns, once, with `.failed`. Exactly one `.done` or `.failed` comes, as the
  /// last; it may send and cancel.
  @discardableResult
  package func send(_ request: HTTPRequest, tell: @escaping @Sendable (HTTPNews) -> Void) -> HTTPTransfer {
    switch admitted(request) {
    case .failure(let refusal):
      tell(.failed(refusal))
      return HTTPTransfer(id: 0, core: core)
    case .success(let hop):
      return HTTPTransfer(id: core.submit(request, hop, tell), core: core)
    }
  }

  private func admitted(_ request: HTTPRequest) -> Result<Hop, NetworkError> {
    func refused(_ kind: NetworkError.Kind, _ detail: String = "") -> Result<Hop, NetworkError> {
      .failure(NetworkError(kind, operation: "check", detail: detail))
    }
    if isOffline { return refused(.offline) }
    guard let address = HTTPAddress(request.url) else { return refused(.badAddress) }
    if let refusal = address.refusal(by: request.trust) { return .failure(refusal) }
    guard request.hasPlainHead else { return refused(.failed, "a header or method that is none") }
    return .success(Hop(to: address, method: request.method))
  }

  /// Whether the network thread was started.
  var hasThread: Bool { core.hasThread }
}

/// A request that is under way.
package struct HTTPTransfer: Sendable {
  let id: Int
  let core: ClientCore

  /// Ends it with `.failed(.cancelled)`, told on the network thread within 100 ms; nothing happens where it is over.
  package func cancel() { core.cancel(id) }
}

extension HTTPRequest {
  /// Whether method and headers can be said in a head without becoming another one: no line breaks, names of letters.
  var hasPlainHead: Bool {
    func isToken(_ text: String) -> Bool {
      !text.isEmpty
        && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains($0) }
    }
    let types: [String] =
      switch body {
      case .none: []
      case .bytes(_, let type): [type]
      case .form(let parts): parts.flatMap { [$0.name, $0.fileName ?? "", $0.type ?? ""] }
      }
    let values = (headers + (secret.map { [$0] } ?? [])).map(\.value) + types
    return isToken(method) && (headers + (secret.map { [$0] } ?? [])).allSatisfy { isToken($0.name) }
      && values.allSatisfy { $0.utf8.allSatisfy { ($0 >= 0x20 || $0 == 9) && $0 != 0x7F } }
  }
}
