import Glibc

/// Which frames are speech: islands of sound above the noise, kept only where they hold a voice.
///
/// A frame stands out by the root mean square over bands of its excess over the noise floor, so that a fricative,
/// loud in few bands, counts as much as a vowel. Runs of such frames are islands; an island becomes speech when it has
/// had a voice for so long (the periodicity guard of rVAD: Tan, Sarkar & Dehak 2020), back-dated over the unvoiced sounds
/// before it. A voice has harmonics and goes on: a pure tone has one, and breath, clicks and applause repeat themselves
/// by chance for a frame here and there; what rings after a blow (`Ring`) does not count. The release of a final stop
/// is an unvoiced island just after speech, and is added to it, as long as its voice was heard not long ago: keys struck
/// in a pause are one such island after another.
/// Decisions are final `lagFrames` later, so that nothing that happens afterwards may change a frame.
struct VoiceActivity {
  /// How many frames a final decision waits.
  static let lagFrames = 29
  /// What lies further under the speaker's level counts as silence even in a digitally silent recording, in dB.
  private static let rangeDecibels: Float = 55
  /// Frames of voice that make an island speech: more than a click, which rings through one window, can have, and fewer
  /// just after speech.
  private static let voiceFrames: Float = 4.5, nextVoiceFrames: Float = 3.5
  /// What stands out so far, in dB, in other bands than the strongest and its neighbours tells a voice from a tone, when
  /// it has so large a share of the strongest band's power: a Hann window leaks less, the dullest murmur has more.
  private static let clearDecibelsOfBand: Float = 3, spread: Float = 0.003
  /// How much unvoiced sound belongs to the voice after it, before it, and before it with a closure between, in frames.
  private static let headFrames = 20, tailFrames = 25, releaseFrames = 30
  /// The longest hole in an island, in frames.
  private static let holeFrames = 3.5
  /// A voice that stands out so far is heard to its end, in dB; each dB less hides so many frames of it, up to a most.
  private static let clearDecibels: Float = 26, fadeFrames: Float = 0.4, mostHiddenFrames: Float = 6
  /// How near its bar a restless background begins to hide the most, and to hide as much, as ratios.
  private static let unrest: ClosedRange<Float> = 0.75...1.25
  /// How much of the background must have been heard for that, in frames.
  private static let settlingFrames: Float = 30
  /// A background at least so restless, and the voice no further over it, makes it too noisy to tell, in dB.
  private static let restlessDeviation: Float = 0.6, leastDistance: Float = 11
  /// Until so much of the background was heard, what preceded a voice is taken for it, from so long before the voice
  /// back: what makes speech rise takes less.
  private static let knownFrames: Float = 20, onsetFrames = 12
  /// A silence so long is no closure of a stop; while one was heard in so many frames, closures teach nothing.
  private static let silenceFrames = 25, silenceMemory = 500
  /// How far what rings after a blow counts as standing out less than it does, where the voice is measured, in dB.
  private static let ringDecibels: Float = 20
  private static let ringCount = 64

  /// Excess over the floor that belongs to the last frame, in dB.
  private(set) var excess: Float = 0
  /// Whether the newest frame stands out of the background, or speech has not been heard well enough to tell.
  private(set) var standsOut = true
  /// The last frame that was speech, and the last that had a voice, -1 before any.
  private(set) var lastSpeechFrame = -1, lastVoicedFrame = -1
  /// Where the stretch of speech since the last pause began.
  private(set) var runStartFrame = 0

