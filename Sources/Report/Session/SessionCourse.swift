import Glibc
import Practice
import SpeechSignals

/// The course of a session in equal steps: what a strip draws and a table says.
struct SessionCourse: Equatable {
  /// One step; nil where nothing can be said of it.
  struct Step: Equatable {
    /// Audio time of its beginning and end, in seconds.
    var start: Double
    var end: Double
    /// Words a minute, estimated from syllables over the quarter minute before.
    var pace: Double?
    /// Share of it that was silent between speech, 0 to 1.
    var pauseShare = 0.0
    var fillers = 0
    /// Mean pitch in semitones above the middle of the session, and its spread.
    var pitch: Double?
    var pitchSpread: Double?
    /// RMS level in dBFS.
    var level: Double?
    var marks = 0
    var comments = 0
  }

  private(set) var steps: [Step] = []
  /// The middle of the pitch in hertz that steps are told against; nil where nothing was voiced.
  private(set) var middleHertz: Double?

  /// The course of `session` in `count` equal steps; none of a session without any time.
  init(of session: Session, count: Int) {
    self.init(of: session, stepSeconds: session.seconds / Double(max(count, 1)), count: count)
  }

  /// The course in steps of a second, or of more where there would be more than `limit`: figures are no finer than that.
  static func curve(of session: Session, limit: Int) -> SessionCourse {
    guard session.seconds > 1, session.seconds <= Double(limit) else { return SessionCourse(of: session, count: limit) }
    return SessionCourse(of: session, stepSeconds: 1, count: Int(session.seconds.rounded(.up)))
  }

  private init(of session: Session, stepSeconds length: Double, count: Int) {
    guard length > 0, length.isFinite, count > 0 else { return }
    steps = (0..<count).map { Step(start: Double($0) * length, end: Double($0 + 1) * length) }
    func index(_ time: Double) -> Int { Int(min(max(time / length, 0), Double(count - 1))) }
    middleHertz = session.reviewedPitch?.medianHertz ?? session.tally.pitchHertz
    addSeconds(of: session, index)
    for pause in session.pauses where pause.end > pause.start {
      for place in index(pause.start)...max(index(pause.start), index(pause.end)) {
        let inside = min(pause.end, steps[place].end) - max(pause.start, steps[place].start)
        steps[place].pauseShare += max(0, inside) / length
      }
    }
    for filler in session.fillers { steps[index(filler.start)].fillers += 1 }
    for mark in session.marks { steps[index(mark.seconds)].marks += 1 }
    for comment in session.comments { steps[index(comment.start)].comments += 1 }
    for place in steps.indices { steps[place].pauseShare = min(1, steps[place].pauseShare) }
  }

  /// Spreads the roll-ups over the steps: each step has the mean of the seconds that touch it.
  private mutating func addSeconds(of session: Session, _ index: (Double) -> Int) {
    var sums = [Sums](repeating: Sums(), count: steps.count)
    for second in session.rollups where second.end > second.start && second.start >= 0 {
      let last = max(index(second.start), index(second.end - 0.001))
      for place in index(second.start)...last { sums[place].add(second, middle: middleHertz, bands: session.bands) }
    }
    for place in steps.indices {
      steps[place].pace = sums[place].pace
      steps[place].level = sums[place].level
      (steps[place].pitch, steps[place].pitchSpread) = sums[place].pitch
    }
  }

  private struct Sums {
    var paces = 0.0, paceCount = 0.0
    var levels = 0.0, levelCount = 0.0
    var voiced = 0.0, semitones = 0.0, squares = 0.0

    mutating func add(_ second: SecondSummary, middle: Double?, bands: Bands) {
      // After three seconds of silence the pace is that of what went before it.
      if let rate = second.syllablesPerSecond, second.silenceSeconds < 3 {
        paces += bands.wordsPerMinute(syllablesPerSecond: rate)
        paceCount += 1
      }
      if let speech = second.speechLevelDecibels {
        levels += speech
        levelCount += 1
      }
      guard let middle, middle > 0, let hertz = second.pitchHertz, hertz > 0, second.voicedFrames >= 10 else { return }
      let (frames, height) = (Double(second.voicedFrames), 12 * log2(hertz / middle))
      voiced += frames
      semitones += frames * height
      squares += frames * (height * height + second.pitchSpreadSemitones * second.pitchSpreadSemitones)
    }

    var pace: Double? { paceCount > 0 ? paces / paceCount : nil }
    var level: Double? { levelCount > 0 ? levels / levelCount : nil }
    var pitch: (Double?, Double?) {
      guard voiced > 0 else { return (nil, nil) }
      let mean = semitones / voiced
      return (mean, max(0, squares / voiced - mean * mean).squareRoot())
    }
  }

  /// The course in steps that people count in, at most `limit` of them: 10 s, a minute, five minutes.
  static func table(of session: Session, limit: Int) -> SessionCourse {
    let step = [10.0, 30, 60, 120, 300, 600, 1_200, 3_600].first { session.seconds / $0 <= Double(limit) }
    guard let step, session.seconds > 0 else { return SessionCourse(of: session, count: limit) }
    var course = SessionCourse(of: session, stepSeconds: step, count: Int((session.seconds / step).rounded(.up)))
    if let last = course.steps.indices.last, session.seconds > course.steps[last].start {
      let share = step / (session.seconds - course.steps[last].start)
      course.steps[last].pauseShare = min(1, course.steps[last].pauseShare * share)
      course.steps[last].end = session.seconds
    }
    return course
  }
}
