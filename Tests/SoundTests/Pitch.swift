/// The median pitch, in hertz, of the voiced frames of speech at 16 kHz: the highest of the normalised autocorrelation
/// (Boersma, 1993, without its path) in frames of 40 ms, where that is above 0.7. 0 without one.
func medianPitch(_ samples: [Float]) -> Double {
  let (frame, lags) = (640, 40...214)
  var pitches: [Double] = []
  for start in stride(from: 0, to: samples.count - frame - lags.upperBound, by: 160) {
    let energy = samples[start..<start + frame].reduce(Float(0)) { $0 + $1 * $1 }
    guard energy > 0.05 else { continue }
    let scores = lags.map { lag -> Float in
      var (product, other): (Float, Float) = (0, 1e-9)
      for index in start..<start + frame {
        product += samples[index] * samples[index + lag]
        other += samples[index + lag] * samples[index + lag]
      }
      return product / (energy * other).squareRoot()
    }
    // Of a lag and its double the shorter one.
    guard let best = scores.max(), best > 0.7, let at = scores.firstIndex(where: { $0 > best - 0.03 }) else { continue }
    var peak = at
    while peak + 1 < scores.count, scores[peak + 1] > scores[peak] { peak += 1 }
    guard peak > 0, peak + 1 < scores.count else { continue }
    let (left, middle, right) = (scores[peak - 1], scores[peak], scores[peak + 1])
    let shift = Double((left - right) / (2 * (left - 2 * middle + right)))
    pitches.append(16_000 / (Double(lags.lowerBound + peak) + (shift.isFinite ? shift : 0)))
  }
  return pitches.isEmpty ? 0 : pitches.sorted()[pitches.count / 2]
}
