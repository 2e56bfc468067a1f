/// Samples of a sound that are no numbers (NaN or infinity), and were taken as silence.
package struct OddSamples: Equatable, Sendable {
  /// How many there were.
  package var count: Int
  /// When the first of them came, in seconds.
  package var firstSeconds: Double
}

/// Counts the samples that are no numbers as they go by; of a format of whole numbers there are none.
struct OddSampleWatch {
  /// What was met so far; `nil` without any.
  private(set) var found: OddSamples?
  private let format: SoundFormat

  /// A watch over sound of `format`.
  init(_ format: SoundFormat) { self.format = format }

  /// Looks at `frames` of interleaved sound, which `before` frames came before.
  mutating func look(at bytes: UnsafeRawPointer, frames: Int, before: Int64) {
    guard format.encoding == .float32 else { return }
    for index in 0..<frames * format.channels {
      let bits = bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
      guard !Float(bitPattern: UInt32(littleEndian: bits)).isFinite else { continue }
      if found == nil {
        let frame = before + Int64(index / format.channels)
        found = OddSamples(count: 0, firstSeconds: Double(frame) / Double(format.rate))
      }
      found?.count += 1
    }
  }
}
