import Testing

@testable import Sound

@Suite struct `Samples of every encoding` {
  private func mono(_ raw: [UInt8], _ encoding: SampleEncoding, channels: Int = 1) -> [Float] {
    let format = SoundFormat(rate: 16000, channels: channels, encoding: encoding)
    var found: [Float] = []
    raw.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress {
        SampleConversion.appendMono(start, frames: raw.count / format.frameBytes, format: format, to: &found)
      }
    }
    return found
  }

  @Test(
    arguments: [
      (.u8, [0, 128, 255], [-1, 0, 127.0 / 128]),
      (.s8, [0x80, 0, 0x7F], [-1, 0, 127.0 / 128]),
      (.s16, [0, 0x80, 0, 0, 0xFF, 0x7F], [-1, 0, 32767.0 / 32768]),
      (.s24, [0, 0, 0x80, 0, 0, 0, 0, 0, 0x40], [-1, 0, 0.5]),
      (.s24in32, [0, 0, 0x80, 0, 0, 0, 0, 0x55, 0, 0, 0x40, 0xFF], [-1, 0, 0.5]),
      (.s32, [0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x40], [-1, 0, 0.5]),
      (
        .float32, bytes(Float(-1).bitPattern) + bytes(Float(0).bitPattern) + bytes(Float(1.5).bitPattern), [-1, 0, 1.5]
      ),
    ] as [(SampleEncoding, [UInt8], [Float])])
  func `become floats at one`(encoding: SampleEncoding, raw: [UInt8], expected: [Float]) {
    #expect(mono(raw, encoding) == expected)
    #expect(encoding.bytes == raw.count / 3)
  }

  @Test func `are averaged over the channels`() {
    #expect(mono([0, 0x40, 0, 0], .s16, channels: 2) == [0.25])
    #expect(mono([255, 128, 0, 1], .u8, channels: 4) == [-0.25])
  }

  @Test(arguments: [(Float.nan, 0), (.infinity, 0), (-.infinity, 0), (1e30, 16), (-1e30, -16)] as [(Float, Float)])
  func `that are no numbers, or monstrous ones, do no harm`(value: Float, expected: Float) {
    #expect(mono(bytes(value.bitPattern), .float32) == [expected])
  }

  @Test(arguments: [Int16.min, -32767, -1, 0, 1, 12345, .max]) func `of 16 bits come back as they were`(value: Int16) {
    #expect(SampleConversion.int16(mono(bytes(value), .s16)[0]) == value)
  }

  @Test(arguments: [(Float.nan, 0), (1.0, 32767), (-1.5, -32768), (0.25, 8192)] as [(Float, Int16)])
  func `are held at full scale on the way out`(value: Float, expected: Int16) {
    #expect(SampleConversion.int16(value) == expected)
  }
}

@Suite struct `Resampling` {
  /// Plays samples through a capture in chunks of `chunk`.
  private func heard(_ samples: [Int16], rate: Int, chunk: Int) throws -> [Float] {
    let at = Counter()
    return try hear(
      .generated(name: "chunks", rate: rate, fast: true) {
        let from = at.take(chunk)
        return from < samples.count ? Array(samples[from..<min(from + chunk, samples.count)]) : nil
      }
    ).samples
  }

  @Test(arguments: [8000, 11025, 22050, 44100, 48000, 96000]) func `gives the same however the sound was cut`(
    rate: Int
  ) throws {
    let samples = sine(440, rate: rate, count: rate / 2 + 37)
    let whole = try heard(samples, rate: rate, chunk: samples.count)
    for chunk in [160, 1000, 4096] { #expect(try heard(samples, rate: rate, chunk: chunk) == whole) }
    if rate == 11025 { #expect(try heard(samples, rate: rate, chunk: 1) == whole) }
    #expect(abs(Double(whole.count) - Double(samples.count) * 16000 / Double(rate)) <= 1.5)
    #expect(abs(crossings(whole, rate: 16000) - 440) < 3)
    let peak = whole.dropFirst(200).dropLast(200).max() ?? 0
    #expect(abs(peak - 0.5) < 0.01)
  }

  @Test func `leaves 16 kHz exactly as it is`() throws {
    let samples = sine(1000, rate: 16000, count: 5003)
    #expect(try heard(samples, rate: 16000, chunk: 700) == samples.map { Float($0) / 32768 })
  }

  @Test(arguments: [16000, 48000]) func `leaves silence silent`(rate: Int) throws {
    let heard = try heard([Int16](repeating: 0, count: rate), rate: rate, chunk: 999)
    #expect(abs(heard.count - 16000) <= 1)
    #expect(heard.allSatisfy { $0 == 0 })
  }
}
