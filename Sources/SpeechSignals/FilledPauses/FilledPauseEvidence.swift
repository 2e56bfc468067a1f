import Glibc

/// What speaks for and against a hold being a filled pause: figures, each with a physical reason.
package struct FilledPauseEvidence: Equatable, Sendable {
  /// What it sounds most like.
  package enum Label: String, Equatable, Sendable {
    /// A vowel with a nasal tail, a vowel, and a nasal throughout.
    case um, uh, hmm
  }

  /// How long the voice held, in seconds.
  package var seconds: Float
  /// How much the envelope changed over 50 ms: the mean of its frames in dB, less the way from vowel to nasal.
  package var change: Float
  /// The same of all the speaker's voice lately.
  package var usualChange: Float
  /// The slope of the pitch in semitones a second, octave slips undone.
  package var pitchSlope: Float
  /// How far the pitch lies from that slope, as a standard deviation in semitones.
  package var pitchUnrest: Float
  /// How much of that is one steady wave of 4 to 8 Hz, 0 to 1; 0 below two and a half waves.
  package var vibrato: Float
  /// The pitch against the speaker's median in semitones; nil while that is not known.
  package var pitchHeight: Float?
  /// The mean strength of the best period, 0 to 1.
  package var periodicity: Float
  /// Seconds without a voice just before, up to 0.24.
  package var silenceBefore: Float
  /// Seconds without a voice just after, up to 0.25.
  package var silenceAfter: Float
  /// Seconds of voice just before, up to 0.2: a long vowel at the end of a word comes out of one.
  package var voiceBefore: Float
  /// How much more open the vowel is than the speaker's average voice, in dB.
  package var openness: Float
  /// How much further back, in dB: "uh" is central, most lengthened vowels are front.
  package var backness: Float
  /// How much more nasal, in dB.
  package var nasality: Float
  /// How much more nasal the end is than the vowel, in dB.
  package var nasalRise: Float
  /// Whether a vowel and a nasal were joined.
  package var hasNasal: Bool
  /// The loudest frame against the speaker's loudest lately, in dB.
  package var loudness: Float
  /// How far the level rises again after it fell, in dB: syllables swell, a held voice fades.
  package var swell: Float

  /// What it sounds most like: nasal throughout is closed, as a murmur has a low first formant.
  package var label: Label {
    if hasNasal || nasalRise > 5 { return .um }
    return openness < -6 ? .hmm : .uh
  }

  /// The probability that this is a filled pause, 0 to 1.
  ///
  /// The sum of what each figure is worth, through the logistic function. Its scale and constant follow scores of sources
  /// left out of a fit (people, and the same in noise, a room and a telephone): of those said at .7, about .7 are right.
  package var confidence: Float {
    guard isVoice, !isMusic else { return 0 }
    var sum: Float = -2.5
    for term in Self.terms { sum += term.worth(of: term.figure(self)) }
    return 1 / (1 + expf(-sum))
  }

  /// Whether the pitch holds together: noise and a background that hums have none that does.
  private var isVoice: Bool { periodicity >= 0.55 && pitchUnrest <= 0.9 }

  /// Whether it is sung or played: a spoken sound is never quite steady (in people the pitch wavers by 0.1 semitones
  /// and more, the envelope by 1 dB), does not sway regularly, and stands in speech, whose envelope changes all the
  /// time (by 3 to 6 dB; in a tune by 1 to 2).
  private var isMusic: Bool {
    pitchUnrest < 0.03 || (pitchUnrest < 0.05 && change < 0.6) || usualChange < 2.2
      || (vibrato > 0.7 && pitchUnrest > 0.1)
  }
}

/// What a figure is worth: it counts by steps of `unit` from `from`, within bounds, `weight` log-odds a step.
private struct Term: Sendable {
  let weight: Float
  let from: Float, unit: Float
  let bounds: ClosedRange<Float>
  let figure: @Sendable (FilledPauseEvidence) -> Float

  func worth(of value: Float) -> Float {
    weight * max(bounds.lowerBound, min(bounds.upperBound, (value - from) / unit))
  }
}

