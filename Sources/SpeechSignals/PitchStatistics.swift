import Glibc

/// The pitch of a whole sound in figures; only what lies in the speaker's own range counts.
///
/// A tracker slips an octave now and then, and such frames weigh heavily in a spread. De Looze & Hirst (2008) follow a
/// first analysis with a second one between 0.75 of its first quartile and 1.5 of its third; here the second is a second
/// look at the histogram of the first. Semitones are relative to the speaker's own median.
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
  private static let bins = 800

  private var counts = [Int32](repeating: 0, count: PitchHistogram.bins)
  private var speechFrames = 0, voicedSpeechFrames = 0

  /// Takes in the pitch of a frame in Hz; 0 is left out.
  mutating func note(_ hertz: Float) {
    guard hertz > 0 else { return }
    let bin = Int((log2(Double(hertz) / Self.lowest) * Self.binsPerOctave).rounded(.down))
    if counts.indices.contains(bin) { counts[bin] += 1 }
  }

  /// Takes in a final frame of speech.
  mutating func noteSpeech(isVoiced: Bool) {
    speechFrames += 1
    if isVoiced { voicedSpeechFrames += 1 }
  }

  /// Voiced frames so far.
  var frames: Int { count(in: counts.indices) }

  /// The figures so far; nil with fewer than `PitchStatistics.leastFrames` voiced frames.
  var statistics: PitchStatistics? {
    let all = counts.indices
    guard count(in: all) >= PitchStatistics.leastFrames else { return nil }
    let first = bin(of: 0.75 * quantile(0.25, in: all)).rounded(.up)
    let last = bin(of: 1.5 * quantile(0.75, in: all)).rounded(.down)
    let kept = max(0, Int(first))..<max(Int(first), min(Self.bins, Int(last) + 1))
    let frames = count(in: kept)
    guard frames >= PitchStatistics.leastFrames else { return nil }
    let (low, median, high) = (quantile(0.05, in: kept), quantile(0.5, in: kept), quantile(0.95, in: kept))
    var (hertz, semitones, squares) = (0.0, 0.0, 0.0)
    for index in kept where counts[index] > 0 {
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

  private func count(in range: Range<Int>) -> Int {
    var sum = 0
    for index in range { sum += Int(counts[index]) }
    return sum
  }

  /// A quantile of the frames whose bins lie in a range, in Hz, as if frames lay evenly in their bin.
  private func quantile(_ share: Double, in range: Range<Int>) -> Double {
    let wanted = share * Double(count(in: range))
    var below = 0.0
    for index in range where counts[index] > 0 {
      let here = Double(counts[index])
      if below + here >= wanted { return Self.hertz(atBin: Double(index) + (wanted - below) / here) }
      below += here
    }
    return Self.hertz(atBin: Double(range.upperBound))
  }

  private func bin(of hertz: Double) -> Double { log2(hertz / Self.lowest) * Self.binsPerOctave }

  private static func hertz(atBin bin: Double) -> Double { lowest * exp2(bin / binsPerOctave) }
}
