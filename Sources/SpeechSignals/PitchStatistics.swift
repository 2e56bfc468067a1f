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
  /// The speaker's own range in Hz: what lies outside is a slip of the tracker, or another voice.
  package let ownRange: ClosedRange<Double>
  /// The 10 ms frames that these figures rest on.
  package let voicedFrames: Int
  /// The share of voiced frames in speech, 0 to 1; nil where no speech was found.
  package let voicedShare: Double?
}

/// Counts voiced frames by pitch, in steps of 5 cents, and by level.
///
/// How loud the speaker is going to be is not known at the beginning, where hum may pass for a voice. Boersma (1993)
/// takes what peaks more than 28 dB under the loudest for silence; so does the second look.
struct PitchHistogram {
  private static let binsPerOctave = 240.0
  private static let lowest = 55.0
  private static let bins = 800
  /// Steps of 2 dB down from full scale.
  private static let steps = 50
  private static let stepsToSilence = 14
  /// Frames as loud as that make it the loudest level.
  private static let framesOfLoudest = 5

  private var counts = [Int32](repeating: 0, count: PitchHistogram.bins * PitchHistogram.steps)
  private var framesOfStep = [Int](repeating: 0, count: PitchHistogram.steps)
  private var speechFrames = 0, voicedSpeechFrames = 0

  /// Voiced frames so far.
  private(set) var frames = 0

  /// Takes in the pitch of a frame in Hz, 0 being left out, and the level of the peak around it in dB re full scale.
  mutating func note(_ hertz: Float, peakDecibels: Float) {
    guard hertz > 0 else { return }
    let bin = Int((log2(Double(hertz) / Self.lowest) * Self.binsPerOctave).rounded(.down))
    guard bin >= 0, bin < Self.bins else { return }
    let step = max(0, min(Self.steps - 1, Int(-peakDecibels / 2)))
    counts[step * Self.bins + bin] += 1
    framesOfStep[step] += 1
    frames += 1
  }

  /// Takes in a final frame of speech.
  mutating func noteSpeech(isVoiced: Bool) {
    speechFrames += 1
    if isVoiced { voicedSpeechFrames += 1 }
  }

  /// The figures so far; nil with fewer than `PitchStatistics.leastFrames` voiced frames.
  var statistics: PitchStatistics? {
    let heard = loud
    let all = heard.indices
    guard heard.count(in: all) >= PitchStatistics.leastFrames else { return nil }
    let first = Int(Self.bin(of: 0.75 * heard.quantile(0.25, in: all)).rounded(.up))
    let last = Int(Self.bin(of: 1.5 * heard.quantile(0.75, in: all)).rounded(.down))
    let kept = max(0, first)..<max(0, first, min(Self.bins, last + 1))
    let frames = heard.count(in: kept)
    guard frames >= PitchStatistics.leastFrames else { return nil }
    let (low, high) = (heard.quantile(0.05, in: kept), heard.quantile(0.95, in: kept))
    let median = heard.quantile(0.5, in: kept)
    var (hertz, semitones, squares) = (0.0, 0.0, 0.0)
    for index in kept where heard.counts[index] > 0 {
      let value = Self.hertz(atBin: Double(index) + 0.5)
      let relative = 12 * log2(value / median)
      hertz += Double(heard.counts[index]) * value
      semitones += Double(heard.counts[index]) * relative
      squares += Double(heard.counts[index]) * relative * relative
    }
    let variance = (squares - semitones * semitones / Double(frames)) / Double(frames - 1)
    return PitchStatistics(
      medianHertz: median, meanHertz: hertz / Double(frames), spreadSemitones: max(0, variance).squareRoot(),
      lowHertz: low, highHertz: high, rangeSemitones: 12 * log2(high / low),
      ownRange: Self.hertz(atBin: Double(kept.lowerBound))...Self.hertz(atBin: Double(kept.upperBound)),
      voicedFrames: frames,
      voicedShare: speechFrames > 0 ? Double(voicedSpeechFrames) / Double(speechFrames) : nil)
  }

  /// The frames that are not silence beside the loudest, by pitch.
  private var loud: Row {
    var row = Row(counts: [Int](repeating: 0, count: Self.bins))
    guard let loudest = framesOfStep.firstIndex(where: { $0 >= Self.framesOfLoudest }) else { return row }
    for step in 0...min(Self.steps - 1, loudest + Self.stepsToSilence) {
      for bin in 0..<Self.bins { row.counts[bin] += Int(counts[step * Self.bins + bin]) }
    }
    return row
  }

  /// Frames by pitch alone.
  private struct Row {
    var counts: [Int]

    var indices: Range<Int> { counts.indices }

    func count(in range: Range<Int>) -> Int { counts[range].reduce(0, +) }

    /// A quantile of the frames whose bins lie in a range, in Hz, as if frames lay evenly in their bin.
    func quantile(_ share: Double, in range: Range<Int>) -> Double {
      let wanted = share * Double(count(in: range))
      var below = 0.0
      for index in range where counts[index] > 0 {
        let here = Double(counts[index])
        if below + here >= wanted { return PitchHistogram.hertz(atBin: Double(index) + (wanted - below) / here) }
        below += here
      }
      return PitchHistogram.hertz(atBin: Double(range.upperBound))
    }
  }

  private static func bin(of hertz: Double) -> Double { log2(hertz / lowest) * binsPerOctave }

  private static func hertz(atBin bin: Double) -> Double { lowest * exp2(bin / binsPerOctave) }
}