extension FilledPauseEvidence {
  /// Bounds keep any one figure from deciding alone.
  private static let terms: [Term] = [
    // Longer than a vowel of running speech, which has 0.05–0.2 s; by ratio.
    Term(weight: 0.9, from: logf(0.3), unit: 0.4, bounds: -2...2) { logf(max(0.01, $0.seconds)) },
    Term(weight: 1.0, from: logf(0.27), unit: 0.3, bounds: -2...0) { logf(max(0.01, $0.seconds)) },
    Term(weight: 0.7, from: 3, unit: -1.5, bounds: -1.3...1.3) { $0.change },
    // Against the speaker's own voice, for a noise moves every envelope.
    Term(weight: 0.5, from: -0.48, unit: -0.4, bounds: -1.5...1.5) { logf(max(0.01, $0.change / $0.usualChange)) },
    // A voice that rises goes on, one that falls deep ends a sentence.
    Term(weight: 1.0, from: 2, unit: -4, bounds: -3...0) { $0.pitchSlope },
    Term(weight: 1.0, from: -25, unit: 6, bounds: -3...0) { $0.pitchSlope },
    // Further syllables swell.
    Term(weight: 0.6, from: 9, unit: -3, bounds: -4...0) { $0.swell },
    Term(weight: 1.3, from: 0, unit: -0.1, bounds: -2...0) { $0.voiceBefore },
    // A stop or a fricative lasts up to 0.1 s.
    Term(weight: 1.0, from: 0.1, unit: 0.14, bounds: 0...1) { $0.silenceBefore },
    // Less than 40 ms may be the closure of a stop.
    Term(weight: 0.75, from: 0.04, unit: 0.18, bounds: 0...1) { $0.silenceAfter },
    Term(weight: 0.95, from: 0, unit: 7, bounds: -1...1.5) { $0.backness },
    Term(weight: 0.5, from: 0, unit: -8, bounds: -1...1.5) { $0.nasality },
    Term(weight: 0.9, from: -5, unit: -5, bounds: -1.5...1) { $0.loudness },
  ]
}

extension FilledPauseEvidence {
  private static let silenceFrames = 24, attachedFrames = 20, onsetFrames = 8
  private static let foregroundDecibels: Float = 15

  private static func seconds(_ frames: Double) -> Float { Float(frames / 100) }

  /// Measures a hold; nil where too few of its frames have a pitch.
  init?(
    _ hold: FilledPauseHolds.Hold, _ trace: FilledPauseTrace, _ melody: inout FilledPauseMelody, speakerMedian: Float?
  ) {
    let frames = hold.frames
    guard let line = melody.line(of: frames, in: trace) else { return nil }
    // The change looks back, so a hold's first frames are compared with what came before.
    let way = hold.nasalStart.map { hold.vowelEnd..<max(hold.vowelEnd, $0 + FilledPauseTrace.lookBack) } ?? 0..<0
    var (changes, stillFrames, strengths, loudest): (Float, Float, Float, Float) = (0, 0, 0, Decibels.floor)
    var (lowest, swell): (Float, Float) = (.infinity, 0)
    for index in frames {
      strengths += trace.periodicity(index)
      loudest = max(loudest, trace.level(index))
      if index >= hold.start + Self.onsetFrames {
        lowest = min(lowest, trace.level(index))
        swell = max(swell, trace.level(index) - lowest)
      }
      guard index >= hold.start + FilledPauseTrace.lookBack, !way.contains(index) else { continue }
      changes += min(8, trace.change(index))
      stillFrames += 1
    }
    let vowel = trace.shape(of: hold.start + 2..<max(hold.nasalStart ?? hold.end, hold.start + 6))
    let tail = trace.shape(of: frames.suffix(6))
    seconds = Self.seconds(hold.fall - hold.rise)
    change = changes / max(1, stillFrames)
    usualChange = max(1, hold.speaker.change)
    pitchSlope = line.slope
    vibrato = line.vibrato
    pitchUnrest = line.unrest
    pitchHeight = speakerMedian.map { line.median - 12 * log2f($0) }
    periodicity = strengths / Float(frames.count)
    // A voice far below this one is another's, or the room's.
    let least = trace.meanLevel(of: frames) - Self.foregroundDecibels
    silenceBefore = Self.seconds(trace.silence(above: least, from: hold.rise, step: -1, limit: Self.silenceFrames))
    silenceAfter = Self.seconds(
      trace.silence(above: least, from: hold.fall, step: 1, limit: FilledPauseHolds.patienceFrames))
    voiceBefore = Self.seconds(Double(trace.voice(above: least, before: hold.rise, limit: Self.attachedFrames)))
    openness = vowel.openness - hold.speaker.openness
    backness = vowel.backness - hold.speaker.backness
    nasality = vowel.nasality - hold.speaker.nasality
    nasalRise = tail.nasality - vowel.nasality
    hasNasal = hold.nasalStart != nil
    loudness = loudest - trace.loudest
    self.swell = swell
  }
}
