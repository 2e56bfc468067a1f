/// Files as they become when somebody slips, or means ill: bits turned, pieces cut, doubled, put elsewhere or taken from
/// another file, numbers and signs put in that readers trip over. The same for the same seed.
package struct Mutations {
  private var state: UInt64
  /// Pieces that are put in, as bytes.
  private let pieces: [[UInt8]]

  /// Pieces that readers of front matter and of archives trip over.
  package static let words: [String] = [
    "---\n", "\n", ": ", "- ", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "|", ">", "#", "\t", "\r\n", "\0",
    "\u{1B}[2J",
    "\u{202E}", "\u{FEFF}", "é", "🙂", "999999999999999999999", "-1", "1e308", "nan", "inf", "0x10", "100 %", "at least",
    "1:99", "name", "pass", "kind", "../", "/", "ustar", "PK\u{3}\u{4}",
  ]

  /// Mutations that begin with `seed`.
  package init(seed: UInt64) {
    state = seed
    pieces =
      Mutations.words.map { Array($0.utf8) } + [[0xFF], [0xC3], [0x1F, 0x8B], [UInt8](repeating: 0, count: 512)]
  }

  /// One to four changes of `bytes`; pieces may come from `other`.
  package mutating func next(_ bytes: [UInt8], _ other: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<(1 + number(below: 4)) { change(&bytes, other) }
    return bytes
  }

  /// A tape archive with one to three changes in its headers, whose check sums are right again: what a hand that means ill
  /// writes, and what no accident makes.
  package mutating func nextTape(_ tape: [UInt8]) -> [UInt8] {
    var tape = tape
    let headers = stride(from: 0, to: tape.count - 511, by: 512).filter { start in
      tape[(start + 257)..<(start + 262)].elementsEqual("ustar".utf8)
    }
    guard !headers.isEmpty else { return tape }
    for _ in 0..<(1 + number(below: 3)) {
      let start = headers[number(below: headers.count)]
      // Name, then mode and owner, size, day, kind, link.
      let field = [0, 0, 0, 100, 124, 124, 136, 156, 156, 157, 345][number(below: 11)]
      let piece = pieces[number(below: pieces.count)].prefix(40)
      let at = start + field + (field == 0 || field == 157 ? number(below: 30) : 0)
      for (offset, byte) in piece.enumerated() where at + offset < start + 500 { tape[at + offset] = byte }
      if field == 156 { tape[at] = UInt8(48 + number(below: 10)) }
      let sum = (0..<512).reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(tape[start + $1])) }
      let digits = String(sum, radix: 8)
      let text = String(repeating: "0", count: 6 - min(digits.count, 6)) + digits + "\0 "
      for (offset, byte) in text.utf8.prefix(8).enumerated() { tape[start + 148 + offset] = byte }
    }
    return tape
  }

  /// A number from 0 to `count` - 1; 0 where there is none.
  package mutating func number(below count: Int) -> Int {
    // SplitMix64 (Steele, Lea, Flood 2014).
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return count > 0 ? Int(mixed % UInt64(count)) : 0
  }

  private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
    let at = number(below: bytes.count)
    let end = min(bytes.count, at + 1 + number(below: number(below: 2) == 0 ? 8 : 400))
    switch number(below: 9) {
    case 0: if !bytes.isEmpty { bytes[at] ^= 1 << UInt8(number(below: 8)) }
    case 1: if !bytes.isEmpty { bytes[at] = UInt8(number(below: 256)) }
    case 2: bytes.removeSubrange(at..<end)
    case 3: bytes.insert(contentsOf: pieces[number(below: pieces.count)], at: at)
    case 4: bytes.insert(contentsOf: Array(bytes[at..<end]), at: number(below: bytes.count + 1))
    case 5: bytes.removeSubrange(at...)
    case 6:
      let start = number(below: other.count)
      bytes.insert(contentsOf: other[start..<min(other.count, start + 1 + number(below: 400))], at: at)
    case 7: swapLines(&bytes)
    default: dropLine(&bytes)
    }
    if bytes.count > 1 << 20 { bytes.removeSubrange((1 << 20)...) }
  }

  private mutating func swapLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 10, maxSplits: 2_000, omittingEmptySubsequences: false)
    lines.swapAt(number(below: lines.count), number(below: lines.count))
    bytes = Array(lines.joined(separator: [10]))
  }

  private mutating func dropLine(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 10, maxSplits: 2_000, omittingEmptySubsequences: false)
    lines.remove(at: number(below: lines.count))
    bytes = Array(lines.joined(separator: [10]))
  }
}
