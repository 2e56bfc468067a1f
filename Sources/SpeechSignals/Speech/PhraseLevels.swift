/// How far the voice fades at the end of a phrase.
///
/// The level of the syllable nuclei in the last half second, against that of those in all of the phrase. It is the upper
/// quartile of the levels of voiced frames: the quiet between nuclei, some of which drowns as a voice fades, has no part
/// in it, and no single frame decides.
struct PhraseLevels {
  /// What counts as the end, in frames.
  private static let tailFrames = 50
  /// Voiced frames that a phrase and its end need, to be judged.
  private static let leastFrames = 80, leastTailFrames = 12
  private static let binsPerDecibel: Float = 4
  private static let bins = 400

  private var counts = [Int32](repeating: 0, count: PhraseLevels.bins)
  private var total = 0
  private var lastLevels = [Float](repeating: 0, count: PhraseLevels.tailFrames)
  private var lastFrames = [Int](repeating: 0, count: PhraseLevels.tailFrames)
  private var sorted = [Float](repeating: 0, count: PhraseLevels.tailFrames)

  /// Takes in a voiced final frame of speech and its level in dB re full scale.
  mutating func note(frame: Int, level: Float) {
    let slot = total % Self.tailFrames
    (lastFrames[slot], lastLevels[slot]) = (frame, level)
    counts[max(0, min(Self.bins - 1, Int(-level * Self.binsPerDecibel)))] += 1
    total += 1
  }

  /// Ends the phrase before frame `end`: how many dB its end lies under the whole; nil where it was too short to tell.
  mutating func close(end: Int) -> Double? {
    defer { restart() }
    var count = 0
    for slot in 0..<min(total, Self.tailFrames) where lastFrames[slot] >= end - Self.tailFrames {
      var place = count
      while place > 0, sorted[place - 1] > lastLevels[slot] {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = lastLevels[slot]
      count += 1
    }
    guard total >= Self.leastFrames, count >= Self.leastTailFrames else { return nil }
    return Double(upperQuartile - sorted[3 * count / 4])
  }

  /// The level in dB re full scale that a quarter of the phrase exceeds.
  private var upperQuartile: Float {
    var above = 0
    for index in counts.indices {
      above += Int(counts[index])
      if 4 * above >= total { return -(Float(index) + 0.5) / Self.binsPerDecibel }
    }
    return Decibels.floor
  }

  /// Forgets the phrase.
  mutating func restart() {
    for index in counts.indices { counts[index] = 0 }
    total = 0
  }
}
