/// What of a sound is the room's echo: it dies away, and nothing dies away faster in that room.
///
/// An echo decays exponentially, so its level falls along a line (Sabine). The steepest falls of speech tell the slope
/// (Ratnam et al. 2003, "Blind estimation of reverberation time"): an ended sound falls faster only in a drier room. What
/// lies on or under the line from an earlier level holds nothing new (Lebart, Boucher & Denbigh 2001, "A new method based
/// on spectral subtraction for speech dereverberation"). Said of rooms alone that ring for about half a second and more
/// (RT60): in others the end of an echo and of a soft consonant are near each other.
struct Reverberation {
  /// Over how many frames falls are measured, and how far back the level is taken from which an echo may stem.
  private static let fallFrames = 6, delayFrames = 10
  /// How far bands stand out of the background on the mean before a fall that counts and after it, in dB.
  private static let before: Float = 20, after: Float = 4
  /// What counts as a fall, in dB a frame; which share of falls is steeper than what is taken for the room's, and the
  /// step of that estimate, in dB a frame.
  private static let leastFall: Float = 0.3, steepest: Float = 0.1, step: Float = 0.05
  /// How many falls must have been measured, and how steep the room's may be, in dB a frame: 1.4 is an RT60 of 0.4 s.
  private static let leastFalls = 120, steepestEcho: Float = 1.4
  /// How long nothing but echo is heard before speech has ended, in frames.
  static let patience = 15

  /// How fast the level falls in this room, in dB a frame.
  private(set) var slope: Float = 0
  /// The last frame that held more than echo.
  private(set) var lastFresh = 0
  /// How far the newest frame stands out of the background, and of the echo where the room is known to ring, as root
  /// mean square over bands in dB.
  private(set) var fresh: Float = 0
  /// Whether speech has ended and its echo goes on.
  var isEnding = false

  private var falls = 0
  private var frame = 0
  private var sum: Float = 0, mean: Float = 0
  private var means = [Float](repeating: 0, count: Reverberation.fallFrames)
  /// For each band a line that falls by the slope from the highest levels, now and in the frames before.
  private var lines = [Float](repeating: Decibels.floor, count: Spectrum.bandCount * (Reverberation.delayFrames + 1))

  /// Whether the room is known to ring.
  var isKnown: Bool { falls >= Self.leastFalls && slope < Self.steepestEcho }

  /// Takes in the level of a band of the next frame, and of the background there, in dB.
  mutating func note(_ level: Float, over background: Float, band: Int) {
    let count = Self.delayFrames + 1
    let now = frame % count * Spectrum.bandCount + band
    let last = (frame + count - 1) % count * Spectrum.bandCount + band
    let old = (frame + 1) % count * Spectrum.bandCount + band
    lines[now] = max(level, lines[last] - slope)
    let above = max(0, level - max(background, lines[old] - Float(Self.delayFrames) * slope))
    sum += above * above
    mean += max(0, level - background)
  }

  /// Ends the frame whose bands were taken in, which stands out of the background so far, in dB.
  mutating func close(frame now: Int, excess: Float) {
    let count = Float(Spectrum.bandCount)
    fresh = isKnown ? (sum / count).squareRoot() : excess
    if !isKnown || fresh > 0.5 * Float(Self.delayFrames) * slope { lastFresh = now }
    learn(mean / count)
    (sum, mean) = (0, 0)
    frame += 1
  }

  /// Learns from how far bands stand out of the background on the mean, in dB.
  private mutating func learn(_ mean: Float) {
    let slot = frame % Self.fallFrames
    let fall = (means[slot] - mean) / Float(Self.fallFrames)
    if means[slot] >= Self.before, mean >= Self.after, fall > Self.leastFall {
      slope += Self.step * (fall > slope ? 1 - Self.steepest : -Self.steepest)
      falls += 1
    }
    means[slot] = mean
  }
}
