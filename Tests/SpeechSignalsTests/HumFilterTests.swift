import Foundation
import Testing

@testable import SpeechSignals

@Suite struct HumFilterTests {
  /// Four syllables, a silence and four more, over and over: about 120 Hz.
  private static let talk = Sound.picture(String(repeating: "sssss.sssss...", count: 10), amplitude: 0.1)

  /// Five lines of mains whose RMS is `level`, off by so many Hz, swelling by a share within six seconds.
  private static func mains(_ hertz: Double, level: Double, seconds: Double, swell: Double = 0) -> [Float] {
    let amplitudes = [1, 0.5, 0.5, 0.25, 0.3]
    let scale = level / (amplitudes.reduce(0) { $0 + $1 * $1 } / 2).squareRoot()
    return (0..<Int(seconds * Sound.rate)).map { index in
      let time = Double(index) / Sound.rate
      let sum = amplitudes.enumerated().reduce(0.0) { sum, line in
        sum + line.element * sin(2 * .pi * hertz * Double(line.offset + 1) * time + Double(line.offset))
      }
      return Float(scale * (1 + swell * sin(2 * .pi * time / 6)) * sum)
    }
  }

  /// RMS of the talk where there is a voice.
  private static let level: Double = {
    let loud = talk.filter { abs($0) > 0.001 }
    return (loud.reduce(0.0) { $0 + Double($1 * $1) } / Double(loud.count)).squareRoot()
  }()

  private static func over(_ voice: [Float], _ hum: [Float]) -> [Float] { zip(voice, hum).map { $0 + $1 } }

  /// What the filter makes of a sound after four seconds, in whole frames.
  private static func cleaned(_ sound: [Float]) -> [Float] {
    var filter = HumFilter()
    var result: [Float] = []
    for start in stride(from: 0, to: sound.count / FrameGrid.hop * FrameGrid.hop, by: FrameGrid.hop) {
      var frame = Array(sound[start..<start + FrameGrid.hop])
      _ = filter.clean(&frame, isFlat: false)
      result += frame
    }
    return Array(result[64_000...])
  }

  @Test(arguments: [(60.0, 6.0, 0.0), (60, 12, 0), (60, 20, 0), (59.95, 12, 0), (60.05, 12, 0), (60, 12, 0.25)])
  func `hum under a voice is taken out of it`(hertz: Double, decibels: Double, swell: Double) {
    let level = Self.level * pow(10, -decibels / 20)
    let seconds = Double(Self.talk.count) / Sound.rate
    let found = Self.cleaned(Self.over(Self.talk, Self.mains(hertz, level: level, seconds: seconds, swell: swell)))
    let rest = zip(found, Self.talk[64_000...]).map { Double($0 - $1) }
    let power = rest.reduce(0) { $0 + $1 * $1 } / Double(rest.count)
    #expect(10 * log10(power / level / level) < (swell > 0 ? -8 : -15))
  }

  @Test(arguments: [60.0, 60.05, 60.5, 62, 65, 67, 70, 120, 180, 240])
  func `a tone, pulses and a voice that comes and goes are no hum`(hertz: Double) {
    let pulses = Sound.pulses(hertz, seconds: 8)
    let noise = Sound.noise(seconds: 8, amplitude: 0.02)
    let gated = pulses.enumerated().map { $0.offset / 8_000 % 2 == 0 ? $0.element : 0 }
    for sound in [Sound.sine(hertz, seconds: 8), pulses, Self.over(pulses, noise), Self.over(gated, noise)] {
      #expect(Self.cleaned(sound) == Array(sound[64_000...]))
    }
  }

  @Test func `without hum nothing is changed`() {
    let noise = Sound.noise(seconds: 14, amplitude: 0.01)
    for sound in [Self.talk, Self.over(Self.talk, noise), noise, [Float](repeating: 0, count: 160_000)] {
      #expect(Self.cleaned(sound) == Array(sound[64_000..<(sound.count / FrameGrid.hop * FrameGrid.hop)]))
    }
  }

  @Test(arguments: [0.0, 5]) func `hum does not change the pitch of a voice`(seconds: Double) throws {
    let start = Int(seconds * Sound.rate)
    let level = Self.level / 4
    let hum = Self.mains(60, level: level, seconds: Double(Self.talk.count) / Sound.rate)
    let late = hum.enumerated().map { $0.offset < start ? 0 : $0.element }
    let (clean, found) = (Analysis(Self.talk), Analysis(Self.over(Self.talk, late)))
    let pairs = zip(clean.pitch, found.pitch)
    #expect(pairs.count { ($0 > 0) != ($1 > 0) } * 100 < 5 * clean.pitch.count)
    #expect(pairs.allSatisfy { $0 == 0 || $1 == 0 || abs(log2($0 / $1)) < 0.2 })
    #expect(clean.syllables.count == found.syllables.count)
  }
}
