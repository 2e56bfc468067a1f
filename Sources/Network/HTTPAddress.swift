import CCurl
import Glibc

/// An address of the web as a value, for rules about hosts.
///
/// It is taken apart by libcurl, which is what it is given to afterwards: two parsers that disagree about where a host
/// ends are how keys get to strangers.
package struct HTTPAddress: Equatable, Sendable {
  /// `http` or `https`.
  package let scheme: String
  /// In lower case; an IPv4 address has its four numbers however it was written, an IPv6 address no brackets.
  package let host: String
  /// Its port, or the scheme's.
  package let port: Int
  /// The whole as it will be asked for.
  package let url: String

  private static let longest = 8_192

  /// Reads an address; nil for what is none, is neither http nor https, or has a user's name in it.
  package init?(_ text: String) { self.init([text]) }

  /// The address that `location` means where this one is at hand: `/there`, `//host`, `?a=b` or a whole one.
  package func resolved(_ location: String) -> HTTPAddress? { HTTPAddress([url, location]) }

  private init?(_ steps: [String]) {
    guard let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    for step in steps {
      let isPlain = step.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      guard isPlain, !step.isEmpty, step.utf8.count <= Self.longest,
        curl_url_set(handle, CURLUPART_URL, step, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK
      else { return nil }
    }
    func part(_ what: CURLUPart) -> String? {
      var found: UnsafeMutablePointer<CChar>?
      guard curl_url_get(handle, what, &found, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let found else { return nil }
      defer { curl_free(found) }
      return String(cString: found)
    }
    _ = curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0)
    guard let scheme = part(CURLUPART_SCHEME)?.lowercased(), ["http", "https"].contains(scheme),
      let host = part(CURLUPART_HOST)?.lowercased(), !host.isEmpty, part(CURLUPART_USER) == nil,
      part(CURLUPART_PASSWORD) == nil, let port = part(CURLUPART_PORT).flatMap({ Int($0) }),
      let url = part(CURLUPART_URL)
    else { return nil }
    let hasBrackets = host.hasPrefix("[") && host.hasSuffix("]")
    self.scheme = scheme
    self.host = hasBrackets ? String(host.dropFirst().dropLast()) : host
    self.port = port
    self.url = url
  }

  /// Whether what is sent there can be read on the way.
  package var isPlain: Bool { scheme == "http" }

  /// Whether it is this machine: `localhost` (which libcurl looks up nowhere), 127.0.0.0/8, ::1.
  package var isLoopback: Bool {
    if host == "localhost" { return true }
    var four = in_addr()
    if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
    var six = in6_addr()
    guard inet_pton(AF_INET6, host, &six) == 1 else { return false }
    return withUnsafeBytes(of: six) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
  }

  /// Scheme, host and port: who is talked to.
  package var origin: String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

  /// Why it may not be asked, nil if it may: plain text goes to this machine and to hosts that `trust` names.
  func refusal(by trust: HTTPRequest.Trust, operation: String = "check") -> NetworkError? {
    guard isPlain, !isLoopback, !trust.plainHosts.contains(where: { $0.lowercased() == host }) else { return nil }
    return NetworkError(.plainRefused, operation: operation, detail: host)
  }
}
