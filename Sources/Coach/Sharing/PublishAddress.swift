/// Where a session is published: `ssh://[user@]host[:port]`.
///
/// Its parts are words for ssh, never for a shell, and none can be taken for an option.
package struct PublishAddress: Equatable, Sendable {
  package var user: String?
  /// The host as it was written, an IPv6 address without its brackets.
  package var host: String
  package var port: Int?

  /// Reads one; throws a sentence where it is none.
  package init(_ text: String) throws(Failure) {
    let prefix = "ssh://"
    guard text.utf8.count <= 512, text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
      throw PublishAddress.failure("There is a blank in it, or a character that no address has")
    }
    guard text.hasPrefix(prefix) else { throw PublishAddress.failure("It has to begin with ssh://") }
    var rest = text.dropFirst(prefix.count)
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    if let at = rest.lastIndex(of: "@") {
      user = String(rest[..<at])
      rest = rest[rest.index(after: at)...]
    }
    let written: Substring?
    (host, written) = try PublishAddress.split(rest)
    if let written {
      guard written.utf8.count <= 5, written.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let port = Int(written),
        (1...65_535).contains(port)
      else { throw PublishAddress.failure("The port has to be a number from 1 to 65535") }
      self.port = port
    }
    if let user, !PublishAddress.isWord(user, also: "._-+") {
      throw PublishAddress.failure("What stands before the @ is not the name of an account")
    }
    guard PublishAddress.isWord(host, also: host.contains(":") ? ":.%_-" : "._-") else {
      throw PublishAddress.failure("The name of a host is missing, or is not one")
    }
  }

  private static func split(_ text: Substring) throws(Failure) -> (String, Substring?) {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else {
        throw failure("The bracket around the IPv6 address is not closed")
      }
      let (host, behind) = (text[text.index(after: text.startIndex)..<end], text[text.index(after: end)...])
      guard host.contains(":"), behind.isEmpty || behind.hasPrefix(":") else {
        throw failure("The name of a host is missing, or is not one")
      }
      return (String(host), behind.isEmpty ? nil : behind.dropFirst())
    }
    guard let colon = text.firstIndex(of: ":") else { return (String(text), nil) }
    guard colon == text.lastIndex(of: ":") else { throw failure("Put the IPv6 address in brackets: ssh://[::1]") }
    return (String(text[..<colon]), text[text.index(after: colon)...])
  }

  /// Letters, digits and some signs, of which none comes first.
  private static func isWord(_ text: String, also signs: String) -> Bool {
    guard let first = text.unicodeScalars.first, text.utf8.count <= 255 else { return false }
    let isLetter = { (scalar: Unicode.Scalar) in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    }
    return (isLetter(first) || first == "_" || (first == ":" && signs.contains(":")))
      && text.unicodeScalars.allSatisfy { isLetter($0) || signs.unicodeScalars.contains($0) }
  }

  private static func failure(_ problem: String) -> Failure {
    Failure(.usage, "--publish takes an address such as ssh://class-host or ssh://anna@class-host:2222. \(problem).")
  }

  /// The words that ssh is started with.
  ///
  /// - Parameters:
  ///   - asks: Whether it may ask the person at the terminal.
  ///   - command: What is run at the far end, by the shell of the account there.
  package func words(asks: Bool, command: String) -> [String] {
    let options = [
      "ServerAliveInterval=5", "ServerAliveCountMax=3", "ConnectTimeout=20", "ClearAllForwardings=yes",
      "ForwardAgent=no", "ForwardX11=no", "RemoteCommand=none", "PermitLocalCommand=no",
    ]
    return ["-T"] + (options + (asks ? [] : ["BatchMode=yes"])).flatMap { ["-o", $0] }
      + (port.map { ["-p", String($0)] } ?? []) + (user.map { ["-l", $0] } ?? []) + ["--", host, command]
  }
}
