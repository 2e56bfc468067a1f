import Glibc

/// The pitch of a hold as a straight line, with room for its frames.
struct FilledPauseMelody {
  /// The line and what lies beside it.
  struct Line: Equatable {
    var median: Float, slope: Float, unrest: Float, vibrato: Float
  }

  private var semitones = [Float](repeating: 0, count: FilledPauseHolds.longestFrames)
  private var times = [Float](repeating: 0, count: FilledPauseHolds.longestFrames)
  private var sorted = [Float](repeating: 0, count: FilledPauseHolds.longestFrames)
  private static let fewest = 6
  /// What is further from the median is no part of the line, in semitones.
  private static let farthest: Float = 4
  private static let vibratoHertz: [Float] = [4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8]

  /// The pitch of some frames: median in semitones, slope a second, unrest about the line in semitones, and the share
  /// of the unrest that is one wave of 4 to 8 Hz; nil with fewer than 60 ms of pitch.
  ///
  /// An octave slip of the tracker is no movement of the voice: distances from the median count modulo 12.
  mutating func line(of frames: Range<Int>, in trace: FilledPauseTrace) -> Line? {
    let count = gather(frames, trace)
    guard count >= Self.fewest else { return nil }
    let median = sorted[count / 2]
    var (n, sumX, sumY, sumXX, sumXY, sumYY): (Float, Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0, 0)
    for index in 0..<count {
      let distance = semitones[index] - median
      let y = distance - 12 * (distance / 12).rounded()
      semitones[index] = y
      guard abs(y) < Self.farthest else { continue }
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
    let residual = max(0, sumYY - sumY * sumY / n - slope * covariance)
    let offset = (sumY - slope * sumX) / n
    return Line(
      median: median, slope: slope, unrest: (residual / n).squareRoot(),
      vibrato: vibrato(count, slope: slope, offset: offset, residual: residual))
  }

  /// The share of what is left beside the line that one wave explains: the largest of a few Fourier sums.
  private func vibrato(_ count: Int, slope: Float, offset: Float, residual: Float) -> Float {
    guard residual > 0 else { return 0 }
    var largest: Float = 0
    for hertz in Self.vibratoHertz where times[count - 1] * hertz >= 2.5 {
      var (real, imaginary, n): (Float, Float, Float) = (0, 0, 0)
      for index in 0..<count where abs(semitones[index]) < Self.farthest {
        let rest = semitones[index] - offset - slope * times[index]
        real += rest * cosf(2 * .pi * hertz * times[index])
        imaginary += rest * sinf(2 * .pi * hertz * times[index])
        n += 1
      }
      largest = max(largest, 2 * (real * real + imaginary * imaginary) / (n * residual))
    }
    return min(1, largest)
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
