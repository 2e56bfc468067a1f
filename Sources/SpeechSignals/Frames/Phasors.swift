import Glibc

/// Amplitude and phase of the lines of mains hum, one lane for each: the fundamental and its overtones.
struct Phasors {
  /// A figure for each line.
  typealias Lines = SIMD8<Float>

  /// The number of lines.
  static let count = Lines.scalarCount
  /// The number of each line: 1 is the fundamental.
  static let orders = Lines((1...count).map { Float($0) })

  /// Real and imaginary parts; a cosine has a positive real one.
  var re = Lines(), im = Lines()

  /// The squares of the amplitudes.
  var power: Lines { re * re + im * im }

  /// Both turned on by each other's phase.
  static func * (one: Phasors, other: Phasors) -> Phasors {
    Phasors(re: one.re * other.re - one.im * other.im, im: one.re * other.im + one.im * other.re)
  }

  /// Their difference, line by line.
  static func - (one: Phasors, other: Phasors) -> Phasors { Phasors(re: one.re - other.re, im: one.im - other.im) }

  /// The component of these that is out of step with others, times the amplitude of those.
  func across(_ other: Phasors) -> Lines { im * other.re - re * other.im }

  /// These where a mask says so, others elsewhere.
  func replacing(with other: Phasors, where mask: SIMDMask<Lines.MaskStorage>) -> Phasors {
    Phasors(re: re.replacing(with: other.re, where: mask), im: im.replacing(with: other.im, where: mask))
  }

  /// How far mains that are off by so many Hz turn the lines in a time.
  static func turn(hertz: Float, seconds: Float) -> Phasors {
    var result = Phasors()
    for line in 0..<count {
      let angle = 2 * Float.pi * hertz * Float(line + 1) * seconds
      (result.re[line], result.im[line]) = (cosf(angle), sinf(angle))
    }
    return result
  }
}
