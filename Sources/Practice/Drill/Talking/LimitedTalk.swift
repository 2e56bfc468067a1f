/// A talk with a length: lights at its ends and its middle, and a time on both sides of it that still qualifies.
///
/// The clock runs from the first word, as it does where such talks are timed. Table topics qualify from 1:00 to 2:30, a
/// speech of five to seven minutes from 4:30 to 7:30.
struct LimitedTalk {
  let length: TalkLength
  /// Seconds from the first word to the last that qualify.
  let window: ClosedRange<Double>

  /// The length and window of `drill`; nil where its length cannot be read.
  init?(_ drill: Drill) {
    guard let length = TalkLength(drill.word("length")) else { return nil }
    self.length = length
    let least = max(0, Double(length.minimumSeconds) - drill.number("early"))
    window = least...max(least, Double(length.maximumSeconds) + drill.number("late"))
  }

  /// Why the length of `drill` is none, nil where it is one.
  static func problem(_ drill: Drill) -> String? {
    let text = drill.word("length")
    guard case .failure(let problem) = TalkLength.read(text) else { return nil }
    return "length: \"\(text)\" \(problem.clause)"
  }

  /// How a talk ends by itself.
  struct End {
    /// Silence after which it is over once it is long enough.
    var silence: Double
    /// Silence after which it is over although it stopped short, once the least time has passed.
    var silenceShort: Double
    /// Seconds past the window after which nobody is waited for.
    var beyond: Double
    /// Seconds that are waited for a first word.
    static let patience = 20.0
  }

  /// The longest that the step may take: the wait for the first word, the window, and what is let pass beyond it.
  func stepSeconds(_ end: End) -> Double { End.patience + window.upperBound + end.beyond }

  /// Whether the talk in the step under way is over.
  func isOver(_ session: Session, _ end: End) -> Bool {
    guard let talk = session.heardNow, let first = talk.first, let last = talk.last else { return false }
    let (elapsed, silence) = (session.lastEventSeconds - first, session.lastEventSeconds - last)
    return elapsed >= window.upperBound + end.beyond
      || silence >= (last - first >= window.lowerBound ? end.silence : end.silenceShort)
        && elapsed >= window.lowerBound
  }

  /// Measures that say whether a talk was long enough.
  private static let timed: Set = ["talk-seconds", "within", "under-seconds"]

  /// What came of `talk`: the figures that every such talk has and `more`, none of them where next to nothing was said.
  ///
  /// A talk that is long enough is complete however it ended. One that is not is complete where its drill judges the time,
  /// so that it fails; else it counts as broken off, for few words have few fillers.
  func finding(_ talk: HeardTalk, _ session: Session, more: () -> [DrillFigure]) -> DrillFinding {
    let isOver = session.drill?.isComplete ?? false
    let isTimed = session.drill?.drill.pass.contains { LimitedTalk.timed.contains($0.measure) } ?? false
    let isComplete = talk.seconds >= window.lowerBound || isOver && isTimed
    guard let rate = talk.fillerRate else {
      return DrillFinding(
        isComplete: isComplete,
        refusal: isOver ? "Next to nothing was heard. Try it once more, a little louder." : nil)
    }
    let figures = [
      DrillFigure("talk-seconds", talk.seconds), DrillFigure("within", window.contains(talk.seconds) ? 1 : 0),
      DrillFigure("fillers-per-minute", rate), DrillFigure("longest-silence", talk.longestSilence),
    ]
    return DrillFinding(figures: figures + more(), rows: rows(talk), isComplete: isComplete)
  }

  private func rows(_ talk: HeardTalk) -> [DrillRow] {
    guard let first = talk.first else { return [] }
    let (over, under) = off(talk.seconds)
    let off = over > 0 ? ", \(decimal(over, 1)) s over" : under > 0 ? ", \(decimal(under, 1)) s short" : ""
    let longest = talk.silences.max { $0.length < $1.length }
    return [
      DrillRow(
        "talk", "\(clock(talk.seconds)), wanted \(clock(window.lowerBound)) to \(clock(window.upperBound))\(off)",
        isHit: window.contains(talk.seconds), start: first),
      DrillRow(
        "fillers", talk.fillerRate.map { "\(talk.fillers.count), \(decimal($0, 1)) a minute" } ?? "too little talk"),
      DrillRow("longest silence", "\(decimal(talk.longestSilence, 1)) s", start: longest?.lowerBound),
    ]
  }

  /// Seconds by which `seconds` of talk lie over or under the window.
  func off(_ seconds: Double) -> (over: Double, under: Double) {
    (max(0, seconds - window.upperBound), max(0, window.lowerBound - seconds))
  }

  /// The screen while it is spoken: the clock from the first word, and the light.
  func scene(_ session: Session) -> DrillScene.Talk {
    DrillScene.Talk(
      topic: session.drill?.start.subject ?? "", light: session.stepLight(at: session.seconds),
      seconds: session.heardNow?.first.map { max(0, session.seconds - $0) } ?? 0,
      ofSeconds: Double(length.maximumSeconds))
  }
}

extension Session {
  /// The light of the step under way at `seconds` of audio time, counted from its first word as its measure is; nil in
  /// steps without lights.
  package func stepLight(at seconds: Double) -> TimingLight? {
    drill?.step?.length.map { length in
      TimingLight(elapsed: heardNow?.first.map { max(0, seconds - $0) } ?? 0, length: length)
    }
  }
}
