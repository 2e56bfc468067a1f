/// A row as it stands in a page (sqlite.org/fileformat2.html, 2.1): the types of its columns, then their values.
///
/// Nothing in it is trusted: every length is held against what is there.
struct SalvagedRecord: Sendable {
  /// Whether it is from a table without row numbers, or an index.
  let isIndex: Bool
  private let bytes: [UInt8]
  private var columns: [(type: Int64, start: Int)] = []

  /// Reads the head of a row; nil where it cannot be one.
  init?(_ bytes: [UInt8], isIndex: Bool) {
    self.bytes = bytes
    self.isIndex = isIndex
    guard let (head, first) = bytes.varint(at: 0), head >= first, head <= bytes.count, head < 200 else { return nil }
    var (place, value) = (first, Int(head))
    while place < head {
      guard let (type, next) = bytes.varint(at: place), type >= 0, let size = Self.size(of: type) else { return nil }
      guard size <= bytes.count - value else { return nil }
      columns.append((type, value))
      place = next
      value += size
    }
  }

  var count: Int { columns.count }

  private static func size(of type: Int64) -> Int? {
    switch type {
    case 0...4: Int(type)
    case 5: 6
    case 6, 7: 8
    case 8, 9: 0
    case 10, 11: nil
    default: Int((type - 12) / 2)
    }
  }

  private func type(_ column: Int) -> Int64? { columns.indices.contains(column) ? columns[column].type : nil }

  func isText(_ column: Int) -> Bool { type(column).map { $0 >= 13 && $0 % 2 == 1 } ?? false }

  /// A column's text; nil where it is none, or no UTF-8.
  func text(_ column: Int) -> String? {
    guard isText(column), let type = type(column), let size = Self.size(of: type) else { return nil }
    let start = columns[column].start
    return String(validating: bytes[start..<start + size], as: UTF8.self)
  }

  /// A column's whole number.
  func integer(_ column: Int) -> Int64? {
    guard let type = type(column), (1...6).contains(type) || type == 8 || type == 9 else { return nil }
    if type >= 8 { return type - 8 }
    let size = Self.size(of: type) ?? 0
    let start = columns[column].start
    var value: Int64 = bytes[start] & 0x80 == 0 ? 0 : -1
    for byte in bytes[start..<start + size] { value = value << 8 | Int64(byte) }
    return value
  }

  /// A column's number: a whole one takes less room, so it is kept as one.
  func number(_ column: Int) -> Double? {
    guard type(column) == 7 else { return integer(column).map(Double.init) }
    let start = columns[column].start
    let bits = bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let value = Double(bitPattern: bits)
    return value.isFinite ? value : nil
  }
}

extension [UInt8] {
  /// A number of one to nine bytes, and where the next begins; nil where it is cut off.
  func varint(at start: Int) -> (value: Int64, next: Int)? {
    var value: UInt64 = 0
    for offset in 0..<9 {
      guard start + offset < count else { return nil }
      let byte = self[start + offset]
      if offset == 8 { return (Int64(bitPattern: value << 8 | UInt64(byte)), start + 9) }
      value = value << 7 | UInt64(byte & 0x7f)
      if byte & 0x80 == 0 { return (Int64(bitPattern: value), start + offset + 1) }
    }
    return nil
  }

  /// A big-endian number of `size` bytes; 0 where it is cut off.
  func number(at start: Int, size: Int) -> Int {
    guard start >= 0, start + size <= count else { return 0 }
    return self[start..<start + size].reduce(0) { $0 << 8 | Int($1) }
  }
}
