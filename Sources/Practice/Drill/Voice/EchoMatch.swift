/// Whether what the microphone heard while a line was played is that line, out of the loudspeaker.
///
/// A loudspeaker gives the very same pitch at one constant delay, to within what a pitch tracker errs by. No person
/// does, not even one who imitates well: a third of a semitone and 25 ms, kept through a whole line, are nobody's. Two
/// voices of one synthesiser at the same height do, and would be taken for an echo.
struct EchoMatch: Equatable, Sendable {
  /// The largest share of the model's voiced steps in which the microphone's pitch was the model's, 0 to 1, of all
  /// delays; nil where too few of them were played to tell.
  private(set) var share: Double?
  /// The correlation of the levels of those steps at that delay, -1 to 1.
  private(set) var correlation = 0.0
  /// That delay in seconds.
  private(set) var delay = 0.0

  /// Whether it is an echo. Through rooms the share was .69 at least and the correlation .91, down to 7 dB over the noise;
  /// of 660 pairs of different synthetic voices at different heights one came over both bounds, with the two words of the
  /// shortest line.
  var isEcho: Bool { share.map { $0 >= 0.5 && correlation >= 0.6 } ?? false }

  /// Voiced steps that a model has at least: with fewer, voices meet by chance.
  private static let leastSteps = 12
  /// How late an echo may come, in half steps: the step begins, the device is asked, sound travels; a wireless
  /// loudspeaker takes a third of a second. Playing may begin before the first sample is captured, so it may be early too.
  private static let delays = -10...60
  /// How far apart two readings of one pitch may be, in semitones.
  private static let tolerance = 0.3

  /// Compares the microphone's track, whose first step is when the line began to be played, with the model's.
  init(_ model: VoiceTrack, _ heard: VoiceTrack) {
    let voiced = model.voiced
    guard voiced.count(where: { $0.step < heard.count }) >= EchoMatch.leastSteps else { return }
    let shares = EchoMatch.delays.map { EchoMatch.share(voiced, heard, halfSteps: $0) }
    guard let best = shares.indices.max(by: { shares[$0] < shares[$1] }) else { return }
    share = shares[best]
    let late = EchoMatch.delays.lowerBound + best
    delay = Double(late) / 2 * Contour.step
    let steps = voiced.map(\.step).filter { (0..<2 * heard.count).contains(2 * $0 + late) }
    correlation = VoiceShape.correlation(
      steps.map { model.levels[$0] }, steps.map { EchoMatch.level(heard, at: 2 * $0 + late) })
  }

  private static func share(_ voiced: [(step: Int, semitones: Double)], _ heard: VoiceTrack, halfSteps: Int) -> Double {
    // Who goes on before the end has heard a part of it.
    let played = voiced.filter { (0..<2 * heard.count).contains(2 * $0.step + halfSteps) }
    let met = played.count { voice in
      pitch(heard, at: 2 * voice.step + halfSteps).map { abs($0 - voice.semitones) <= tolerance } ?? false
    }
    return played.count < leastSteps ? 0 : Double(met) / Double(played.count)
  }

  /// The pitch at a half step; between two steps the middle of both, where both are voiced.
  private static func pitch(_ track: VoiceTrack, at half: Int) -> Double? {
    let (low, high) = (half / 2, (half + 1) / 2)
    guard high < track.count, let one = track.pitches[low], let other = track.pitches[high] else { return nil }
    return (one + other) / 2
  }

  private static func level(_ track: VoiceTrack, at half: Int) -> Double {
    let (low, high) = (half / 2, (half + 1) / 2)
    return high < track.count ? (track.levels[low] + track.levels[high]) / 2 : -100
  }
}
