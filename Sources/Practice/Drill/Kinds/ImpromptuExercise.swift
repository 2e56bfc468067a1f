/// A topic, a moment to think, and a minute or two of talk with lights: table topics.
package enum ImpromptuExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    TopicParameters.topic, TopicParameters.topics, TalkFrame.parameter("prep"),
    DrillParameter("think", .seconds(0...120), .number(15), "time to think"),
    DrillParameter(
      "length", .text(limit: 40), .text("1-2m"), "how long the talk should be: green, amber and red light"),
    DrillParameter("early", .seconds(0...300), .number(0), "how far below the length still qualifies"),
    DrillParameter("late", .seconds(0...300), .number(30), "how far above the length still qualifies"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("talk-seconds", "first word to last", "seconds", better: .neither),
    DrillMeasure("within", "inside the qualifying time", "%"),
    DrillMeasure("fillers-per-minute", "fillers a minute", "a minute", better: .less, places: 1),
    DrillMeasure("fillers", "fillers", "fillers", better: .less),
    DrillMeasure("longest-silence", "longest silence", "seconds", better: .less, places: 1),
    DrillMeasure("pace", "pace", "words a minute", better: .neither),
  ]

  /// Four seconds without a word past the least time are an end; who stops short of it is waited for longer.
  private static let end = LimitedTalk.End(silence: 4, silenceShort: 10, beyond: 2)

  package static func problem(_ drill: Drill) -> String? { LimitedTalk.problem(drill) }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let talk = LimitedTalk(start.drill)
    let think = start.drill.number("think")
    let frame = TalkFrame.named(start.drill.word("frame"))
    let thinking = DrillStep(
      .think, "think", frame.map { "Think: \($0.name)." } ?? "Think of one thing to say, and how to end.",
      seconds: think)
    let talking = DrillStep(
      .speak, "talk", "Talk. The clock starts with your first word.",
      seconds: talk?.stepSeconds(end) ?? start.drill.seconds, length: talk?.length)
    return think > 0 ? [thinking, talking] : [talking]
  }

  package static func isOver(_ step: DrillStep, in session: Session) -> Bool {
    guard step.isMeasured, let talk = session.drill.flatMap({ LimitedTalk($0.drill) }) else { return false }
    return talk.isOver(session, end)
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let run = session.drill, let limited = LimitedTalk(run.drill) else {
      return .talk(.init(seconds: session.stepSeconds))
    }
    var talk = limited.scene(session)
    talk.frame = TalkFrame.named(run.drill.word("frame"))?.parts ?? []
    if let step = run.step, !step.isMeasured {
      (talk.light, talk.seconds, talk.ofSeconds) = (nil, min(session.stepSeconds, step.seconds ?? 0), step.seconds)
    } else if run.drill.pass.contains(where: { $0.measure.hasPrefix("fillers") }) {
      // Counted on the screen only where fillers are what the drill is about.
      talk.counts = [("fillers", "\(session.heardNow?.fillers.count ?? 0)")]
    }
    return .talk(talk)
  }

  /// How much of the least time has been talked.
  package static func progress(_ session: Session) -> Double {
    guard let run = session.drill, let limited = LimitedTalk(run.drill) else { return 0 }
    return min(1, (session.heard(inStep: run.steps.count - 1)?.seconds ?? 0) / max(limited.window.lowerBound, 1))
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let run = session.drill, let limited = LimitedTalk(run.drill),
      let talk = session.heard(inStep: run.steps.count - 1)
    else { return DrillFinding(isComplete: false) }
    return limited.finding(talk, session) {
      [DrillFigure("fillers", Double(talk.fillers.count)), DrillFigure("pace", talk.pace(session.bands) ?? 0)]
    }
  }
}
