import Glibc

/// Laughter with a voice, "ha-ha-ha": bursts of one and the same vowel, in a beat, higher than the speaker talks.
///
/// Bachorowski, Smoski & Owren (2001), "The acoustic features of human laughter", find no articulation within a bout, and
/// a pitch far over that of speech; Provine & Yong (1991), "Laughter: a stereotyped human vocalization", calls of one
/// length at one interval, about five a second; Bickley & Hunnicutt (1992), "Acoustic analysis of laughter", breath
/// between them. So a peak of level is a call if it is short, has the spectrum of the call before, and comes at an
/// interval like the last one; and the sound between two calls must lose its voice, the lowest harmonics first, and keep
/// the formants of the vowel, as breath through an open mouth does, and closures, murmurs and fricatives do not. Breath
/// has no less treble than the voice, whose pulses fall off by 12 dB an octave; the end of a syllable in a room has. In
/// a room the voice goes on through the breath, so how periodic that is says nothing.
///
/// Three calls `leastHeight` over the speaker's usual pitch make a bout; where they lie lower, or that pitch is not
/// known yet, it takes four, and breath that is heard over the room, for "ha ha" is a word as well. Breath is noise, so
/// a piece of it shows the formants only roughly: what lies between all calls of a row is judged together. The words of
/// a creaking voice are as alike as calls, but it sinks less far between them. A bout takes back what is not final yet
/// (`reachFrames`), that is all but the first calls, and those from the phrase that is open, of which nothing was told;
/// and it goes on, by a wider measure, as long as calls follow each other.
struct Laughter {
  /// How many frames back from the newest may still be taken back: those that are not final.
  static let reachFrames = VoiceActivity.lagFrames + 1
  /// Calls in a row that make a bout, high ones and others.
  private static let leastHighCalls = 3, leastCalls = 4
  /// A peak of level rises and falls by so much, in dB.
  private static let edge: Float = 5
  /// What the first calls of a bout must be like, and those that go on with it.
  private static let beginning = Likeness(
    interval: 12...36, frames: 16, dip: 10, difference: 3, brightness: -1...2.5)
  private static let going = Likeness(
    interval: 10...45, frames: 20, dip: 5, difference: 4.5, brightness: -.infinity ... .infinity)
  /// How much further the lowest harmonics of a voice fall from call to breath than its formants, at least, in dB: they
  /// fall less by 7 and more into a murmur, and as far where a call is hoarse and has none.
  private static let leastVoiceFall: Float = -3
  /// The most that the formants of breath differ from those of the calls, and how far it lies over the room at least
  /// between calls that are not high, in dB: means of a row.
  private static let mostBreathDifference: Float = 3, leastBreath: Float = 3
  /// The most by which an interval is longer or shorter than the one before, as a factor.
  private static let unevenness: Float = 1.5
  /// How far over the speaker's usual pitch a call lies at least, as a factor: three semitones.
  private static let leastHeight: Float = 1.19
  /// The strength of the best period of a call.
  private static let voicing: Float = 0.45
  /// Frames of breath before a call, and of a consonant before a word, that belong to it.
  private static let headFrames = 3, consonantFrames = 8
  /// The level is that of 200 to 3150 Hz.
  private static let levelBands = 1..<15
  private static let ringCount = CallSpectra.ringCount

  /// What two calls in a row, and what lies between them, must be like: frames from peak to peak, the most frames of
  /// either at its top, how far the level falls between them in dB, the most that their spectra differ, as root mean
  /// square over bands in dB, and how much brighter breath is than the voice, in dB a band.
  private struct Likeness {
    let interval: ClosedRange<Int>
    let frames: Int
    let dip: Float
    let difference: Float
    let brightness: ClosedRange<Float>
  }

  private struct Call {
    var peak: Int
    var frames: Int
    var level: Float
    var hertz: Float
    /// Whether it lies over the speaker's usual pitch, as far as that is known.
    var isHigh: Bool
  }

  /// Calls that may become a bout: how many, how many of them are high, and what lies between them, summed up.
  private struct Row {
    var firstFrame = 0
    var calls = 0, highCalls = 0
    var breathDifference: Float = 0, breathLevel: Float = 0

    /// Whether these calls are a bout.
    var isBout: Bool {
      let pairs = Float(calls - 1)
      guard breathDifference <= mostBreathDifference * pairs else { return false }
      if highCalls >= leastHighCalls { return true }
      return calls >= leastCalls && breathLevel >= leastBreath * pairs
    }
  }

  private var spectra = CallSpectra()
  private var levels = [Float](repeating: Decibels.floor, count: Laughter.ringCount)
  private var periodicity = [Float](repeating: 0, count: Laughter.ringCount)
  private var hertz = [Float](repeating: 0, count: Laughter.ringCount)
  private var marks = [Bool](repeating: false, count: Laughter.ringCount)
  private var rough: (older: Float, newer: Float) = (Decibels.floor, Decibels.floor)
  private var frame = -1
  private var isRising = true
  private var top = -Float.infinity, bottom = Float.infinity
  private var topFrame = 0, bottomFrame = 0
  private var last: Call?
  private var row = Row()
  private var interval = 0
  private var isActive = false
  /// The first frame of the latest bout that was not final, and the one after its last.
  private var start = 0
  private(set) var end = 0

