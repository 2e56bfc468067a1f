import Glibc

/// Filled pauses, "um" and "uh", by their sound alone: a voice that holds still.
///
/// Goto, Itou & Hayamizu (1999), "A real-time filled pause detection system for spontaneous speech recognition": the
/// pitch hardly moves and the spectral envelope hardly changes shape. O'Shaughnessy & Gabrea (2000) add duration and
/// the silence around, and a pitch under the speaker's own. A hold is a voiced run in which the envelope (band levels
/// less their mean) differs little from that 50 ms before; short transitions inside, as from vowel to nasal, do not
/// break it. It is judged `patienceFrames` after its end, so that the silence after it counts.
struct FilledPauses {
  /// What was found, by frames.
  struct Candidate: Equatable {
    var start: Int, end: Int
    var confidence: Float
    var isNasal: Bool
    var pitchSlope: Float, stillness: Float
  }

  /// How many frames after its end a hold is judged.
  static let patienceFrames = 14
  private static let shapeBands = 0..<17
  private static let lookBack = 5
  private static let ringCount = 512
  private static let longestFrames = 300
  private static let shortestFrames = 18
  private static let transitionFrames = 10
  /// The score a hold needs, chosen on 23 filled pauses in 5 minutes of people. There, so flattered: F1 .63 at 1.0 false
  /// alarm a minute.
  private static let threshold: Float = 3.5

  private var shapes = [Float](repeating: 0, count: 8 * FilledPauses.shapeBands.count)
  private var smoothed = [Float](repeating: 0, count: 3 * FilledPauses.shapeBands.count)
  private var change = [Float](repeating: 99, count: FilledPauses.ringCount)
  private var periodicity = [Float](repeating: 0, count: FilledPauses.ringCount)
  private var hertz = [Float](repeating: 0, count: FilledPauses.ringCount)
  private var nasality = [Float](repeating: 0, count: FilledPauses.ringCount)
  private var isVoiced = [Bool](repeating: false, count: FilledPauses.ringCount)
  private var semitones = [Float](repeating: 0, count: FilledPauses.longestFrames + 16)
  private var sorted = [Float](repeating: 0, count: FilledPauses.longestFrames + 16)
  private var frame = -1
  private var holdStart: Int?
  private var holdLast = 0
  private var lastEnd = 0
  private var waiting: Range<Int>?

  /// Notes the pitch of a frame in Hz, which is known some frames after the rest.
  mutating func note(pitch: Float, frame: Int) {
    guard frame >= 0, frame > self.frame - Self.ringCount else { return }
    hertz[frame % Self.ringCount] = pitch
  }

  /// Takes in the next frame and returns a filled pause that has been judged.
  ///
  /// `excess` is how far the frame stands out of the noise in dB, `speakerMedian` the speaker's usual pitch in Hz.
  mutating func update(bands: [Float], periodicity strength: Float, excess: Float, speakerMedian: Float?) -> Candidate?
  {
    frame += 1
    let slot = frame % Self.ringCount
    hertz[slot] = 0
    periodicity[slot] = strength
    isVoiced[slot] = strength > 0.45 && excess > 5
    change[slot] = measureChange(bands)
    follow(isHeld: isVoiced[slot] && change[slot] < 4)
    guard let hold = waiting, frame - hold.upperBound >= Self.patienceFrames else { return nil }
    waiting = nil
    return judge(hold, speakerMedian: speakerMedian)
  }

  /// Stores the frame's envelope shape and returns its distance from that 50 ms before, in dB.
  private mutating func measureChange(_ bands: [Float]) -> Float {
    let count = Self.shapeBands.count
    let row = frame % 8 * count
    let before = (frame + 8 - Self.lookBack) % 8 * count
    let newest = frame % 3 * count
    var mean: Float = 0
    for band in Self.shapeBands { smoothed[newest + band] = Decibels.power(bands[band]) }
    for band in Self.shapeBands {
      let value = (smoothed[band] + smoothed[count + band] + smoothed[2 * count + band]) / 3
      shapes[row + band] = value
      mean += value / Float(count)
    }
    var sum: Float = 0
    for band in Self.shapeBands {
      shapes[row + band] -= mean
      let difference = shapes[row + band] - shapes[before + band]
      sum += difference * difference
    }
    // A nasal is strong from 200 to 400 Hz and weak from 630 to 2300 Hz.
    var upper: Float = 0
    for band in 5..<13 { upper += shapes[row + band] / 8 }
    nasality[frame % Self.ringCount] = 0.5 * (shapes[row + 1] + shapes[row + 2]) - upper
    return frame < 8 ? 99 : (sum / Float(count)).squareRoot()
  }

