import Foundation

/// Sound as 16-bit mono samples, and the WAV file around them.
///
/// The tests cut, join and build their clips here rather than with a tool, because then the length of each is known to
/// the sample.
package struct Wave: Equatable, Sendable {
  /// Samples per second.
  package var rate: Int
  /// The samples, one channel.
  package var samples: [Int16]

  /// Samples at a rate.
  package init(rate: Int = 16_000, samples: [Int16] = []) {
    self.rate = rate
    self.samples = samples
  }

  /// Reads a 16-bit PCM mono WAV file.
  /// - Throws: `SupportError` if it is none.
  package init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw SupportError("\(path) does not open") }
    try self.init(bytes: Array(data), name: path)
  }

  /// Reads the bytes of a 16-bit PCM mono WAV file; `name` is for the error.
  /// - Throws: `SupportError` if it is none.
  package init(bytes: [UInt8], name: String = "sound") throws {
    func number(_ at: Int, _ count: Int) -> Int {
      at + count <= bytes.count ? (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } : 0
    }
    var (at, rate, isPlain) = (12, 0, false)
    while at + 8 <= bytes.count {
      let (kind, size) = (String(decoding: bytes[at..<at + 4], as: UTF8.self), number(at + 4, 4))
      if kind == "fmt " {
        rate = number(at + 12, 4)
        isPlain = number(at + 8, 2) == 1 && number(at + 10, 2) == 1 && number(at + 22, 2) == 16
      } else if kind == "data", isPlain, rate > 0 {
        let end = min(at + 8 + size, bytes.count)
        let samples = stride(from: at + 8, to: end - 1, by: 2).map { Int16(truncatingIfNeeded: number($0, 2)) }
        self.init(rate: rate, samples: samples)
        return
      }
      at += 8 + size + size % 2
    }
    throw SupportError("\(name) is not a 16-bit mono WAV file")
  }

  /// How long it lasts.
  package var seconds: Double { Double(samples.count) / Double(rate) }

  /// The part between two times in seconds, as far as there is one.
  package func cut(from start: Double = 0, to end: Double) -> Wave {
    let first = min(max(0, Int(start * Double(rate))), samples.count)
    return Wave(rate: rate, samples: Array(samples[first..<min(max(first, Int(end * Double(rate))), samples.count)]))
  }

  /// One after the other; the rate is the left one's.
  package static func + (left: Wave, right: Wave) -> Wave {
    Wave(rate: left.rate, samples: left.samples + right.samples)
  }

  /// Over and over until `seconds` are full.
  package func looped(seconds: Double) -> Wave {
    guard !samples.isEmpty else { return self }
    let wanted = Int(seconds * Double(rate))
    var all: [Int16] = []
    all.reserveCapacity(wanted)
    while all.count < wanted { all += samples.prefix(wanted - all.count) }
    return Wave(rate: rate, samples: all)
  }

  /// Digital silence.
  package static func silence(seconds: Double, rate: Int = 16_000) -> Wave {
    Wave(rate: rate, samples: [Int16](repeating: 0, count: Int(seconds * Double(rate))))
  }

  /// A tone of constant level, `amplitude` between 0 and 1.
  package static func tone(hertz: Double, seconds: Double, amplitude: Double = 0.5, rate: Int = 16_000) -> Wave {
    let step = 2 * Double.pi * hertz / Double(rate)
    let count = Int(seconds * Double(rate))
    return Wave(rate: rate, samples: (0..<count).map { Int16(amplitude * 32_767 * sin(step * Double($0))) })
  }

  /// The samples as raw S16LE bytes.
  package var raw: [UInt8] {
    samples.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }

  /// The samples as a WAV file's bytes.
  package var file: [UInt8] {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let format = little(16, 4) + little(1, 2) + little(1, 2) + little(rate, 4) + little(rate * 2, 4) + little(2, 2)
    let body = raw
    return Array("RIFF".utf8) + little(36 + body.count, 4) + Array("WAVEfmt ".utf8) + format + little(16, 2)
      + Array("data".utf8) + little(body.count, 4) + body
  }

  /// A WAV file of 32-bit floats, 16 kHz mono.
  package static func floatFile(_ samples: [Float]) -> [UInt8] {
    func little(_ value: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    let body = samples.flatMap { little($0.bitPattern, 4) }
    return Array("RIFF".utf8) + little(UInt32(36 + body.count), 4) + Array("WAVEfmt ".utf8) + little(16, 4)
      + little(3, 2) + little(1, 2) + little(16_000, 4) + little(64_000, 4) + little(4, 2) + little(32, 2)
      + Array("data".utf8) + little(UInt32(body.count), 4) + body
  }
}
