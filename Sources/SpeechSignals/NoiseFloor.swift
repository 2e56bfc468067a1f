import Glibc

/// The background in each band, followed by minimum statistics.
///
/// Martin (2001), "Noise power spectral density estimation based on optimal smoothing and minimum statistics": the
/// smallest smoothed power in a sliding window belongs to the noise, since speech leaves each band now and then. The
/// window is 3 s in ten parts, so the floor falls at once and rises within 3 s; the bias of a minimum against a mean is
/// one constant, for smoothing with one time constant.
struct NoiseFloor {
  private static let partFrames = 30
  private static let parts = 10
  private static let smoothing: Float = 0.8
  /// How far a minimum of the smoothed power lies under its mean.
  private static let biasDecibels: Float = 3
  /// What has no more power than this in any band is digital silence: the rounding of 16-bit sound has more.
  private static let silence: Float = 1e-12

  /// The background of each band in dB re full scale.
  private(set) var levels = [Float](repeating: Decibels.floor, count: Spectrum.bandCount)

  private var smoothed = [Float](repeating: 0, count: Spectrum.bandCount)
  private var current = [Float](repeating: .infinity, count: Spectrum.bandCount)
  private var past = [Float](repeating: .infinity, count: Spectrum.bandCount * NoiseFloor.parts)
  private var frames = 0
  private var part = 0

  /// Takes in the band powers of one frame.
  mutating func update(_ bands: [Float]) {
    let count = Spectrum.bandCount
    // Digital silence says nothing about the room: a gate or the head of a file.
    guard bands.contains(where: { $0 > Self.silence }) else { return }
    for band in 0..<count {
      let power = bands[band]
      smoothed[band] =
        frames == 0 && part == 0 && current[band] == .infinity
        ? power : Self.smoothing * smoothed[band] + (1 - Self.smoothing) * power
      current[band] = min(current[band], smoothed[band])
      var least = current[band]
      for index in 0..<Self.parts { least = min(least, past[index * count + band]) }
      levels[band] = min(0, Decibels.power(least) + (least > Decibels.floorPower ? Self.biasDecibels : 0))
    }
    frames += 1
    guard frames == Self.partFrames else { return }
    frames = 0
    for band in 0..<count {
      past[part * count + band] = current[band]
      current[band] = smoothed[band]
    }
    part = (part + 1) % Self.parts
  }

  /// The whole background in dB re full scale.
  var level: Float {
    var sum: Float = 0
    for level in levels { sum += level > Decibels.floor ? Decibels.power(ofLevel: level) : 0 }
    return Decibels.reported(sum)
  }
}
