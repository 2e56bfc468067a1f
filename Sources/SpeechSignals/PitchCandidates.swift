import Glibc

/// The periods a frame may have, with their strengths.
///
/// Boersma (1993), "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a
/// sampled sound": the autocorrelation of a Hann-windowed piece (here 50 ms, three periods of 60 Hz), divided by that
/// of the window, normalised to 1 at lag 0 (eq. 9). The curve is smooth between samples, for the spectrum is tapered
/// off above 3 kHz; so peaks are found by a parabola. As in his method, a sound that repeats best at a rate no voice
/// has (`overtone`: hiss, a whistle, a formant alone) competes with the periods for being heard as unvoiced. A second
/// curve, tapered off above 1.5 kHz, where noise lives and harmonics do not help, gives the strength of voice in noise.
struct PitchCandidates {
  /// The lowest and highest pitch in Hz.
  static let lowest: Float = 60, highest: Float = 500
  /// The most candidates in a frame.
  static let most = 6
  /// The window in samples.
  static let windowCount = 800
  /// Peaks lower than this are none.
  private static let least: Float = 0.25
  /// The lags of the lowest and the highest pitch, with a margin for the peak's sides.
  private static let longest = Int(16_000 / PitchCandidates.lowest) + 3
  private static let shortest = Int(16_000 / PitchCandidates.highest) - 1

  /// Candidate frequencies in Hz, the first `count` valid.
  private(set) var hertz = [Float](repeating: 0, count: PitchCandidates.most)
  /// Their heights in the normalised autocorrelation, 0 to 1.
  private(set) var strengths = [Float](repeating: 0, count: PitchCandidates.most)
  /// How many there are.
  private(set) var count = 0
  /// The height of the best period of the spectrum under 1.5 kHz, 0 without any.
  private(set) var best: Float = 0
  /// The height of the best period too short for a voice, with what it gains by being short; 0 without any.
  private(set) var overtone: Float = 0

  private let transform = FourierTransform(count: 1280)
  private let window: [Float]
  private let lowWeights: [Float]
  private let wideWeights: [Float]
  private let windowGains: [Float]
  private var power: [Float]
  private var lags: [Float]

  init() {
    let hann = (0..<Self.windowCount).map {
      0.5 - 0.5 * cosf(2 * .pi * (Float($0) + 0.5) / Float(Self.windowCount))
    }
    window = hann
    let windowLags = (0..<Self.longest).map { lag in
      var sum: Float = 0
      for index in 0..<(Self.windowCount - lag) { sum += hann[index] * hann[index + lag] }
      return sum
    }
    windowGains = windowLags.map { windowLags[0] / $0 }
    lowWeights = Self.taper(bins: transform.bins, from: 1500, to: 2500)
    wideWeights = Self.taper(bins: transform.bins, from: 3000, to: 5000)
    power = [Float](repeating: 0, count: transform.bins)
    lags = [Float](repeating: 0, count: Self.longest)
  }

  /// Weights that keep 40 Hz up to a frequency and fade to nothing at another.
  private static func taper(bins: Int, from start: Float, to end: Float) -> [Float] {
    (0..<bins).map { bin in
      let hertz = Float(bin) * 12.5
      if hertz < 40 || hertz > end { return 0 }
      return hertz < start ? 1 : 0.5 + 0.5 * cosf(.pi * (hertz - start) / (end - start))
    }
  }

  /// Finds the candidates of the window that begins at `start` of the samples.
  mutating func find(in samples: [Float], from start: Int) {
    (count, best, overtone) = (0, 0, 0)
    transform.powerSpectrum(of: samples, from: start, window: window, into: &power)
    guard correlate(lowWeights) else { return }
    for lag in Self.shortest..<(Self.longest - 1) {
      guard let peak = peak(at: lag), Self.isPitch(peak.hertz) else { continue }
      best = max(best, min(peak.height, 1))
    }
    guard correlate(wideWeights) else { return }
    for lag in 2..<(Self.longest - 1) {
      guard let peak = peak(at: lag) else { continue }
      if Self.isPitch(peak.hertz) {
        insert(peak.hertz, strength: min(peak.height, 1))
      } else if peak.hertz > Self.highest {
        overtone = max(overtone, min(peak.height, 1) + Self.preference(peak.hertz))
      }
    }
  }

  /// Fills `lags` with the normalised autocorrelation of the weighted spectrum; false where there is no sound.
  private mutating func correlate(_ weights: [Float]) -> Bool {
    transform.autocorrelation(ofPower: power, weights: weights, into: &lags)
    guard lags[0] > 1e-7 else { return false }
    let scale = 1 / lags[0]
    for lag in 0..<lags.count { lags[lag] *= scale * windowGains[lag] }
    return true
  }

  /// The peak at a lag in Hz and its height; nil where there is none.
  private func peak(at lag: Int) -> (hertz: Float, height: Float)? {
    let (left, middle, right) = (lags[lag - 1], lags[lag], lags[lag + 1])
    guard middle > Self.least, middle > left, middle >= right else { return nil }
    let curve = left - 2 * middle + right
    let offset = curve < 0 ? 0.5 * (left - right) / curve : 0
    return (16_000 / (Float(lag) + offset), middle - 0.25 * (left - right) * offset)
  }

  private static func isPitch(_ hertz: Float) -> Bool { hertz >= lowest * 0.98 && hertz <= highest * 1.02 }

  private mutating func insert(_ frequency: Float, strength: Float) {
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

  /// The candidate that would be chosen by itself, as an index; nil without any.
  var favourite: Int? {
    guard count > 0 else { return nil }
    var chosen = 0
    for index in 1..<count where rank(index) > rank(chosen) { chosen = index }
    return chosen
  }

  /// What a candidate gains by being high, 0.01 an octave, counted from the highest (Boersma's octave cost, eq. 24): a
  /// long period that is no stronger than a short one repeats it.
  static func preference(_ hertz: Float) -> Float { 0.01 * log2f(hertz / highest) }
}
