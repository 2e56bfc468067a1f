/// How like a learner's rhythm and melody are to those of the line that was shadowed.
///
/// Level and pitch are compared, nothing else: how vowels and consonants sound, which is what an accent is, has no part
/// in it, and a high or soft voice is as good as a low or loud one, for both are taken against the voice's own middle.
/// What is said is how near this learner came to the rhythm and melody of this very line, which could be said well in
/// other ways too.
struct VoiceMatch: Equatable, Sendable {
  /// 0, as unlike as silence or other words said at the same time, to 1.
  var likeness: Double
  /// The same of the levels alone, and of the pitch alone.
  var rhythm: Double
  var melody: Double
  /// How far the learner was behind the model, in seconds: the median along the path.
  var lag: Double

  /// What other words cost, level and pitch, laid beside the model at their beginnings: .5 and .4 on average over 132
  /// pairs of synthetic voices, a tenth less for the better ones of them.
  private static let strangeLevel = 0.45, strangePitch = 0.35
  /// How early and how late a learner may be, in steps: a line that is known is begun with the voice, and 2.5 s behind
  /// it is another line.
  private static let delays = -10...50
  /// Delays that are tried out, of those at which the levels agree.
  private static let candidateLimit = 4

  /// Compares a learner's voice, whose first step is when the line began to be played, with the model's; nil where
  /// either has no voice in it.
  init?(_ model: VoiceTrack, _ own: VoiceTrack) {
    guard let model = VoiceShape(model), let own = VoiceShape(own) else { return nil }
    let warps = VoiceMatch.candidates(model, own).map { TimeWarp(model, own, delay: $0) }
    guard let warp = warps.min(by: { $0.cost < $1.cost }), let first = warp.path.first, let last = warp.path.last
    else { return nil }
    // Words beyond the line are no part of it.
    let voiced = own.speech.filter { own.pitch($0) != nil }
    let coverage = Double(voiced.count { (first.own...last.own).contains($0) }) / Double(max(voiced.count, 1))
    func share(_ cost: Double, of strange: Double) -> Double { max(0, 1 - cost / strange) * coverage }
    let strange = VoiceMatch.strangeLevel + VoiceMatch.strangePitch
    likeness = share(warp.level + warp.pitch, of: strange)
    rhythm = share(warp.level, of: VoiceMatch.strangeLevel)
    melody = share(warp.pitch, of: VoiceMatch.strangePitch)
    lag = RobustSpread.median(warp.path.map { Double($0.own - $0.model) }) * Contour.step
  }

  /// The delays at which the levels agree best, in steps, and that of the first sounds.
  ///
  /// Which of them is right is told by what it costs to warp from there: at another speed than the model's no constant
  /// delay is right everywhere, and a rhythm agrees with itself a beat later.
  private static func candidates(_ model: VoiceShape, _ own: VoiceShape) -> [Int] {
    let levels = model.levels[model.speech]
    let agreements = delays.map { delay in
      VoiceShape.correlation(levels, model.speech.map { own.level($0 + delay) })
    }
    let peaks = agreements.indices.dropFirst().dropLast().filter {
      agreements[$0] > agreements[$0 - 1] && agreements[$0] >= agreements[$0 + 1]
    }
    let best = peaks.sorted { agreements[$0] > agreements[$1] }.prefix(candidateLimit)
    let first = own.speech.lowerBound - model.speech.lowerBound
    return [min(max(first, delays.lowerBound), delays.upperBound)] + best.map { $0 + delays.lowerBound }
  }
}
