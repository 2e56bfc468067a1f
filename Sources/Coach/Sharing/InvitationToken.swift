import CLinux

/// What lets somebody in who has no account here: `ID.SECRET`, the id eight characters, the secret 256 random bits.
///
/// The id finds the invitation and is no secret; of the secret only a hash is kept (`$6$`, SHA-512 crypt). It is nobody's
/// password and cannot be guessed, so the hash is there for one who reads the file, and its cost does not matter.
package struct InvitationToken: Equatable, Sendable {
  package let id: String
  let secret: String

  /// Characters of an id, and of a secret: 256 bits, six in each.
  static let idLength = 8
  static let secretLength = 43
  /// Bytes that a hash takes, with room to spare.
  private static let hashBytes = 320
  /// A hash that no secret has: what the secret of an unknown invitation is held against, to take as long.
  static let nobody = "$6$aaaaaaaaaaaaaaaa$" + String(repeating: "0", count: 86)
  private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// Makes a new one; the system's generator is getrandom(2).
  static func random(using generator: inout some RandomNumberGenerator) -> InvitationToken {
    let bits = generator.next() as UInt64
    let id = (0..<idLength).map { letters[Int(truncatingIfNeeded: bits >> (5 * UInt64($0))) & 31] }
    let words: [UInt64] = (0..<4).map { _ in generator.next() }
    let secret = (0..<secretLength).map { place in
      digits[(0..<6).reduce(0) { $0 << 1 | bit(place * 6 + $1, of: words) }]
    }
    return InvitationToken(id: String(decoding: id, as: UTF8.self), secret: String(decoding: secret, as: UTF8.self))
  }

  /// The bit at a place, from 0; 0 behind the last one, as base64 fills up.
  private static func bit(_ place: Int, of words: [UInt64]) -> Int {
    place < words.count * 64 ? Int(words[place / 64] >> UInt64(63 - place % 64) & 1) : 0
  }

  private init(id: String, secret: String) { (self.id, self.secret) = (id, secret) }

  /// Reads one as it was given to somebody; nil for everything else.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard text.utf8.count == Self.idLength + 1 + Self.secretLength, parts.count == 2,
      InvitationToken.isID(String(parts[0]) ?? ""), parts[1].count == Self.secretLength,
      parts[1].allSatisfy(Self.digits.contains)
    else { return nil }
    (id, secret) = (String(parts[0]) ?? "", String(parts[1]) ?? "")
  }

  /// Whether `text` may be an invitation's id.
  package static func isID(_ text: String) -> Bool {
    text.utf8.count == idLength && text.utf8.allSatisfy(letters.contains)
  }

  /// The token as it is given to somebody.
  package var text: String { id + "." + secret }

  /// A new hash of the secret, with a salt of its own; nil where the system has no randomness.
  func hashed() -> String? {
    var setting = [CChar](repeating: 0, count: Self.hashBytes)
    guard rostrum_hash_setting(&setting, setting.count) else { return nil }
    return Self.hash(secret, setting)
  }

  /// Whether `hash` is one of this token's secret; takes as long whether it is or not.
  func fits(_ hash: String) -> Bool {
    guard let own = Self.hash(secret, Array(hash.utf8CString)) else { return false }
    return Self.isSame(own, hash)
  }

  private static func hash(_ secret: String, _ setting: [CChar]) -> String? {
    var made = [CChar](repeating: 0, count: hashBytes)
    guard rostrum_hash(secret, setting, &made, made.count) else { return nil }
    return String(decoding: made.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether two texts are the same, in a time that does not tell where they differ.
  static func isSame(_ one: String, _ other: String) -> Bool {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
