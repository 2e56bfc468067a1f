import Glibc

/// The background in each band, followed by minimum statistics.
///
/// Martin (2001), "Noise power spectral density estimation based on optimal smoothing and minimum statistics": the
/// smallest smoothed power in a sliding window belongs to the noise, since speech leaves each band now and then. The
/// window is 3 s and slides by single frames, so that nothing depends on when a recording began; the floor falls at once
/// and rises within 3 s; the bias of a minimum against a mean is one constant, for smoothing with one time constant.
struct NoiseFloor {
  private static let windowFrames = 315
  private static let smoothing: Float = 0.8
  /// How far a minimum of the smoothed power lies under its mean.
  private static let biasDecibels: Float = 3
  /// What has no more power than this in any band is digital silence: a still room recorded softly has more.
  private static let silence: Float = 1e-15

  /// The background of each band in dB re full scale.
  private(set) var levels = [Float](repeating: Decibels.floor, count: Spectrum.bandCount)

  private var smoothed = [Float](repeating: 0, count: Spectrum.bandCount)
  /// For each band a queue of the frames that may yet be the smallest of a window, each larger than the one before: of a
  /// ring of `windowFrames` places, those from `heads` on, `counts` of them (Lemire 2006, "Streaming maximum-minimum
  /// filter using no more than three comparisons per element").
  private var values = [Float](repeating: 0, count: Spectrum.bandCount * NoiseFloor.windowFrames)
  private var frames = [Int](repeating: 0, count: Spectrum.bandCount * NoiseFloor.windowFrames)
  private var heads = [Int](repeating: 0, count: Spectrum.bandCount)
  private var counts = [Int](repeating: 0, count: Spectrum.bandCount)
  private var frame = 0

  /// Takes in the band powers of one frame.
  mutating func update(_ bands: [Float]) {
    // Digital silence says nothing about the room: a gate or the head of a file.
    guard bands.contains(where: { $0 > Self.silence }) else { return }
    for band in 0..<Spectrum.bandCount {
      smoothed[band] =
        frame == 0 ? bands[band] : Self.smoothing * smoothed[band] + (1 - Self.smoothing) * bands[band]
      let least = smallest(with: smoothed[band], band)
      levels[band] = min(0, Decibels.power(least) + (least > Decibels.floorPower ? Self.biasDecibels : 0))
    }
    frame += 1
  }

  /// The smallest value of a band's window, whose newest is `value`.
  private mutating func smallest(with value: Float, _ band: Int) -> Float {
    let (base, length) = (band * Self.windowFrames, Self.windowFrames)
    if counts[band] > 0, frames[base + heads[band]] <= frame - length {
      heads[band] = (heads[band] + 1) % length
      counts[band] -= 1
    }
    while counts[band] > 0, values[base + (heads[band] + counts[band] - 1) % length] >= value { counts[band] -= 1 }
    let place = base + (heads[band] + counts[band]) % length
    (values[place], frames[place]) = (value, frame)
    counts[band] += 1
    return values[base + heads[band]]
  }

  /// The whole background in dB re full scale.
  var level: Float {
    var sum: Float = 0
    for level in levels { sum += level > Decibels.floor ? Decibels.power(ofLevel: level) : 0 }
    return Decibels.reported(sum)
  }
}
