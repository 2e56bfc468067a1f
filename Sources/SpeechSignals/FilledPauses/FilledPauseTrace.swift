import Glibc

/// What the filled-pause detector remembers of each frame, and of the speaker.
///
/// The envelope is the level of the bands up to 4.4 kHz less their mean, so it knows no loudness; powers are averaged
/// over three frames first, and a band 35 dB under the strongest counts no lower, for it holds noise. Three contrasts
/// sum up its shape: how open the vowel is, how far back, and how nasal (after Stevens 1998, "Acoustic Phonetics":
/// a high first formant, a low second one, and a murmur below 400 Hz with little above). They are taken against the
/// speaker's own average voice, which also takes out microphone and room.
///
/// A voice begins, ends and comes to rest between frames: where the lines between their figures cross the thresholds. The
/// strength of the best period is averaged over three frames as the powers are, for where a voice sets in it wavers about
/// its threshold with the place of the window among the first periods.
struct FilledPauseTrace {
  /// The contrasts of an envelope, in dB.
  struct Shape: Equatable {
    /// 400–770 Hz against 200–400 Hz: high for an open vowel.
    var openness: Float
    /// 920–1480 Hz against 1720–2700 Hz: high for a vowel that is not front.
    var backness: Float
    /// 200–400 Hz against 630–2000 Hz: high for a nasal.
    var nasality: Float
    /// How much the envelope changes over 50 ms, 8 at most.
    var change: Float
  }

  /// How many frames back a frame may be asked for.
  static let ringCount = 512
  /// How many frames apart envelopes are compared.
  static let lookBack = 5
  /// The strength of the best period of a voice, how far it stands out in dB, and how much the envelope of one that holds
  /// changes at most, in dB.
  private static let voicing: Float = 0.45, leastExcess: Float = 4, stillDecibels: Float = 4.5
  /// How much longer than what interrupts it a silence must be, as a factor.
  private static let interruption = 3.0
  private static let shapeBands = 17
  private static let rangeDecibels: Float = 35
  /// The averages of the supplied recordings of people, to start from, and for how many frames they count.
  private static let usual = Shape(openness: -5.7, backness: 0.5, nasality: 14.8, change: 4.5)
  private static let usualFrames: Float = 100
  /// The speaker's average reaches back about 8 s of voice.
  private static let longestFrames: Float = 800

  /// The newest frame, counted from 0; -1 before any.
  private(set) var frame = -1
  /// The speaker's average voice.
  private(set) var speaker = FilledPauseTrace.usual
  /// The level of the speaker's loudest voice lately in dB; it fades by 1 dB a second.
  private(set) var loudest = Decibels.floor

  private var powers = [Float](repeating: 0, count: 3 * FilledPauseTrace.shapeBands)
  private var totals = [Float](repeating: 0, count: 3)
  private var envelopes = [Float](repeating: 0, count: 8 * FilledPauseTrace.shapeBands)
  private var changes = [Float](repeating: 99, count: FilledPauseTrace.ringCount)
  private var strengths: (older: Float, newer: Float) = (0, 0)
  private var periodicities = [Float](repeating: 0, count: FilledPauseTrace.ringCount)
  private var excesses = [Float](repeating: 0, count: FilledPauseTrace.ringCount)
  private var pitches = [Float](repeating: 0, count: FilledPauseTrace.ringCount)
  private var levels = [Float](repeating: Decibels.floor, count: FilledPauseTrace.ringCount)
  private var shapes = [Shape](repeating: FilledPauseTrace.usual, count: FilledPauseTrace.ringCount)
  private var voiced = [Bool](repeating: false, count: FilledPauseTrace.ringCount)
  /// Whether there is one before averaging, too.
  private var unbroken = [Bool](repeating: false, count: FilledPauseTrace.ringCount)
  private var speakerFrames = FilledPauseTrace.usualFrames

