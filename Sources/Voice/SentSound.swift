/// Sound as a server sends it: plain 16-bit samples, or a WAV file around samples.
///
/// Total: whatever the bytes are, they are sound that can be played or nil. A server that names a wrong length, as one
/// that streams does, is taken at its bytes.
enum SentSound {
  /// The rate of plain samples where the server names none, hertz: OpenAI's.
  static let plainRate = 24_000
  /// Rates that are believed, hertz.
  static let rates = 8_000...192_000

  /// The sound in `bytes`, whose media type is `type`; nil where there is none.
  static func read(_ bytes: [UInt8], type: String) -> SpokenSound? {
    if bytes.starts(with: "RIFF".utf8) { return wave(bytes) }
    let fields = type.lowercased().split(separator: ";").map { $0.filter { $0 != " " } }
    let media = fields.first ?? ""
    let isPlain = media.isEmpty || media.hasPrefix("audio/") || media == "application/octet-stream"
    let others = ["mpeg", "mp3", "ogg", "opus", "flac", "aac", "mp4", "webm"]
    let magics = ["ID3", "OggS", "fLaC"]
    guard isPlain, !others.contains(where: { media.hasSuffix($0) }),
      !magics.contains(where: { bytes.starts(with: $0.utf8) })
    else { return nil }
    let rate = fields.compactMap { $0.hasPrefix("rate=") ? Int($0.dropFirst(5)) : nil }.first ?? plainRate
    guard rates.contains(rate) else { return nil }
    return sound(bytes[...], .init(rate: rate, channels: 1, bits: 16, isFloat: false))
  }

  private struct Format {
    var rate: Int
    var channels: Int
    var bits: Int
    var isFloat: Bool
  }

  private static func wave(_ bytes: [UInt8]) -> SpokenSound? {
    func number(_ at: Int, _ count: Int) -> Int {
      at + count <= bytes.count ? (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } : 0
    }
    guard bytes.count >= 12, bytes[8..<12].elementsEqual("WAVE".utf8) else { return nil }
    var (at, format) = (12, Format?.none)
    while at + 8 <= bytes.count {
      let (kind, size) = (bytes[at..<at + 4], number(at + 4, 4))
      if kind.elementsEqual("fmt ".utf8) {
        // An extensible header says after its own number what the samples are.
        let tag = number(at + 8, 2) == 0xFFFE ? number(at + 32, 2) : number(at + 8, 2)
        guard tag == 1 || tag == 3 else { return nil }
        format = Format(
          rate: number(at + 12, 4), channels: number(at + 10, 2), bits: number(at + 22, 2), isFloat: tag == 3)
      } else if kind.elementsEqual("data".utf8) {
        guard let format else { return nil }
        return sound(bytes[(at + 8)..<min(at + 8 + size, bytes.count)], format)
      }
      at += 8 + size + size % 2
    }
    return nil
  }

  /// Samples of `bytes`, channels averaged; nil for what we do not know, and for none.
  private static func sound(_ bytes: ArraySlice<UInt8>, _ format: Format) -> SpokenSound? {
    guard rates.contains(format.rate), (1...8).contains(format.channels), [16, 24, 32].contains(format.bits),
      !format.isFloat || format.bits == 32
    else { return nil }
    let (width, frame) = (format.bits / 8, format.bits / 8 * format.channels)
    var samples: [Float] = []
    samples.reserveCapacity(bytes.count / frame)
    for start in stride(from: bytes.startIndex, through: bytes.endIndex - frame, by: frame) {
      var sum: Float = 0
      for channel in 0..<format.channels {
        let bits = (0..<width).reduce(UInt32(0)) {
          $0 | UInt32(bytes[start + channel * width + $1]) << UInt32(8 * ($1 + 4 - width))
        }
        let value = format.isFloat ? Float(bitPattern: bits) : Float(Int32(bitPattern: bits)) / 2_147_483_648
        sum += value.isFinite ? max(-1, min(1, value)) : 0
      }
      samples.append(sum / Float(format.channels))
    }
    return samples.isEmpty ? nil : SpokenSound(samples: samples, rate: format.rate)
  }
}
