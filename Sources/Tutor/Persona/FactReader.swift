import Practice
import SpeechSignals
import Terminal

/// Reads facts off a session: what several of them need, worked out once.
struct FactReader: Sendable {
  let session: Session
  let summary: Summary
  /// What became of the script; nil without one or without words.
  let review: ScriptReview?
  /// Habits of speech; nil where words were misheard too often to be counted.
  let habits: WordHabits?

  /// A stretch of roll-ups over which a fastest or flattest moment is looked for: the window of the pace.
  static let stretchSeconds = 15

  init(_ session: Session, rules: FillerRules) {
    self.session = session
    summary = session.summary
    review = session.words.isEmpty ? nil : session.prompter.map { ScriptReview(of: $0) }
    let isReadable = session.words.last.map { $0.source != .stock } ?? false
    habits =
      isReadable
      ? WordHabits(in: session.words.map(\.text), rules: rules, script: session.prompter?.settled.words) : nil
  }

  /// Why a figure that rests on talk is not known.
  var littleTalk: String {
    let heard = min(summary.speechSeconds + summary.pauseSeconds, 2 * summary.speechSeconds)
    if !summary.heardSpeech { return "no speech was heard" }
    if heard >= Unknown.leastSpeechSeconds { return "there was more silence than speech" }
    return "only \(Said.lasting(heard)) of talk were heard, and it takes ten"
  }

  var talk: Fact {
    session.talkSeconds.map { Fact($0, Said.lasting($0)) } ?? .unknown(littleTalk)
  }
  /// How long the take is; the verdict is "so far" while it is going on.
  var length: Fact {
    Fact(session.seconds, Said.lasting(session.seconds.rounded()), verdict: isGoingOn ? "so far" : "")
  }
  var speech: Fact { Fact(summary.speechSeconds, Said.lasting(summary.speechSeconds.rounded())) }

  // MARK: The plan

  /// Whether more of the talk is to come.
  var isGoingOn: Bool { session.phase == .running || session.phase == .paused }
  /// Why a figure that rests on the end of the talk is not known.
  static let notOver = "the talk is not over yet"

  var planned: Fact {
    guard let plan = session.beginning?.length else { return .unknown("no length was planned") }
    let (least, most) = (Double(plan.minimumSeconds), Double(plan.maximumSeconds))
    let words = least == most ? Said.lasting(most) : "\(Said.lasting(least)) to \(Said.lasting(most))"
    return Fact(most, words)
  }
  var over: Fact { offPlan { session.seconds - Double($0.maximumSeconds) } }
  var under: Fact { offPlan { Double($0.minimumSeconds) - session.seconds } }
  var withinPlan: Fact {
    guard session.beginning?.length != nil else { return .unknown("no length was planned") }
    if isGoingOn { return .unknown(Self.notOver) }
    let isWithin = over.number == 0 && under.number == 0
    return Fact(isWithin ? 1 : 0, isWithin ? "yes" : "no")
  }

  private func offPlan(_ seconds: (TalkLength) -> Double) -> Fact {
    guard let plan = session.beginning?.length else { return .unknown("no length was planned") }
    if isGoingOn { return .unknown(Self.notOver) }
    let off = max(0, seconds(plan).rounded())
    return Fact(off, Said.lasting(off))
  }

  // MARK: Pace

  /// Where the pace comes from, as a clause.
  private var paceSource: String {
    switch summary.paceSource {
    case .words: "counted from the words heard"
    case .syllables: "estimated from syllables"
    case .both: "put together from words and syllables"
    }
  }
  private func paceWords(_ pace: Double) -> String {
    (summary.paceSource == .words ? "" : "about ") + "\(decimal(pace, 0)) words a minute"
  }

  var pace: Fact {
    guard let pace = summary.wordsPerMinute, let band = summary.paceEstimate?.band else { return .unknown(littleTalk) }
    return Fact(
      pace, paceWords(pace), likely: band,
      likelyWords: "\(decimal(band.lowerBound, 0)) to \(decimal(band.upperBound, 0))",
      verdict: session.bands.place(ofPace: pace).rawValue, source: paceSource)
  }
  var tooFast: Fact { offPace(at: fastest.moment) { max(0, $0 - session.bands.usable.upperBound) } }
  var tooSlow: Fact { offPace(at: slowest.moment) { max(0, session.bands.usable.lowerBound - $0) } }
  var offComfortable: Fact {
    let band = session.bands.comfortable
    return offPace(at: nil) { max(0, $0 - band.upperBound, band.lowerBound - $0) }
  }

