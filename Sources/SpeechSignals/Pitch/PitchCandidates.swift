import Glibc

/// The periods a frame may have, with their strengths.
///
/// Boersma (1993), "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a
/// sampled sound": the autocorrelation of a Hann-windowed piece, divided by that of the window, normalised to 1 at lag
/// 0 (eq. 9). The curve is smooth between samples, for the spectrum is tapered off above 3 kHz; so peaks are found by a
/// parabola. The window holds three periods of the lowest voice, 50 ms, or, once the speaker is known to keep above
/// 120 Hz, three of that, 25 ms: a high voice may move far in 50 ms. As in his method, what repeats best at a rate no
/// voice has (`overtone`: hiss, a whistle) speaks for a frame being unvoiced.
///
/// A second curve, always over 50 ms and tapered off above 1.5 kHz, where noise lives and harmonics do not help, tells
/// how strong a voice there is in noise (`best`), and what it is likely to be whoever speaks (`likeliest`).
struct PitchCandidates {
  /// The lowest and highest pitch in Hz.
  static let lowest: Float = 60, highest: Float = 500
  /// The most candidates in a frame.
  static let most = 6
  /// The longest window in samples.
  static let windowCount = 800
  /// Peaks lower than this are no candidates.
  private static let least: Float = 0.25
  /// The shortest lag that is looked at as a pitch.
  private static let shortest = Int(16_000 / PitchCandidates.highest) - 1

  /// Candidate frequencies in Hz, the first `count` valid.
  private(set) var hertz = [Float](repeating: 0, count: PitchCandidates.most)
  /// Their heights in the normalised autocorrelation, 0 to 1.
  private(set) var strengths = [Float](repeating: 0, count: PitchCandidates.most)
  /// How many there are.
  private(set) var count = 0
  /// The height of the best candidate, 0 without any.
  private(set) var strongest: Float = 0
  /// The height of the best period too short for a voice, with what it gains by being short; 0 without any.
  private(set) var overtone: Float = 0
  /// The height of the best period of the spectrum under 1.5 kHz, however low; 0 without any.
  private(set) var best: Float = 0
  /// The pitch of that spectrum in Hz and its height, a long period that merely repeats a short one set back; 0 without.
  private(set) var likeliest: (hertz: Float, strength: Float) = (0, 0)

  private let transform = FourierTransform(count: 1280)
  private let long: Window, short: Window
  private let lowWeights: [Float]
  private let wideWeights: [Float]
  private var power: [Float]
  private var lags: [Float]

  /// A window and what its own autocorrelation takes from each lag.
  private struct Window {
    let shape: [Float]
    let gains: [Float]

    /// A Hann window of three periods of `lowest` Hz, with lags up to `longest` samples.
    init(lowest: Float, longest: Int) {
      let count = Int(3 * 16_000 / lowest)
      let hann = (0..<count).map { 0.5 - 0.5 * cosf(2 * .pi * (Float($0) + 0.5) / Float(count)) }
      let lags = (0..<longest).map { lag in
        var sum: Float = 0
        for index in 0..<(count - lag) { sum += hann[index] * hann[index + lag] }
        return sum
      }
      shape = hann
      gains = lags.map { lags[0] / $0 }
    }
  }

  init() {
    long = Window(lowest: Self.lowest, longest: Int(16_000 / Self.lowest) + 3)
    // Two periods of 80 Hz still fit in the short window.
    short = Window(lowest: 120, longest: 202)
    lowWeights = Self.taper(bins: transform.bins, from: 1500, to: 2500)
    wideWeights = Self.taper(bins: transform.bins, from: 3000, to: 5000)
    power = [Float](repeating: 0, count: transform.bins)
    lags = [Float](repeating: 0, count: long.gains.count)
  }

  /// Weights that keep 40 Hz up to a frequency and fade to nothing at another.
  private static func taper(bins: Int, from start: Float, to end: Float) -> [Float] {
    (0..<bins).map { bin in
      let hertz = Float(bin) * 12.5
      if hertz < 40 || hertz > end { return 0 }
      return hertz < start ? 1 : 0.5 + 0.5 * cosf(.pi * (hertz - start) / (end - start))
    }
  }

  /// Finds the candidates of the window that begins at `start` of the samples, for a speaker not under a pitch in Hz.
  mutating func find(in samples: [Float], from start: Int, speakerFloor: Float) {
    (count, strongest, overtone, best, likeliest) = (0, 0, 0, 0, (0, 0))
    transform.powerSpectrum(of: samples, from: start, window: long.shape, into: &power)
    guard correlate(lowWeights, long.gains) else { return }
    var leading = -Float.infinity
    for lag in Self.shortest..<(long.gains.count - 1) {
      guard let peak = peak(at: lag, over: 0), Self.isPitch(peak.hertz) else { continue }
      best = max(best, peak.height)
      guard peak.height > Self.least else { continue }
      let rank = peak.height + Self.preference(peak.hertz)
      if rank > leading { (leading, likeliest) = (rank, (peak.hertz, peak.height)) }
    }
    let isHigh = speakerFloor >= 120
    let longest = isHigh ? short.gains.count : long.gains.count
    if isHigh {
      let middle = start + (long.shape.count - short.shape.count) / 2
      transform.powerSpectrum(of: samples, from: middle, window: short.shape, into: &power)
    }
    guard correlate(wideWeights, isHigh ? short.gains : long.gains) else { return }
    for lag in 2..<(longest - 1) {
      guard let peak = peak(at: lag, over: Self.least) else { continue }
      if Self.isPitch(peak.hertz) {
        insert(peak.hertz, strength: peak.height)
      } else if peak.hertz > Self.highest {
        overtone = max(overtone, peak.height + Self.preference(peak.hertz))
      }
    }
  }

  /// Fills `lags` with the normalised autocorrelation of the weighted spectrum; false where there is no sound.
  private mutating func correlate(_ weights: [Float], _ gains: [Float]) -> Bool {
    transform.autocorrelation(ofPower: power, weights: weights, into: &lags)
    guard lags[0] > 1e-7 else { return false }
    let scale = 1 / lags[0]
    for lag in 0..<gains.count { lags[lag] *= scale * gains[lag] }
    return true
  }

  /// The peak at a lag in Hz and its height, over `least` and at most 1; nil where there is none.
  private func peak(at lag: Int, over least: Float) -> (hertz: Float, height: Float)? {
    let (left, middle, right) = (lags[lag - 1], lags[lag], lags[lag + 1])
    guard middle > least, middle > left, middle >= right else { return nil }
    let curve = left - 2 * middle + right
    let offset = curve < 0 ? 0.5 * (left - right) / curve : 0
    return (16_000 / (Float(lag) + offset), min(1, middle - 0.25 * (left - right) * offset))
  }

  private static func isPitch(_ hertz: Float) -> Bool { hertz >= lowest * 0.98 && hertz <= highest * 1.02 }

  private mutating func insert(_ frequency: Float, strength: Float) {
    strongest = max(strongest, strength)
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

  /// What a candidate gains by being high, 0.01 an octave, counted from the highest (Boersma's octave cost, eq. 24): a
  /// long period that is no stronger than a short one repeats it.
  static func preference(_ hertz: Float) -> Float { preference(octaves: log2f(hertz)) }

  /// The same of a candidate in octaves over 1 Hz.
  static func preference(octaves: Float) -> Float { 0.01 * (octaves - octavesOfHighest) }

  private static let octavesOfHighest = log2f(highest)
}