  /// Takes in the band powers of the next frame, the background under them in dB, its periods, and the speaker's usual
  /// pitch in Hz, nil before that is known. Returns where a bout began that is known with this frame.
  mutating func update(
    bands: [Float], floor: [Float], candidates: borrowing PitchCandidates, speakerMedian: Float?
  ) -> Int? {
    frame += 1
    let wasActive = isActive
    let slot = frame % Self.ringCount
    var power: Float = 0
    spectra.note(bands, frame: frame)
    for band in Self.levelBands { power += bands[band] }
    (periodicity[slot], hertz[slot]) = (candidates.best, candidates.likeliest.hertz)
    let level = Decibels.power(power)
    if frame == 0 { rough = (level, level) }
    let centre = max(0, frame - 1)
    levels[centre % Self.ringCount] = (rough.older + 2 * rough.newer + level) / 4
    rough = (rough.newer, level)
    if follow(centre) { decide(at: centre, floor: floor, speakerMedian: speakerMedian) }
    let isOver = frame - (last?.peak ?? 0) > Self.going.interval.upperBound
    if isActive, isOver {
      closeBout(isSpeech: isRising)
      (last, row) = (nil, Row())
    }
    marks[slot] = isActive && !isRising
    if marks[slot] { end = frame + 1 }
    return isActive && !wasActive ? max(0, row.firstFrame) : nil
  }

  /// Whether a frame is laughter; asked when it becomes final.
  func covers(_ frame: Int) -> Bool { marks[frame % Self.ringCount] }

  /// The last frame of speech, where that of all voices, laughing ones included, is given.
  func lastSpeech(of voices: Int) -> Int { isActive || voices < end ? min(voices, start - 1) : voices }

  /// Follows the level to a frame, and says whether it has just fallen from a peak.
  private mutating func follow(_ centre: Int) -> Bool {
    let level = levels[centre % Self.ringCount]
    if isRising {
      if level > top { (top, topFrame) = (level, centre) }
      guard level < top - Self.edge else { return false }
      isRising = false
      return true
    }
    if level < bottom {
      (bottom, bottomFrame) = (level, centre)
    } else if level > bottom + Self.edge {
      isRising = true
      (top, topFrame) = (level, centre)
    }
    return false
  }

  /// Judges the peak from which the level has fallen.
  private mutating func decide(at centre: Int, floor: [Float], speakerMedian: Float?) {
    defer { (bottom, bottomFrame) = (levels[centre % Self.ringCount], centre) }
    guard centre - topFrame < Self.ringCount / 2, isVoiced(topFrame) else {
      if !isActive { (last, row) = (nil, Row()) }
      return
    }
    let pitch = hertz[topFrame % Self.ringCount]
    let call = Call(
      peak: topFrame, frames: frames(at: centre), level: top, hertz: pitch,
      isHigh: pitch >= Self.leastHeight * (speakerMedian ?? .infinity))
    spectra.take(callAt: topFrame, floor: floor)
    defer { last = call }
    guard let previous = last else { return begin(with: call) }
    let passed = call.peak - previous.peak
    let breath = spectra.breath(at: bottomFrame, hertz: min(previous.hertz, call.hertz), floor: floor)
    if isActive {
      if isLike(previous, call, breath, Self.going) {
        mark(from: previous.peak)
      } else {
        closeBout(isSpeech: true)
        begin(with: call)
      }
    } else if isLike(previous, call, breath, Self.beginning) {
      let ratio = Float(passed) / Float(max(1, interval))
      let isEven = row.calls < 2 || (1 / Self.unevenness...Self.unevenness).contains(ratio)
      if !isEven { begin(with: previous) }
      row.calls += 1
      row.highCalls += call.isHigh ? 1 : 0
      row.breathDifference += breath.difference
      row.breathLevel += breath.level
      if row.isBout { openBout() }
    } else {
      begin(with: call)
    }
    interval = passed
  }

  /// Lets a row begin with a call.
  private mutating func begin(with call: Call) {
    row = Row(
      firstFrame: call.peak - call.frames - Self.headFrames, calls: 1, highCalls: call.isHigh ? 1 : 0)
  }

  private mutating func openBout() {
    isActive = true
    start = max(row.firstFrame, frame - Self.reachFrames, 0)
    mark(from: start)
  }

  private mutating func mark(from first: Int) {
    for index in max(first, start, frame - Self.reachFrames)...frame { marks[index % Self.ringCount] = true }
    end = frame + 1
  }

  /// Ends the bout; the consonant of a word that follows was no laughter.
  private mutating func closeBout(isSpeech: Bool) {
    isActive = false
    guard isSpeech else { return }
    end = max(start, bottomFrame - Self.consonantFrames)
    for index in max(end, frame - Self.reachFrames)...frame { marks[index % Self.ringCount] = false }
  }

  /// How many frames the newest peak stays within `edge` of its top.
  private func frames(at centre: Int) -> Int {
    var first = topFrame
    while first > max(0, topFrame - Self.going.frames), levels[(first - 1) % Self.ringCount] > top - Self.edge {
      first -= 1
    }
    return centre - first
  }

  private func isVoiced(_ peak: Int) -> Bool {
    for index in max(0, peak - 2)...min(frame, peak + 2) where periodicity[index % Self.ringCount] > Self.voicing {
      return true
    }
    return false
  }

  /// Whether two calls, whose spectra were measured, and the breath between them are like that.
  private func isLike(_ one: Call, _ other: Call, _ breath: CallSpectra.Breath, _ likeness: Likeness) -> Bool {
    likeness.interval.contains(other.peak - one.peak) && max(one.frames, other.frames) <= likeness.frames
      && min(one.level, other.level) - bottom >= likeness.dip
      && spectra.difference <= likeness.difference
      && breath.voiceFall >= Self.leastVoiceFall && likeness.brightness.contains(breath.brightness)
  }
}
