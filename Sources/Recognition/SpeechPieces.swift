import Glibc

/// Cuts sound into the utterances that are worth asking about, by level alone (`UtteranceCutter`).
struct SpeechPieces {
  /// An utterance, a little of the silence around it with it.
  struct Piece: Equatable {
    /// 16 kHz, mono.
    var samples: [Int16]
    /// Audio time of its first sample, in seconds.
    var start: Double

    var seconds: Double { Double(samples.count) / Double(SpeechPieces.sampleRate) }
  }

  static let sampleRate = 16_000
  private static let frameSamples = 160
  /// Frames into a silence up to which an utterance is kept that the level ended.
  private static let tailFrames = 20
  /// Frames of a piece at least: what is shorter is a remainder without a word in it.
  private static let leastFrames = 8

  private var cutter = UtteranceCutter()
  /// Sound that is still needed: of the utterance, or of what may become its beginning.
  private var samples: [Int16] = []
  /// The frame that `samples` begins with, and one past the last whole one.
  private var firstFrame = 0, nextFrame = 0
  /// Samples of the frame that is being filled, at the end of `samples`.
  private var partialSamples = 0
  private var pendingCut: Int?

  /// Audio time up to which all has been handed out, in seconds.
  var secondsDone: Double { Double(cutter.isOpen ? firstFrame : nextFrame) / 100 }

  /// Takes in samples at ±1 and returns the utterances that ended with them.
  mutating func hear(_ sound: Span<Float>) -> [Piece] {
    var pieces: [Piece] = []
    for index in sound.indices {
      let sample = sound[index]
      samples.append(sample.isFinite ? Int16(max(-1, min(1, sample)) * 32_767) : 0)
      partialSamples += 1
      guard partialSamples == Self.frameSamples else { continue }
      partialSamples = 0
      nextFrame += 1
      takeFrame(into: &pieces)
    }
    return pieces
  }

  /// Ends the utterance at an audio time, as soon as that is heard.
  mutating func cut(at seconds: Double) -> [Piece] {
    guard seconds.isFinite, cutter.isOpen else { return [] }
    let frame = Int((max(0, min(seconds, 1e9)) * 100).rounded())
    guard frame < nextFrame else {
      pendingCut = frame
      return []
    }
    guard frame > firstFrame else { return [] }
    let goesOn = !cutter.isFalling
    let piece = take(upTo: frame)
    if goesOn { cutter.open(after: nextFrame - firstFrame) } else { cutter.close() }
    return piece
  }

  /// Lets time pass without sound; returns the utterance before it.
  mutating func skip(seconds: Double) -> [Piece] {
    let last = finish()
    let passed = seconds.isFinite ? max(0, min(seconds, 1e6)) : 0
    nextFrame += Int((passed * 100 + Double(partialSamples) / Double(Self.frameSamples)).rounded())
    (samples, partialSamples, firstFrame) = ([], 0, nextFrame)
    return last
  }

  /// Returns the utterance that was not over.
  mutating func finish() -> [Piece] {
    pendingCut = nil
    guard cutter.isOpen else { return [] }
    cutter.close()
    return take(upTo: nextFrame)
  }

  private mutating func takeFrame(into pieces: inout [Piece]) {
    switch cutter.step(level()) {
    case .silence: forget(before: nextFrame - UtteranceCutter.prerollFrames)
    case .opened, .speech: break
    case .ended: pieces += take(upTo: nextFrame - UtteranceCutter.silenceFrames + Self.tailFrames)
    case .overlong:
      pieces += take(upTo: nextFrame - cutter.framesSinceQuietest())
      cutter.open(after: nextFrame - firstFrame)
    }
    if let cut = pendingCut, cut < nextFrame {
      pendingCut = nil
      pieces += self.cut(at: Double(cut) / 100)
    }
  }

  private mutating func take(upTo frame: Int) -> [Piece] {
    let frames = frame - firstFrame
    guard frames > 0 else { return [] }
    let piece = Piece(samples: Array(samples.prefix(frames * Self.frameSamples)), start: Double(firstFrame) / 100)
    forget(before: frame)
    return frames >= Self.leastFrames ? [piece] : []
  }

  private mutating func forget(before frame: Int) {
    guard frame > firstFrame else { return }
    samples.removeFirst((frame - firstFrame) * Self.frameSamples)
    firstFrame = frame
  }

  /// The level of the last frame, dB re full scale.
  private func level() -> Float {
    var sum: Float = 0
    for index in samples.count - Self.frameSamples..<samples.count {
      let sample = Float(samples[index])
      sum += sample * sample
    }
    return 10 * log10f(max(sum / Float(Self.frameSamples) / (32_768 * 32_768), 1e-16))
  }
}