  /// How far the envelope is from that 50 ms before, as a root mean square over bands in dB.
  func change(_ frame: Int) -> Float { changes[slot(frame)] }
  /// The strength of the best period, 0 to 1, over three frames.
  func periodicity(_ frame: Int) -> Float { periodicities[slot(frame)] }
  /// The pitch in Hz, 0 where unvoiced.
  func pitch(_ frame: Int) -> Float { pitches[slot(frame)] }
  /// The level in dB re full scale, over three frames.
  func level(_ frame: Int) -> Float { levels[slot(frame)] }
  /// Whether the frame has a voice; none has before the first or after the newest.
  func isVoiced(_ frame: Int) -> Bool { (0...max(0, self.frame)).contains(frame) && voiced[slot(frame)] }
  /// Whether the frame has a voice that keeps its shape.
  func isHeld(_ frame: Int) -> Bool { isVoiced(frame) && change(frame) < Self.stillDecibels }

  private func slot(_ frame: Int) -> Int { (frame + Self.ringCount) % Self.ringCount }

  /// When a voice of at least a level begins or ends, in frames: between a frame that has it and one beside it that has
  /// not.
  func voiceEdge(of frame: Int, towards other: Int, above least: Float = Decibels.floor) -> Double {
    let loud = Self.share(level(frame) - least, level(other) - least)
    return place(min(voicedShare(frame, other), loud), from: frame, to: other)
  }

  /// The same of a voice that keeps its shape.
  func heldEdge(of frame: Int, towards other: Int) -> Double {
    let still = Self.share(Self.stillDecibels - change(frame), Self.stillDecibels - change(other))
    return place(min(voicedShare(frame, other), still), from: frame, to: other)
  }

  private func voicedShare(_ frame: Int, _ other: Int) -> Float {
    min(
      Self.share(periodicity(frame) - Self.voicing, periodicity(other) - Self.voicing),
      Self.share(excesses[slot(frame)] - Self.leastExcess, excesses[slot(other)] - Self.leastExcess))
  }

  /// A place between two frames, halfway where no figure says more.
  private func place(_ share: Float, from frame: Int, to other: Int) -> Double {
    Double(frame) + Double(other - frame) * Double(share < 1 ? share : 0.5)
  }

  /// Where between a margin and the next one nothing of it is left, 0 to 1; 1 where something always is.
  private static func share(_ margin: Float, _ next: Float) -> Float {
    margin > 0 && next <= 0 ? margin / (margin - next) : 1
  }

  /// Notes the pitch of a frame in Hz, which is known some frames after the rest.
  mutating func note(pitch: Float, frame: Int) {
    guard frame >= 0, frame > self.frame - Self.ringCount else { return }
    pitches[frame % Self.ringCount] = pitch
  }

  /// Whether all but a thousandth of the power lies in three neighbouring bands: a tone, for a voice has overtones.
  private static func isPure(_ bands: [Float]) -> Bool {
    var (total, most): (Float, Float) = (0, 0)
    for band in bands.indices {
      total += bands[band]
      if band >= 2 { most = max(most, bands[band - 2] + bands[band - 1] + bands[band]) }
    }
    return total - most < 0.001 * total
  }

  /// Takes in the next frame: its band powers, the strength of its best period, and how far it stands out in dB.
  mutating func add(bands: [Float], periodicity strength: Float, excess: Float) {
    frame += 1
    let slot = frame % Self.ringCount
    pitches[slot] = 0
    periodicities[slot] = 0.25 * strengths.older + 0.5 * strengths.newer + 0.25 * strength
    excesses[slot] = excess
    let mayBeVoice = excess > Self.leastExcess && !Self.isPure(bands)
    voiced[slot] = mayBeVoice && periodicities[slot] > Self.voicing
    unbroken[slot] = voiced[slot] && strengths.newer > Self.voicing
    strengths = (strengths.newer, strength)
    measure(bands, slot: slot)
    guard voiced[slot] else { return }
    loudest = max(levels[slot], loudest - 0.01)
    speakerFrames = min(Self.longestFrames, speakerFrames + 1)
    let (shape, weight) = (shapes[slot], 1 / speakerFrames)
    speaker.openness += weight * (shape.openness - speaker.openness)
    speaker.backness += weight * (shape.backness - speaker.backness)
    speaker.nasality += weight * (shape.nasality - speaker.nasality)
    speaker.change += weight * (shape.change - speaker.change)
  }

