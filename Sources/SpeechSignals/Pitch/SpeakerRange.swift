import Glibc

/// Where a speaker's pitch lies, as a histogram that slowly forgets.
///
/// De Looze & Hirst (2008), "Detecting changes in key and range for the automatic modelling and coding of intonation":
/// a voice seldom leaves the range from 0.75 of its first quartile to 1.5 of its third (2.5 if lively). The limits here
/// are wider, for while someone speaks nobody knows yet how lively they are going to be. Frames are taken as they sound
/// by themselves, not as the path reads them, so that a wrong range cannot confirm itself.
struct SpeakerRange {
  private static let binsPerOctave: Float = 24
  private static let low: Float = 0.7, high: Float = 2.1
  private static let mostCost: Float = 0.3
  private var counts = [Float](repeating: 0, count: 80)
  private var total: Float = 0
  private var sinceMedian = 0
  /// The median in Hz; nil before 1 s of voice.
  private(set) var median: Float?
  /// The range in Hz; nil before 1 s of voice.
  private(set) var limits: (low: Float, high: Float)?

  /// Takes in one voiced frame in Hz.
  mutating func note(_ hertz: Float) {
    let bin = Int((log2f(hertz / PitchCandidates.lowest) * Self.binsPerOctave).rounded(.down)) + 1
    guard counts.indices.contains(bin) else { return }
    counts[bin] += 1
    total += 1
    sinceMedian += 1
    guard sinceMedian >= 25, total >= 100 else { return }
    sinceMedian = 0
    median = quantile(0.5)
    limits = (Self.low * quantile(0.25), Self.high * quantile(0.75))
    // Half a minute of voice counts: a second speaker takes over.
    if total > 3000 {
      for index in counts.indices { counts[index] *= 0.5 }
      total *= 0.5
    }
  }

  /// Forgets all pitches in a range of octaves over 1 Hz.
  mutating func forget(_ octaves: ClosedRange<Float>) {
    for index in bin(octaves.lowerBound)...bin(octaves.upperBound) where counts.indices.contains(index) {
      total -= counts[index]
      counts[index] = 0
    }
    (median, limits, sinceMedian) = (nil, nil, 25)
  }

  private func bin(_ octaves: Float) -> Int {
    Int(((octaves - log2f(PitchCandidates.lowest)) * Self.binsPerOctave).rounded(.down)) + 1
  }

  private func quantile(_ share: Float) -> Float {
    var below: Float = 0
    for index in counts.indices {
      below += counts[index]
      if below >= share * total {
        return PitchCandidates.lowest * exp2f((Float(index) - 0.5) / Self.binsPerOctave)
      }
    }
    return PitchCandidates.highest
  }

  /// What a candidate pays an octave that it lies outside of the range; nothing while that is unknown.
  func cost(_ hertz: Float) -> Float {
    guard let limits, hertz < limits.low || hertz > limits.high else { return 0 }
    return min(Self.mostCost, abs(log2f(hertz / (hertz < limits.low ? limits.low : limits.high))))
  }
}
