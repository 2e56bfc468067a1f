import Glibc

/// How regular a voice is; for interest, not for clinical use, and never scored.
///
/// Running speech is no sustained vowel: known jitter and shimmer are missed by a quarter and more, by the tools of
/// phoneticians, too.
package struct VoiceQuality: Equatable, Sendable {
  /// The mean difference between neighbouring periods over the mean period (jitter, local), as a share.
  package let jitter: Double
  /// The mean difference between the amplitudes of neighbouring periods over their mean (shimmer, local), as a share.
  package let shimmer: Double
  /// The harmonics-to-noise ratio in dB.
  package let harmonicsToNoise: Double
}

/// Follows the voice from period to period.
///
/// Boersma's definitions: marks are set where the sound correlates best with a period before (Boersma & Weenink, Praat,
/// "PointProcess: To PointProcess (cc)"), the search going from 0.8 to 1.25 of the tracked period; amplitude is RMS
/// under a Hann window of 0.4 periods around a mark; neighbours that differ by more than a factor of 1.3 in length or 1.6
/// in amplitude count as none. Harmonics to noise are 10 lg(r / (1 - r)) (Boersma 1993, eq. 4), averaged over time, with
/// r the correlation of two stretches a period apart, as long as a period of 75 Hz ("To Harmonicity (cc)").
struct CycleMeter {
  private static let capacity = 8192
  /// How much is kept when the buffer is full: more than a decision waits, and a few of the longest periods.
  private static let kept = 4096
  private static let longestPeriodRatio = 1.3, longestAmplitudeRatio = 1.6
  private static let leastCorrelation: Float = 0.3
  private static let likenessSamples = 213

  private var samples = [Float](repeating: 0, count: CycleMeter.capacity)
  private var correlations = [Float](repeating: 0, count: 512)
  /// Samples in the buffer, and the index of its first one since the start of the stretch.
  private var filled = 0, first = 0
  /// The newest mark in samples since the start of the stretch; nil where the voice is not going on.
  private var mark: Double?
  private var period: Double?
  private var amplitude: Double?
  private var periods = (count: 0, sum: 0.0), periodChanges = (count: 0, sum: 0.0)
  private var amplitudes = (count: 0, sum: 0.0), amplitudeChanges = (count: 0, sum: 0.0)
  private var ratio = (seconds: 0.0, sum: 0.0)

  /// The figures so far; nil where there were too few periods.
  var quality: VoiceQuality? {
    guard periodChanges.count > 0, amplitudeChanges.count > 0, ratio.seconds > 0 else { return nil }
    let meanPeriod = periods.sum / Double(periods.count)
    let meanAmplitude = amplitudes.sum / Double(amplitudes.count)
    return VoiceQuality(
      jitter: periodChanges.sum / Double(periodChanges.count) / meanPeriod,
      shimmer: amplitudeChanges.sum / Double(amplitudeChanges.count) / meanAmplitude,
      harmonicsToNoise: ratio.sum / ratio.seconds)
  }

  /// Takes in the samples of a frame.
  mutating func append(_ frame: [Float]) {
    if filled + frame.count > Self.capacity {
      let dropped = filled - Self.kept
      for index in 0..<Self.kept { samples[index] = samples[index + dropped] }
      first += dropped
      filled = Self.kept
    }
    for index in frame.indices { samples[filled + index] = frame[index] }
    filled += frame.count
  }

  /// Takes in the pitch of a frame in Hz, 0 if unvoiced, and follows the voice to its end.
  mutating func follow(_ hertz: Float, frame: Int) {
    guard hertz > 0 else { return breakOff() }
    let expected = 16_000 / Double(hertz)
    let (start, end) = (frame * FrameGrid.hop, (frame + 1) * FrameGrid.hop)
    if mark == nil { mark = peak(from: start, through: start + Int(expected)) }
    while let current = mark, current < Double(end) {
      guard let next = correlate(around: current, expected: expected) else { return breakOff() }
      note(period: next, at: current)
      if let likeness = likeness(around: current, lag: Int(next.rounded())) {
        ratio.sum += next * 10 * log10(likeness / (1 - likeness))
        ratio.seconds += next
      }
      mark = current + next
    }
  }

  /// What was said ends here, and so does the count of samples.
  mutating func restart() {
    breakOff()
    (filled, first) = (0, 0)
  }

  private mutating func breakOff() { (mark, period, amplitude) = (nil, nil, nil) }

  private mutating func note(period length: Double, at mark: Double) {
    periods.count += 1
    periods.sum += length
    guard let before = period else {
      period = length
      return
    }
    period = length
    guard max(before / length, length / before) <= Self.longestPeriodRatio else {
      amplitude = nil
      return
    }
    periodChanges.count += 1
    periodChanges.sum += abs(length - before)
    let height = rootMeanSquare(from: mark - 0.2 * before, middle: mark, through: mark + 0.2 * length)
    guard height > 0 else { return }
    amplitudes.count += 1
    amplitudes.sum += height
    if let earlier = amplitude, max(earlier / height, height / earlier) <= Self.longestAmplitudeRatio {
      amplitudeChanges.count += 1
      amplitudeChanges.sum += abs(height - earlier)
    }
    amplitude = height
  }

