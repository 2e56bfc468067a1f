/// The name of a session's socket in its folder, `SESSION.sock`: one rule for who makes it and who looks for it.
enum SocketName {
  private static let ending = ".sock"

  /// The file of a session.
  static func file(_ session: String) -> String { session + ending }

  /// The session that a file's name tells; nil where it tells none: 1 to 64 letters, digits, `-` and `_`, so that nothing
  /// else of a name is ever shown, and none leads elsewhere.
  static func session(_ file: String) -> String? {
    guard file.hasSuffix(ending), case let session = file.dropLast(ending.count),
      (1...64).contains(session.utf8.count), session.utf8.allSatisfy(isPlain)
    else { return nil }
    return String(session)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
