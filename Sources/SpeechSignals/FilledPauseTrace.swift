import Glibc

/// What the filled-pause detector remembers of each frame, and of the speaker.
///
/// The envelope is the level of the bands up to 4.4 kHz less their mean, so it knows no loudness; powers are averaged
/// over three frames first, and a band 35 dB under the strongest counts no lower, for it holds noise. Three contrasts
/// sum up its shape: how open the vowel is, how far back, and how nasal (after Stevens 1998, "Acoustic Phonetics":
/// a high first formant, a low second one, and a murmur below 400 Hz with little above). They are taken against the
/// speaker's own average voice, which also takes out microphone and room.
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
  private var periodicities = [Float](repeating: 0, count: FilledPauseTrace.ringCount)
  private var pitches = [Float](repeating: 0, count: FilledPauseTrace.ringCount)
  private var levels = [Float](repeating: Decibels.floor, count: FilledPauseTrace.ringCount)
  private var shapes = [Shape](repeating: FilledPauseTrace.usual, count: FilledPauseTrace.ringCount)
  private var voiced = [Bool](repeating: false, count: FilledPauseTrace.ringCount)
  private var speakerFrames = FilledPauseTrace.usualFrames

  /// How far the envelope is from that 50 ms before, as a root mean square over bands in dB.
  func change(_ frame: Int) -> Float { changes[frame % Self.ringCount] }
  /// The strength of the best period, 0 to 1.
  func periodicity(_ frame: Int) -> Float { periodicities[frame % Self.ringCount] }
  /// The pitch in Hz, 0 where unvoiced.
  func pitch(_ frame: Int) -> Float { pitches[frame % Self.ringCount] }
  /// The level in dB re full scale, over three frames.
  func level(_ frame: Int) -> Float { levels[frame % Self.ringCount] }
  /// Whether the frame has a voice; none has before the first or after the newest.
  func isVoiced(_ frame: Int) -> Bool { (0...max(0, self.frame)).contains(frame) && voiced[frame % Self.ringCount] }

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
    periodicities[slot] = strength
    voiced[slot] = strength > 0.45 && excess > 4 && !Self.isPure(bands)
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

  /// How many frames on end have a voice of at least a level, or have none, from one on; before the sound none has.
  func run(of isVoiced: Bool, above least: Float, from first: Int, step: Int, limit: Int) -> Int {
    for count in 0..<limit {
      let frame = first + step * count
      guard (self.isVoiced(frame) && level(frame) > least) == isVoiced else { return count }
    }
    return limit
  }

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
