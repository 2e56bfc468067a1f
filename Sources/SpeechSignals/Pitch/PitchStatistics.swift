import Glibc

/// The pitch of a whole sound in figures, as `PitchReview` has decided it; what lies outside the speaker's own range is
/// left out. Semitones are relative to the speaker's own median.
package struct PitchStatistics: Equatable, Sendable {
  /// Voiced frames needed for any of this: 2 s of voice.
  package static let leastFrames = 200

  /// The median in Hz.
  package let medianHertz: Double
  /// The arithmetic mean in Hz.
  package let meanHertz: Double
  /// The standard deviation in semitones.
  package let spreadSemitones: Double
  /// The 5th percentile in Hz.
  package let lowHertz: Double
  /// The 95th percentile in Hz.
  package let highHertz: Double
  /// From the 5th to the 95th percentile, in semitones.
  package let rangeSemitones: Double
  /// The 10 ms frames that these figures rest on.
  package let voicedFrames: Int
  /// The share of voiced frames in speech, 0 to 1; nil where no speech was found.
  package let voicedShare: Double?
}

/// Counts voiced frames by pitch, in steps of 5 cents.
struct PitchHistogram {
  private static let binsPerOctave = 240.0
  private static let lowest = 55.0

  private var counts = [Int](repeating: 0, count: 800)
  private var speechFrames = 0, voicedSpeechFrames = 0

  /// Voiced frames so far.
  private(set) var frames = 0

  /// Takes in the pitch of a frame in Hz, 0 being left out.
  mutating func note(_ hertz: Float) {
    guard hertz > 0 else { return }
    let bin = Int((log2(Double(hertz) / Self.lowest) * Self.binsPerOctave).rounded(.down))
    guard counts.indices.contains(bin) else { return }
    counts[bin] += 1
    frames += 1
  }

  /// Takes in a frame of speech.
  mutating func noteSpeech(isVoiced: Bool) {
    speechFrames += 1
    if isVoiced { voicedSpeechFrames += 1 }
  }

  /// The figures so far; nil with fewer than `PitchStatistics.leastFrames` voiced frames.
  var statistics: PitchStatistics? {
    guard frames >= PitchStatistics.leastFrames else { return nil }
    let (low, median, high) = (quantile(0.05), quantile(0.5), quantile(0.95))
    var (hertz, semitones, squares) = (0.0, 0.0, 0.0)
    for index in counts.indices where counts[index] > 0 {
      let value = Self.hertz(atBin: Double(index) + 0.5)
      let relative = 12 * log2(value / median)
      hertz += Double(counts[index]) * value
      semitones += Double(counts[index]) * relative
      squares += Double(counts[index]) * relative * relative
    }
    let variance = (squares - semitones * semitones / Double(frames)) / Double(frames - 1)
    return PitchStatistics(
      medianHertz: median, meanHertz: hertz / Double(frames), spreadSemitones: max(0, variance).squareRoot(),
      lowHertz: low, highHertz: high, rangeSemitones: 12 * log2(high / low), voicedFrames: frames,
      voicedShare: speechFrames > 0 ? Double(voicedSpeechFrames) / Double(speechFrames) : nil)
  }

  /// A quantile in Hz, as if frames lay evenly in their bin; the upper end of all bins without any.
  func quantile(_ share: Double) -> Double {
    let wanted = share * Double(frames)
    var below = 0.0
    for index in counts.indices where counts[index] > 0 {
      let here = Double(counts[index])
      if below + here >= wanted { return Self.hertz(atBin: Double(index) + (wanted - below) / here) }
      below += here
    }
    return Self.hertz(atBin: Double(counts.count))
  }

  private static func hertz(atBin bin: Double) -> Double { lowest * exp2(bin / binsPerOctave) }
}