  /// Opens, lengthens and closes the hold.
  private mutating func follow(isHeld: Bool) {
    guard let start = holdStart else {
      if isHeld { (holdStart, holdLast) = (frame, frame) }
      return
    }
    if isHeld { holdLast = frame }
    let since = frame - holdLast
    let isBroken = since > Self.transitionFrames || (since > 2 && !isVoiced[frame % Self.ringCount])
    let isTooLong = frame - start > Self.longestFrames
    guard isBroken || isTooLong else { return }
    holdStart = nil
    var first = start
    while first > max(lastEnd, start - Self.lookBack), isVoiced[(first - 1) % Self.ringCount] { first -= 1 }
    lastEnd = holdLast + 1
    if !isTooLong, holdLast + 1 - first >= Self.shortestFrames { waiting = first..<holdLast + 1 }
  }

  private mutating func judge(_ hold: Range<Int>, speakerMedian: Float?) -> Candidate? {
    var (changes, strengths): (Float, Float) = (0, 0)
    for index in hold {
      changes += min(8, change[index % Self.ringCount])
      strengths += periodicity[index % Self.ringCount]
    }
    let length = Float(hold.count)
    changes /= length
    guard let melody = melody(of: hold) else { return nil }
    let relative = speakerMedian.map { melody.median - 12 * log2f($0) } ?? 0
    let score =
      bounded((length / 100 - 0.32) / 0.10, -1.5...2) + bounded((3.3 - changes) / 0.7, -2...1.5)
      - bounded(abs(melody.slope + 2) / 5 - 0.6, -0.3...2) + bounded((0.8 - melody.spread) / 0.4, -2...0.5)
      + bounded((0.4 - relative) / 1.5, -2.5...1) + bounded((strengths / length - 0.8) / 0.1, -2...1)
      + 2 * silence(before: hold.lowerBound) - 0.8 + 1.2 * silence(after: hold.upperBound) - 0.4
    guard score > Self.threshold else { return nil }
    return Candidate(
      start: hold.lowerBound, end: hold.upperBound, confidence: 1 / (1 + expf(-0.7 * (score - Self.threshold))),
      isNasal: hasNasalTail(hold), pitchSlope: melody.slope, stillness: bounded(1 - changes / 6, 0...1))
  }

  private func bounded(_ value: Float, _ range: ClosedRange<Float>) -> Float {
    max(range.lowerBound, min(range.upperBound, value))
  }

  /// The pitch of a hold in semitones: median, slope a second and spread, without octave slips; nil with too little.
  private mutating func melody(of hold: Range<Int>) -> (median: Float, slope: Float, spread: Float)? {
    var count = 0
    for index in hold where hertz[index % Self.ringCount] > 0 && count < semitones.count {
      let value = 12 * log2f(hertz[index % Self.ringCount])
      semitones[count] = value
      var place = count
      while place > 0, sorted[place - 1] > value {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = value
      count += 1
    }
    guard count > 8 else { return nil }
    let median = sorted[count / 2]
    var (n, sumX, sumY, sumXX, sumXY, sumYY): (Float, Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0, 0)
    for index in 0..<count where abs(semitones[index] - median) < 4 {
      let (x, y) = (n / 100, semitones[index] - median)
      n += 1
      sumX += x
      sumY += y
      sumXX += x * x
      sumXY += x * y
      sumYY += y * y
    }
    guard n > 8 else { return nil }
    let slope = (n * sumXY - sumX * sumY) / max(1e-6, n * sumXX - sumX * sumX)
    return (median, slope, max(0, sumYY / n - sumY / n * sumY / n).squareRoot())
  }

  /// How much of the 50 ms before a frame is without voice, 0 to 1; all of it at the start of the sound.
  private func silence(before start: Int) -> Float {
    var frames: Float = 0
    for offset in 1...5 {
      guard start >= offset, isVoiced[(start - offset) % Self.ringCount] else {
        frames += 1
        continue
      }
      break
    }
    return frames / 5
  }

  /// How much of the 50 ms from a frame on is without voice, 0 to 1.
  private func silence(after end: Int) -> Float {
    var frames: Float = 0
    for index in end..<end + 5 {
      guard !isVoiced[index % Self.ringCount] else { break }
      frames += 1
    }
    return frames / 5
  }

  /// Whether the last 60 ms are nasal.
  private func hasNasalTail(_ hold: Range<Int>) -> Bool { mean(hold.suffix(6)) > 9 }

  private func mean(_ frames: Range<Int>) -> Float {
    var sum: Float = 0
    for index in frames { sum += nasality[index % Self.ringCount] }
    return sum / Float(max(1, frames.count))
  }
}
