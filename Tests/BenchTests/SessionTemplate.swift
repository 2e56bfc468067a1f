import Foundation
import History
import Support

/// The events of a real session, taken apart, so that any number of sessions like it can be made: with other times,
/// other words, and whatever length.
struct SessionTemplate {
  private enum Piece {
    case bytes([UInt8])
    /// A time, in thousandths of a second.
    case time(Int)
    case word
  }

  private struct Line {
    let kind: String
    let thousandths: Int
    let pieces: [Piece]
  }

  private let lines: [Line]
  private let thousandths: Int

  /// Takes apart the lines of `rehearse --json`; what stands once in a session, at its ends, is left out.
  init(_ output: String) {
    lines = output.split(separator: "\n").compactMap { Self.line(String($0)) }
    thousandths = (lines.map(\.thousandths).max() ?? 0) + 1_000
  }

  /// How many words were heard in it.
  var words: Int { lines.count { $0.kind == "word" } }

  private static func line(_ text: String) -> Line? {
    guard let event = SeenEvent(text), !["began", "ended", "reviewed", "script"].contains(event.kind) else {
      return nil
    }
    var pieces: [Piece] = []
    var rest = text[...]
    let names = ["\"t\":", "\"start\":", "\"end\":"] + (event.kind == "word" ? ["\"text\":\""] : [])
    while let found = names.compactMap({ rest.range(of: $0) }).min(by: { $0.lowerBound < $1.lowerBound }) {
      pieces.append(.bytes(Array(rest[..<found.upperBound].utf8)))
      rest = rest[found.upperBound...]
      if text[found].hasSuffix("\"") {
        pieces.append(.word)
        rest = rest.drop { $0 != "\"" }
      } else {
        let number = rest.prefix { "0123456789.".contains($0) }
        pieces.append(.time(Int(((Double(number) ?? 0) * 1_000).rounded())))
        rest = rest.dropFirst(number.count)
      }
    }
    pieces.append(.bytes(Array(rest.utf8)))
    return Line(kind: event.kind, thousandths: Int((event.seconds * 1_000).rounded()), pieces: pieces)
  }

  /// Words a second of a session: five million in 550 hours, whatever the pace of those recorded.
  private static let wordsPerSecond = 2.53

  /// A session of `seconds`: its events, and its words with their times.
  func session(
    seconds: Double, word: () -> String
  ) -> (events: [StoredEvent], texts: [IndexedText]) {
    var (events, texts): ([StoredEvent], [IndexedText]) = ([], [])
    let last = Int(seconds * 1_000)
    var buffer: [UInt8] = []
    buffer.reserveCapacity(512)
    var offset = 0
    while offset < last, !lines.isEmpty {
      for line in lines where line.thousandths + offset <= last {
        let isTooMuch = Double(texts.count) > Self.wordsPerSecond * Double(line.thousandths + offset) / 1_000
        if line.kind == "word" && isTooMuch { continue }
        buffer.removeAll(keepingCapacity: true)
        for piece in line.pieces {
          switch piece {
          case .bytes(let bytes): buffer += bytes
          case .time(let time): Self.append(time + offset, to: &buffer)
          case .word:
            let text = word()
            buffer += text.utf8
            texts.append(
              IndexedText(seconds: Double(line.thousandths + offset) / 1_000, kind: .transcript, text: text))
          }
        }
        events.append(
          StoredEvent(
            seconds: Double(line.thousandths + offset) / 1_000, kind: line.kind,
            line: String(decoding: buffer, as: UTF8.self)))
      }
      offset += thousandths
    }
    return (events, texts)
  }

  private static func append(_ thousandths: Int, to buffer: inout [UInt8]) {
    buffer += String(thousandths / 1_000).utf8
    let rest = thousandths % 1_000
    if rest > 0 {
      for digit in [46, 48 + rest / 100, 48 + rest / 10 % 10, 48 + rest % 10] { buffer.append(UInt8(digit)) }
    }
  }
}

/// Words by how often they are said: the n-th of them one n-th as often as the first, about (Zipf's law).
struct Vocabulary {
  let words: [String]
  private let sums: [Double]

  /// The words of the texts in this package, the most frequent first, and as many of the recogniser's dictionary as
  /// make 20,000, which is what five million spoken words have, about.
  init() {
    let texts = ["README.md", "docs/DECISIONS.md", "docs/ARCHITECTURE.md", "docs/FORMATS.md", "Prompts/calibrate.txt"]
    var counts: [String: Int] = [:]
    for name in texts {
      let text = (try? String(contentsOfFile: "\(Machine.package)/\(name)", encoding: .utf8)) ?? ""
      for word in text.lowercased().split(whereSeparator: { !$0.isASCII || !$0.isLetter }) {
        counts[String(word), default: 0] += 1
      }
    }
    var words = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let dictionary = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"
    let lines = ((try? String(contentsOfFile: dictionary, encoding: .utf8)) ?? "").split(separator: "\n")
    for line in stride(from: 0, to: lines.count, by: 7) where words.count < 20_000 {
      let word = lines[line].prefix { $0.isASCII && $0.isLetter }
      if word.count > 2, counts[String(word)] == nil { words.append(String(word)) }
    }
    self.words = words
    var sum = 0.0
    sums = words.indices.map { index in
      sum += 1 / (Double(index) + 2.7)
      return sum
    }
  }

  /// A word, as often as it is said.
  func word(using generator: inout Dice) -> String {
    let at = Double(generator.next() >> 11) / 9_007_199_254_740_992 * (sums.last ?? 0)
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] < at { low = middle + 1 } else { high = middle }
    }
    return words.isEmpty ? "word" : words[low]
  }
}

/// Numbers by chance, the same every time (SplitMix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