  private let pauseFrames: Int
  private var accepted = [Bool](repeating: false, count: VoiceActivity.ringCount)
  private var distance: VoiceDistance
  private var frame = -2
  private var older = [Float](repeating: 0, count: Spectrum.bandCount)
  private var newer = [Float](repeating: 0, count: Spectrum.bandCount)
  /// The strengths of the best periods of the two frames before, and the same smoothed, of those one frame earlier.
  private var strengths: (older: Float, newer: Float) = (0, 0)
  private var periodicity: (older: Float, newer: Float) = (0, 0)
  private var excesses = [Float](repeating: 0, count: VoiceActivity.ringCount)
  private var powers = [Float](repeating: 0, count: VoiceActivity.ringCount)
  private var speechPower = RunningMean(frames: 500), quietPower = RunningMean(frames: 300)
  private var quiet = Restlessness()
  /// How many final frames of silence there were in a row, and when there was last a silence of some length.
  private var quietRun = 0, lastSilence = -VoiceActivity.silenceMemory
  /// The power of each band that stands out clearly, else 0.
  private var clear = [Float](repeating: 0, count: Spectrum.bandCount)
  private var speechLevel = Decibels.floor
  /// Through which frame speech that has just ended goes on unheard.
  private var hiddenEnd = -1
  private var edges = SpeechEdges()
  private var reverberation = Reverberation()
  private var ring = Ring()
  private var island: Island?
  private var unvoicedIsland: Island?

  /// A detector for which a silence of so many frames ends a stretch of speech.
  ///
  /// Where it is known how far the voice lies over the room, in dB, a part of that is expected from the first frame on.
  init(pauseFrames: Int, distance: Float? = nil) {
    self.pauseFrames = pauseFrames
    self.distance = VoiceDistance(before: distance)
  }

  /// Takes in the next frame: its band powers, the floor under them, the strength of its best period, and how surely it
  /// holds a blow (0 to 1), which may ring like a voice but is none.
  ///
  /// Powers and strengths are smoothed over three frames, so what is decided is about the frame before.
  mutating func update(bands: [Float], floor: [Float], periodicity strength: Float, strike: Float) {
    frame += 1
    periodicity = (periodicity.newer, 0.25 * strengths.older + 0.5 * strengths.newer + 0.25 * strength)
    strengths = (strengths.newer, strength)
    guard frame >= 0 else {
      for band in 0..<Spectrum.bandCount { (older[band], newer[band]) = (bands[band], bands[band]) }
      return
    }
    accepted[frame % Self.ringCount] = false
    var (sum, newest, total, room): (Float, Float, Float, Float) = (0, 0, 0, 0)
    var strongest: (band: Int, power: Float) = (0, 0)
    for band in 0..<Spectrum.bandCount {
      let power = 0.25 * older[band] + 0.5 * newer[band] + 0.25 * bands[band]
      let background = max(floor[band], speechLevel - Self.rangeDecibels)
      room += background / Float(Spectrum.bandCount)
      let level = Decibels.power(power)
      let above = max(0, level - background)
      reverberation.note(level, over: background, band: band)
      let newestAbove = max(0, Decibels.power(bands[band]) - background)
      (older[band], newer[band]) = (newer[band], bands[band])
      clear[band] = above > Self.clearDecibelsOfBand ? power : 0
      if power > strongest.power { strongest = (band, power) }
      sum += above * above
      newest += newestAbove * newestAbove
      total += power
    }
    excess = (sum / Float(Spectrum.bandCount)).squareRoot()
    reverberation.close(frame: frame, excess: excess)
    let heard = reverberation.isEnding ? reverberation.fresh : excess
    excesses[frame % Self.ringCount] = reverberation.fresh
    powers[frame % Self.ringCount] = total
    distance.follow(background: room)
    let unrest = min(quiet.bar(3.5), 0.4 * distance.decibels)
    let base = max(2.5, 0.22 * distance.decibels)
    let low = max(base, unrest)
    // Speech fades out further than it must rise to begin.
    let stay = max(0.55 * base, min(quiet.bar(2.5), 0.4 * distance.decibels))
    standsOut = distance.decibels < 8 || (newest / Float(Spectrum.bandCount)).squareRoot() > low
    let isVoiced = periodicity.newer > 0.4 && heard > max(4, 1.3 * low)
    ring.update(level: Decibels.power(total), strike: strike)
    if isVoiced {
      distance.note(excess - Self.ringDecibels * ring.certainty, over: room)
      speechLevel = max(Decibels.power(total), speechLevel - 0.02)
      if quiet.frames < Self.knownFrames { learnRoom(before: total) }
    }
    let mayBeVoice = isVoiced && isSpread(around: strongest.band, of: strongest.power)
    follow(heard, from: low, to: stay, isVoiced: isVoiced, voice: mayBeVoice ? 1 - ring.certainty : 0)
    learnQuiet()
  }

