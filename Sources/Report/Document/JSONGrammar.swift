/// Whether bytes are JSON by RFC 8259, told without making anything of them.
///
/// Depth is bounded, so that no input can exhaust the stack; text must be UTF-8.
struct JSONGrammar {
  /// Arrays and objects inside each other, at most.
  static let depthLimit = 32

  private let bytes: [UInt8]
  private var place = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether `text` is one JSON object and nothing beside it.
  static func isObject(_ text: String) -> Bool {
    var grammar = JSONGrammar(Array(text.utf8))
    return grammar.bytes.first == UInt8(ascii: "{") && grammar.value(depth: 0) && grammar.place == grammar.bytes.count
  }

  /// Whether `bytes` are one JSON value and nothing beside it.
  static func isValue(_ bytes: [UInt8]) -> Bool {
    var grammar = JSONGrammar(bytes)
    return grammar.value(depth: 0) && grammar.place == bytes.count
  }

  private var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte, place < bytes.count else { return false }
    place += 1
    return true
  }

  private mutating func blank() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func value(depth: Int) -> Bool {
    switch next {
    case UInt8(ascii: "{"): depth < Self.depthLimit && object(depth: depth)
    case UInt8(ascii: "["): depth < Self.depthLimit && array(depth: depth)
    case UInt8(ascii: "\""): string()
    case UInt8(ascii: "t"): word("true")
    case UInt8(ascii: "f"): word("false")
    case UInt8(ascii: "n"): word("null")
    default: number()
    }
  }

  private mutating func object(depth: Int) -> Bool {
    place += 1
    blank()
    if take(UInt8(ascii: "}")) { return true }
    while true {
      blank()
      guard string() else { return false }
      blank()
      guard take(UInt8(ascii: ":")) else { return false }
      blank()
      guard value(depth: depth + 1) else { return false }
      blank()
      if take(UInt8(ascii: "}")) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func array(depth: Int) -> Bool {
    place += 1
    blank()
    if take(UInt8(ascii: "]")) { return true }
    while true {
      blank()
      guard value(depth: depth + 1) else { return false }
      blank()
      if take(UInt8(ascii: "]")) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func string() -> Bool {
    guard take(UInt8(ascii: "\"")) else { return false }
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case 0..<0x20: return false
      case UInt8(ascii: "\\"):
        let escape = next
        place += 1
        if escape == UInt8(ascii: "u") {
          guard place + 4 <= bytes.count, bytes[place..<place + 4].allSatisfy(Self.isHex) else { return false }
          place += 4
        } else if !"\"\\/bfnrt".utf8.contains(escape) {
          return false
        }
      default: break
      }
    }
    return false
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
  }

  private mutating func word(_ text: StaticString) -> Bool {
    let word = text.withUTF8Buffer { Array($0) }
    guard bytes[place...].starts(with: word) else { return false }
    place += word.count
    return true
  }

  private mutating func digits() -> Bool {
    let start = place
    while place < bytes.count, (48...57).contains(bytes[place]) { place += 1 }
    return place > start
  }

  private mutating func number() -> Bool {
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")), !digits() { return false }
    if take(UInt8(ascii: ".")), !digits() { return false }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      return digits()
    }
    return true
  }
}
