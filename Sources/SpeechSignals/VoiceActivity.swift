import Glibc

/// Which frames are speech: islands of sound above the noise, kept only where they hold a voice.
///
/// A frame stands out by the root mean square over bands of its excess over the noise floor, so that a fricative,
/// loud in few bands, counts as much as a vowel. Runs of such frames are islands; an island becomes speech at its
/// third voiced frame (the periodicity guard of rVAD: Tan, Sarkar & Dehak 2020), back-dated over the unvoiced sounds
/// before it. A breath has no voice and stays silence; the release of a final stop is an unvoiced island just after a
/// voiced one, and is added to it. Decisions are final `lagFrames` later, so that nothing that happens afterwards may
/// change a frame.
struct VoiceActivity {
  /// How many frames a final decision waits.
  static let lagFrames = 29
  /// What lies further under the speaker's level counts as silence even in a digitally silent recording, in dB.
  private static let rangeDecibels: Float = 55
  /// Voiced frames that make an island speech: more than a click, which rings through one window, can have.
  private static let voicedFrames = 3
  /// How much unvoiced sound belongs to the voice after it and before it, in frames.
  private static let headFrames = 20, tailFrames = 25
  /// How fast the statistics of the background follow, in dB a frame: at first, halved after so many frames of it, and at last.
  private static let firstStep: Float = 0.1, stepFrames: Float = 60, lastStep: Float = 0.03
  /// How much of a distance measured before is expected again, and at most, in dB: rooms and voices change.
  private static let expectedShare: Float = 0.6, mostExpected: Float = 20
  /// The longest hole in an island, in frames.
  private static let holeFrames = 3
  /// A voice that stands out so far is heard to its end, in dB; each dB less hides so many frames of it, up to a most.
  private static let clearDecibels: Float = 26, fadeFrames: Float = 0.4, mostHiddenFrames: Float = 6
  /// Of a voice that ends in a background as restless as the detector bears, so many frames are hidden.
  private static let restlessHiddenFrames = 3
  /// How much of the background must have been heard for that, in frames.
  private static let settlingFrames: Float = 30
  /// A background at least so restless, and the voice no further over it, makes it too noisy to tell, in dB.
  private static let restlessDeviation: Float = 0.6, leastDistance: Float = 11
  private static let ringCount = 64

  /// Excess over the floor that belongs to the last frame, in dB.
  private(set) var excess: Float = 0
  /// Whether the newest frame stands out of the background, or speech has not been heard well enough to tell.
  private(set) var standsOut = true
  /// The last frame that was speech, -1 before any.
  private(set) var lastSpeechFrame = -1
  /// Where the stretch of speech since the last pause began.
  private(set) var runStartFrame = 0

  private let pauseFrames: Int
  private var accepted = [Bool](repeating: false, count: VoiceActivity.ringCount)
  private var typicalPeak: Float = 0
  private var frame = -2
  private var older = [Float](repeating: 0, count: Spectrum.bandCount)
  private var newer = [Float](repeating: 0, count: Spectrum.bandCount)
  private var periodicity: Float = 0
  private var excesses = [Float](repeating: 0, count: VoiceActivity.ringCount)
  private var powers = [Float](repeating: 0, count: VoiceActivity.ringCount)
  private var speechPower = Follower(frames: 500), quietPower = Follower(frames: 300)
  /// How far the background itself stands out, as a median and its mean deviation.
  private var quietMedian: Float = 0
  private var quietDeviation: Float = 1
  private var quietFrames: Float = 0
  private var speechLevel = Decibels.floor
  /// Through which frame speech that has just ended goes on unheard.
  private var hiddenEnd = -1
  private var island: Island?
  private var unvoicedIsland: Island?

  private struct Island {
    var start: Int
    var lastActive: Int
    var voicedFrames = 0
    var firstVoiced = 0
    var lastVoiced = 0
    var isSpeech = false
  }

  /// A detector for which a silence of so many frames ends a stretch of speech.
  ///
  /// Where it is known how far the voice lies over the room, in dB, a part of that is expected from the first frame on.
  init(pauseFrames: Int, distance: Float? = nil) {
    self.pauseFrames = pauseFrames
    if let distance, distance.isFinite { typicalPeak = max(0, min(Self.mostExpected, Self.expectedShare * distance)) }
  }

  /// Takes in the next frame: its band powers, the floor under them, and the strength of its best period.
  ///
  /// Powers are smoothed over three frames, so what is decided is about the frame before.
  mutating func update(bands: [Float], floor: [Float], periodicity strength: Float) {
    frame += 1
    defer { periodicity = strength }
    guard frame >= 0 else {
      for band in 0..<Spectrum.bandCount { (older[band], newer[band]) = (bands[band], bands[band]) }
      return
    }
    accepted[frame % Self.ringCount] = false
    var (sum, newest, total): (Float, Float, Float) = (0, 0, 0)
    for band in 0..<Spectrum.bandCount {
      let power = 0.25 * older[band] + 0.5 * newer[band] + 0.25 * bands[band]
      let background = max(floor[band], speechLevel - Self.rangeDecibels)
      let above = max(0, Decibels.power(power) - background)
      let newestAbove = max(0, Decibels.power(bands[band]) - background)
      (older[band], newer[band]) = (newer[band], bands[band])
      sum += above * above
      newest += newestAbove * newestAbove
      total += power
    }
    excess = (sum / Float(Spectrum.bandCount)).squareRoot()
    excesses[frame % Self.ringCount] = excess
    powers[frame % Self.ringCount] = total
    let unrest = min(quietMedian + 3.5 * quietDeviation, 0.4 * typicalPeak)
    let base = max(2.5, 0.22 * typicalPeak)
    let low = max(base, unrest)
    // Speech fades out further than it must rise to begin.
    let stay = max(0.55 * base, unrest)
    standsOut = typicalPeak < 8 || (newest / Float(Spectrum.bandCount)).squareRoot() > low
    let isVoiced = periodicity > 0.4 && excess > max(4, 1.3 * low)
    if isVoiced {
      typicalPeak = max(excess, typicalPeak - 0.02)
      speechLevel = max(Decibels.power(total), speechLevel - 0.02)
    }
    if excess > (island?.isSpeech == true ? stay : low) { extend(isVoiced) } else { lapse() }
    learnQuiet()
  }

