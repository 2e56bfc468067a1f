/// One thing that is done to an analyzer.
enum Step {
  /// Samples arrive.
  case samples([Float])
  /// Time passes without sound, in seconds.
  case skip(Double)
}

/// Bytes read as what a session could meet: settings, then steps; whatever is missing counts as 0.
///
/// The first two numbers are the settings, any bits at all. Then every step is a byte for its kind, a byte for its
/// length and what it needs: raw 16-bit samples, raw floats, a tone, noise, silence, or a gap.
struct Input {
  /// The most samples one input may grow to: 8 s keep a run in milliseconds.
  private static let sampleLimit = 128_000

  private var bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private var made = 0
  private var noise: UInt32 = 1

  /// Begins at the first byte.
  init(_ data: UnsafePointer<UInt8>?, _ size: Int) { bytes = UnsafeBufferPointer(start: data, count: size) }

  /// The next eight bytes as they are, a number or not.
  mutating func double() -> Double { Double(bitPattern: integer(8)) }

  /// The next step; nil at the end.
  mutating func step() -> Step? {
    guard at < bytes.count, made < Self.sampleLimit else { return nil }
    let kind = integer(1)
    let length = Int(integer(1))
    let samples: [Float]
    switch kind % 8 {
    case 0: samples = (0..<length).map { _ in Float(Int16(truncatingIfNeeded: integer(2))) / 32_768 }
    case 1: samples = (0..<length).map { _ in Float(bitPattern: UInt32(integer(4))) }
    case 2, 3: samples = voice(length * 100, hertz: Float(60 + integer(1) * 2), gain: gain())
    case 4: samples = hiss(length * 100, gain: gain())
    case 5: samples = [Float](repeating: gain() - 0.5, count: length * 160)
    case 6: return .skip(double())
    default: return .skip(Double(length) / 100)
    }
    made += samples.count
    return .samples(samples)
  }

  private mutating func integer(_ width: Int) -> UInt64 {
    var value: UInt64 = 0
    for place in 0..<width where at < bytes.count {
      value |= UInt64(bytes[at]) << (8 * UInt64(place))
      at += 1
    }
    return value
  }

  private mutating func gain() -> Float { Float(integer(1)) / 255 }

  /// A pulse train: what a voice is to every detector.
  private func voice(_ count: Int, hertz: Float, gain: Float) -> [Float] {
    var phase: Float = 0
    var held: Float = 0
    return (0..<count).map { _ in
      phase += hertz / 16_000
      if phase >= 1 {
        phase -= 1
        held = gain
      }
      held *= 0.93
      return held
    }
  }

  private mutating func hiss(_ count: Int, gain: Float) -> [Float] {
    (0..<count).map { _ in
      noise = noise &* 1_664_525 &+ 1_013_904_223
      return gain * (Float(noise >> 8) / 8_388_608 - 1)
    }
  }
}
