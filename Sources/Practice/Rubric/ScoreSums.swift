import SpeechSignals

/// Sums over a stretch of a talk that every measure can be worked out from.
///
/// Only sums: a stretch drawn twice counts twice, and one that is left out is taken away, for the cost of an addition.
struct ScoreSums: Equatable, Sendable, ResampledSums {
  /// What is summed.
  enum Key: Int, CaseIterable {
    /// As in `SecondSums`.
    case seconds, speech, pause, syllables, voiced, pitch, pitchSquares
    /// Words, put right so that they make the pace of the whole.
    case words
    /// Seconds with a pace, those whose pace is outside the flagged band, and those that would be if the truth were a
    /// standard error lower or higher.
    case paced, offPace, offPaceBelow, offPaceAbove
    /// Runs of speech by the length of each: seconds, syllables, and squared syllables a second times seconds.
    case runSeconds, runSyllables, runSquares
    case usefulPauses, longPauses
    /// Seconds of speech in runs that are too long.
    case breathless
    case fillers, clusters, restarts
    /// Power of the loudness of speech times its seconds, and those.
    case power, powerSeconds
    /// Levels of speech in dBFS in the first and the last third of it, and how many they are.
    case firstLevel, firstCount, lastLevel, lastCount
    /// How far runs of speech fade, in dB, and how many they are.
    case fade, fades
    case clipped
  }

  /// One lane a key: the bootstrap adds them up half a million times.
  private var lanes = SIMD32<Double>.zero

  init(_ spoken: SecondSums) {
    self[.seconds] = spoken.seconds
    self[.speech] = spoken.speech
    self[.pause] = spoken.pause
    self[.syllables] = spoken.syllables
    self[.voiced] = spoken.voiced
    self[.pitch] = spoken.pitch
    self[.pitchSquares] = spoken.pitchSquares
  }

  static let zero = ScoreSums(.zero)

  subscript(key: Key) -> Double {
    get { lanes[key.rawValue] }
    set { lanes[key.rawValue] = newValue }
  }

  static func += (left: inout ScoreSums, right: ScoreSums) { left.lanes += right.lanes }

  static func - (left: ScoreSums, right: ScoreSums) -> ScoreSums {
    var sums = left
    sums.lanes -= right.lanes
    return sums
  }

  /// These sums without the events of `key`.
  func without(_ key: Key, _ amount: Double) -> ScoreSums {
    var sums = self
    sums[key] -= amount
    return sums
  }
}

extension Pause {
  /// Pauses of this length, in seconds, give a listener time and do not make them wonder (product study §3a).
  package static let useful = 0.5...3.0
  /// From this length on, in seconds, a pause reads as lost.
  package static let lost = 5.0

  /// How long it is, in seconds.
  var length: Double { end - start }
}

/// What a session has to be scored by: its seconds as sums, and all of them together.
struct ScoreEvidence: Sendable {
  let session: Session
  /// The bands in use.
  let flagged: ClosedRange<Double>
  private(set) var seconds: [ScoreSums]
  private(set) var total = ScoreSums.zero
  /// The second of audio time that `seconds` begins with.
  let base: Int
  /// Seconds of talk; nil for too few to tell a rate from.
  let talkSeconds: Double?
  let pace: (value: Double, source: PaceSource)?

  /// What is known of the pace of a session before it is scored: the standard error of what it was taken from.
  let paceError: DetectorError

  init(_ session: Session, flagged: ClosedRange<Double>) {
    self.session = session
    self.flagged = flagged
    let spoken = SpokenSeconds(session)
    base = spoken.base
    seconds = spoken.seconds.map(ScoreSums.init)
    talkSeconds = session.talkSeconds
    pace = session.wholePace.map { ($0.pace, $0.source) }
    paceError = Self.error(of: pace)
    addWords()
    addPaces()
    addRuns()
    addPauses()
    for filler in session.fillers { add(1, .fillers, at: filler.start) }
    for burst in Cluster.apart(session.clusters) { add(1, .clusters, at: burst[0].start) }
    for restart in session.restarts { add(1, .restarts, at: restart.start) }
    addLevels()
    for second in seconds { total += second }
  }

