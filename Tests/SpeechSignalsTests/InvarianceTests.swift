import Foundation
import Testing

@testable import SpeechSignals

/// What must not change what is found in people's speech: how loud it was recorded, and when it began.
@Suite(.enabled(if: Sound.shared("human/mfa_um.wav") != nil, "../shared/speech is absent"))
struct InvarianceTests {
  private static let names = [
    "human/mfa_acoustic_corpus", "human/mfa_um", "human/mfa_cold_corpus", "human/ami_trn09",
    "human/librispeech_61-70968-0000", "synth/s1_slow_m_clean", "synth/s2_um_f_white10",
  ]

  /// Ends of pauses and of filled pauses, and nuclei, in seconds.
  private func times(_ analysis: Analysis) -> [Double] {
    analysis.pauses.flatMap { [$0.start, $0.end] } + analysis.fillers.flatMap { [$0.start, $0.end] }
      + analysis.syllables
  }

  /// How many events of either have none within `tolerance` seconds in the other.
  private func unmatched(_ one: [Double], _ other: [Double], tolerance: Double) -> Int {
    var rest = other
    let lost = one.count { time in
      guard let place = rest.firstIndex(where: { abs($0 - time) <= tolerance + 1e-6 }) else { return true }
      rest.remove(at: place)
      return false
    }
    return lost + rest.count
  }

  /// The share of the events of all recordings that a change of the sound, which moves them by `shift` s, undoes.
  private func undone(
    tolerance: Double, shift: Double = 0, by change: ([Float]) -> [Float]
  ) throws -> Double {
    var (lost, count) = (0, 0)
    for name in Self.names {
      let sound = try #require(Sound.shared("\(name).wav"))
      let usual = times(Analysis(sound))
      let other = times(Analysis(change(sound))).map { $0 - shift }
      lost += unmatched(usual, other, tolerance: tolerance)
      count += usual.count + other.count
    }
    return Double(lost) / Double(count)
  }

  /// Nothing moves by more than a frame; at the softest a room may lie under what 16 bits can hold.
  @Test(arguments: [(-6, 0.001), (-20, 0.001), (-30, 0.001), (-40, 0.005), (-50, 0.005)])
  func `gain changes no event`(peak: Int, bound: Double) throws {
    let largest = Float(pow(10, Double(peak) / 20))
    let share = try undone(tolerance: 0.01) { sound in
      let gain = largest / sound.reduce(0) { max($0, abs($1)) }
      return sound.map { $0 * gain }
    }
    #expect(share <= bound, "\(share) at \(peak) dBFS")
  }

  /// By whole frames, frames lie as they did: nothing changes. Where they lie otherwise, what narrowly is or is not an
  /// event may change.
  @Test(arguments: [(160, 0.0), (16_000, 0.0), (16, 0.03), (37, 0.06), (80, 0.06), (144, 0.03)])
  func `a shift in time shifts the events`(samples: Int, bound: Double) throws {
    let share = try undone(tolerance: 0.01, shift: Double(samples) / Sound.rate) {
      [Float](repeating: 0, count: samples) + $0
    }
    #expect(share <= bound, "\(share) for \(samples) samples")
  }
}
