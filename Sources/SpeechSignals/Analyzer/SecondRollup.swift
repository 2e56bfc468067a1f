import Glibc

/// Adds frames up into whole seconds, each handed out when all of it is final.
///
/// Levels are known when a frame ends; pitch and speech some frames later. Hence two seconds may be open at once.
struct SecondRollup {
  /// Frames in a second.
  static let frames = 100

  private struct Open {
    var squares = 0.0, speechSquares = 0.0
    var levelFrames = 0, speechFrames = 0, syllables = 0, voicedFrames = 0
    var logSum = 0.0, logSquares = 0.0
    var summary = SecondSummary()
  }

  private var open = [Open(), Open()]
  private var clippedBefore = 0

  /// Adds what is known when a frame ends.
  mutating func addLevel(_ reading: Reading, meanSquare: Float, integrated: @autoclosure () -> Double?) {
    let slot = reading.frame / Self.frames % 2
    let isLast = reading.frame % Self.frames == Self.frames - 1
    open[slot].squares += Double(meanSquare)
    open[slot].levelFrames += 1
    open[slot].summary.peakDecibels = max(open[slot].summary.peakDecibels, Double(reading.peakDecibels))
    open[slot].summary.momentaryLUFS = max(open[slot].summary.momentaryLUFS, Double(reading.momentaryLUFS))
    open[slot].summary.clippedSamples += reading.clippedSamples - clippedBefore
    clippedBefore = reading.clippedSamples
    open[slot].summary.shortTermLUFS = Double(reading.shortTermLUFS)
    open[slot].summary.syllablesPerSecond = reading.syllablesPerSecond.map(Double.init)
    open[slot].summary.silenceSeconds = Double(reading.silenceSeconds)
    open[slot].summary.runSeconds = Double(reading.runSeconds)
    if isLast { open[slot].summary.integratedLUFS = integrated() }
  }

  /// Adds the pitch of a frame in Hz, 0 if unvoiced.
  mutating func addPitch(_ hertz: Float, frame: Int) {
    guard hertz > 0, frame >= 0 else { return }
    let slot = frame / Self.frames % 2
    let semitones = 12 * log2(Double(hertz))
    open[slot].voicedFrames += 1
    open[slot].logSum += semitones
    open[slot].logSquares += semitones * semitones
  }

  /// Adds a final frame, and returns its second if this was the last frame of it.
  mutating func addFinal(frame: Int, isSpeech: Bool, isNucleus: Bool, meanSquare: Float) -> SecondSummary? {
    let slot = frame / Self.frames % 2
    if isSpeech {
      open[slot].speechFrames += 1
      open[slot].speechSquares += Double(meanSquare)
    }
    if isNucleus { open[slot].syllables += 1 }
    guard frame % Self.frames == Self.frames - 1 else { return nil }
    return close(frames: frame - Self.frames + 1..<frame + 1)
  }

  /// Hands out the second that covers these frames, or the part of it there was.
  mutating func close(frames: Range<Int>, integrated: Double? = nil) -> SecondSummary {
    let slot = frames.lowerBound / Self.frames % 2
    let part = open[slot]
    open[slot] = Open()
    var summary = part.summary
    summary.start = Double(frames.lowerBound) / 100
    summary.end = Double(frames.upperBound) / 100
    summary.speechSeconds = Double(part.speechFrames) / 100
    summary.syllables = part.syllables
    summary.voicedFrames = part.voicedFrames
    if part.levelFrames > 0 {
      summary.levelDecibels = Double(Decibels.reported(Float(part.squares / Double(part.levelFrames))))
    }
    if part.speechFrames > 0 {
      summary.speechLevelDecibels = Double(Decibels.reported(Float(part.speechSquares / Double(part.speechFrames))))
    }
    if let integrated { summary.integratedLUFS = integrated }
    guard part.voicedFrames > 0 else { return summary }
    let mean = part.logSum / Double(part.voicedFrames)
    summary.pitchHertz = exp2(mean / 12)
    if part.voicedFrames > 1 {
      let variance = (part.logSquares - mean * part.logSum) / Double(part.voicedFrames - 1)
      summary.pitchSpreadSemitones = max(0, variance).squareRoot()
    }
    return summary
  }
}