  /// Goes on with what stands out so far by `heard` dB: sound begins over `low` and, once it is speech, ends under `stay`.
  private mutating func follow(
    _ heard: Float, from low: Float, to stay: Float, isVoiced: Bool, voice part: Float
  ) {
    edges.note(level: heard, frame: frame)
    if heard > low { reverberation.isEnding = false }
    if let open = island, open.lastActive < frame - 1 {
      let back = min(Double(frame), edges.crossing(open.isSpeech ? stay : low))
      if back - open.fall > Self.holeFrames { close(open) }
    }
    let least = island?.isSpeech == true ? stay : low
    let time = edges.crossing(least)
    if heard > least { extend(isVoiced, voice: part, since: time) } else { lapse(since: time) }
    if island?.isSpeech == true, frame - reverberation.lastFresh >= Reverberation.patience { retreat() }
  }

  /// Whether a sound whose strongest band has so much power stands out elsewhere too.
  private func isSpread(around strongest: Int, of power: Float) -> Bool {
    var elsewhere: Float = 0
    for band in 0..<Spectrum.bandCount where abs(band - strongest) > 1 { elsewhere += clear[band] }
    return elsewhere > Self.spread * power
  }

  /// Follows how much a restless background itself stands out, from frames finally found to be silence.
  ///
  /// Short silences are not learned from once there are longer ones: weak consonants in them would raise the bar, and
  /// hide more of them.
  private mutating func learnQuiet() {
    guard frame >= Self.lagFrames else { return }
    let power = powers[(frame - Self.lagFrames) % Self.ringCount]
    guard !isFinalSpeech else {
      quietRun = 0
      return speechPower.add(power)
    }
    // Digital silence says nothing about the room.
    guard power > Decibels.floorPower else { return }
    quietPower.add(power)
    quietRun += 1
    if isInSilence { lastSilence = frame } else if frame - lastSilence < Self.silenceMemory { return }
    quiet.learn(excesses[(frame - Self.lagFrames) % Self.ringCount])
  }

  /// Takes what preceded a voice of so much power for the background, if it was restless and much softer.
  ///
  /// A room full of voices is taken for speech until the one that counts is heard.
  private mutating func learnRoom(before power: Float) {
    let (first, last) = (max(0, frame - Self.ringCount + 4), frame - Self.onsetFrames)
    guard last - first >= Self.silenceFrames else { return }
    quiet.take(excesses, powers: powers, in: first...last, before: power)
  }

  /// Whether the frame that has become final lies in a silence long enough to be no closure of a stop.
  private var isInSilence: Bool {
    var length = quietRun
    var next = frame - Self.lagFrames + 1
    while length < Self.silenceFrames, next <= frame, !accepted[next % Self.ringCount] {
      length += 1
      next += 1
    }
    return length >= Self.silenceFrames
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
    return distance < Self.leastDistance && quiet.deviation > Self.restlessDeviation
  }

  /// Whether the frame that has now become final is speech; asked once after each update.
  var isFinalSpeech: Bool { frame >= Self.lagFrames && accepted[(frame - Self.lagFrames) % Self.ringCount] }

  /// How much later than that frame speech begins, and than its end speech ends, where it does, in frames.
  var finalEdges: (start: Float, end: Float) { edges.edges(max(0, frame - Self.lagFrames)) }

