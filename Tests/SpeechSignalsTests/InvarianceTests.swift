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

  /// What is found, by kind.
  enum Kind: CaseIterable { case pauses, fillers, nuclei }

  /// Ends of pauses, ends of filled pauses, or nuclei, in seconds.
  private func times(of kind: Kind, in analysis: Analysis) -> [Double] {
    switch kind {
    case .pauses: analysis.pauses.flatMap { [$0.start, $0.end] }
    case .fillers: analysis.fillers.flatMap { [$0.start, $0.end] }
    case .nuclei: analysis.syllables
    }
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

  /// How many events of all recordings there are, and how many a change of the sound, which moves them by `shift` s,
  /// undoes.
  private func undone(
    tolerance: Double, shift: Double = 0, by change: ([Float]) -> [Float]
  ) throws -> [Kind: (lost: Int, count: Int)] {
    var sums: [Kind: (lost: Int, count: Int)] = [:]
    for name in Self.names {
      let sound = try #require(Sound.shared("\(name).wav"))
      let (before, after) = (Analysis(sound), Analysis(change(sound)))
      for kind in Kind.allCases {
        let usual = times(of: kind, in: before)
        let other = times(of: kind, in: after).map { $0 - shift }
        sums[kind, default: (0, 0)].lost += unmatched(usual, other, tolerance: tolerance)
        sums[kind, default: (0, 0)].count += usual.count + other.count
      }
    }
    return sums
  }

  /// Nothing moves by more than a frame; at the softest a room may lie under what 16 bits can hold.
  @Test(arguments: [(-6, 0.001), (-20, 0.001), (-30, 0.001), (-40, 0.005), (-50, 0.005)])
  func `gain changes no event`(peak: Int, bound: Double) throws {
    let largest = Float(pow(10, Double(peak) / 20))
    let sums = try undone(tolerance: 0.01) { sound in
      let gain = largest / sound.reduce(0) { max($0, abs($1)) }
      return sound.map { $0 * gain }
    }
    let share = Double(sums.values.reduce(0) { $0 + $1.lost }) / Double(sums.values.reduce(0) { $0 + $1.count })
    #expect(share <= bound, "\(share) at \(peak) dBFS")
  }

  /// However many zeros stand before it, the same is found; frames begin where the sound does.
  @Test(arguments: [1, 16, 37, 79, 80, 81, 144, 159, 160, 1_003, 16_000])
  func `a shift in time shifts the events`(samples: Int) throws {
    let sums = try undone(tolerance: 0.001, shift: Double(samples) / Sound.rate) {
      [Float](repeating: 0, count: samples) + $0
    }
    for kind in Kind.allCases {
      let (lost, count) = try #require(sums[kind])
      #expect(lost == 0 && count > 0, "\(lost) of \(count) \(kind) for \(samples) samples")
    }
  }

  /// Where a recording was cut out of a longer one, frames lie otherwise in it: what narrowly is or is not an event may
  /// change.
  @Test(
    arguments: [
      (16, [.pauses: 0.07, .fillers: 0.05, .nuclei: 0.03]),
      (80, [.pauses: 0.14, .fillers: 0.05, .nuclei: 0.04]),
      (123, [.pauses: 0.1, .fillers: 0.05, .nuclei: 0.04]),
      (144, [.pauses: 0.05, .fillers: 0.05, .nuclei: 0.03]),
    ] as [(Int, [Kind: Double])])
  func `where a recording is cut off moves few events`(samples: Int, bounds: [Kind: Double]) throws {
    let sums = try undone(tolerance: 0.01, shift: -Double(samples) / Sound.rate) { Array($0.dropFirst(samples)) }
    for kind in Kind.allCases {
      let (lost, count) = try #require(sums[kind])
      let bound = try #require(bounds[kind])
      #expect(Double(lost) <= bound * Double(count), "\(lost) of \(count) \(kind) for \(samples) samples")
    }
  }

  /// A device that comes back with zeros, again and again: what they leave out of the frames is not lost for the time.
  @Test(arguments: [0, 1, 80, 100, 159]) func `zeros after a gap cost no time`(zeros: Int) {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    let sound = [Float](repeating: 0, count: zeros) + Sound.noise(seconds: 1, amplitude: 0.1).dropFirst(zeros)
    for _ in 0..<50 {
      analyzer.process(sound.span, into: &results)
      analyzer.skip(seconds: 1, into: &results)
    }
    #expect(analyzer.nextFrame == 50 * 200)
  }
}
