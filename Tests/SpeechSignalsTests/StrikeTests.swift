import Foundation
import Testing

@testable import SpeechSignals

/// A blow is over at once, a voice and noise go on.
@Suite struct StrikeTests {
  /// What `Strike` says about 50 ms of sound, which come frame by frame behind silence.
  private static func isStruck(_ sound: [Float]) -> Bool {
    var strike = Strike()
    for heard in stride(from: FrameGrid.hop, through: PitchCandidates.windowCount, by: FrameGrid.hop) {
      strike.update([Float](repeating: 0, count: PitchCandidates.windowCount - heard) + sound.prefix(heard))
    }
    return strike.certainty > 0.5
  }

  @Test(arguments: [60.0, 100, 240, 500]) func `a voice is no blow`(hertz: Double) {
    #expect(!Self.isStruck(Sound.pulses(hertz, seconds: 0.05)))
  }

  @Test func `noise and silence are no blow`() {
    #expect(!Self.isStruck(Sound.noise(seconds: 0.05, amplitude: 0.1)))
    #expect(!Self.isStruck([Float](repeating: 0, count: 800)))
  }

  /// 2 ms of noise, and a body that rings at 200 Hz.
  @Test(arguments: [50, 300, 600]) func `a key is one, wherever it lies in the window`(place: Int) {
    var sound = [Float](repeating: 0, count: 800)
    let random = Sound.noise(seconds: 0.05, amplitude: 1, seed: 5)
    for offset in 0..<(800 - place) {
      let age = Double(offset) / Sound.rate
      let ring = 0.4 * exp(-age / 0.015) * sin(2 * .pi * 200 * age)
      sound[place + offset] = Float(Double(random[offset]) * exp(-age / 0.002) + ring)
    }
    #expect(Self.isStruck(sound))
  }
}
