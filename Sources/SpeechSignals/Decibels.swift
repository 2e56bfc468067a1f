import Glibc

/// Level arithmetic: powers and amplitudes in decibels re full scale, with the floor all levels here share.
enum Decibels {
  /// Nothing is quieter than this.
  static let floor: Float = -100

  /// The level of a power (a mean square), never below the floor.
  static func power(_ power: Float) -> Float {
    power > 1e-10 ? 10 * log10f(power) : floor
  }

  /// The level of an amplitude, never below the floor.
  static func amplitude(_ amplitude: Float) -> Float {
    amplitude > 1e-5 ? 20 * log10f(amplitude) : floor
  }

  /// The power that belongs to a level.
  static func power(ofLevel level: Float) -> Float { powf(10, level / 10) }
}
