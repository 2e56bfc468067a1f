/// A prepared talk as in a contest: lights, a qualifying time, and where it would end at this pace; then the ballot.
///
/// The talk is the learner's own, its script a talk like any other. The ballot is filled in afterwards by the rubric
/// `contest`.
package enum ContestExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "length", .text(limit: 40), .text("5-7m"), "how long the talk should be: green, amber and red light"),
    DrillParameter("early", .seconds(0...300), .number(30), "how far below the length still qualifies"),
    DrillParameter("late", .seconds(0...300), .number(30), "how far above the length still qualifies"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("talk-seconds", "first word to last", "seconds", better: .neither),
    DrillMeasure("within", "inside the qualifying time", "%"),
    DrillMeasure("over-seconds", "beyond the qualifying time", "seconds", better: .less),
    DrillMeasure("under-seconds", "short of the qualifying time", "seconds", better: .less),
    DrillMeasure("fillers-per-minute", "fillers a minute", "a minute", better: .less, places: 1),
    DrillMeasure("longest-silence", "longest silence", "seconds", better: .neither, places: 1),
  ]

  /// The rubric of the ballot, a file in Prompts/rubrics.
  package static let rubric = "contest"

  /// Nobody is cut off for a pause that is meant, nor at the end of the time: it only counts.
  private static let end = LimitedTalk.End(silence: 8, silenceShort: 20, beyond: 30)
  /// Silence after the last words of a script, in seconds, and the share of it that may be left out or unheard.
  private static let silenceAfterScript = 3.0, shareUnread = 0.02

  package static func problem(_ drill: Drill) -> String? { LimitedTalk.problem(drill) }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let talk = LimitedTalk(start.drill)
    return [
      DrillStep(
        .speak, "talk", "Give your talk. The clock starts with your first word.",
        seconds: talk?.stepSeconds(end) ?? start.drill.seconds, length: talk?.length)
    ]
  }

  package static func isOver(_ step: DrillStep, in session: Session) -> Bool {
    guard let talk = session.drill.flatMap({ LimitedTalk($0.drill) }) else { return false }
    if isRead(session), let last = session.heardNow?.last, session.lastEventSeconds - last >= silenceAfterScript {
      return true
    }
    return talk.isOver(session, end)
  }

  /// Whether the words that were heard have come to the end of the script.
  private static func isRead(_ session: Session) -> Bool {
    guard let prompter = session.prompter, prompter.tellsProgress, case .following = prompter.mode else { return false }
    let all = prompter.wordsBehind + prompter.wordsAhead
    return prompter.wordsBehind >= 20 && Double(prompter.wordsAhead) <= shareUnread * Double(all)
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let limited = session.drill.flatMap({ LimitedTalk($0.drill) }) else {
      return .talk(.init(seconds: session.stepSeconds))
    }
    var talk = limited.scene(session)
    if talk.topic.isEmpty { talk.topic = session.beginning?.title ?? "" }
    if let first = session.heardNow?.first {
      talk.projectedSeconds = session.projectedSeconds.map { max(0, $0 - first) }
    }
    return .talk(talk)
  }

  /// How much of the script is behind, else of the least time.
  package static func progress(_ session: Session) -> Double {
    guard let run = session.drill, let limited = LimitedTalk(run.drill) else { return 0 }
    if let prompter = session.prompter, prompter.tellsProgress {
      let all = prompter.wordsBehind + prompter.wordsAhead
      if all > 0 { return Double(prompter.wordsBehind) / Double(all) }
    }
    return min(1, (session.heard(inStep: 0)?.seconds ?? 0) / max(limited.window.lowerBound, 1))
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let limited = session.drill.flatMap({ LimitedTalk($0.drill) }), let talk = session.heard(inStep: 0) else {
      return DrillFinding(isComplete: false)
    }
    let off = limited.off(talk.seconds)
    return limited.finding(talk, session) {
      [DrillFigure("over-seconds", off.over), DrillFigure("under-seconds", off.under)]
    }
  }
}
