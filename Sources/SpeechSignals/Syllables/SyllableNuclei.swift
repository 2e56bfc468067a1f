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
  private static let usualDip: Float = 0.95, least: Float = -1.2
  /// The usual tempo in syllables a second of speech, and how much a change of it changes the dip.
  private static let usualTempo: Float = 4.7, tempoEffect: Float = 2.5
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
  /// How far under its top the rise of a peak counts, in dips; its fall counts one dip.
  private static let rise: Float = 0.75
  /// From 200 to 3150 Hz.
  private static let bands = 1..<15
  private static let ringCount = 64

  private var sonority = Sonority()
  private var powers = [Float](repeating: Decibels.floor, count: SyllableNuclei.ringCount)
  private var levels = [Float](repeating: Decibels.floor, count: SyllableNuclei.ringCount)
  private var losses = [Float](repeating: 0, count: SyllableNuclei.ringCount)
  /// Of a nucleus, at its frame: the top of its peak without a loss, and the level there.
  private var tops = [(odds: Float, level: Float)](repeating: (0, 0), count: SyllableNuclei.ringCount)
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
  /// returns the frame now known to be a peak, at most `lagFrames` ago, and how much later than its middle, -0.5 to
  /// 0.5 frames, the peak lies. Whether it is a nucleus, `stands` tells.
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
    losses[newest % Self.ringCount] = loss(of: level(at: newest))
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

  /// The level of a frame, smoothed once more, for on a slope every half decibel is a tenth of the dip.
  private func level(at index: Int) -> Float {
    let (before, after) = (levels[max(0, index - 1) % Self.ringCount], levels[(index + 1) % Self.ringCount])
    return (before + 2 * levels[index % Self.ringCount] + after) / 4
  }

  /// What such a level loses, in log odds, for lying far under the loudest voice heard up to now.
  private func loss(of level: Float) -> Float { Self.loss * max(0, loudest - level - Self.range) }

  /// Whether a peak that has become final is a vowel, also beside the louder voice that may have come since: what
  /// sounds before a voice begins is known for what it is only then.
  func stands(_ index: Int) -> Bool {
    let top = tops[index % Self.ringCount]
    return top.odds - loss(of: top.level) > Self.least
  }

  private mutating func follow(_ value: Float, at centre: Int) -> (frame: Int, offset: Float)? {
    if isRising {
      if value > extreme { (extreme, extremeFrame) = (value, centre) }
      guard value < extreme - dip || centre - extremeFrame >= Self.patienceFrames else { return nil }
      isRising = false
      defer { extreme = value }
      guard isVoiced(extremeFrame) else { return nil }
      let peak = middle(through: centre)
      let odds = extreme + losses[extremeFrame % Self.ringCount]
      tops[peak.frame % Self.ringCount] = (odds, level(at: extremeFrame))
      return peak
    }
    extreme = min(extreme, value)
    guard value > extreme + dip else { return nil }
    isRising = true
    extreme = -.infinity
    return follow(value, at: centre)
  }

  private func isVoiced(_ centre: Int) -> Bool {
    for index in max(0, centre - 2)...centre + 2 where periodicity[index % Self.ringCount] > Self.voicing {
      return true
    }
    return false
  }

  /// The middle of the peak: its centre of gravity over a foot that lies nearer to the top on the side of the rise, for a
  /// vowel rises quickly and fades slowly. What hardly reaches over the foot hardly counts, nor does what lies behind such
  /// a place, so that the middle does not jump.
  private func middle(through centre: Int) -> (frame: Int, offset: Float) {
    var (mass, moment): (Float, Float) = (0, 0)
    for step in [-1, 1] {
      let foot = extreme - (step < 0 ? Self.rise : 1) * dip
      var index = step < 0 ? extremeFrame : extremeFrame + 1
      var lowest = Float.infinity
      while (max(0, extremeFrame - Self.patienceFrames)...centre).contains(index) {
        let height = contour[index % Self.ringCount] - foot
        guard height > 0 else { break }
        lowest = min(lowest, height)
        let weight = min(height, 2 * lowest)
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
