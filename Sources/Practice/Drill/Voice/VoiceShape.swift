/// A voice as far as it is compared: level and pitch against its own middle.
struct VoiceShape: Equatable, Sendable {
  /// Levels in standard deviations from the mean of the speech, no lower than `VoiceShape.depth` dB under loud.
  let levels: [Double]
  /// Semitones from the speaker's median, no further than an octave; nil where unvoiced or too soft to tell.
  let pitches: [Double?]
  /// The steps in which somebody speaks.
  let speech: Range<Int>
  /// What stands where there is no sound.
  let floor: Double

  /// What lies so far under the loudest steps, in dB, counts as silence: rooms differ below it.
  private static let depth = 30.0

  /// The shape of a voice; nil without one.
  init?(_ track: VoiceTrack) {
    guard let loud = track.loud, let speech = track.speech else { return nil }
    let held = track.levels.map { max($0, loud - VoiceShape.depth) }
    let spoken = held[speech]
    let mean = spoken.reduce(0, +) / Double(spoken.count)
    let variance = spoken.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(spoken.count)
    let deviation = max(variance.squareRoot(), 1)
    levels = held.map { ($0 - mean) / deviation }
    floor = (loud - VoiceShape.depth - mean) / deviation
    let voiced = track.voiced
    let median = RobustSpread.median(voiced.map(\.semitones))
    var pitches = [Double?](repeating: nil, count: track.count)
    for (step, semitones) in voiced { pitches[step] = max(-12, min(12, semitones - median)) }
    self.pitches = pitches
    self.speech = speech
  }

  /// The level at a step, silence before and after all of it.
  func level(_ step: Int) -> Double { levels.indices.contains(step) ? levels[step] : floor }

  /// The pitch at a step.
  func pitch(_ step: Int) -> Double? { pitches.indices.contains(step) ? pitches[step] : nil }

  /// Pearson's correlation of two lists of the same length; 0 where one of them stands still.
  static func correlation(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
    let count = Double(a.count)
    guard count > 1 else { return 0 }
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    var (aa, bb, ab) = (0.0, 0.0, 0.0)
    for (one, other) in zip(a, b) {
      aa += (one - meanA) * (one - meanA)
      bb += (other - meanB) * (other - meanB)
      ab += (one - meanA) * (other - meanB)
    }
    return aa > 1e-9 && bb > 1e-9 ? ab / (aa * bb).squareRoot() : 0
  }
}
