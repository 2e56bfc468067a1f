import Glibc

/// Finds keys where the config says they are: in the environment, or in a file that only its owner can read.
package struct KeyRing: Sendable {
  private let environment: [String: String]

  /// The longest key, in bytes.
  static let byteLimit = 8192

  /// Makes a ring over an environment, as `ProcessInfo` gives it.
  package init(environment: [String: String]) { self.environment = environment }

  /// The key, nil for an endpoint that needs none. Reads the file anew each time.
  package func find(_ key: ChatEndpoint.Key) -> Result<String?, KeyProblem> {
    switch key {
    case .none: return .success(nil)
    case .environment(let name):
      guard let value = environment[name], !value.isEmpty else { return .failure(.noVariable(name)) }
      return Self.checked(value, place: name)
    case .file(let path): return read(path)
    }
  }

  private func read(_ path: String) -> Result<String?, KeyProblem> {
    // A pipe in its place must not be waited for.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return .failure(.noFile(path: path, reason: String(cString: strerror(errno)))) }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      return .failure(.noFile(path: path, reason: "it is no file"))
    }
    guard facts.st_uid == geteuid(), facts.st_mode & 0o077 == 0 else { return .failure(.openToOthers(path: path)) }
    var bytes = [UInt8](repeating: 0, count: Self.byteLimit + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress?.advanced(by: count), $0.count - count) }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { return .failure(.noFile(path: path, reason: String(cString: strerror(errno)))) }
      if got == 0 { break }
      count += got
    }
    guard count <= Self.byteLimit else { return .failure(.notAKey(path)) }
    return Self.checked(String(decoding: bytes[..<count], as: UTF8.self), place: path)
  }

  /// A key is one word of printable ASCII: anything else could write further headers.
  private static func checked(_ text: String, place: String) -> Result<String?, KeyProblem> {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 1, let key = words.first, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return .failure(.notAKey(place))
    }
    return .success(String(key))
  }
}
