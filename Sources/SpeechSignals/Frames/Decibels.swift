import Glibc

/// Level arithmetic: powers and amplitudes in decibels re full scale, with the floors all levels here share.
///
/// There are two floors. Detectors compare levels of single bands, and in a quiet room recorded softly those lie far
/// under any level that a person is shown: a floor within their reach would make what is found depend on the gain.
enum Decibels {
  /// No level that a detector compares is lower than this.
  static let floor: Float = -160
  /// No level that is handed out is lower than this.
  static let reportedFloor: Float = -100
  /// The power at the floor of detectors, a mean square.
  static let floorPower: Float = 1e-16

  /// The level of a power (a mean square) for detectors, never below `floor`.
  static func power(_ power: Float) -> Float {
    power > floorPower ? 10 * log10f(power) : floor
  }

  /// The level of a power (a mean square) to hand out, never below `reportedFloor`.
  static func reported(_ power: Float) -> Float { max(reportedFloor, self.power(power)) }

  /// The level of an amplitude to hand out, never below `reportedFloor`.
  static func amplitude(_ amplitude: Float) -> Float {
    amplitude > 1e-5 ? 20 * log10f(amplitude) : reportedFloor
  }

  /// The power that belongs to a level.
  static func power(ofLevel level: Float) -> Float { powf(10, level / 10) }
}
