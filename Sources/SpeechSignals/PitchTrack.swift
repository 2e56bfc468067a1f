import Glibc

/// The fundamental frequency, chosen among each frame's candidates by the cheapest path through the last few.
///
/// Boersma (1993), section 3, with his costs: 0.14 for a change of voicing, 0.35 an octave for a jump, a voicing
/// threshold of 0.45, and quiet frames unlikely to be voiced. The path is read `lagFrames` back from its best end, so a
/// decision is final when it is made. Evanini et al. (2010) find the speaker's own range to matter more than the
/// tracker: once enough frames were sure, candidates more than an octave from the speaker's median pay for it.
struct PitchTrack {
  /// How many frames a decision waits.
  static let lagFrames = 6
  private static let width = PitchCandidates.most + 1
  private static let depth = lagFrames + 1
  private static let voicingThreshold: Float = 0.45
  private static let transitionCost: Float = 0.14
  private static let jumpCost: Float = 0.35

  private var hertz = [Float](repeating: 0, count: PitchTrack.width * PitchTrack.depth)
  private var cameFrom = [Int](repeating: 0, count: PitchTrack.width * PitchTrack.depth)
  private var scores = [Float](repeating: 0, count: PitchTrack.width)
  private var next = [Float](repeating: 0, count: PitchTrack.width)
  private var frames = 0
  private var loudest: Float = Decibels.floor
  private var range = SpeakerRange()

  /// Takes in one frame and returns the pitch `lagFrames` earlier in Hz, 0 if unvoiced; nil while there is none yet.
  ///
  /// `level` is that of the frame in dB re full scale; what is background, as hum, is hardly ever voiced.
  mutating func update(_ candidates: borrowing PitchCandidates, level: Float, isBackground: Bool) -> Float? {
    loudest = max(level, loudest - 0.01)
    let row = frames % Self.depth
    let before = (frames + Self.depth - 1) % Self.depth
    // Slot 0 is "unvoiced"; a frame 30 dB under the loudest is taken for unvoiced whatever its shape.
    let quiet = max(0, (loudest - 30 - level) / 10) + (isBackground ? 0.6 : 0)
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
        ? Self.voicingThreshold + quiet
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

  private mutating func readBack(from top: Int, row: Int) -> Float {
    var (slot, row) = (top, row)
    for _ in 0..<Self.lagFrames {
      slot = cameFrom[row * Self.width + slot]
      row = (row + Self.depth - 1) % Self.depth
    }
    let chosen = max(0, hertz[row * Self.width + slot])
    if chosen > 0 { range.note(chosen) }
    return chosen
  }

  /// Forgets the path; the speaker's range and level stay.
  mutating func restart() { frames = 0 }

  /// The speaker's median so far in Hz; nil before 1 s of voice.
  var speakerMedianHertz: Float? { range.median }

  private func cost(from old: Float, to new: Float) -> Float {
    if (old > 0) != (new > 0) { return Self.transitionCost }
    return old > 0 ? Self.jumpCost * abs(log2f(old / new)) : 0
  }
}

/// Where a speaker's pitch lies, as a histogram that slowly forgets.
struct SpeakerRange {
  private static let binsPerOctave: Float = 24
  private var counts = [Float](repeating: 0, count: 80)
  private var total: Float = 0
  private var sinceMedian = 0
  /// The median in Hz; nil before 1 s of voice.
  private(set) var median: Float?

  /// Takes in one voiced frame in Hz.
  mutating func note(_ hertz: Float) {
    let bin = Int((log2f(hertz / PitchCandidates.lowest) * Self.binsPerOctave).rounded(.down)) + 1
    guard counts.indices.contains(bin) else { return }
    counts[bin] += 1
    total += 1
    sinceMedian += 1
    guard sinceMedian >= 25, total >= 100 else { return }
    sinceMedian = 0
    var below: Float = 0
    for (index, count) in counts.enumerated() {
      below += count
      guard below >= total / 2 else { continue }
      median = PitchCandidates.lowest * exp2f((Float(index) - 0.5) / Self.binsPerOctave)
      break
    }
    // Half a minute of voice counts: a second speaker takes over.
    if total > 3000 {
      for index in counts.indices { counts[index] *= 0.5 }
      total *= 0.5
    }
  }

  /// What a candidate pays for lying more than 0.9 octaves from the median; nothing while that is unknown.
  func cost(_ hertz: Float) -> Float {
    guard let median else { return 0 }
    return 0.15 * min(1, max(0, abs(log2f(hertz / median)) - 0.9))
  }
}
