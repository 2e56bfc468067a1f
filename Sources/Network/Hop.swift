/// One of the requests that a request takes: the first, or the one that a redirect asked for.
///
/// Redirects are followed here and not by libcurl, because that keeps back a password it knows and sends on a key in a
/// header of another name.
struct Hop: Equatable {
  /// Redirects that are followed.
  static let limit = 3
  /// Headers that another host is told too.
  private static let harmless: Set<String> = ["accept", "content-type"]

  private(set) var address: HTTPAddress
  private(set) var method: String
  private(set) var carriesBody = true
  /// Whether it still goes to the host that the key is for; once left, it stays so.
  private(set) var isAtHome = true
  private(set) var number = 0

  /// The first one.
  init(to address: HTTPAddress, method: String) {
    self.address = address
    self.method = method
  }

  /// The headers of `request` that are sent.
  func headers(of request: HTTPRequest) -> [HTTPHeader] {
    guard !isAtHome else { return request.headers + (request.secret.map { [$0] } ?? []) }
    return request.headers.filter { Self.harmless.contains($0.name.lowercased()) }
  }

  /// Whether a status asks to look elsewhere.
  static func isRedirect(_ status: Int) -> Bool { [301, 302, 303, 307, 308].contains(status) }

  /// What comes after an answer of `status` that names `location`.
  ///
  /// 307 and 308 ask for the same again, which another host is not sent; the others are answered as every browser does,
  /// with GET and without a body.
  func next(status: Int, location: String, trust: HTTPRequest.Trust) -> Result<Hop, NetworkError> {
    func refused(_ kind: NetworkError.Kind, _ detail: String) -> Result<Hop, NetworkError> {
      .failure(NetworkError(kind, operation: "redirect", detail: detail))
    }
    guard number < Self.limit else { return refused(.failed, "more than \(Self.limit) redirects") }
    guard let there = address.resolved(location) else { return refused(.badAddress, "") }
    guard address.isPlain || !there.isPlain else { return refused(.plainRefused, there.host) }
    if let refusal = there.refusal(by: trust, operation: "redirect") { return .failure(refusal) }
    var next = self
    next.number += 1
    next.address = there
    next.isAtHome = isAtHome && there.origin == address.origin
    if ![307, 308].contains(status), method != "HEAD" {
      next.method = "GET"
      next.carriesBody = false
    }
    // What is in a body was meant for one host: another one is not told it because the first one says so.
    guard next.isAtHome || !next.carriesBody else { return refused(.failed, "to another host, \(there.host)") }
    return .success(next)
  }
}
