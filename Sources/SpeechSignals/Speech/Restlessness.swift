/// How far a background itself stands out of its own floor: the median and the median deviation of its excess in dB.
///
/// They move by steps that grow no further with what is far off, so that a few missed words among the silence hardly
/// move them. Near the estimate the steps shrink: it comes to rest at one value, wherever the frames lie.
struct Restlessness {
  /// How fast the statistics follow, in dB a frame: at first, halved after so many frames, and at last.
  private static let firstStep: Float = 0.1, stepFrames: Float = 60, lastStep: Float = 0.03
  /// By what factor of power the voice must be louder, how far the background stands out on the mean, in dB, and which
  /// part of that its mean deviation may be: it is restless, but goes on evenly, where soft syllables rise and fall.
  private static let louder: Float = 16, restless: ClosedRange<Float> = 3...10, evenness: Float = 0.65

  /// In dB.
  private(set) var median: Float = 0
  /// In dB.
  private(set) var deviation: Float = 1
  /// How many frames were learned from.
  private(set) var frames: Float = 0

  /// Learns from the excess of a frame of silence.
  mutating func learn(_ excess: Float) {
    frames += 1
    let step = max(Self.lastStep, Self.firstStep / (1 + frames / Self.stepFrames))
    let width = max(0.1, 0.5 * deviation)
    median += step * max(-1, min(1, (excess - median) / width))
    deviation += step * max(-1, min(1, (abs(excess - median) - deviation) / width))
  }

  /// Takes over what is measured at once of rings of excesses and powers in a range of frames before a voice of so much
  /// power, where that may be a background.
  mutating func take(_ excesses: [Float], powers: [Float], in frames: ClosedRange<Int>, before power: Float) {
    let count = Float(frames.count)
    var (mean, deviation): (Float, Float) = (0, 0)
    for frame in frames {
      guard powers[frame % powers.count] * Self.louder < power else { return }
      mean += excesses[frame % excesses.count] / count
    }
    for frame in frames { deviation += abs(excesses[frame % excesses.count] - mean) / count }
    guard Self.restless.contains(mean), deviation < Self.evenness * mean else { return }
    (median, self.deviation) = (mean, deviation)
  }

  /// What hardly a frame of the background reaches, so many deviations over its median.
  func bar(_ deviations: Float) -> Float { median + deviations * deviation }
}
