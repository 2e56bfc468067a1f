import Foundation
import Testing

@testable import SpeechSignals

@Suite struct MainsHumTests {
  private static func measure(_ sound: [Float], chunk: Int = 1_000) -> MainsHum {
    var hum = MainsHum()
    for start in stride(from: 0, to: sound.count, by: chunk) {
      hum.add(Array(sound[start..<min(start + chunk, sound.count)]).span)
    }
    return hum
  }

  private static func mixed(_ sounds: [Float]...) -> [Float] {
    sounds[0].indices.map { place in sounds.reduce(0) { $0 + $1[place] } }
  }

  /// Mains at a frequency: three lines of these amplitudes over white noise.
  private static func mains(_ hertz: Double, _ amplitudes: [Double], noise: Double) -> [Float] {
    amplitudes.enumerated().reduce(Sound.noise(seconds: 10, amplitude: noise)) { sum, line in
      mixed(sum, Sound.sine(hertz * Double(line.offset + 1), seconds: 10, amplitude: line.element))
    }
  }

  @Test(arguments: [
    (50.0, 50), (49.9, 50), (50.15, 50), (60, 60), (59.95, 60), (60.1, 60),
  ])
  func `hum is found at its mains, with its level`(hertz: Double, mains: Int) throws {
    let amplitudes = [0.004, 0.006, 0.002]
    let hum = try #require(Self.measure(Self.mains(hertz, amplitudes, noise: 0.002)).hum)
    let power = amplitudes.reduce(0) { $0 + $1 * $1 / 2 }
    #expect(hum.hertz == mains)
    #expect(abs(hum.decibels - 10 * log10(power)) < 1.5, "\(hum)")
  }

  @Test func `noise, rumble, a tone, a voice and nothing at all are no hum`() {
    let noise = Sound.noise(seconds: 10, amplitude: 0.05)
    var rumble: Float = 0
    let brown = noise.map { sample in
      rumble = 0.999 * rumble + sample
      return rumble * 0.1
    }
    let tone = Self.mixed(Sound.sine(100, seconds: 10, amplitude: 0.1), noise)
    let voice = Sound.picture(String(repeating: "sssss.ssss.", count: 9))
    for sound in [noise, brown, tone, voice, [Float](repeating: 0, count: 160_000), [], [.nan, .infinity]] {
      #expect(Self.measure(sound).hum == nil)
    }
  }

  @Test func `offset and hum do not depend on how the sound was cut`() {
    let sound = Self.mains(50, [0.01, 0.005], noise: 0.001).map { $0 + 0.02 }
    let whole = Self.measure(sound, chunk: sound.count)
    #expect(abs(whole.offset - 0.02) < 0.0001)
    for chunk in [1, 160, 1_601] {
      let cut = Self.measure(sound, chunk: chunk)
      #expect(cut.hum == whole.hum && cut.offset == whole.offset)
    }
  }
}
