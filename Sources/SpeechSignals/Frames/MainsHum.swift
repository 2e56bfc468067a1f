import Glibc

/// What a quiet recording holds besides the room: mains hum and a constant offset.
///
/// Hum is a set of lines at multiples of 50 or 60 Hz. Each of the first six is measured by Goertzel's recursion
/// (Goertzel 1958, "An Algorithm for the Evaluation of Finite Trigonometric Series") over Hann-windowed blocks of one
/// second, so that a line is ± 2 Hz wide, and held against the level 7 Hz to its left and right: rumble and noise are
/// as strong there, a line is not. All memory is taken in `init`.
package struct MainsHum: Sendable {
  /// Hum that was found.
  package struct Hum: Equatable, Sendable {
    /// The frequency of the mains in Hz: 50 or 60.
    package var hertz: Int
    /// The RMS level of its lines together, in dB re full scale.
    package var decibels: Double
  }

  /// How many harmonics are looked at.
  static let harmonics = 6
  private static let mains = [50.0, 60.0]
  private static let block = 16_000
  /// How far beside a line its background is measured, in Hz.
  private static let beside = 7.0
  /// How far a line must stand above its background, as a ratio of powers: 10 dB.
  private static let leastRatio = 10.0
  /// How many lines make a hum; a single one may be anything.
  private static let leastLines = 2

  private let window: [Double]
  private let coefficients: [Double]
  private var older: [Double]
  private var newer: [Double]
  private var powers: [Double]
  private var filled = 0
  private var blocks = 0
  private var sum = 0.0
  private var count = 0

  /// A measure that has heard nothing yet.
  package init() {
    let hertz = Self.mains.flatMap { mains in
      (1...Self.harmonics).flatMap { harmonic in
        [-Self.beside, 0, Self.beside].map { mains * Double(harmonic) + $0 }
      }
    }
    coefficients = hertz.map { 2 * cos(2 * .pi * $0 / Double(FrameGrid.sampleRate)) }
    window = (0..<Self.block).map { 0.5 - 0.5 * cos(2 * .pi * (Double($0) + 0.5) / Double(Self.block)) }
    older = [Double](repeating: 0, count: hertz.count)
    newer = older
    powers = older
  }

  /// Takes in samples at 16 kHz, any number of them; what is not finite counts as 0.
  package mutating func add(_ samples: Span<Float>) {
    for index in samples.indices {
      let sample = samples[index].isFinite ? Double(samples[index]) : 0
      sum += sample
      count += 1
      let windowed = sample * window[filled]
      for line in coefficients.indices {
        let next = windowed + coefficients[line] * newer[line] - older[line]
        older[line] = newer[line]
        newer[line] = next
      }
      filled += 1
      if filled == Self.block { closeBlock() }
    }
  }

  private mutating func closeBlock() {
    for line in coefficients.indices {
      let (last, before) = (newer[line], older[line])
      powers[line] += last * last + before * before - coefficients[line] * last * before
      newer[line] = 0
      older[line] = 0
    }
    filled = 0
    blocks += 1
  }

  /// The mean of all samples, re full scale: a constant offset.
  package var offset: Double { count > 0 ? sum / Double(count) : 0 }

  /// The hum that stands out of its surroundings; nil where there is none, or before one whole second.
  package var hum: Hum? {
    guard blocks > 0 else { return nil }
    var best: Hum?
    for (place, mains) in Self.mains.enumerated() {
      var lines = 0
      var total = 0.0
      var hasLowLine = false
      for harmonic in 0..<Self.harmonics {
        let index = (place * Self.harmonics + harmonic) * 3 + 1
        let background = (powers[index - 1] + powers[index + 1]) / 2
        guard powers[index] > Self.leastRatio * background, powers[index] > 0 else { continue }
        lines += 1
        total += powers[index] - background
        hasLowLine = hasLowLine || harmonic < 2
      }
      guard lines >= Self.leastLines, hasLowLine else { continue }
      // A sine of power p reaches p · (block / 2 · 1/2)² · 2 through the Hann window, whose mean is 1/2.
      let power = total / Double(blocks) * 8 / Double(Self.block) / Double(Self.block)
      let decibels = power > 1e-10 ? 10 * log10(power) : -100
      if decibels > best?.decibels ?? -100 { best = Hum(hertz: Int(mains), decibels: decibels) }
    }
    return best
  }
}
