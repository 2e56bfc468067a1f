import Glibc

/// Syllable nuclei: peaks of sonority with a dip on both sides.
///
/// De Jong & Wempe (2009), "Praat script to detect syllable nuclei and measure speech rate automatically", as revised
/// in 2021 (voiced peaks, dips on both sides), but the contour is not the intensity: `Sonority` weighs sub-bands by
/// what tells vowels from their neighbours, so that an unstressed vowel beside a strong consonant still peaks. A voice
/// far under the speaker's own level is another talker or the room, and needs a clearer vowel the lower it lies. A
/// peak whose dip does not come is decided after `patienceFrames`, so that a held vowel counts in time.
struct SyllableNuclei {
  /// The most frames from a nucleus to its decision.
  static let lagFrames = Sonority.lagFrames + 1 + patienceFrames
  private static let patienceFrames = 16
  /// The dip a peak needs on both sides at the usual tempo, and the least peak, in log odds.
  private static let usualDip: Float = 1.0, least: Float = -1.2
  /// The usual tempo in syllables a second of speech, and how much a change of it changes the dip.
  private static let usualTempo: Float = 4.7, tempoEffect: Float = 2
  /// The least and the most that the tempo makes of the usual dip, as factors.
  private static let leastDip: Float = 0.3, mostDip: Float = 2
  /// The part of the tempo that is renewed in a frame: a memory of four seconds of speech.
  private static let renewal: Float = 0.0025
  /// So far under the speaker's loudest voice, in dB, a peak begins to lose, and so much a dB in log odds.
  private static let range: Float = 10, loss: Float = 0.2
  /// How fast the speaker's loudest voice is forgotten, in dB a frame.
  private static let forgetting: Float = 0.02
  /// The strength of the best period that makes a peak voiced; that of a creaking voice is little above it.
  private static let voicing: Float = 0.3
  /// From 200 to 3150 Hz.
  private static let bands = 1..<15
  private static let ringCount = 64

  private var sonority = Sonority()
  private var powers = [Float](repeating: Decibels.floor, count: SyllableNuclei.ringCount)
  private var levels = [Float](repeating: Decibels.floor, count: SyllableNuclei.ringCount)
  private var losses = [Float](repeating: 0, count: SyllableNuclei.ringCount)
  private var periodicity = [Float](repeating: 0, count: SyllableNuclei.ringCount)
  private var contour = [Float](repeating: 0, count: SyllableNuclei.ringCount)
  private var rough: (older: Float, newer: Float) = (0, 0)
  private var frame = -1
  private var loudest = Decibels.floor
  private var isRising = true
  private var extreme = -Float.infinity
  private var extremeFrame = 0
  private var tempo = SyllableNuclei.usualTempo
  private var dip = SyllableNuclei.usualDip

  /// Takes in the band powers of the next frame, the background under them in dB, and the strength of its best period;
  /// returns the frame now known to be a nucleus, at most `lagFrames` ago, and how much later than it, -0.5 to 0.5
  /// frames, the nucleus lies.
  mutating func update(bands: [Float], floor: [Float], periodicity strength: Float) -> (frame: Int, offset: Float)? {
    frame += 1
    var power: Float = 0
    for band in Self.bands { power += bands[band] }
    powers[frame % Self.ringCount] = Decibels.power(power)
    periodicity[frame % Self.ringCount] = strength
    noteLevel()
    let odds = sonority.update(bands: bands, floor: floor, periodicity: strength)
    let newest = frame - Sonority.lagFrames
    guard newest >= 0 else { return nil }
    losses[newest % Self.ringCount] = loss(at: newest)
    let value = odds - losses[newest % Self.ringCount]
    defer { rough = newest == 0 ? (value, value) : (rough.newer, value) }
    guard newest >= 1 else { return nil }
    let smoothed = (rough.older + 2 * rough.newer + value) / 4
    contour[(newest - 1) % Self.ringCount] = smoothed
    return follow(smoothed, at: newest - 1)
  }

