import Glibc

/// Syllable nuclei: voiced peaks of a loudness-like envelope with a dip on both sides.
///
/// De Jong & Wempe (2009), "Praat script to detect syllable nuclei and measure speech rate automatically", as revised
/// in 2021 (dips on both sides), but the envelope adds compressed bands from 300 to 3300 Hz instead of raw energy,
/// after the sub-band envelopes of Wang & Narayanan (2007): a nasal or a liquid between vowels then shows as a dip. A
/// peak whose dip does not come is decided after `patienceFrames`, so that a held vowel counts in time.
struct SyllableNuclei {
  /// The most frames from a peak to its decision.
  static let patienceFrames = 18
  /// From 300 to 3150 Hz.
  private static let bands = 2..<15
  /// Bands are added after compression with this exponent, between energy (1) and loudness (0.23).
  private static let exponent: Float = 0.4
  /// The dip a peak needs on both sides, in dB.
  private static let dip: Float = 1.5
  /// Half the length of the triangular smoothing, in frames.
  private static let half = 2
  /// A peak this far under the speaker's loudest ones is no nucleus, in dB.
  private static let range: Float = 28
  /// The strength of the best period that makes a peak voiced.
  private static let voicing: Float = 0.4
  private static let ringCount = 64

  private var envelope = [Float](repeating: Decibels.floor, count: SyllableNuclei.ringCount)
  private var contour = [Float](repeating: Decibels.floor, count: SyllableNuclei.ringCount)
  private var periodicity = [Float](repeating: 0, count: SyllableNuclei.ringCount)
  private var frame = -1
  private var isRising = true
  private var extreme: Float = Decibels.floor
  private var extremeFrame = 0
  private var extremeIsVoiced = false
  private var typicalPeak = Decibels.floor

  /// Takes in the next frame and returns the index of a frame now known to be a nucleus.
  mutating func update(bands: [Float], periodicity strength: Float) -> Int? {
    frame += 1
    var sum: Float = 0
    for band in Self.bands { sum += powf(bands[band] + 1e-12, Self.exponent) }
    envelope[frame % Self.ringCount] = 10 / Self.exponent * log10f(sum / Float(Self.bands.count))
    periodicity[frame % Self.ringCount] = strength
    let half = Self.half
    guard frame >= 2 * half else { return nil }
    var (value, weights): (Float, Float) = (0, 0)
    for offset in -half...half {
      let weight = Float(half + 1 - abs(offset))
      value += weight * envelope[(frame - half + offset) % Self.ringCount]
      weights += weight
    }
    contour[(frame - half) % Self.ringCount] = value / weights
    return follow(value / weights, at: frame - half)
  }

  /// The middle of the peak: of the frames around its top that lie less than a dip under it.
  private func middle(through centre: Int) -> Int {
    var first = extremeFrame
    while first > 0, first > centre - Self.ringCount + 2, contour[(first - 1) % Self.ringCount] > extreme - Self.dip {
      first -= 1
    }
    return (first + centre) / 2
  }

  private mutating func follow(_ value: Float, at centre: Int) -> Int? {
    typicalPeak = max(typicalPeak - 0.02, value)
    if isRising {
      if value > extreme {
        extreme = value
        extremeFrame = centre
        extremeIsVoiced = false
        for index in max(0, centre - 2)...(centre + min(2, frame - centre)) {
          if periodicity[index % Self.ringCount] > Self.voicing { extremeIsVoiced = true }
        }
      }
      guard value < extreme - Self.dip || centre - extremeFrame >= Self.patienceFrames else { return nil }
      isRising = false
      defer { extreme = value }
      return extremeIsVoiced && extreme > typicalPeak - Self.range ? middle(through: centre) : nil
    }
    if value < extreme { extreme = value }
    if value > extreme + Self.dip {
      isRising = true
      extreme = -.infinity
      return follow(value, at: centre)
    }
    return nil
  }
}
