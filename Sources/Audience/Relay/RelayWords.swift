/// What a relay says in words, to the learner's machine and so to the learner.
enum RelayWords {
  static let displaced = "another connection of yours took the place of this one"

  /// Why sockets could not be opened.
  static func trouble(_ error: AudienceError) -> String {
    switch error {
    case .noFolder: "there is no folder there that a socket may lie in"
    case .pathTooLong(let path, let bytes): "\(path) has \(bytes) bytes, and a socket's path at most 107"
    case .taken(let path): "\(path) is in use there"
    case .unsafeFolder(let path): "\(path) is not safe: others could put things into it, or it is another account's"
    case .system(let operation, let path, let code): "\(operation) \(path): error \(code)"
    }
  }
}
