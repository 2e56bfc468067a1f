package import SpeechSignals

/// The running sums of a session.
package struct Tally: Equatable, Sendable {
  /// Frames of speech, added up, in seconds: without the short silences inside a run.
  package private(set) var speechSeconds = 0.0
  private var phraseSeconds = 0.0
  private var phraseEnd = -Double.infinity
  private var openSeconds = 0.0
  package private(set) var syllables = 0
  package private(set) var clippedSamples = 0
  package private(set) var pauseSeconds = 0.0
  package private(set) var longestPauseSeconds = 0.0
  /// Runs that have ended, and what of the one that is open the roll-ups tell: until its ends are known.
  private var (closed, open) = (Reach(), Reach())
  package private(set) var voicedFrames = 0
  package private(set) var integratedLUFS: Double?
  /// How much the pace varies between runs of speech.
  package private(set) var paceVariation = PaceVariation()
  /// Level of speech over the first half minute of it, the speaker's own measure, as summed power and its seconds.
  private var ownPower = 0.0
  private var ownSeconds = 0.0
  // Sums of pitch in semitones, weighted by voiced frames; the spread inside each second comes on top.
  private var pitchSum = 0.0
  private var pitchSquares = 0.0

  mutating func add(_ second: SecondSummary) {
    speechSeconds += second.speechSeconds
    syllables += second.syllables
    clippedSamples += second.clippedSamples
    integratedLUFS = second.integratedLUFS ?? integratedLUFS
    let isOpen = second.runSeconds > 0 && second.end - second.runSeconds >= phraseEnd
    if isOpen { openSeconds += min(second.speechSeconds, second.end - phraseEnd) }
    // A run that ended so long ago was told, or was laughter.
    if second.runSeconds == 0, second.silenceSeconds >= 1 { openSeconds = 0 }
    // A run's own ends are known better, and later: what the seconds say of it holds until then, and of speech that
    // becomes no run until it is silent.
    if closed.first != nil, second.runSeconds == 0, second.speechSeconds == 0 {
      open = Reach()
    } else if isOpen || second.start >= phraseEnd {
      let from = second.end - second.speechSeconds
      open.add(second.speechSeconds > 0 ? from...second.end : nil, longest: isOpen ? second.runSeconds : 0)
    }
    if let level = second.speechLevelDecibels, ownSeconds < 30 {
      ownPower += powerOf(level) * second.speechSeconds
      ownSeconds += second.speechSeconds
    }
    guard let pitch = second.pitchHertz, pitch > 0, second.voicedFrames > 0 else { return }
    let frames = Double(second.voicedFrames)
    let semitones = 12 * log2(of: pitch / 100)
    voicedFrames += second.voicedFrames
    pitchSum += frames * semitones
    pitchSquares += frames * (semitones * semitones + second.pitchSpreadSemitones * second.pitchSpreadSemitones)
  }

  mutating func add(_ phrase: Phrase) {
    paceVariation.add(phrase)
    phraseSeconds += phrase.end - phrase.start
    (phraseEnd, openSeconds) = (max(phraseEnd, phrase.end), 0)
    closed.add(phrase.start...max(phrase.start, phrase.end), longest: phrase.end - phrase.start)
    open = Reach()
  }

  /// Takes in a pause, which goes on with one that began at `start` seconds where that is given.
  mutating func add(_ pause: Pause, since start: Double? = nil) {
    pauseSeconds += pause.end - pause.start
    longestPauseSeconds = max(longestPauseSeconds, pause.end - (start ?? pause.start))
  }

  /// The longest run of speech, in seconds: the one that is open as long as it is so far.
  package var longestRunSeconds: Double { max(closed.longest, open.longest) }

  /// When the first run began, in seconds; nil before any speech.
  package var firstSpeechSeconds: Double? { closed.first ?? open.first }

  /// When the last run ended, in seconds; of one that is open, the second that has been heard of it; 0 before any speech.
  package var lastSpeechSeconds: Double { max(closed.last, open.last) }

  /// Seconds of phonation: the runs of speech between pauses, added up (de Jong & Wempe 2009), and the one that is open.
  ///
  /// What an articulation rate is divided by: a silence too short for a pause belongs to how fast somebody speaks.
  package var phonationSeconds: Double {
    let runs = phraseSeconds + openSeconds
    return runs > 0 ? runs : speechSeconds
  }

  /// Geometric mean of the pitch in hertz, nil before anything was voiced.
  package var pitchHertz: Double? {
    voicedFrames > 0 ? 100 * exp2(of: pitchSum / Double(voicedFrames) / 12) : nil
  }

  /// Spread (standard deviation) of the pitch in semitones over the whole session, nil before anything was voiced.
  package var pitchSpreadSemitones: Double? {
    guard voicedFrames > 0 else { return nil }
    let mean = pitchSum / Double(voicedFrames)
    return max(0, pitchSquares / Double(voicedFrames) - mean * mean).squareRoot()
  }

  /// The speaker's own level in dBFS over the first half minute of speech, nil before five seconds of it.
  package var ownLevelDecibels: Double? {
    ownSeconds >= 5 ? decibels(ofPower: ownPower / ownSeconds) : nil
  }
}

/// From where to where runs of speech go, in seconds, and how long the longest of them is.
private struct Reach: Equatable {
  private(set) var first: Double?
  private(set) var last = 0.0
  private(set) var longest = 0.0

  /// Takes in speech, where there was some, and how long its run is.
  mutating func add(_ speech: ClosedRange<Double>?, longest run: Double) {
    longest = max(longest, run)
    guard let speech else { return }
    first = min(first ?? speech.lowerBound, speech.lowerBound)
    last = max(last, speech.upperBound)
  }
}
