import Glibc

/// The short-time spectrum of a frame, summed into critical bands.
///
/// A 30 ms Hann window around the middle of the frame; bands about one Bark wide (Zwicker 1961, "Subdivision of the
/// audible frequency range into critical bands", edges rounded to bins), so that a fricative and a vowel weigh alike.
struct Spectrum {
  /// The edges of the bands in Hz.
  static let edges: [Float] = [
    100, 200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300, 6400,
    7700,
  ]
  /// The number of bands.
  static let bandCount = edges.count - 1
  /// The window, in samples.
  static let windowCount = 480

  /// The power in each band as a mean square; it changes with each frame.
  private(set) var bands = [Float](repeating: 0, count: Spectrum.bandCount)

  /// How far under the loudest frame so far there is nothing any more, as a factor: a codec leaves bands empty, and what
  /// is left in them is rounding.
  private static let emptiness: Float = 1e-10

  private var loudest: Float = 0
  private let transform = FourierTransform(count: 512)
  private let window: [Float]
  private var power: [Float]
  private let firstBins: [Int]

  init() {
    window = (0..<Self.windowCount).map {
      0.5 - 0.5 * cosf(2 * .pi * (Float($0) + 0.5) / Float(Self.windowCount))
    }
    power = [Float](repeating: 0, count: transform.bins)
    firstBins = Self.edges.map { Int(($0 / 31.25).rounded()) }
  }

  /// Says that there is no sound yet.
  mutating func clear() {
    for band in 0..<Self.bandCount { bands[band] = 0 }
  }

  /// Measures the window that begins at `start` of the samples.
  mutating func measure(_ samples: [Float], from start: Int) {
    transform.powerSpectrum(of: samples, from: start, window: window, into: &power)
    // One-sided sum over bins, scaled by the window's energy (3/8 of its length) and the transform's length.
    let scale = 2 / (512 * 0.375 * Float(Self.windowCount))
    var total: Float = 0
    for band in 0..<Self.bandCount {
      var sum: Float = 0
      for bin in firstBins[band]..<firstBins[band + 1] { sum += power[bin] }
      bands[band] = sum * scale
      total += bands[band]
    }
    loudest = max(loudest, total)
    // Digital silence stays as it is: it says nothing about the room.
    guard total > Decibels.floorPower else { return }
    for band in 0..<Self.bandCount { bands[band] += Self.emptiness * loudest }
  }
}
