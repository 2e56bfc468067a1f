import Glibc

/// Intervals of the little statistics that a recording allows.
package enum Chance {
  /// The interval of a rate of rare events, of which `count` were seen in `exposure` units of time: Jeffreys' prior.
  ///
  /// The posterior is a gamma distribution of shape `count` + ½ (Brown, Cai & DasGupta 2003, "Interval estimation in
  /// exponential families"); its ends are the 10th and 90th percentile. Nil without any exposure.
  package static func rate(count: Int, exposure: Double) -> ClosedRange<Double>? {
    guard count >= 0, exposure > 0, exposure.isFinite else { return nil }
    let shape = Double(count) + 0.5
    let tail = (1 - Estimate.level) / 2
    let low = gammaQuantile(tail, shape: shape)
    return low / exposure...max(low, gammaQuantile(1 - tail, shape: shape)) / exposure
  }

  /// The value below which a gamma distribution of `shape` and scale 1 has the probability `share`, by bisection.
  static func gammaQuantile(_ share: Double, shape: Double) -> Double {
    var (low, high) = (0.0, shape + 10 * shape.squareRoot() + 10)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if gammaBelow(middle, shape: shape) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The regularised lower incomplete gamma function: its series below `shape` + 1, its continued fraction above
  /// (Press et al. 2007, "Numerical Recipes", section 6.2).
  static func gammaBelow(_ value: Double, shape: Double) -> Double {
    guard value > 0 else { return 0 }
    let front = exp(shape * log(value) - value - lgamma(shape))
    if value < shape + 1 {
      var term = 1 / shape
      var sum = term
      var step = shape
      for _ in 0..<10_000 where term > sum * 1e-12 {
        step += 1
        term *= value / step
        sum += term
      }
      return min(1, sum * front)
    }
    var b = value + 1 - shape
    var c = 1e300
    var d = 1 / b
    var fraction = d
    for index in 1..<10_000 {
      let factor = -Double(index) * (Double(index) - shape)
      b += 2
      d = 1 / nonzero(factor * d + b)
      c = nonzero(b + factor / c)
      fraction *= d * c
      if abs(d * c - 1) < 1e-12 { break }
    }
    return max(0, 1 - front * fraction)
  }

  private static func nonzero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
}

/// Sums over seconds that stretches of a talk are drawn as.
protocol ResampledSums: Sendable {
  static var zero: Self { get }
  static func += (left: inout Self, right: Self)
  static func - (left: Self, right: Self) -> Self
}

/// Figures of one second that a resampled statistic is made of; what they mean is up to the statistic.
struct SecondSums: Equatable, Sendable, ResampledSums {
  var seconds = 1.0
  var speech = 0.0
  var pause = 0.0
  var syllables = 0.0
  var voiced = 0.0
  var pitch = 0.0
  var pitchSquares = 0.0

  static func += (left: inout SecondSums, right: SecondSums) {
    left.seconds += right.seconds
    left.speech += right.speech
    left.pause += right.pause
    left.syllables += right.syllables
    left.voiced += right.voiced
    left.pitch += right.pitch
    left.pitchSquares += right.pitchSquares
  }

  static func - (left: SecondSums, right: SecondSums) -> SecondSums {
    SecondSums(
      seconds: left.seconds - right.seconds, speech: left.speech - right.speech, pause: left.pause - right.pause,
      syllables: left.syllables - right.syllables, voiced: left.voiced - right.voiced,
      pitch: left.pitch - right.pitch, pitchSquares: left.pitchSquares - right.pitchSquares)
  }

  static let zero = SecondSums(seconds: 0)
}

/// The moving-block bootstrap over seconds (Künsch 1989, "The jackknife and the bootstrap for general stationary
/// observations").
///
/// Neighbouring seconds of speech are alike, so whole stretches of 5 to 10 s are drawn, with replacement, until as many
/// seconds are there as were. The draws come from a generator with a fixed seed: the same recording, the same interval.
struct BlockBootstrap<Sums: ResampledSums>: Sendable {
  /// How many times everything is drawn anew.
  static var resamples: Int { 500 }

  /// The sums of every resample.
  let drawn: [Sums]

  /// Draws from `seconds`, of which there is at least one, in stretches of `longest` at most.
  init(_ seconds: [Sums], longest: Int = 10) {
    guard !seconds.isEmpty else {
      drawn = []
      return
    }
    let block = min(seconds.count, min(longest, max(5, seconds.count / 12)))
    // Sums of every block, from running sums: a resample then costs its blocks, not its seconds.
    var running = [Sums.zero]
    running.reserveCapacity(seconds.count + 1)
    for second in seconds {
      var next = running[running.count - 1]
      next += second
      running.append(next)
    }
    // Long stretches may begin at every few seconds only: what is drawn from then stays in the processor's cache.
    let step = max(1, block / 6)
    let blocks = stride(from: 0, through: seconds.count - block, by: step).map { running[$0 + block] - running[$0] }
    let starts = UInt64(blocks.count)
    var random = SplitMix(state: 0x5EED)
    drawn = (0..<Self.resamples).map { _ in
      var sums = Sums.zero
      var left = seconds.count
      while left > 0 {
        let start = Int(random.next() % starts)
        sums += left >= block ? blocks[start] : running[start * step + left] - running[start * step]
        left -= block
      }
      return sums
    }
  }

  /// The 10th and 90th percentile of a statistic; nil where it has no value for most resamples.
  func interval(of statistic: (Sums) -> Double?) -> ClosedRange<Double>? {
    let values = drawn.compactMap(statistic).filter(\.isFinite).sorted()
    guard values.count > Self.resamples / 2 else { return nil }
    let tail = (1 - Estimate.level) / 2
    let last = Double(values.count - 1)
    return values[Int((tail * last).rounded())]...values[Int(((1 - tail) * last).rounded())]
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators"): the same numbers every time.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A standard normal deviate (Box & Muller 1958).
  mutating func normal() -> Double {
    let unit = { (bits: UInt64) in (Double(bits >> 11) + 0.5) / Double(1 << 53) }
    let (radius, angle) = (unit(next()), unit(next()))
    return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
  }
}
