/// The same talk again and again in less time: 4, 3, then 2 minutes.
///
/// Nation (1989), "Improving speaking fluency": told again under less time, the same content comes faster and with fewer
/// hesitations. Without words, a clause cannot be told from its middle, so every silence of more than a second counts as
/// a hesitation, in all rounds alike; a silence beside a filler is one hesitation with it.
package enum FourThreeTwoExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "rounds", .numbers(2...6, each: 10...600), .list(["240", "180", "120"]), "seconds of each round, in order"),
    DrillParameter("think", .seconds(0...300), .number(20), "time to think before the first round"),
    DrillParameter("rest", .seconds(0...120), .number(10), "rest between rounds"),
    TopicParameters.topic, TopicParameters.topics,
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("speed-gain", "speed won from the first round to the last", "%"),
    DrillMeasure("hesitation-share", "hesitations left in the last round, of those in the first", "%", better: .less),
    DrillMeasure("pace-first", "pace of the first round", "words a minute", better: .neither),
    DrillMeasure("pace", "pace of the last round", "words a minute", better: .neither),
    DrillMeasure("hesitations-first", "hesitations in the first round", "a minute", better: .less, places: 1),
    DrillMeasure("hesitations", "hesitations in the last round", "a minute", better: .less, places: 1),
  ]

  /// Silence that is a hesitation, and how near to a filler it is part of it, in seconds.
  private static let longSilence = 1.0, besideFiller = 0.3
  /// A share above this tells no more than that something grew.
  private static let mostShare = 10.0

  private static func rounds(_ drill: Drill) -> [Double] {
    let rounds = drill.numbers("rounds").filter { $0 > 0 }
    return rounds.isEmpty ? [240, 180, 120] : rounds
  }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let rounds = rounds(start.drill)
    let (think, rest) = (start.drill.number("think"), start.drill.number("rest"))
    var steps: [DrillStep] = []
    if think > 0 {
      steps.append(DrillStep(.think, "think", "Think what to say: three points are enough.", seconds: think))
    }
    for (place, seconds) in rounds.enumerated() {
      if place > 0, rest > 0 {
        let next = seconds < rounds[place - 1] ? "in less time" : "with fewer stops"
        steps.append(DrillStep(.think, "rest", "Rest. Then the same talk once more, \(next).", seconds: rest))
      }
      steps.append(
        DrillStep(
          .speak, "round \(place + 1)",
          place == 0 ? "Talk until the time is over, without notes." : "The same talk again, all of it.",
          seconds: seconds))
    }
    return steps
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let run = session.drill else { return .talk(.init(seconds: 0)) }
    var talk = DrillScene.Talk(
      topic: run.start.subject, seconds: min(session.stepSeconds, run.step?.seconds ?? 0), ofSeconds: run.step?.seconds)
    // Only rounds that are over: who watches a pace that runs talks to it.
    let over = heard(session).filter { $0.step != run.index }
    talk.counts = over.suffix(4).compactMap { round in
      round.talk.pace(session.bands).map { ("round \(round.number)", "\(decimal($0, 0)) words a minute") }
    }
    return .talk(talk)
  }

  /// Rounds that were begun, with what was heard in them.
  private static func heard(_ session: Session) -> [(number: Int, step: Int, talk: HeardTalk)] {
    guard let run = session.drill else { return [] }
    return run.measured(now: session.lastEventSeconds).enumerated().map {
      ($0.offset + 1, $0.element.step, HeardTalk(session, $0.element.span))
    }
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let run = session.drill else { return DrillFinding(isComplete: false) }
    let rounds = heard(session).map(\.talk)
    let paces = paces(session, rounds)
    let rows = rounds.enumerated().map { place, talk in
      let told = paces[place].flatMap { pace in
        rate(talk, session).map { "\(decimal(pace, 0)) words, \(decimal($0, 1)) hesitations a minute" }
      }
      return DrillRow(
        "round \(place + 1)", told.map { "\(clock(talk.seconds)) of talk, " + $0 } ?? "too little talk",
        start: talk.first)
    }
    return DrillFinding(figures: figures(session, rounds, paces), rows: rows, isComplete: run.isComplete)
  }

  private static func figures(_ session: Session, _ rounds: [HeardTalk], _ paces: [Double?]) -> [DrillFigure] {
    guard let run = session.drill, let first = rounds.first, let last = rounds.last,
      let paceFirst = paces.first ?? nil, let rateFirst = rate(first, session)
    else { return [] }
    let figures = [DrillFigure("pace-first", paceFirst), DrillFigure("hesitations-first", rateFirst)]
    guard run.isComplete, let pace = paces.last ?? nil,
      let rate = rate(last, session), paceFirst > 0
    else { return figures }
    // Fewer than one in the first round cannot be told from one.
    let least = 60 / max(first.seconds, 1)
    return figures + [
      DrillFigure("pace", pace), DrillFigure("hesitations", rate),
      DrillFigure("speed-gain", min(pace / paceFirst, mostShare) - 1),
      DrillFigure("hesitation-share", min(rate / max(rateFirst, least), mostShare)),
    ]
  }

  /// Words a minute of each round: counted where words are heard well in all of them, else from syllables in all.
  ///
  /// Words of the general model are too unsure to be counted.
  private static func paces(_ session: Session, _ rounds: [HeardTalk]) -> [Double?] {
    let words = session.words.filter { $0.source != .stock && !Session.soundsOfFillers.contains($0.text) }
    let counted = rounds.map { round -> Double? in
      let inside = words.filter { round.span.contains($0.start) }
      guard let first = inside.first, let last = inside.last, round.isEnough,
        last.end - first.start >= 0.7 * round.seconds
      else { return nil }
      return Double(inside.count) * 60 / max(round.seconds, 1)
    }
    return counted.allSatisfy { $0 != nil } ? counted : rounds.map { $0.pace(session.bands) }
  }

  /// Hesitations a minute: fillers, words said twice where words are heard well, and silences of more than a second.
  private static func rate(_ talk: HeardTalk, _ session: Session) -> Double? {
    let silences = talk.silences.count { silence in
      silence.length > longSilence
        && !talk.fillers.contains {
          abs($0.end - silence.lowerBound) <= besideFiller || abs($0.start - silence.upperBound) <= besideFiller
        }
    }
    let hearsWords = session.words.last.map { $0.source != .stock } ?? false
    let restarts = hearsWords ? session.restarts.count { talk.span.contains($0.start) } : 0
    return talk.perMinute(talk.fillers.count + silences + restarts)
  }
}
