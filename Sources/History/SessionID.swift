/// Makes the id of a new session: eight characters of Crockford's base 32, lower case, 40 random bits.
///
/// Short enough to say aloud and to type, without letters that look like digits (Crockford, "Base 32 Encoding").
package func newSessionID(using generator: inout some RandomNumberGenerator) -> String {
  let bits = generator.next() as UInt64
  return String(
    decoding: (0..<8).map { SessionID.alphabet[Int(truncatingIfNeeded: bits >> (5 * UInt64($0))) & 31] }, as: UTF8.self)
}

/// What may be an id, and how a person may type one.
enum SessionID {
  static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// Whether `id` may name a session: it also names a lock file, so nothing that means something in a path.
  static func isValid(_ id: String) -> Bool {
    (1...64).contains(id.utf8.count)
      && id.utf8.allSatisfy {
        ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
          || $0 == UInt8(ascii: "-")
      }
  }

  /// Reads an id as it may have been copied: capitals, `o` for zero, `i` and `l` for one.
  static func normalised(_ typed: String) -> String {
    String(
      typed.lowercased().map { letter in
        switch letter {
        case "o": "0"
        case "i", "l": "1"
        default: letter
        }
      })
  }
}
