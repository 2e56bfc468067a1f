/// The check sum and the length at the end of a gzip file (RFC 1952, section 2.3.1), which libarchive does not look at.
enum GzipTrailer {
  /// Whether the last eight bytes of `packed` fit what it unpacks to; false for several files behind each other.
  static func fits(_ packed: [UInt8], _ unpacked: [UInt8]) -> Bool {
    guard packed.count >= 18 else { return false }
    func number(_ start: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(packed[packed.count - start + $1]) << UInt32(8 * $1) }
    }
    return number(4) == UInt32(truncatingIfNeeded: unpacked.count) && number(8) == sum(of: unpacked)
  }

  /// CRC-32 with the polynomial of ISO 3309, a byte at a time.
  static func sum(of bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
    return ~sum
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }
}