  /// How far the pace is beyond a bound, by its middle and by both ends of its interval.
  private func offPace(at moment: Double?, _ beyond: (Double) -> Double) -> Fact {
    guard let pace = summary.wordsPerMinute, let band = summary.paceEstimate?.band else { return .unknown(littleTalk) }
    let ends = [beyond(band.lowerBound), beyond(pace), beyond(band.upperBound)]
    let off = beyond(pace)
    return Fact(
      off, "about \(decimal(off, 0)) words a minute", likely: (ends.min() ?? off)...(ends.max() ?? off), moment: moment)
  }

  var fastest: Fact { extremePace { $0.1 < $1.1 } }
  var slowest: Fact { extremePace { $0.1 > $1.1 } }

  /// The stretch whose pace is the last by `order`; as the whole is put right by counted words, so is the stretch.
  private func extremePace(_ order: ((Double, Double), (Double, Double)) -> Bool) -> Fact {
    guard let whole = summary.wordsPerMinute else { return .unknown(littleTalk) }
    let settled = session.rollups.dropFirst(Self.stretchSeconds).filter { $0.speechSeconds > 0.2 }
    let rates = settled.compactMap { second in second.syllablesPerSecond.map { (second.end, $0) } }
    let mean = rates.reduce(0) { $0 + $1.1 } / Double(max(rates.count, 1))
    guard rates.count >= 2 * Self.stretchSeconds, mean > 0, let extreme = rates.max(by: order) else {
      return .unknown("the take is too short to compare its parts")
    }
    let pace = whole * extreme.1 / mean
    return Fact(
      pace, "about \(decimal(pace, 0)) words a minute", moment: max(0, extreme.0 - Double(Self.stretchSeconds)))
  }

  var articulation: Fact {
    summary.articulationRate.map { Fact($0, "about \(decimal($0, 1)) syllables a second") } ?? .unknown(littleTalk)
  }

  // MARK: Pauses

  var pauses: Fact {
    guard summary.heardSpeech else { return .unknown(littleTalk) }
    return Fact(Double(summary.pauses), Said.count(summary.pauses, "pause"))
  }
  var pauseShare: Fact {
    guard let share = summary.pauseShare else {
      return .unknown(session.talkSeconds == nil ? littleTalk : "there were fewer than five pauses")
    }
    return Fact(share * 100, "\(decimal(share * 100, 0)) percent of the time")
  }
  var goodPauses: Fact {
    guard summary.heardSpeech else { return .unknown(littleTalk) }
    let good = session.pauses.filter { Pause.useful.contains($0.end - $0.start) }
    let best = good.max { $0.end - $0.start < $1.end - $1.start }
    return Fact(
      Double(good.count), Said.count(good.count, "pause") + " between half a second and three seconds",
      moment: best?.start)
  }
  var longestPause: Fact {
    guard let longest = session.pauses.max(by: { $0.end - $0.start < $1.end - $1.start }) else {
      return .unknown(summary.heardSpeech ? "there was no pause" : littleTalk)
    }
    return Fact(longest.end - longest.start, Said.lasting(longest.end - longest.start), moment: longest.start)
  }
  var longestRun: Fact {
    guard summary.heardSpeech else { return .unknown(littleTalk) }
    let longest = session.phrases.max { $0.end - $0.start < $1.end - $1.start }
    let last = session.rollups.max { $0.runSeconds < $1.runSeconds }
    return Fact(
      summary.longestRunSeconds, Said.lasting(summary.longestRunSeconds.rounded()),
      moment: longest?.start ?? last.map { max(0, $0.end - $0.runSeconds) })
  }

  // MARK: The sound

  var lost: Fact { Fact(summary.lostSeconds, Said.lasting(summary.lostSeconds)) }
  var marks: Fact {
    Fact(
      Double(summary.marks),
      Said.count(summary.marks, "moment") + ": "
        + session.marks.prefix(12).map { clockTime($0.seconds) }.joined(separator: ", "),
      moment: session.marks.first?.seconds)
  }
}