  /// What the detector alone makes of a pace: the part of its band that stays however long the talk is.
  private static func error(of pace: (value: Double, source: PaceSource)?) -> DetectorError {
    guard let pace, pace.value > 0 else { return .syllableRate }
    let band = WordsEstimate(wordsPerMinute: pace.value, seconds: 1e9, source: pace.source).band
    let deviation = Estimate.deviations * pace.value
    return DetectorError(
      below: (pace.value - band.lowerBound) / deviation, above: (band.upperBound - pace.value) / deviation)
  }

  private mutating func add(_ amount: Double, _ key: ScoreSums.Key, at time: Double) {
    let index = Int(max(0, time)) - base
    if seconds.indices.contains(index) { seconds[index][key] += amount }
  }

  /// Words where they were heard, else syllables as words; in either case as many as the pace of the whole says.
  private mutating func addWords() {
    guard let pace, let talkSeconds, !seconds.isEmpty else { return }
    if pace.source == .words {
      for word in session.words where !Session.soundsOfFillers.contains(word.text) { add(1, .words, at: word.start) }
    } else {
      for index in seconds.indices { seconds[index][.words] = seconds[index][.syllables] }
    }
    let (sum, time) = seconds.reduce((0, 0)) { ($0.0 + $1[.words], $0.1 + $1[.seconds]) }
    guard sum > 0, time > 0, talkSeconds > 0 else { return }
    let factor = pace.value * time / 60 / sum
    for index in seconds.indices { seconds[index][.words] *= factor }
  }

  /// The pace of the last quarter of a minute at each second, put right by that of the whole as `FactReader` does.
  private mutating func addPaces() {
    guard let pace else { return }
    let settled = session.rollups.filter { $0.syllablesPerSecond != nil && $0.silenceSeconds < 3 }
    let mean = settled.reduce(0) { $0 + ($1.syllablesPerSecond ?? 0) } / Double(max(settled.count, 1))
    guard mean > 0 else { return }
    let (below, above) = (1 - paceError.below, 1 + paceError.above)
    for second in settled {
      let value = pace.value * (second.syllablesPerSecond ?? 0) / mean
      add(1, .paced, at: second.start)
      if !flagged.contains(value) { add(1, .offPace, at: second.start) }
      if !flagged.contains(value * below) { add(1, .offPaceBelow, at: second.start) }
      if !flagged.contains(value * above) { add(1, .offPaceAbove, at: second.start) }
    }
  }

  private mutating func addRuns() {
    for phrase in session.phrases {
      let length = phrase.end - phrase.start
      if let drop = phrase.endDropDecibels {
        add(drop, .fade, at: phrase.end)
        add(1, .fades, at: phrase.end)
      }
      if length >= PaceVariation.shortestRunSeconds, phrase.syllables > 0 {
        let count = Double(phrase.syllables)
        add(length, .runSeconds, at: phrase.start)
        add(count, .runSyllables, at: phrase.start)
        add(count * count / length, .runSquares, at: phrase.start)
      }
      guard length > CueRule.longestRunSeconds else { continue }
      var from = phrase.start
      while from < phrase.end {
        let until = min(phrase.end, from.rounded(.down) + 1)
        add(until - from, .breathless, at: from)
        from = until
      }
    }
  }

  private mutating func addPauses() {
    for pause in session.pauses {
      if Pause.useful.contains(pause.length) { add(1, .usefulPauses, at: pause.start) }
      if pause.length > Pause.lost { add(1, .longPauses, at: pause.start) }
    }
  }

  private mutating func addLevels() {
    let spoken = session.rollups.filter { $0.speechLevelDecibels != nil && $0.speechSeconds > 0.2 }
    let third = spoken.count / 3
    for (place, second) in spoken.enumerated() {
      let level = second.speechLevelDecibels ?? 0
      if place < third {
        add(level, .firstLevel, at: second.start)
        add(1, .firstCount, at: second.start)
      } else if place >= spoken.count - third {
        add(level, .lastLevel, at: second.start)
        add(1, .lastCount, at: second.start)
      }
      add(powerOf(second.momentaryLUFS) * second.speechSeconds, .power, at: second.start)
      add(second.speechSeconds, .powerSeconds, at: second.start)
    }
    for second in session.rollups where second.clippedSamples > 0 { add(1, .clipped, at: second.start) }
  }
}