  /// Follows how much a restless background itself stands out, from frames finally found to be silence.
  ///
  /// Median and mean deviation by sign steps: a few missed words among the silence hardly move them.
  private mutating func learnQuiet() {
    guard frame >= Self.lagFrames else { return }
    let power = powers[(frame - Self.lagFrames) % Self.ringCount]
    guard !isFinalSpeech else { return speechPower.add(power) }
    quietPower.add(power)
    let value = excesses[(frame - Self.lagFrames) % Self.ringCount]
    quietFrames += 1
    let step = max(Self.lastStep, Self.firstStep / (1 + quietFrames / Self.stepFrames))
    quietMedian += value > quietMedian ? step : -step
    quietDeviation += abs(value - quietMedian) > quietDeviation ? step : -step
  }

  /// How far the level of speech lies over that of the background, in dB; nil before two seconds of each were heard.
  var signalToNoiseDecibels: Float? {
    guard let speech = speechPower.mean, let quiet = quietPower.mean else { return nil }
    return Decibels.power(speech) - Decibels.power(quiet)
  }

  /// Whether a restless background, as of other people talking, is so near the voice that pauses cannot be told from it.
  ///
  /// White noise at 10 dB has a deviation of 0.3 and is no trouble; six people talking at 10 dB have 0.7 to 1.8, and at
  /// 20 dB a distance of 15 dB and more by this count.
  var isTooNoisy: Bool {
    guard let distance = signalToNoiseDecibels else { return false }
    return distance < Self.leastDistance && quietDeviation > Self.restlessDeviation
  }

  /// Whether the frame that has now become final is speech; asked once after each update.
  var isFinalSpeech: Bool { frame >= Self.lagFrames && accepted[(frame - Self.lagFrames) % Self.ringCount] }

  private mutating func extend(_ isVoiced: Bool) {
    var current = island ?? Island(start: frame, lastActive: frame)
    let previous = current.lastActive
    current.lastActive = frame
    if isVoiced {
      if current.voicedFrames == 0 { current.firstVoiced = frame }
      current.voicedFrames += 1
      current.lastVoiced = frame
    }
    if current.isSpeech {
      if frame - current.lastVoiced <= Self.tailFrames { mark(from: previous, through: frame) }
    } else if current.voicedFrames >= Self.voicedFrames {
      current.isSpeech = true
      let earliest = current.firstVoiced - Self.headFrames
      if let before = unvoicedIsland, current.start - before.lastActive <= 10, before.start >= earliest {
        mark(from: before.start, through: frame)
      }
      mark(from: max(current.start, earliest), through: frame)
      unvoicedIsland = nil
    }
    island = current
  }

  private mutating func lapse() {
    if frame <= hiddenEnd { mark(from: lastSpeechFrame + 1, through: frame) }
    guard let current = island, frame - current.lastActive > Self.holeFrames else { return }
    island = nil
    guard !current.isSpeech else {
      guard current.lastActive - current.lastVoiced <= Self.tailFrames else { return }
      hiddenEnd = current.lastActive + hiddenFrames
      mark(from: current.lastActive + 1, through: min(frame, hiddenEnd))
      return
    }
    if lastSpeechFrame >= 0, current.start - lastSpeechFrame <= 10, current.lastActive - current.start < 15 {
      mark(from: current.start, through: current.lastActive)
    } else {
      unvoicedIsland = current
    }
  }

  /// How many frames the end of speech lies hidden under the background.
  ///
  /// Speech fades out; the less the voice stands out, the earlier its end sinks into the noise. Nothing is added before
  /// the background is known, for until then the floor may be made of speech.
  private var hiddenFrames: Int {
    guard quietFrames >= Self.settlingFrames else { return 0 }
    guard quietMedian + 3.5 * quietDeviation < 0.4 * typicalPeak else { return Self.restlessHiddenFrames }
    return Int(max(0, min(Self.mostHiddenFrames, (Self.clearDecibels - typicalPeak) * Self.fadeFrames)).rounded())
  }

  private mutating func mark(from first: Int, through last: Int) {
    let start = max(0, first, frame - Self.lagFrames + 1)
    guard start <= last else { return }
    if lastSpeechFrame < 0 || start - lastSpeechFrame > pauseFrames { runStartFrame = start }
    for index in start...last { accepted[index % Self.ringCount] = true }
    lastSpeechFrame = max(lastSpeechFrame, last)
  }
}

/// A mean that forgets.
private struct Follower {
  private static let leastFrames: Float = 200
  private let frames: Float
  private var sum: Float = 0, count: Float = 0

  /// A mean over about so many frames.
  init(frames: Float) { self.frames = frames }

  /// Takes in the next value.
  mutating func add(_ value: Float) {
    sum += (value - sum) / min(frames, count + 1)
    count += 1
  }

  /// The mean; nil before 200 values.
  var mean: Float? { count >= Self.leastFrames ? sum : nil }
}
