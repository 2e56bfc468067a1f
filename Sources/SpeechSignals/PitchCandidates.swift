import Glibc

/// The periods a frame may have, with their strengths.
///
/// Boersma (1993), "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a
/// sampled sound": the autocorrelation of a Hann-windowed piece (here 50 ms, three periods of 60 Hz), divided by that
/// of the window, normalised to 1 at lag 0 (eq. 9). Two things differ: the spectrum is tapered off above 1.5 kHz,
/// where noise lives and harmonics do not help, and, the curve thus being smooth between samples, peaks are found by
/// a parabola.
struct PitchCandidates {
  /// The lowest and highest pitch in Hz.
  static let lowest: Float = 60, highest: Float = 500
  /// The most candidates in a frame.
  static let most = 6
  /// The window in samples.
  static let windowCount = 800

  /// Candidate frequencies in Hz, the first `count` valid.
  private(set) var hertz = [Float](repeating: 0, count: PitchCandidates.most)
  /// Their heights in the normalised autocorrelation, 0 to 1.
  private(set) var strengths = [Float](repeating: 0, count: PitchCandidates.most)
  /// How many there are.
  private(set) var count = 0
  /// The height of the best, 0 without any.
  private(set) var best: Float = 0

  private let transform = FourierTransform(count: 1280)
  private let window: [Float]
  private let weights: [Float]
  private let windowLags: [Float]
  private var power: [Float]
  private var lags: [Float]

  init() {
    let hann = (0..<Self.windowCount).map {
      0.5 - 0.5 * cosf(2 * .pi * (Float($0) + 0.5) / Float(Self.windowCount))
    }
    window = hann
    let longest = Int(16_000 / Self.lowest) + 3
    windowLags = (0..<longest).map { lag in
      var sum: Float = 0
      for index in 0..<(Self.windowCount - lag) { sum += hann[index] * hann[index + lag] }
      return sum
    }
    weights = (0..<transform.bins).map { bin in
      let hertz = Float(bin) * 12.5
      if hertz < 40 || hertz > 2500 { return 0 }
      return hertz < 1500 ? 1 : 0.5 + 0.5 * cosf(.pi * (hertz - 1500) / 1000)
    }
    power = [Float](repeating: 0, count: transform.bins)
    lags = [Float](repeating: 0, count: longest)
  }

  /// Finds the candidates of the window that begins at `start` of the samples.
  mutating func find(in samples: [Float], from start: Int) {
    count = 0
    best = 0
    transform.powerSpectrum(of: samples, from: start, window: window, into: &power)
    transform.autocorrelation(ofPower: power, weights: weights, into: &lags)
    guard lags[0] > 1e-7 else { return }
    let scale = windowLags[0] / lags[0]
    for lag in 0..<lags.count { lags[lag] *= scale / windowLags[lag] }
    let shortest = Int(16_000 / Self.highest) - 1
    for lag in shortest..<(lags.count - 1) {
      let (left, middle, right) = (lags[lag - 1], lags[lag], lags[lag + 1])
      guard middle > 0.25, middle > left, middle >= right else { continue }
      let curve = left - 2 * middle + right
      let offset = curve < 0 ? 0.5 * (left - right) / curve : 0
      let height = middle - 0.25 * (left - right) * offset
      insert(16_000 / (Float(lag) + offset), strength: min(height, 1))
    }
  }

  private mutating func insert(_ frequency: Float, strength: Float) {
    guard frequency >= Self.lowest * 0.98, frequency <= Self.highest * 1.02 else { return }
    best = max(best, strength)
    // A long period that is no stronger than a short one repeats it.
    var place = count
    if count == Self.most {
      place = 0
      for index in 1..<count where rank(index) < rank(place) { place = index }
      guard strength + Self.preference(frequency) > rank(place) else { return }
    } else {
      count += 1
    }
    hertz[place] = frequency
    strengths[place] = strength
  }

  private func rank(_ index: Int) -> Float { strengths[index] + Self.preference(hertz[index]) }

  /// What a candidate gains by being high: 0.02 an octave (Boersma's octave cost).
  static func preference(_ hertz: Float) -> Float { 0.02 * log2f(hertz / lowest) }
}