  private mutating func extend(_ isVoiced: Bool, voice part: Float, since rise: Double) {
    var current = island ?? Island(start: frame, lastActive: frame, rise: rise, fall: Double(frame))
    let previous = current.lastActive
    current.lastActive = frame
    if isVoiced {
      current.firstVoiced = current.firstVoiced ?? frame
      current.lastVoiced = frame
    }
    current.voice.add(from: periodicity.older, to: periodicity.newer, part: part)
    if current.isSpeech {
      lastVoicedFrame = current.lastVoiced
      if frame - current.lastVoiced <= Self.tailFrames { mark(from: previous, through: frame) }
    } else if current.voice.frames >= (follows(current) ? Self.nextVoiceFrames : Self.voiceFrames) {
      current.isSpeech = true
      lastVoicedFrame = current.lastVoiced
      let earliest = (current.firstVoiced ?? frame) - Self.headFrames
      if let before = unvoicedIsland, current.rise - before.fall <= 9.5, before.start >= earliest {
        mark(from: before.start, at: before.rise, through: frame)
      }
      mark(from: max(current.start, earliest), at: current.rise, through: frame)
      unvoicedIsland = nil
    }
    island = current
  }

  /// Whether an island begins soon after speech.
  private func follows(_ island: Island) -> Bool {
    lastSpeechFrame >= 0 && island.start - lastSpeechFrame <= Self.silenceFrames
  }

  private mutating func lapse(since fall: Double) {
    if frame <= hiddenEnd { mark(from: lastSpeechFrame + 1, through: frame) }
    if let current = island, frame == current.lastActive + 1 { island?.fall = fall }
  }

  /// Ends an island that has been silent for long enough.
  private mutating func close(_ current: Island) {
    island = nil
    guard !current.isSpeech else {
      if current.lastActive - current.lastVoiced > Self.tailFrames { return }
      let end = current.fall + Double(hiddenFrames)
      hiddenEnd = Int(end)
      edges.end(hiddenEnd, at: end)
      mark(from: current.lastActive + 1, through: min(frame, hiddenEnd))
      return
    }
    let speechEnd = Double(lastSpeechFrame) + 0.5 + Double(edges.end(lastSpeechFrame))
    if lastSpeechFrame >= 0, current.rise - speechEnd <= 9.5, current.lastActive - lastVoicedFrame <= Self.releaseFrames
    {
      mark(from: current.start, at: current.rise, through: current.lastActive)
      edges.end(current.lastActive, at: current.fall)
    } else {
      unvoicedIsland = current
    }
  }

  /// Ends an island of which nothing but echo has been left for some time, where that began.
  private mutating func retreat() {
    (island, reverberation.isEnding) = (nil, true)
    let last = max(reverberation.lastFresh, frame - Self.lagFrames)
    guard last < lastSpeechFrame else { return }
    for index in last + 1...lastSpeechFrame { accepted[index % Self.ringCount] = false }
    (lastSpeechFrame, lastVoicedFrame) = (last, min(lastVoicedFrame, last))
    edges.end(last, at: Double(last) + 0.5)
  }

  /// How many frames the end of speech lies hidden under the background.
  ///
  /// Speech fades out; the less the voice stands out, the earlier its end sinks into the noise. A restless background
  /// takes over by degrees. Nothing is added before it is known, for until then the floor may be made of speech.
  private var hiddenFrames: Float {
    guard quiet.frames >= Self.settlingFrames else { return 0 }
    let faded = max(0, min(Self.mostHiddenFrames, (Self.clearDecibels - distance.decibels) * Self.fadeFrames))
    let unrest = quiet.bar(3.5) / max(1, 0.4 * distance.decibels)
    let (first, last) = (Self.unrest.lowerBound, Self.unrest.upperBound)
    return faded + max(0, min(1, (unrest - first) / (last - first))) * (Self.mostHiddenFrames - faded)
  }

  /// Takes frames for speech, which begins at `time`, in frames, where nothing before them is speech.
  private mutating func mark(from first: Int, at time: Double? = nil, through last: Int) {
    let start = max(0, first, frame - Self.lagFrames + 1)
    guard start <= last else { return }
    if let time { edges.begin(start, at: time) }
    if lastSpeechFrame < 0 || start - lastSpeechFrame > pauseFrames { runStartFrame = start }
    for index in start...last { accepted[index % Self.ringCount] = true }
    lastSpeechFrame = max(lastSpeechFrame, last)
  }
}
