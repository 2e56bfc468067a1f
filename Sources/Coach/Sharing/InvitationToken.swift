import CLinux

/// What lets somebody in who has no account here: `ACCOUNT.ID.SECRET`, the id eight characters, the secret 256 random bits.
///
/// Who is shown a token can use it. The account says at whose door it is shown, and at no other: whose a door is, a kernel
/// says. Without it (`ID.SECRET`) a guest of several learners would try one after the other.
///
/// The id finds the invitation and is no secret; of the secret only a hash is kept (`$6$`, SHA-512 crypt). It is nobody's
/// password and cannot be guessed, so the hash is there for one who reads the file, and its cost does not matter.
package struct InvitationToken: Equatable, Sendable {
  package let id: String
  let secret: String
  /// The learner's account where the guest comes to; nil where the token says none.
  package var account: String?

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

  /// The part of a text that goes before the id, and the rest.
  private static func split(_ text: String) -> (account: Substring?, rest: Substring) {
    let dots = text.indices.filter { text[$0] == "." }
    guard dots.count > 1 else { return (nil, text[...]) }
    let dot = dots[dots.count - 2]
    return (text[..<dot], text[text.index(after: dot)...])
  }

  /// Reads one as it was given to somebody; nil for everything else.
  package init?(_ text: String) {
    let (account, rest) = Self.split(text)
    let parts = rest.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard rest.utf8.count == Self.idLength + 1 + Self.secretLength, parts.count == 2,
      account.map({ Self.isAccount(String($0)) }) ?? true,
      InvitationToken.isID(String(parts[0]) ?? ""), parts[1].count == Self.secretLength,
      parts[1].allSatisfy(Self.digits.contains)
    else { return nil }
    (id, secret) = (String(parts[0]) ?? "", String(parts[1]) ?? "")
    self.account = account.map(String.init)
  }

  /// Whether `text` may be an invitation's id.
  package static func isID(_ text: String) -> Bool {
    text.utf8.count == idLength && text.utf8.allSatisfy(letters.contains)
  }

  /// Whether `text` can be the account of a token: a word that means nothing to a shell.
  static func isAccount(_ text: String) -> Bool {
    Account.isFolderName(text)
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "._-+@".unicodeScalars.contains($0)
      }
  }

  /// The token as it is given to somebody.
  package var text: String { (account.map { $0 + "." } ?? "") + shown }

  /// What of it is shown at a door.
  package var shown: String { id + "." + secret }

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
