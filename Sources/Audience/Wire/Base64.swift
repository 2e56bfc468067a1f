/// Bytes as text, by RFC 4648 §4: 64 signs and padding, nothing else, one text for each bytes.
enum Base64 {
  private static let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let pad = UInt8(ascii: "=")

  /// The value of each sign; 255 for what is none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, sign) in signs.enumerated() { values[Int(sign)] = UInt8(value) }
    return values
  }()

  /// The text of `bytes`.
  static func text(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group: UInt32 = 0
      for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0) }
      for place in 0..<4 { out.append(place <= count ? signs[Int(group >> UInt32(18 - 6 * place) & 63)] : pad) }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of `text`; nil where it is not what `text(_:)` makes of any.
  static func bytes(_ text: String) -> [UInt8]? {
    let given = Array(text.utf8)
    guard given.count % 4 == 0 else { return nil }
    let padding = given.suffix(2).count { $0 == pad }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(given.count / 4 * 3)
    for start in stride(from: 0, to: given.count, by: 4) {
      let missing = start + 4 == given.count ? padding : 0
      var group: UInt32 = 0
      for place in 0..<4 {
        let isPad = place >= 4 - missing
        let value = isPad ? 0 : values[Int(given[start + place])]
        guard value < 64, !isPad || given[start + place] == pad else { return nil }
        group = group << 6 | UInt32(value)
      }
      // Bits that no byte is made of are zero.
      guard group & (missing == 0 ? 0 : missing == 1 ? 0xFF : 0xFFFF) == 0 else { return nil }
      for place in 0..<(3 - missing) { bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * place))) }
    }
    return bytes
  }
}
