/// The spectra of two calls of a laugh in a row, and of the breath between them: what `Laughter` compares.
///
/// Bands are taken with their neighbours, for a high voice has no harmonic in some, and from 300 Hz on what a
/// harmonic more or less makes in three bands is evened out over five. Breath through an open mouth has the
/// formants of the vowel, but not its voice (Bickley & Hunnicutt 1992): from call to breath the lowest harmonics fall
/// further than the formants do. In a murmur, or while a stop is closed, it is the formants that fall.
struct CallSpectra {
  /// What lies between two calls: how far it lies over the room, in dB, how much it differs from them but for a tilt, in
  /// dB, that tilt, in dB a band, and how much further than its formants its lowest harmonics fall, in dB.
  struct Breath {
    var level: Float
    var difference: Float
    var brightness: Float
    var voiceFall: Float
  }

  /// How many frames are remembered.
  static let ringCount = 128
  /// Bands of a vowel, 200 to 4400 Hz; those in which the colour of breath is compared, 920 to 3700 Hz, for under them a
  /// high voice has but one harmonic in a band; and that of the lowest harmonics, with its neighbours 200 to 510 Hz.
  private static let vowelBands = 1..<17, breathBands = 7..<16, harmonicBand = 2
  /// From this pitch on, in Hz, three bands may hold one harmonic or two.
  private static let sparsePitch: Float = 300
  /// Frames around a peak make up its spectrum.
  private static let weights: [Float] = [1, 3, 4, 3, 1].map { $0 / 12 }

  private var powers = [Float](repeating: 0, count: CallSpectra.ringCount * Spectrum.bandCount)
  private var frame = 0
  /// The spectra of the call before, of the newest, and of what lies between them, in dB.
  private var before = [Float](repeating: 0, count: Spectrum.bandCount)
  private var newest = [Float](repeating: 0, count: Spectrum.bandCount)
  private var between = [Float](repeating: 0, count: Spectrum.bandCount)

  /// Takes in the band powers of the next frame.
  mutating func note(_ bands: [Float], frame now: Int) {
    frame = now
    let first = now % Self.ringCount * Spectrum.bandCount
    for band in 0..<Spectrum.bandCount { powers[first + band] = bands[band] }
  }

  /// Takes a frame for the middle of the newest call, over a background in dB.
  mutating func take(callAt middle: Int, floor: [Float]) {
    swap(&before, &newest)
    Self.measure(powers, middle, through: frame, into: &newest)
    for band in 1..<Spectrum.bandCount - 1 {
      newest[band] = max(newest[band], Decibels.power(2 * Self.background(floor, band)))
    }
  }

  /// How much the two calls differ, as root mean square over bands in dB, however loud they are.
  var difference: Float {
    var (sum, squares): (Float, Float) = (0, 0)
    for band in Self.vowelBands {
      let value = newest[band] - before[band]
      sum += value
      squares += value * value
    }
    let count = Float(Self.vowelBands.count)
    return max(0, squares / count - sum * sum / (count * count)).squareRoot()
  }

  /// Measures what lies at a frame between the two calls, of a pitch in Hz, over a background in dB.
  mutating func breath(at middle: Int, hertz: Float, floor: [Float]) -> Breath {
    Self.measure(powers, middle, through: frame, into: &between)
    let bands = Self.breathBands, count = Float(bands.count), isSparse = hertz >= Self.sparsePitch
    let centre = Float(bands.lowerBound + bands.upperBound - 1) / 2
    var (level, sum, squares, moment, spread): (Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0)
    for band in bands {
      let value = isSparse ? (fall(band - 1) + fall(band) + fall(band + 1)) / 3 : fall(band)
      let place = Float(band) - centre
      level += between[band] - Decibels.power(Self.background(floor, band))
      sum += value
      squares += value * value
      moment += place * value
      spread += place * place
    }
    let rest = max(0, squares - sum * sum / count - moment * moment / spread) / count
    return Breath(
      level: level / count, difference: rest.squareRoot(), brightness: -moment / spread,
      voiceFall: fall(Self.harmonicBand) - sum / count)
  }

  /// How far a band falls from the calls to what lies between them, in dB.
  private func fall(_ band: Int) -> Float { (newest[band] + before[band]) / 2 - between[band] }

  /// The spectrum around a frame in dB, each band with its neighbours.
  private static func measure(_ powers: [Float], _ middle: Int, through frame: Int, into spectrum: inout [Float]) {
    for band in 1..<Spectrum.bandCount - 1 {
      var sum: Float = 0
      for near in band - 1...band + 1 {
        for step in -2...2 {
          let index = max(0, min(frame, middle + step))
          sum += weights[step + 2] * powers[index % ringCount * Spectrum.bandCount + near]
        }
      }
      spectrum[band] = Decibels.power(sum)
    }
  }

  /// The background in a band with its neighbours, of which each is given in dB, as power.
  private static func background(_ floor: [Float], _ band: Int) -> Float {
    var sum: Float = 0
    for near in band - 1...band + 1 { sum += Decibels.power(ofLevel: floor[near]) }
    return sum
  }
}
