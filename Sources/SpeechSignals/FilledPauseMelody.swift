import Glibc

/// The pitch of a hold as a straight line, with room for its frames.
struct FilledPauseMelody {
  private var semitones = [Float](repeating: 0, count: FilledPauseHolds.longestFrames)
  private var times = [Float](repeating: 0, count: FilledPauseHolds.longestFrames)
  private var sorted = [Float](repeating: 0, count: FilledPauseHolds.longestFrames)
  private static let fewest = 6

  /// Median in semitones, slope a second, and unrest about it; nil with fewer than 60 ms of pitch.
  ///
  /// An octave slip of the tracker is no movement of the voice: distances from the median count modulo 12.
  mutating func line(of frames: Range<Int>, in trace: FilledPauseTrace) -> (median: Float, slope: Float, unrest: Float)?
  {
    let count = gather(frames, trace)
    guard count >= Self.fewest else { return nil }
    let median = sorted[count / 2]
    var (n, sumX, sumY, sumXX, sumXY, sumYY): (Float, Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0, 0)
    for index in 0..<count {
      let distance = semitones[index] - median
      let y = distance - 12 * (distance / 12).rounded()
      guard abs(y) < 4 else { continue }
      let x = times[index]
      n += 1
      sumX += x
      sumY += y
      sumXX += x * x
      sumXY += x * y
      sumYY += y * y
    }
    guard n >= Float(Self.fewest) else { return nil }
    let (varianceX, covariance) = (sumXX - sumX * sumX / n, sumXY - sumX * sumY / n)
    let slope = covariance / max(1e-6, varianceX)
    let residual = sumYY - sumY * sumY / n - slope * covariance
    return (median, slope, (max(0, residual) / n).squareRoot())
  }

  /// Collects the frames that have a pitch, sorted as well, and returns how many there are.
  private mutating func gather(_ frames: Range<Int>, _ trace: FilledPauseTrace) -> Int {
    var count = 0
    for index in frames where trace.pitch(index) > 0 && count < semitones.count {
      let value = 12 * log2f(trace.pitch(index))
      semitones[count] = value
      times[count] = Float(index - frames.lowerBound) / 100
      var place = count
      while place > 0, sorted[place - 1] > value {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = value
      count += 1
    }
    return count
  }
}
