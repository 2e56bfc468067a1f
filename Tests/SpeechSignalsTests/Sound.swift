import Foundation

/// Sounds for the tests: made by rule, or read from recordings that the machine may have.
enum Sound {
  static let rate = 16_000.0

  /// A sine of a frequency in Hz.
  static func sine(_ hertz: Double, seconds: Double, amplitude: Double = 0.3) -> [Float] {
    (0..<Int(seconds * rate)).map { Float(amplitude * sin(2 * .pi * hertz * Double($0) / rate)) }
  }

  /// Pulses of a frequency in Hz: all harmonics up to 4 kHz, falling 6 dB an octave.
  static func pulses(_ hertz: Double, seconds: Double, amplitude: Double = 0.2) -> [Float] {
    let harmonics = max(1, Int(4000 / hertz))
    return (0..<Int(seconds * rate)).map { index in
      let phase = 2 * .pi * hertz * Double(index) / rate
      var sum = 0.0
      for harmonic in 1...harmonics { sum += cos(Double(harmonic) * phase) / Double(harmonic) }
      return Float(amplitude * sum / 2)
    }
  }

  /// White noise, the same each time.
  static func noise(seconds: Double, amplitude: Double, seed: UInt64 = 1) -> [Float] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<Int(seconds * rate)).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Float((Double(state >> 11) / Double(1 << 53) * 2 - 1) * amplitude)
    }
  }

  /// Speech as a picture: a letter is 100 ms, `s` of voice and `.` of room; over all of it lies a faint noise.
  static func picture(_ picture: String, amplitude: Double = 0.2, noise level: Double = 0.0003) -> [Float] {
    let letters = picture.filter { $0 != "|" }
    var sound = noise(seconds: Double(letters.count) / 10, amplitude: level)
    var phase = 0.0
    for (place, letter) in letters.enumerated() where letter == "s" {
      for offset in 0..<1600 {
        let index = place * 1600 + offset
        let time = Double(index) / rate
        // The pitch sways, the level beats five times a second, and formants move with it, as in speech.
        let hertz = 120 * exp2(0.15 * sin(2 * .pi * 0.7 * time))
        phase += hertz / rate
        let beat = 0.55 - 0.45 * cos(2 * .pi * 5 * time)
        var sum = 0.0
        for harmonic in 1...20 {
          let frequency = hertz * Double(harmonic)
          let formant = 500 + 250 * sin(2 * .pi * 2.3 * time)
          let weight = 1 / (1 + pow((frequency - formant) / 200, 2)) + 0.3 / (1 + pow((frequency - 1500) / 300, 2))
          sum += weight * sin(2 * .pi * phase * Double(harmonic))
        }
        sound[index] += Float(amplitude * beat * sum / 2)
      }
    }
    return sound
  }

  /// A recording of 16-bit mono sound at 16 kHz; nil where it is not installed.
  static func recording(_ path: String) -> [Float]? {
    guard let data = FileManager.default.contents(atPath: path), data.count > 44 else { return nil }
    let bytes = [UInt8](data)
    var place = 12
    while place + 8 <= bytes.count {
      let size = (0..<4).reduce(0) { $0 | Int(bytes[place + 4 + $1]) << (8 * $1) }
      if bytes[place..<place + 4].elementsEqual("data".utf8) {
        return stride(from: place + 8, to: min(bytes.count - 1, place + 8 + size), by: 2).map {
          Float(Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)) / 32_768
        }
      }
      place += 8 + size + (size & 1)
    }
    return nil
  }

  /// A LibriVox reader, from Debian's `pocketsphinx-testdata`.
  static let reader = recording(
    "/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0870.wav")

  /// A recording of the shared speech folder beside the package.
  static func shared(_ name: String) -> [Float]? {
    let package = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return recording(package.appendingPathComponent("../shared/speech/\(name)").standardizedFileURL.path)
  }
}