  /// Learns the tempo from a frame that has become final.
  ///
  /// Slow vowels waver, and a wavering is no dip; in fast speech neighbours run together, and a slight dip is one.
  mutating func learn(isSpeech: Bool, isNucleus: Bool) {
    guard isSpeech else { return }
    tempo += Self.renewal * ((isNucleus ? 100 : 0) - tempo)
    let change = 1 + Self.tempoEffect * (1 - tempo / Self.usualTempo)
    dip = Self.usualDip * max(Self.leastDip, min(Self.mostDip, change))
  }

  /// Notes the level of the frame before, and the speaker's loudest voice.
  private mutating func noteLevel() {
    let centre = max(0, frame - 1)
    let slot = centre % Self.ringCount
    let before = powers[max(0, centre - 1) % Self.ringCount]
    let level = (before + 2 * powers[slot] + powers[frame % Self.ringCount]) / 4
    loudest = max(loudest - Self.forgetting, periodicity[slot] > 0.4 ? level : Decibels.floor)
    levels[slot] = level
  }

  /// What a frame loses, in log odds, for lying far under the loudest voice heard up to now.
  private func loss(at index: Int) -> Float {
    Self.loss * max(0, loudest - levels[index % Self.ringCount] - Self.range)
  }

  /// Whether the peak is a vowel, also beside the louder voice that may have come since.
  private var isNucleus: Bool {
    let since = loss(at: extremeFrame) - losses[extremeFrame % Self.ringCount]
    return extreme - since > Self.least && isVoiced(extremeFrame)
  }

  private mutating func follow(_ value: Float, at centre: Int) -> (frame: Int, offset: Float)? {
    let turn = turn(before: centre) ?? value
    if isRising {
      if turn > extreme { (extreme, extremeFrame) = (turn, turn == value ? centre : centre - 1) }
      if value > extreme { (extreme, extremeFrame) = (value, centre) }
      guard min(value, turn) < extreme - dip || centre - extremeFrame >= Self.patienceFrames else { return nil }
      isRising = false
      defer { extreme = min(value, turn) }
      return isNucleus ? middle(through: centre) : nil
    }
    extreme = min(extreme, value, turn)
    guard max(value, turn) > extreme + dip else { return nil }
    isRising = true
    extreme = -.infinity
    return follow(value, at: centre)
  }

  /// The top or the bottom of the parabola through the contour around the frame before; nil where it does not turn
  /// there: peaks and dips are as high and as deep as they are between frames, wherever the frames lie.
  private func turn(before centre: Int) -> Float? {
    guard centre >= 2 else { return nil }
    let before = contour[(centre - 2) % Self.ringCount], after = contour[centre % Self.ringCount]
    let value = contour[(centre - 1) % Self.ringCount]
    guard (value > before && value > after) || (value < before && value < after) else { return nil }
    return value - (after - before) * (after - before) / (8 * (before - 2 * value + after))
  }

  private func isVoiced(_ centre: Int) -> Bool {
    for index in max(0, centre - 2)...centre + 2 where periodicity[index % Self.ringCount] > Self.voicing {
      return true
    }
    return false
  }

  /// The middle of the peak: the centre of gravity of what lies less than a dip under its top, for a long vowel fades
  /// slowly after an early top. What hardly reaches over the foot hardly counts, nor does what lies behind such a place,
  /// so that the middle does not jump.
  private func middle(through centre: Int) -> (frame: Int, offset: Float) {
    let foot = extreme - dip
    var (mass, moment): (Float, Float) = (0, 0)
    for step in [-1, 1] {
      var index = step < 0 ? extremeFrame : extremeFrame + 1
      var lowest = Float.infinity
      while (max(0, extremeFrame - Self.patienceFrames)...centre).contains(index) {
        let height = contour[index % Self.ringCount] - foot
        guard height > 0 else { break }
        lowest = min(lowest, height)
        let weight = min(height, 2 * lowest).squareRoot()
        mass += weight
        moment += weight * Float(index - extremeFrame)
        index += step
      }
    }
    let offset = mass > 0 ? moment / mass : 0
    let whole = offset.rounded()
    let nucleus = extremeFrame + Int(whole)
    let earliest = frame - Self.lagFrames
    return nucleus < earliest ? (earliest, 0) : (nucleus, offset - whole)
  }
}
