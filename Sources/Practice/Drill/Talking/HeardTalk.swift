import SpeechSignals

/// What somebody said in one stretch of an attempt, such as a round: when, how fast, with which fillers and silences.
///
/// From runs of speech with a syllable in them, for a cough is no first word. A run that reaches over an end of the
/// stretch counts as far as it lies inside. All times are seconds of audio time.
struct HeardTalk {
  let span: ClosedRange<Double>
  /// Runs of speech in order, those with less than `Pause`'s least silence between them joined.
  let runs: [ClosedRange<Double>]
  let fillers: [Filler]
  let syllables: Double

  /// Speech below which nothing is told of a stretch, in seconds.
  static let leastSpeech = 5.0

  /// What `session` holds of `span`.
  init(_ session: Session, _ span: ClosedRange<Double>) {
    self.span = span
    var pieces = session.phrases.reversed().prefix { $0.end > span.lowerBound }.reversed()
      .filter { $0.syllables > 0 }.map { ($0.start, $0.end) }
    if let open = HeardTalk.openRun(of: session), open.lowerBound >= pieces.last?.1 ?? 0 {
      pieces.append((open.lowerBound, open.upperBound))
    }
    fillers = session.fillers.reversed().prefix { $0.end > span.lowerBound - 60 }.reversed()
      .filter { span.contains($0.start) }
    // A filler is heard by more than its syllables, so it is speech in any case.
    pieces = (pieces + fillers.map { ($0.start, $0.end) }).sorted { $0.0 < $1.0 }
    var runs: [ClosedRange<Double>] = []
    for (start, end) in pieces where min(end, span.upperBound) - max(start, span.lowerBound) > 0.01 {
      let (start, end) = (max(start, span.lowerBound), min(end, span.upperBound))
      if let last = runs.last, start <= last.upperBound {
        runs[runs.count - 1] = last.lowerBound...max(last.upperBound, end)
      } else {
        runs.append(start...end)
      }
    }
    self.runs = runs
    syllables = session.rollups.reversed().prefix { $0.end > span.lowerBound }.reduce(0) { sum, second in
      let inside = min(second.end, span.upperBound) - max(second.start, span.lowerBound)
      return inside > 0 ? sum + Double(second.syllables) * min(1, inside / max(second.end - second.start, 0.01)) : sum
    }
  }

  /// The run of speech that is not over yet, nil in a pause.
  private static func openRun(of session: Session) -> ClosedRange<Double>? {
    guard let last = session.rollups.last, last.runSeconds > 0 else { return nil }
    let start = max(0, last.end - last.runSeconds)
    let isVoiced = session.rollups.reversed().prefix { $0.end > start }.contains { $0.syllables > 0 }
    return isVoiced ? start...max(start, last.end - last.silenceSeconds) : nil
  }

  /// When the first word began.
  var first: Double? { runs.first?.lowerBound }
  /// When the last word so far ended.
  var last: Double? { runs.last?.upperBound }
  /// From the first word to the last, pauses included, in seconds.
  var seconds: Double { first.flatMap { first in last.map { $0 - first } } ?? 0 }
  /// Seconds of speech without pauses.
  var speech: Double { runs.reduce(0) { $0 + $1.upperBound - $1.lowerBound } }
  /// Whether there is enough of it to tell a rate from.
  var isEnough: Bool { speech >= HeardTalk.leastSpeech }

  /// Silences between words, in order, those of a quarter of a second and more.
  var silences: [ClosedRange<Double>] {
    zip(runs, runs.dropFirst()).compactMap { before, after in
      after.lowerBound - before.upperBound >= 0.25 ? before.upperBound...after.lowerBound : nil
    }
  }

  /// The longest silence between two words, 0 without any.
  var longestSilence: Double { silences.map(\.length).max() ?? 0 }

  /// `count` as so many a minute; nil where too little was said.
  func perMinute(_ count: Int) -> Double? { isEnough ? Double(count) * 60 / max(seconds, 1) : nil }

  /// Fillers a minute.
  var fillerRate: Double? { perMinute(fillers.count) }

  /// Words a minute by `bands`, from the syllables; nil where too little was said.
  func pace(_ bands: Bands) -> Double? {
    isEnough ? bands.wordsPerMinute(syllablesPerSecond: syllables / max(seconds, 1)) : nil
  }
}

extension ClosedRange<Double> {
  /// Its upper end less its lower one.
  var length: Double { upperBound - lowerBound }
}

extension Session {
  /// What was said in the step at `place` of the attempt, nil where it was not come to.
  ///
  /// By the latest event, not the latest reading, so that a replay says the same.
  func heard(inStep place: Int) -> HeardTalk? {
    drill?.span(of: place, now: lastEventSeconds).map { HeardTalk(self, $0) }
  }

  /// What was said so far in the step under way, nil where there is none.
  var heardNow: HeardTalk? { drill?.index.flatMap { heard(inStep: $0) } }

  /// Seconds since the step under way began, 0 where there is none.
  var stepSeconds: Double { drill.map { $0.index == nil ? 0 : max(0, seconds - $0.stepStart) } ?? 0 }
}

extension DrillStart {
  /// What is talked about: what was drawn, else what the drill says; empty for the learner's own choice.
  var subject: String { topic ?? drill.word("topic") }
}

extension DrillRow {
  /// `3 fillers`: a count and its word.
  static func count(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
}
