import Glibc

/// Takes mains hum of 60 Hz and its overtones away from under a voice.
///
/// 60 Hz is a pitch that a voice may have, so that hum is heard as a voice in every pause. In blocks of 50 ms, three
/// periods of the mains, the lines do not leak into each other; their amplitudes and phases are measured, `HumFit` says
/// which of them are hum, and from then on those are subtracted. Samples without hum pass through untouched. Mains of
/// 50 Hz lie under the lowest pitch and are let be.
struct HumFilter {
  private static let hertz = 60.0
  /// The rate of the mains as a pitch, in octaves over 1 Hz.
  static let octaves = log2f(59)...log2f(61.2)
  /// Frames and samples in a block.
  private static let blockFrames = 5, block = HumFilter.blockFrames * FrameGrid.hop
  /// Samples that are added up before lines are measured.
  private static let step = 4
  /// How often hum is looked for, in blocks.
  private static let every = 5
  private static let frameSeconds: Float = 0.01

  private static let radians = 2 * Double.pi * hertz / Double(FrameGrid.sampleRate)
  /// What the sums of a block are multiplied with to measure all lines, one entry for each sum.
  private static let measures = stride(from: 0, to: block, by: step).map { start in
    var result = Phasors()
    for line in 0..<Phasors.count {
      let turn = radians * Double(line + 1)
      // Neighbours added up lose a little of the higher lines.
      let droop = sin(Double(step) * turn / 2) / sin(turn / 2) / Double(step)
      let scale = 2 / (Double(block) * droop)
      let phase = turn * (Double(start) + Double(step - 1) / 2)
      result.re[line] = Float(scale * cos(phase))
      result.im[line] = Float(-scale * sin(phase))
    }
    return result
  }
  /// The cosines and sines of all lines, one entry for each sample of a block.
  private static let waves = (0..<block).map { place in
    var result = Phasors()
    for line in 0..<Phasors.count {
      let phase = radians * Double((line + 1) * place)
      (result.re[line], result.im[line]) = (Float(cos(phase)), Float(sin(phase)))
    }
    return result
  }

  private var fit = HumFit()
  private var frame = 0, blocks = 0
  private var sum = Phasors()
  /// What is subtracted from the next frame, and how it changes to the one after.
  private var lines = Phasors(), turn = Phasors()

  /// A filter that has heard nothing; the tables are there once there is one.
  init() { _ = (Self.measures, Self.waves) }

  /// Forgets what was heard.
  private mutating func restart() {
    fit.restart()
    (frame, blocks, sum) = (0, 0, Phasors())
  }

  /// Takes in the samples of a frame and hum out of them, and says whether there is any.
  ///
  /// Digital silence holds none, and what comes after it need not be in step.
  mutating func clean(_ samples: inout [Float], isFlat: Bool) -> Bool {
    guard !isFlat else {
      restart()
      return false
    }
    measure(samples)
    let isFound = fit.isFound
    if isFound { subtract(from: &samples) }
    frame += 1
    if frame == Self.blockFrames { closeBlock() }
    return isFound
  }

  private mutating func measure(_ samples: [Float]) {
    let first = frame * FrameGrid.hop / Self.step, measures = Self.measures
    for place in 0..<FrameGrid.hop / Self.step {
      let index = Self.step * place
      let value = samples[index] + samples[index + 1] + (samples[index + 2] + samples[index + 3])
      let measure = measures[first + place]
      sum.re += value * measure.re
      sum.im += value * measure.im
    }
  }

  private mutating func subtract(from samples: inout [Float]) {
    let first = frame * FrameGrid.hop, waves = Self.waves
    for index in 0..<FrameGrid.hop {
      let wave = waves[first + index]
      samples[index] -= (lines.re * wave.re - lines.im * wave.im).sum()
    }
    lines = lines * turn
  }

  private mutating func closeBlock() {
    fit.add(sum)
    blocks += 1
    if blocks % Self.every == 0 { fit.renew() }
    (frame, sum) = (0, Phasors())
    guard fit.isFound else { return }
    // The lines are those in the middle of the block; that of the next frame is half a block and half a frame later.
    let ahead = (Float(Self.blockFrames) + 1) / 2 * Self.frameSeconds
    lines = fit.lines * .turn(hertz: fit.offset, seconds: ahead)
    turn = .turn(hertz: fit.offset, seconds: Self.frameSeconds)
  }
}
