import Glibc

/// N-gram models in ARPA's text form: base-10 logarithms, words, back-off weights.
enum Arpa {
  /// The least probability that is written; the library's own is smaller.
  private static let floor = 1e-9

  /// The text of `grams`, each order sorted by its words' numbers.
  static func text(of grams: ScriptGrams) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32 * (grams.words.count + grams.pairs.count + grams.triples.count))
    let names = grams.words.map { Array($0.utf8) }
    put("\\data\\\nngram 1=\(names.count)\nngram 2=\(grams.pairs.count)\nngram 3=\(grams.triples.count)\n", &bytes)
    put("\n\\1-grams:\n", &bytes)
    for (place, name) in names.enumerated() {
      if place == ScriptGrams.start { put("-99.0000", &bytes) } else { put(log10: grams.singles[place], &bytes) }
      bytes.append(32)
      bytes += name
      if place != ScriptGrams.end {
        bytes.append(32)
        put(log10: grams.restAfterOne[place], &bytes)
      }
      bytes.append(10)
    }
    put("\n\\2-grams:\n", &bytes)
    for pair in grams.pairs {
      put(log10: pair.probability, &bytes)
      for shift in [21, 0] as [UInt64] { put(names[Int(pair.key >> shift & 0x1F_FFFF)], &bytes) }
      bytes.append(32)
      put(log10: grams.restAfterTwo[pair.key] ?? 1, &bytes)
      bytes.append(10)
    }
    put("\n\\3-grams:\n", &bytes)
    for triple in grams.triples {
      put(log10: triple.probability, &bytes)
      for shift in [42, 21, 0] as [UInt64] { put(names[Int(triple.key >> shift & 0x1F_FFFF)], &bytes) }
      bytes.append(10)
    }
    put("\n\\end\\\n", &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func put(_ text: String, _ bytes: inout [UInt8]) { bytes += text.utf8 }

  private static func put(_ name: [UInt8], _ bytes: inout [UInt8]) {
    bytes.append(32)
    bytes += name
  }

  /// The logarithm of a probability with four decimals: "-1.2346".
  private static func put(log10 probability: Double, _ bytes: inout [UInt8]) {
    let tenThousandths = Int((-10_000 * Glibc.log10(min(max(probability, floor), 1))).rounded())
    if tenThousandths > 0 { bytes.append(45) }
    var divisor = 100_000
    if tenThousandths / 10_000 < 10 { divisor = 10_000 }
    while divisor > 0 {
      if divisor == 1_000 { bytes.append(46) }
      bytes.append(UInt8(48 + tenThousandths / divisor % 10))
      divisor /= 10
    }
  }
}
