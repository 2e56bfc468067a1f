import Glibc

/// Cuts samples into 10 ms frames and measures what needs no window: level, peak, clipping, flatness.
///
/// Everything after it happens once a frame, so results cannot depend on how the samples came. Two filters run here,
/// sample by sample: a 20 Hz blocker of constant offset for the level, and a 70 Hz Butterworth high-pass (bilinear
/// transform, second order) for everything that analyses the voice, which keeps rumble out of pitch and noise floor. Hum
/// of the mains is taken out of the same, a frame at a time (`HumFilter`).
///
/// A frame begins where the sound does, so that however many zeros stand before a recording, the same is found in it:
/// the zeros of the unfinished frame before it are in none.
struct Framer {
  /// The high-passed samples of the frame being filled.
  private(set) var samples = [Float](repeating: 0, count: FrameGrid.hop)
  /// How many of them are filled.
  private(set) var filled = 0
  /// How many zeros before the sound are in no frame, less than a frame's length.
  private(set) var lead = 0
  /// RMS level of the frame, once full, in dB re full scale.
  private(set) var level = Decibels.reportedFloor
  /// Mean square of the frame, once full.
  private(set) var meanSquare: Float = 0
  /// Its largest sample in dB re full scale.
  private(set) var peak = Decibels.reportedFloor
  /// Its largest high-passed sample.
  private(set) var voicePeak: Float = 0
  /// The untouched samples of the frame, for the loudness meter.
  private(set) var untouched = [Float](repeating: 0, count: FrameGrid.hop)
  /// Clipped samples so far.
  var clippedSamples: Int { clips.samples }
  /// How many samples the current run of exactly equal ones has.
  private(set) var flatRun = 0
  /// Whether digital silence of a frame's length or more, all samples equal, was running somewhere in the frame.
  private(set) var isFlat = false

  /// Whether mains hum was taken out of the samples.
  private(set) var isFreed = false

  private var clips = ClipCounter()
  private var hum = HumFilter()
  private var last: Float?
  private var hasBegun = false
  private var blockerOutput: Float = 0
  private var input1: Float = 0, input2: Float = 0, output1: Float = 0, output2: Float = 0
  private var squares: Float = 0
  private var longestFlat = 0
  private var largest: Float = 0, largestVoice: Float = 0

  private static let blockerPole: Float = 1 - 2 * .pi * 20 / 16_000
  private static let highPass: (b0: Float, a1: Float, a2: Float) = {
    let warped = tan(Double.pi * 70 / 16_000)
    let norm = 1 / (1 + 2.0.squareRoot() * warped + warped * warped)
    let a1 = 2 * (warped * warped - 1) * norm
    let a2 = (1 - 2.0.squareRoot() * warped + warped * warped) * norm
    return (Float(norm), Float(a1), Float(a2))
  }()

  /// Takes one sample and says whether the frame is now full.
  mutating func push(_ raw: Float) -> Bool {
    let sample = Self.sane(raw)
    note(sample)
    // An offset that begins with the sound is no step in it.
    let isFirst = !hasBegun && sample != 0
    let previous = isFirst ? sample : last ?? sample
    if isFirst {
      input1 = sample
      input2 = sample
      hasBegun = true
      lead = filled
      filled = 0
      longestFlat = 0
    }
    last = sample
    blockerOutput = sample - previous + Self.blockerPole * blockerOutput
    let filter = Self.highPass
    let output = filter.b0 * (sample - 2 * input1 + input2) - filter.a1 * output1 - filter.a2 * output2
    input2 = input1
    input1 = sample
    output2 = output1
    output1 = abs(output) < 1e-20 ? 0 : output
    untouched[filled] = sample
    samples[filled] = output1
    squares += blockerOutput * blockerOutput
    largest = max(largest, abs(sample))
    largestVoice = max(largestVoice, abs(output1))
    filled += 1
    guard filled == FrameGrid.hop else { return false }
    meanSquare = squares / Float(FrameGrid.hop)
    level = Decibels.reported(meanSquare)
    peak = Decibels.amplitude(largest)
    voicePeak = largestVoice
    isFlat = longestFlat >= FrameGrid.hop
    isFreed = hum.clean(&samples, isFlat: isFlat)
    if isFreed { voicePeak = samples.reduce(0) { max($0, abs($1)) } }
    longestFlat = 0
    squares = 0
    (largest, largestVoice) = (0, 0)
    filled = 0
    return true
  }

  /// Drops an unfinished frame and forgets the filters' past; counts stay.
  mutating func restart() {
    var counted = clips
    counted.restart()
    self = Framer()
    clips = counted
  }

  /// A sample as it is measured: finite, and no larger than 16.
  static func sane(_ sample: Float) -> Float { sample.isFinite ? max(-16, min(16, sample)) : 0 }

  private mutating func note(_ sample: Float) {
    flatRun = sample == last ? flatRun + 1 : 1
    // Before the beginning all is silence.
    longestFlat = max(longestFlat, last == nil && sample == 0 ? FrameGrid.hop : 0, flatRun)
    clips.note(sample)
  }
}