  /// The mean shape of some frames.
  func shape(of frames: Range<Int>) -> Shape {
    var sum = Shape(openness: 0, backness: 0, nasality: 0, change: 0)
    for index in frames {
      let shape = shapes[index % Self.ringCount]
      sum.openness += shape.openness
      sum.backness += shape.backness
      sum.nasality += shape.nasality
      sum.change += shape.change
    }
    let count = Float(max(1, frames.count))
    return Shape(
      openness: sum.openness / count, backness: sum.backness / count, nasality: sum.nasality / count,
      change: sum.change / count)
  }

  /// The mean level of some frames in dB.
  func meanLevel(of frames: Range<Int>) -> Float {
    var sum: Float = 0
    for index in frames { sum += level(index) }
    return sum / Float(max(1, frames.count))
  }

  /// How many frames on end have a voice of at least a level, from the one before a time in frames back.
  ///
  /// Any break ends it, however short: a glottal stop sets what follows apart from the word before.
  func voice(above least: Float, before time: Double, limit: Int) -> Int {
    let last = Int(time.rounded(.up)) - 1
    for count in 0..<limit {
      let frame = last - count
      guard isVoiced(frame), unbroken[slot(frame)], level(frame) > least else { return count }
    }
    return limit
  }

  /// For how many frames there is no voice of at least a level, from a time in frames on, forwards or backwards by `step`,
  /// 1 or -1; before the sound there is none.
  ///
  /// A voice within it ends it, unless the silence on both sides is so much longer: then that voice is taken off it.
  func silence(above least: Float, from time: Double, step: Int, limit: Int) -> Double {
    var frame = Int(time.rounded(step > 0 ? .down : .up))
    var (here, balance, most) = (time, 0.0, 0.0)
    for _ in 0...limit {
      let next = frame + step
      let (isLoud, nextIsLoud) = (isVoice(frame, above: least), isVoice(next, above: least))
      var edge = Double(next)
      if isLoud != nextIsLoud {
        let (inside, outside) = isLoud ? (frame, next) : (next, frame)
        edge = voiceEdge(of: inside, towards: outside, above: least)
      }
      let first = max(0, Double(step) * (edge - here)), second = Double(step) * (Double(next) - here) - first
      balance += isLoud ? -Self.interruption * first : first
      most = max(most, balance)
      balance += nextIsLoud ? -Self.interruption * second : second
      most = max(most, balance)
      (frame, here) = (next, Double(next))
    }
    return min(Double(limit), most)
  }

  private func isVoice(_ frame: Int, above least: Float) -> Bool { isVoiced(frame) && level(frame) > least }

  /// Fills in the frame's level, change and shape.
  private mutating func measure(_ bands: [Float], slot: Int) {
    let count = Self.shapeBands
    let (newest, row) = (frame % 3, frame % 8 * count)
    let before = (frame + 8 - Self.lookBack) % 8 * count
    totals[newest] = 0
    for power in bands { totals[newest] += power }
    levels[slot] = Decibels.power((totals[0] + totals[1] + totals[2]) / 3)
    var highest = Decibels.floor
    for band in 0..<count {
      powers[newest * count + band] = bands[band]
      let level = Decibels.power((powers[band] + powers[count + band] + powers[2 * count + band]) / 3)
      envelopes[row + band] = level
      highest = max(highest, level)
    }
    var mean: Float = 0
    for band in 0..<count {
      envelopes[row + band] = max(envelopes[row + band], highest - Self.rangeDecibels)
      mean += envelopes[row + band] / Float(count)
    }
    var sum: Float = 0
    for band in 0..<count {
      envelopes[row + band] -= mean
      let difference = envelopes[row + band] - envelopes[before + band]
      sum += difference * difference
    }
    changes[slot] = frame < 8 ? 99 : (sum / Float(count)).squareRoot()
    let low = average(row, 1..<3)
    shapes[slot] = Shape(
      openness: average(row, 3..<6) - low, backness: average(row, 7..<11) - average(row, 11..<14),
      nasality: low - average(row, 5..<13), change: min(8, changes[slot]))
  }

  private func average(_ row: Int, _ bands: Range<Int>) -> Float {
    var sum: Float = 0
    for band in bands { sum += envelopes[row + band] }
    return sum / Float(bands.count)
  }
}
