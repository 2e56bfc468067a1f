/// Why a request has no answer, or only a part of one.
///
/// It holds neither the key nor anything of the body, sent or received, and no control character; words for people
/// are made elsewhere, from `kind`. An answer with an unwelcome status is none of these.
package struct NetworkError: Error, Equatable, Sendable {
  /// What went wrong, as far as it changes what to do next.
  package enum Kind: Equatable, Sendable, CaseIterable {
    /// The network was forbidden.
    case offline
    /// The address is none, is not http or https, or has a user's name in it.
    case badAddress
    /// It would have to be said in plain text, to a host that this is not allowed for, or that began with TLS.
    case plainRefused
    /// The host's name is not known, or nobody could be asked.
    case resolve
    /// Nobody answers there.
    case connect
    /// The certificate is not believed, or there is no TLS at the other end.
    case tls
    /// No connection, no first byte or no end in the time that was given; `operation` says which.
    case timedOut
    /// No byte came, or none was taken, for too long.
    case stalled
    /// The answer is larger than was asked for.
    case tooLarge
    /// More requests than may be made in a minute or wait at once.
    case tooMany
    /// The connection ended before the answer did.
    case cut
    /// It was cancelled.
    case cancelled
    /// Everything else: no HTTP at the other end, a redirect in a circle, a header that is none.
    case failed
  }

  /// What kind of failure this is.
  package let kind: Kind
  /// What was being done: `check`, `resolve`, `connect`, `send`, `wait`, `receive` or `redirect`.
  package let operation: String
  /// libcurl's code, or 0 where it was not asked.
  package let code: Int32
  /// What the library says, or what is wrong: printable, at most 200 characters.
  package let detail: String

  /// An error, put together where it is noticed.
  package init(_ kind: Kind, operation: String, code: Int32 = 0, detail: String = "") {
    self.kind = kind
    self.operation = operation
    self.code = code
    self.detail = detail
  }

  /// `text` fit to be kept: printable ASCII, at most 200 characters, with every occurrence of `secret` left out.
  ///
  /// libcurl quotes hosts and sometimes what a server said; a server could say what it was sent.
  static func clean(_ text: String, without secret: String?) -> String {
    var text = text
    for hidden in hiddenParts(of: secret) {
      text = text.split(separator: hidden, omittingEmptySubsequences: false).joined(separator: "...")
    }
    let printable = text.unicodeScalars.map { (0x20...0x7E).contains($0.value) ? Character($0) : "?" }
    return String(printable.prefix(200))
  }

  /// A key itself, and with the word before it, as in `Bearer KEY`.
  private static func hiddenParts(of secret: String?) -> [String] {
    guard let secret else { return [] }
    return ([secret] + secret.split(separator: " ").map(String.init)).filter { $0.count >= 4 && $0 != "Bearer" }
  }
}
