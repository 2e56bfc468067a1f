/// A silent pause instead of an "um": brief habit reversal.
///
/// A talk; its half minute with the most fillers, heard again while the learner taps at each; then takes in which a
/// silence stands where the filler would. What is left of the fillers counts. A talk without a filler leaves nothing to
/// replace: the rest is left out, and the drill is passed.
package enum SilenceExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("talk", .seconds(10...300), .number(90), "the first talk"),
    DrillParameter("clip", .seconds(5...60), .number(30), "how much of it is heard again"),
    DrillParameter("takes", .whole(1...5), .number(3), "takes with a silent pause instead"),
    DrillParameter("take", .seconds(10...120), .number(30), "each of them"),
    DrillParameter("rest", .seconds(0...60), .number(5), "time to think before each of them"),
    TopicParameters.topic, TopicParameters.topics,
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("fillers-share", "fillers left in the last take, of those in the first talk", "%", better: .less),
    DrillMeasure("fillers-per-minute", "fillers in the last take", "a minute", better: .less, places: 1),
    DrillMeasure("fillers-per-minute-first", "fillers in the first talk", "a minute", better: .less, places: 1),
    DrillMeasure("awareness", "fillers noticed, of those heard", "%"),
    DrillMeasure("silent-pauses", "silent pauses in the last take", "a minute", better: .neither, places: 1),
    DrillMeasure("silent-pauses-first", "silent pauses in the first talk", "a minute", better: .neither, places: 1),
  ]

  /// Seconds heard before the first filler of a clip, and after its last one, for a tap.
  private static let lead = 2.0, tail = FillerTaps.reaction.upperBound
  /// Silences that stand where a filler would, in seconds.
  private static let replacing = 0.3...1.5
  /// A share above this tells no more than that fillers grew.
  private static let mostShare = 10.0

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let drill = start.drill
    let (talk, take, rest) = (drill.number("talk"), drill.number("take"), drill.number("rest"))
    let clip = min(drill.number("clip"), talk)
    let takes = (1...Int(min(max(drill.number("takes"), 1), 5))).flatMap { place in
      let ready = DrillStep(
        .think, "get ready", "Next, be silent where an \"um\" would come. Nobody minds a pause.", seconds: rest)
      let take = DrillStep(
        .speak, "take \(place)", "Talk on. Where a filler would come: a silent pause instead.", seconds: take)
      return rest > 0 ? [ready, take] : [take]
    }
    return [
      DrillStep(.speak, "talk", "Talk as you always do, until the time is over.", seconds: talk),
      DrillStep(.clip(start: 0, seconds: clip), "listen", "Tap each time you hear a filler.", seconds: clip + tail),
    ] + takes
  }

  /// The clip is the richest part of the talk; without a filler in it, or without talk, nothing comes after it.
  package static func steps(_ steps: [DrillStep], from place: Int, in session: Session) -> [DrillStep] {
    guard place == clipPlace, steps.count > place, case .clip(_, let seconds) = steps[place].role,
      let talk = session.heard(inStep: 0)
    else { return steps }
    guard talk.isEnough, !talk.fillers.isEmpty else { return Array(steps.prefix(place)) }
    let length = min(seconds, talk.span.length)
    var changed = steps
    changed[place].role = .clip(start: richest(talk, seconds: length), seconds: length)
    changed[place].seconds = length + tail
    return changed
  }

  private static let clipPlace = 1

  /// Where the `seconds` of `talk` with the most fillers begin: the earliest of several, a moment before the first one.
  private static func richest(_ talk: HeardTalk, seconds: Double) -> Double {
    var best = (start: talk.span.lowerBound, count: 0)
    for filler in talk.fillers {
      let start = max(talk.span.lowerBound, min(filler.start - lead, talk.span.upperBound - seconds))
      let count = talk.fillers.count { $0.start >= start && $0.end <= start + seconds }
      if count > best.count { best = (start, count) }
    }
    return best.start
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let run = session.drill else { return .talk(.init(seconds: 0)) }
    if case .clip(_, let seconds)? = run.step?.role {
      let taps = run.taps.filter { $0 >= run.stepStart }.map { $0 - run.stepStart }
      return .clip(.init(seconds: min(session.stepSeconds, seconds), ofSeconds: seconds, taps: taps))
    }
    var talk = DrillScene.Talk(
      topic: run.start.subject, seconds: min(session.stepSeconds, run.step?.seconds ?? 0), ofSeconds: run.step?.seconds)
    // Not in the first talk: who sees a count talks to it, and there is nothing to compare with afterwards.
    if let index = run.index, index > 0, let now = session.heardNow {
      if run.steps[index].isMeasured { talk.counts.append(("fillers", "\(now.fillers.count)")) }
      if let rate = session.heard(inStep: 0)?.fillerRate {
        talk.counts.append(("first talk", "\(decimal(rate, 1)) a minute"))
      }
    }
    return .talk(talk)
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let run = session.drill, let first = session.heard(inStep: 0) else { return DrillFinding(isComplete: false) }
    let isOver = run.spans.first?.end != nil
    guard let rate = first.fillerRate else {
      return DrillFinding(
        isComplete: run.isComplete,
        refusal: isOver ? "Too little was heard in the first talk. Talk until its time is over, a little louder." : nil)
    }
    let rows = [DrillRow("first talk", told(first), start: first.first)]
    let figures = [
      DrillFigure("fillers-per-minute-first", rate), DrillFigure("silent-pauses-first", silences(first) ?? 0),
    ]
    guard run.steps.count == clipPlace else { return withTakes(session, run, first, figures: figures, rows: rows) }
    guard first.fillers.isEmpty else {
      return DrillFinding(
        figures: figures, rows: rows,
        refusal: "The fillers were recognised only when the talk was over. Do it once more, and talk on to its end.")
    }
    // Nothing of nothing is left.
    return DrillFinding(
      figures: figures + [DrillFigure("fillers-share", 0), DrillFigure("fillers-per-minute", 0)],
      rows: rows + [DrillRow("next time", "no filler to replace: choose a harder topic")], isComplete: run.isComplete)
  }

  /// The finding with the clip and the takes in it, as far as they were come to.
  private static func withTakes(
    _ session: Session, _ run: DrillRun, _ first: HeardTalk, figures: [DrillFigure], rows: [DrillRow]
  ) -> DrillFinding {
    var finding = DrillFinding(figures: figures, rows: rows, isComplete: run.isComplete)
    if let taps = FillerTaps(session) {
      finding.rows += taps.rows
      if let awareness = taps.awareness { finding.figures.append(DrillFigure("awareness", awareness)) }
    }
    // Where a correction took all of them away, one cannot be told from none.
    let rate = max(first.fillerRate ?? 0, 60 / max(first.seconds, 1))
    let takes = run.measured(now: session.lastEventSeconds).dropFirst().map { HeardTalk(session, $0.span) }
    finding.rows += takes.enumerated().map { place, take in
      DrillRow("take \(place + 1)", told(take), isHit: take.fillerRate.map { $0 <= rate / 2 }, start: take.first)
    }
    if run.isComplete, let last = takes.last, let left = last.fillerRate, let silent = silences(last) {
      finding.figures += [
        DrillFigure("fillers-share", min(left / rate, mostShare)), DrillFigure("fillers-per-minute", left),
        DrillFigure("silent-pauses", silent),
      ]
    }
    return finding
  }

  /// Silences a minute that stand where a filler would.
  private static func silences(_ talk: HeardTalk) -> Double? {
    talk.perMinute(talk.silences.count { replacing.contains($0.length) })
  }

  private static func told(_ talk: HeardTalk) -> String {
    guard let rate = talk.fillerRate, let silent = silences(talk) else { return "too little talk" }
    return "\(DrillRow.count(talk.fillers.count, "filler", "fillers")), \(decimal(rate, 1)) a minute; "
      + "\(decimal(silent, 0)) silent pauses a minute"
  }
}
