import Glibc

/// The fundamental frequency, chosen among each frame's candidates by the cheapest path through the last few.
///
/// Boersma (1993), section 3, with his costs: 0.14 for a change of voicing, 0.35 an octave for a jump, a voicing
/// threshold of 0.45, and a frame unlikely to be voiced whose peak lies 28 dB or more under the loudest voice. The path
/// is read `lagFrames` back from its best end, so a decision is final when it is made. Evanini et al. (2010) find the
/// speaker's own range to matter more than the tracker: once it is known, candidates outside of it pay for that.
struct PitchTrack {
  /// How many frames a decision waits.
  static let lagFrames = 6
  private static let width = PitchCandidates.most + 1
  private static let depth = lagFrames + 1
  private static let voicingThreshold: Float = 0.45
  static let transitionCost: Float = 0.14
  static let jumpCost: Float = 0.35
  /// The peak under which a sound counts as silence, relative to the loudest (Praat's silence threshold).
  private static let silence: Float = 0.03
  /// How much better an overtone must repeat than a period to speak against a voice: formants are overtones, too.
  private static let overtoneMargin: Float = 0.25
  /// How slowly the loudest voice is forgotten, a frame: 26 dB a minute.
  private static let forgetting: Float = 0.9995
  /// What stands out no further than the background needs to repeat so much better.
  static let backgroundCost: Float = 0.3
  /// A frame that repeats so well shows the speaker's range, and one a little less well how loud the voice is.
  private static let sure: Float = 0.8
  static let voiced: Float = 0.5

  private var hertz = [Float](repeating: 0, count: PitchTrack.width * PitchTrack.depth)
  private var cameFrom = [Int](repeating: 0, count: PitchTrack.width * PitchTrack.depth)
  private var scores = [Float](repeating: 0, count: PitchTrack.width)
  private var next = [Float](repeating: 0, count: PitchTrack.width)
  private var frames = 0
  private var loudest: Float = 1e-4
  private var range = SpeakerRange()

  /// Takes in one frame and returns the pitch `lagFrames` earlier in Hz, 0 if unvoiced; nil while there is none yet.
  ///
  /// `peak` is the largest high-passed sample around the frame; what is background must be a clear voice.
  mutating func update(_ candidates: borrowing PitchCandidates, peak: Float, isBackground: Bool) -> Float? {
    let unvoiced = unvoicedStrength(candidates, peak: peak, isBackground: isBackground)
    let row = frames % Self.depth
    let before = (frames + Self.depth - 1) % Self.depth
    for slot in 0..<Self.width {
      let base = row * Self.width + slot
      guard slot == 0 || slot <= candidates.count else {
        hertz[base] = -1
        next[slot] = -.infinity
        cameFrom[base] = 0
        continue
      }
      let frequency = slot == 0 ? 0 : candidates.hertz[slot - 1]
      hertz[base] = frequency
      let strength =
        slot == 0
        ? unvoiced
        : candidates.strengths[slot - 1] + PitchCandidates.preference(frequency) - range.cost(frequency)
      var bestScore = -Float.infinity
      var bestSlot = 0
      if frames == 0 { bestScore = 0 }
      for old in 0..<Self.width where frames > 0 && hertz[before * Self.width + old] >= 0 {
        let score = scores[old] - cost(from: hertz[before * Self.width + old], to: frequency)
        if score > bestScore { (bestScore, bestSlot) = (score, old) }
      }
      next[slot] = bestScore + strength
      cameFrom[base] = bestSlot
    }
    var top = 0
    for slot in 1..<Self.width where next[slot] > next[top] { top = slot }
    for slot in 0..<Self.width { scores[slot] = next[slot] - next[top] }
    frames += 1
    guard frames > Self.lagFrames else { return nil }
    return readBack(from: top, row: row)
  }

  /// What speaks for a frame being unvoiced: nothing that repeats well enough, silence beside the loudest voice, the
  /// background, and what repeats at no voice's rate.
  static func unvoicedStrength(peak: Float, loudest: Float, overtone: Float, backgroundCost: Float) -> Float {
    let quiet = max(0, 2 - peak / loudest * (1 + voicingThreshold) / silence)
    return max(voicingThreshold + quiet + backgroundCost, overtone - overtoneMargin)
  }

  /// The same as far as is known now; frames that are clearly a voice show how loud and how high it is.
  private mutating func unvoicedStrength(
    _ candidates: borrowing PitchCandidates, peak: Float, isBackground: Bool
  ) -> Float {
    loudest = max(1e-4, loudest * Self.forgetting, candidates.strongest > Self.voiced && !isBackground ? peak : 0)
    let likeliest = candidates.likeliest
    let isQuiet = peak / loudest * (1 + Self.voicingThreshold) / Self.silence < 2
    if likeliest.strength > Self.sure, !isQuiet, !isBackground { range.note(likeliest.hertz) }
    return Self.unvoicedStrength(
      peak: peak, loudest: loudest, overtone: candidates.overtone,
      backgroundCost: isBackground ? Self.backgroundCost : 0)
  }

  private func readBack(from top: Int, row: Int) -> Float {
    var (slot, row) = (top, row)
    for _ in 0..<Self.lagFrames {
      slot = cameFrom[row * Self.width + slot]
      row = (row + Self.depth - 1) % Self.depth
    }
    return max(0, hertz[row * Self.width + slot])
  }

  /// Forgets the path; the speaker's range and level stay.
  mutating func restart() { frames = 0 }

  /// What was heard at the rate of the mains was not the speaker.
  mutating func forgetHum() { range.forget(HumFilter.octaves) }

  /// The speaker's median so far in Hz; nil before 1 s of voice.
  var speakerMedianHertz: Float? { range.median }

  /// The lowest pitch to expect of the speaker in Hz; that of all voices before 1 s of voice.
  var speakerFloor: Float { range.limits?.low ?? PitchCandidates.lowest }

  private func cost(from old: Float, to new: Float) -> Float {
    if (old > 0) != (new > 0) { return Self.transitionCost }
    return old > 0 ? Self.jumpCost * abs(log2f(old / new)) : 0
  }
}
