/// Raw frames of any encoding turned into one channel of floats at ±1, and back.
///
/// Channels are averaged, as a person speaking into two microphones is still one person. What is no number becomes
/// silence, and what is far beyond full scale is bounded at ±16 (+24 dB), so that no later stage meets an infinity.
enum SampleConversion {
  /// Appends `frames` of `format`, read from `raw`, to `target`.
  static func appendMono(_ raw: UnsafeRawPointer, frames: Int, format: SoundFormat, to target: inout [Float]) {
    switch format.encoding {
    case .u8: average(raw, frames, format, &target) { Float(Int32($0.load(as: UInt8.self)) - 128) / 128 }
    case .s8: average(raw, frames, format, &target) { Float($0.load(as: Int8.self)) / 128 }
    case .s16:
      average(raw, frames, format, &target) { Float(Int16(littleEndian: $0.loadUnaligned(as: Int16.self))) / 32768 }
    case .s24: average(raw, frames, format, &target) { Float(packed24($0)) / 8_388_608 }
    case .s24in32:
      average(raw, frames, format, &target) {
        Float((Int32(littleEndian: $0.loadUnaligned(as: Int32.self)) << 8) >> 8) / 8_388_608
      }
    case .s32:
      average(raw, frames, format, &target) {
        Float(Int32(littleEndian: $0.loadUnaligned(as: Int32.self))) / 2_147_483_648
      }
    case .float32:
      average(raw, frames, format, &target) {
        let value = Float(bitPattern: UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)))
        return value.isFinite ? max(-16, min(16, value)) : 0
      }
    }
  }

  /// A float at ±1 as a 16-bit sample, rounded to nearest and held at full scale.
  static func int16(_ value: Float) -> Int16 {
    let scaled = (value * 32768).rounded()
    return scaled.isNaN ? 0 : Int16(max(-32768, min(32767, scaled)))
  }

  /// Appends `samples` to `target` as frames of `format`: the first two channels at the gains' two sides, one channel
  /// at the louder of them, further ones silent.
  static func append(
    _ samples: [Float], _ gains: PlaybackGains, as format: SoundFormat, to target: inout [UInt8]
  ) {
    let (left, right) = format.channels == 1 ? (max(gains.left, gains.right), 0) : (gains.left, gains.right)
    for sample in samples {
      let sample = sample.isNaN ? 0 : max(-1, min(1, sample))
      for channel in 0..<format.channels {
        append(channel == 0 ? sample * left : channel == 1 ? sample * right : 0, format.encoding, &target)
      }
    }
  }

  /// Appends one sample at ±1, lowest byte first.
  private static func append(_ value: Float, _ encoding: SampleEncoding, _ target: inout [UInt8]) {
    func bytes(_ bits: UInt32, _ count: Int) {
      for index in 0..<count { target.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 * index))) }
    }
    switch encoding {
    case .u8: bytes(UInt32((value * 127).rounded() + 128), 1)
    case .s8: bytes(UInt32(bitPattern: Int32((value * 127).rounded())), 1)
    case .s16: bytes(UInt32(bitPattern: Int32(int16(value))), 2)
    case .s24: bytes(UInt32(bitPattern: Int32((value * 8_388_607).rounded())), 3)
    case .s24in32: bytes(UInt32(bitPattern: Int32((value * 8_388_607).rounded())), 4)
    case .s32: bytes(UInt32(bitPattern: Int32((Double(value) * 2_147_483_647).rounded())), 4)
    case .float32: bytes(value.bitPattern, 4)
    }
  }

  @inline(__always) private static func average(
    _ raw: UnsafeRawPointer, _ frames: Int, _ format: SoundFormat, _ target: inout [Float],
    _ sample: (UnsafeRawPointer) -> Float
  ) {
    let width = format.encoding.bytes
    var from = raw
    if format.channels == 1 {
      for _ in 0..<frames {
        target.append(sample(from))
        from += width
      }
      return
    }
    let share = 1 / Float(format.channels)
    for _ in 0..<frames {
      var sum: Float = 0
      for _ in 0..<format.channels {
        sum += sample(from)
        from += width
      }
      target.append(sum * share)
    }
  }

  @inline(__always) private static func packed24(_ from: UnsafeRawPointer) -> Int32 {
    let low = Int32(from.load(as: UInt8.self))
    let middle = Int32(from.load(fromByteOffset: 1, as: UInt8.self)) << 8
    let high = Int32(from.load(fromByteOffset: 2, as: Int8.self)) << 16
    return high | middle | low
  }
}