  /// Where the sound is largest, of samples counted since the start of the stretch; nil where they are gone.
  private func peak(from start: Int, through end: Int) -> Double? {
    guard start >= first, end < first + filled else { return nil }
    var best = start - first
    for index in start - first...end - first where abs(samples[index]) > abs(samples[best]) { best = index }
    return Double(best + first)
  }

  /// RMS under a window that rises to a mark and falls after it.
  private func rootMeanSquare(from start: Double, middle: Double, through end: Double) -> Double {
    let (low, high) = (Int(start.rounded(.up)) - first, Int(end.rounded(.down)) - first)
    guard low >= 0, low <= high, high < filled else { return 0 }
    var (sum, weights) = (0.0, 0.0)
    for index in low...high {
      let place = Double(index + first)
      let share = place < middle ? (middle - place) / (middle - start) : (place - middle) / (end - middle)
      let weight = 0.5 + 0.5 * cos(.pi * min(1, share))
      sum += weight * Double(samples[index] * samples[index])
      weights += weight
    }
    return weights > 0 ? (sum / weights).squareRoot() : 0
  }

  /// The lag at which the period around a mark comes again, in samples; nil if it does not.
  private mutating func correlate(around mark: Double, expected: Double) -> Double? {
    let length = Int(expected.rounded())
    let low = Int(0.8 * expected), high = min(low + correlations.count - 1, Int(1.25 * expected) + 1)
    let start = Int(mark.rounded()) - length / 2 - first
    guard start >= 0, low > 1, start + high + length <= filled else { return nil }
    let base = dot(start, start, length)
    var energy = dot(start + low, start + low, length)
    var best = 0
    for lag in low...high {
      let value = base * energy > 1e-16 ? dot(start, start + lag, length) / (base * energy).squareRoot() : 0
      correlations[lag - low] = value
      if value > correlations[best] { best = lag - low }
      guard lag < high else { break }
      let (leaving, entering) = (samples[start + lag], samples[start + lag + length])
      energy = max(0, energy - leaving * leaving + entering * entering)
    }
    guard correlations[best] > Self.leastCorrelation else { return nil }
    guard best > 0, best < high - low else { return Double(best + low) }
    return Double(best + low) + Double(vertex(correlations[best - 1], correlations[best], correlations[best + 1]).place)
  }

  /// How alike two stretches around a mark are that lie a lag apart, 0.001 to 0.99999; nil where one is not there.
  private func likeness(around mark: Double, lag: Int) -> Double? {
    let length = Self.likenessSamples
    let start = Int(mark.rounded()) - (length + lag) / 2 - first
    guard start > 0, start + lag + 1 + length <= filled else { return nil }
    let base = dot(start, start, length)
    func correlation(_ lag: Int) -> Float {
      let energy = dot(start + lag, start + lag, length)
      return base * energy > 1e-16 ? dot(start, start + lag, length) / (base * energy).squareRoot() : 0
    }
    let height = vertex(correlation(lag - 1), correlation(lag), correlation(lag + 1)).height
    return Double(max(1e-3, min(0.99999, height)))
  }

  /// The top of the parabola through three neighbours, relative to the middle one; the middle itself where it is none.
  private func vertex(_ left: Float, _ middle: Float, _ right: Float) -> (place: Float, height: Float) {
    let curve = left - 2 * middle + right
    let place = curve < 0 ? max(-1, min(1, 0.5 * (left - right) / curve)) : 0
    return (place, middle - 0.25 * (left - right) * place)
  }

  /// The product of two stretches of the buffer, summed in eight strands.
  private func dot(_ one: Int, _ other: Int, _ count: Int) -> Float {
    guard one >= 0, other >= 0, one + count <= Self.capacity, other + count <= Self.capacity else { return 0 }
    // SAFETY: both stretches lie inside the buffer, as just checked; eight values are read while eight are left.
    return samples.withUnsafeBytes { bytes in
      var strands = SIMD8<Float>(repeating: 0)
      var index = 0
      while index + 8 <= count {
        let left = bytes.loadUnaligned(fromByteOffset: 4 * (one + index), as: SIMD8<Float>.self)
        let right = bytes.loadUnaligned(fromByteOffset: 4 * (other + index), as: SIMD8<Float>.self)
        strands += left * right
        index += 8
      }
      var sum = strands.sum()
      while index < count {
        sum += samples[one + index] * samples[other + index]
        index += 1
      }
      return sum
    }
  }
}
