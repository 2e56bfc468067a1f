/// Turns the bytes of a terminal into keys.
///
/// ncurses could do it too, but only from a terminal it has set up itself, and it would wait there; a value that is
/// fed bytes can be tested with every way a sequence may be cut in two, and can never wait. It knows what terminfo
/// says of this terminal, and beyond that the sequences that xterm and all that follow it send, with or without keypad
/// mode. What it does not know it leaves out whole, so that no half sequence is ever taken for typing. (ECMA-48, 5.4,
/// control sequences; 5.6, control strings.)
package struct KeyDecoder: Sendable {
  /// The longest sequence kept while waiting for its end.
  static let longestSequence = 64

  private var sequences: [[UInt8]: Key]
  private var waiting: [UInt8] = []
  private var isSkippingString = false

  /// A decoder that also knows `sequences`, terminfo's for this terminal; those that do not start with ESC are ignored.
  package init(sequences: [[UInt8]: Key] = [:]) {
    self.sequences = sequences.filter { $0.key.count > 1 && $0.key.first == 0x1B && $0.key.count <= 32 }
  }

  /// Whether something has begun that more bytes may complete.
  ///
  /// If none come within 25 ms or so, call `timeUp`.
  package var isWaiting: Bool { !waiting.isEmpty }

  /// The keys that are complete once `bytes` have come.
  package mutating func keys(_ bytes: some Sequence<UInt8>) -> [Key] {
    waiting += bytes
    var keys: [Key] = []
    var place = 0
    loop: while place < waiting.count {
      if isSkippingString {
        place = skipString(from: place)
        if isSkippingString { break loop }
        continue
      }
      switch parse(waiting[place...]) {
      case .key(let key, let length):
        keys.append(key)
        place += length
      case .nothing(let length): place += length
      case .string(let length):
        isSkippingString = true
        place += length
      case .incomplete: break loop
      }
    }
    waiting.removeFirst(min(place, waiting.count))
    if waiting.count > KeyDecoder.longestSequence { waiting.removeAll() }
    return keys
  }

  /// What the bytes that came were, now that no more follow: a lone ESC is the key Escape, the rest is left out.
  package mutating func timeUp() -> [Key] {
    defer {
      waiting.removeAll()
      isSkippingString = false
    }
    return waiting == [0x1B] ? [.escape] : []
  }

  private enum Step {
    case key(Key, Int)
    case nothing(Int)
    case string(Int)
    case incomplete
  }

  private func parse(_ bytes: ArraySlice<UInt8>) -> Step {
    guard let first = bytes.first else { return .incomplete }
    switch first {
    case 0x1B: return parseEscape(bytes)
    case 0x0D, 0x0A: return .key(.enter, 1)
    case 0x09: return .key(.tab, 1)
    case 0x08, 0x7F: return .key(.backspace, 1)
    case 0x00: return .key(.control(" "), 1)
    case 0x01...0x1A: return .key(.control(Character(Unicode.Scalar(first + 0x60))), 1)
    case 0x1C...0x1F: return .key(.control(Character(Unicode.Scalar(first + 0x40))), 1)
    case 0x20..<0x7F: return .key(.character(Character(Unicode.Scalar(first))), 1)
    default: return parseUTF8(bytes, first)
    }
  }

  private func parseUTF8(_ bytes: ArraySlice<UInt8>, _ first: UInt8) -> Step {
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard (0xC2...0xF4).contains(first) else { return .nothing(1) }
    let tail = bytes.dropFirst().prefix(length - 1)
    if let bad = tail.firstIndex(where: { $0 & 0xC0 != 0x80 }) { return .nothing(bad - bytes.startIndex) }
    guard tail.count == length - 1 else { return .incomplete }
    let text = String(decoding: bytes.prefix(length), as: UTF8.self)
    guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1, scalar != "\u{FFFD}",
      !(0x80..<0xA0).contains(scalar.value)
    else { return .nothing(length) }
    return .key(.character(Character(scalar)), length)
  }

  private func parseEscape(_ bytes: ArraySlice<UInt8>) -> Step {
    for length in stride(from: min(bytes.count, 32), to: 1, by: -1) {
      if let key = sequences[Array(bytes.prefix(length))] { return .key(key, length) }
    }
    guard bytes.count > 1 else { return .incomplete }
    switch bytes[bytes.startIndex + 1] {
    case UInt8(ascii: "["): return parseControlSequence(bytes)
    case UInt8(ascii: "O"):
      guard bytes.count > 2 else { return .incomplete }
      let final = bytes[bytes.startIndex + 2]
      if let key = KeyDecoder.letters[final] { return .key(key, 3) }
      return (0x20..<0x7F).contains(final) ? .nothing(3) : .nothing(2)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
      return .string(2)
    default: return .key(.escape, 1)
    }
  }

  private func parseControlSequence(_ bytes: ArraySlice<UInt8>) -> Step {
    let body = bytes.dropFirst(2)
    guard let next = body.first else { return .incomplete }
    if next == UInt8(ascii: "[") {  // The Linux console's F1 to F5.
      guard let letter = body.dropFirst().first else { return .incomplete }
      return (0x41...0x45).contains(letter) ? .key(.function(Int(letter) - 0x40), 4) : .nothing(3)
    }
    guard let end = body.firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
      return bytes.count > KeyDecoder.longestSequence ? .nothing(bytes.count) : .incomplete
    }
    let length = end - bytes.startIndex + 1
    let final = bytes[end]
    guard (0x40...0x7E).contains(final) else { return .nothing(length - 1) }
    if final == UInt8(ascii: "M"), end == body.startIndex {  // A mouse's three bytes.
      return bytes.count >= 6 ? .nothing(6) : .incomplete
    }
    let number = body[..<end].prefix { (0x30...0x39).contains($0) }.prefix(4).reduce(0) { $0 * 10 + Int($1) - 48 }
    let key = final == UInt8(ascii: "~") ? KeyDecoder.numbers[number] : KeyDecoder.letters[final]
    return key.map { .key($0, length) } ?? .nothing(length)
  }

  /// Skips a control string (a reply of the terminal), which ends with BEL or ESC \; gives the place after it, or after
  /// as much as there is of it, but for an ESC that may begin its end.
  private mutating func skipString(from place: Int) -> Int {
    for index in place..<waiting.count {
      if waiting[index] == 0x07 {
        isSkippingString = false
        return index + 1
      }
      if waiting[index] == 0x1B {
        guard index + 1 < waiting.count else { return index }
        isSkippingString = false
        return waiting[index + 1] == UInt8(ascii: "\\") ? index + 2 : index
      }
    }
    return waiting.count
  }

  private static let letters: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "Z"): .backtab, UInt8(ascii: "M"): .enter,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3),
    UInt8(ascii: "S"): .function(4),
  ]

  private static let numbers: [Int: Key] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
    18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
  ]
}
