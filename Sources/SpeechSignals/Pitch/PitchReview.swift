import Glibc

/// Decides the pitch of a recording once more, when all of it was heard.
///
/// While somebody speaks nobody knows how loud and how high they are going to be; afterwards it is known. De Looze &
/// Hirst (2008), "Detecting changes in key and range for the automatic modelling and coding of intonation", follow a
/// first analysis with a second one from 0.75 of its first quartile to 1.5 of its third, which leaves an octave slip no
/// place to go. Here both are the cheapest path through all that each frame may have been, the first one wide and sure
/// (`PitchTrack`'s own costs), the second one in the speaker's range. A clear glide out of that range that lasts stays
/// in the contour, for a voice does such things, but not in the figures.
///
/// Hum of 60 Hz is known for what it is only after a while; what was heard at its rate before that has no pitch.
///
/// The review is made of ten minutes at a time, so that memory does not grow: 12 MB.
struct PitchReview {
  /// The frames that are decided together: ten minutes.
  static let blockFrames = 60_000
  /// From so many frames on a first path tells the speaker's range.
  private static let leastFrames = 20
  private static let low = 0.75, high = 1.5
  /// What does not stand out needs to repeat so much better, once range and loudness of the speaker are known.
  private static let backgroundCost: Float = 0.15
  /// How long a glide out of the range lasts at least, in frames, how well it repeats, and how far it goes in a frame,
  /// in octaves.
  private static let glideFrames = 20, clear: Float = 0.8, glideStep: Float = 0.15

  private var record = PitchRecord()
  private var speech: [Bool] = []
  private var range: ClosedRange<Float>?
  /// How many frames of the record were heard before mains hum was found; nil while none was.
  private var humFrames: Int?
  private var histogram = PitchHistogram()

  /// The figures over all that was decided; nil with fewer than `PitchStatistics.leastFrames` voiced frames.
  var statistics: PitchStatistics? { histogram.statistics }

  /// Voiced frames in the speaker's range, of those that were decided.
  var voicedFrames: Int { histogram.frames }

  /// Takes in what the next frame may be; `peak` is the largest high-passed sample around it, and mains hum was taken out
  /// of what `isFreed`.
  mutating func note(_ candidates: borrowing PitchCandidates, peak: Float, isBackground: Bool, isFreed: Bool = false) {
    if isFreed, humFrames == nil { humFrames = record.count }
    record.append(candidates, peak: peak, isBackground: isBackground)
  }

  /// Takes in whether the next frame was speech, which is known later; a full block is decided, and its pitch in Hz, 0
  /// where unvoiced, appended.
  mutating func noteSpeech(_ isSpeech: Bool, into pitch: inout [Float]) {
    speech.append(isSpeech)
    if speech.count == Self.blockFrames { close(into: &pitch) }
  }

  /// Decides the frames whose speech is known, and appends their pitch in Hz, 0 where unvoiced.
  mutating func close(into pitch: inout [Float]) {
    let frames = min(speech.count, record.count)
    guard frames > 0 else { return }
    let choices = path
    for frame in 0..<frames {
      let octave = choices[frame].map { record.octaves[$0] }
      let hertz = octave.map { exp2f($0) } ?? 0
      pitch.append(hertz)
      if let octave, range?.contains(octave) ?? true { histogram.note(hertz) }
      if speech[frame] { histogram.noteSpeech(isVoiced: hertz > 0) }
    }
    record.removeFirst(frames)
    humFrames = humFrames.map { max(0, $0 - frames) }
    speech.removeFirst(frames)
  }

  /// The second path, or the first where it has too few voiced frames to go by; the range is renewed before.
  private var path: [PitchRecord.Choice] {
    mutating get {
      let loudest = record.loudest
      let first = record.path(loudest: loudest, backgroundCost: PitchTrack.backgroundCost) { frame, place in
        !isHum(frame, place)
      }
      learnRange(first)
      guard let range else { return first }
      let isGlide = glides(of: first, outside: range)
      return record.path(loudest: loudest, backgroundCost: Self.backgroundCost) { frame, place in
        (range.contains(record.octaves[place]) && !isHum(frame, place)) || (isGlide[frame] && first[frame] == place)
      }
    }
  }

  /// Whether a candidate is hum that was not yet known for what it is.
  private func isHum(_ frame: Int, _ place: Int) -> Bool {
    guard let humFrames, frame < humFrames else { return false }
    return HumFilter.octaves.contains(record.octaves[place])
  }

  /// A short stretch after a long one does not change the range.
  private mutating func learnRange(_ first: [PitchRecord.Choice]) {
    var heard = PitchHistogram()
    for case .some(let place) in first { heard.note(exp2f(record.octaves[place])) }
    guard heard.frames >= (range == nil ? Self.leastFrames : PitchStatistics.leastFrames) else { return }
    let (low, high) = (Self.low * heard.quantile(0.25), Self.high * heard.quantile(0.75))
    range = log2f(Float(low))...log2f(Float(high))
  }

  /// The frames in which a path leaves a range, in octaves, without a jump, clearly and for long.
  private func glides(of path: [PitchRecord.Choice], outside range: ClosedRange<Float>) -> [Bool] {
    var isGlide = [Bool](repeating: false, count: path.count)
    func isTied(_ frame: Int) -> Bool {
      guard frame > 0, frame < path.count, let one = path[frame - 1], let other = path[frame] else { return false }
      return abs(record.octaves[one] - record.octaves[other]) < Self.glideStep
    }
    func isOutside(_ frame: Int) -> Bool { path[frame].map { !range.contains(record.octaves[$0]) } ?? false }
    var start = 0
    while start < path.count {
      guard isOutside(start) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < path.count, isOutside(end), isTied(end) { end += 1 }
      let isClear = path[start..<end].allSatisfy { $0.map { record.strength($0) >= Self.clear } ?? false }
      if end - start >= Self.glideFrames, isClear, isTied(start) || isTied(end) {
        for frame in start..<end { isGlide[frame] = true }
      }
      start = end
    }
    return isGlide
  }
}
