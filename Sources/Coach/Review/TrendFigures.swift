import History
import Practice

/// The figures whose trends there are, and the trends of them.
enum TrendFigures {
  /// The trend of `figure` over all sessions, or those of a talk, with a tag, of a drill, of drills of a skill.
  static func trend(
    of figure: TrendFigure, in history: History, utcOffset: Int, talk: String? = nil, tag: String? = nil,
    drill: String? = nil, skill: DrillSkill? = nil
  ) throws(HistoryError) -> Trend {
    let points = try history.series(
      figure: figure.name, talk: talk, tags: tag.map { [$0] } ?? [], drill: drill, skill: skill?.rawValue)
    let first = try history.sessions(SessionQuery(order: .oldest, limit: 1)).first
    return Trend(
      points: points.map {
        TrendPoint(at: Double($0.startedAt) / 1_000, value: $0.value, low: $0.low, high: $0.high, id: $0.id)
      }, figure: figure, utcOffset: utcOffset, firstUse: first.map { Double($0.startedAt) / 1_000 })
  }

  /// Those that some session has, in the order in which they are looked at.
  static func known(in history: History) throws(HistoryError) -> [TrendFigure] {
    let names = Set(try history.figureNames())
    let overall = SessionFigures.score(PastReader.listedRubric)
    let order = [
      overall, "pace", "fillers-per-minute", "awareness-gap", "pause-share", "useful-pauses", "longest-run",
      "articulation", "pitch-spread", "loudness", "phrase-fade", "script-coverage", "off-plan", "duration",
    ]
    let scores = names.filter { $0.hasPrefix("score.\(PastReader.listedRubric).") && $0 != overall }.sorted()
    return (order + scores).filter(names.contains).compactMap(TrendFigure.named)
  }

  /// Those of attempts at a drill, as the latest of them has it: the measure it goes by first. None where there is no
  /// attempt.
  static func known(ofDrill id: String, in history: History) throws(HistoryError) -> [TrendFigure] {
    let latest = try history.sessions(SessionQuery(drill: id, limit: 1)).first
    let line = try latest.flatMap { row throws(HistoryError) in try history.lines(of: row.id, kind: "drill").first }
    guard let line, case .drill(let start)? = EventLine.event(from: line)?.kind else { return [] }
    let drill = start.drill
    let others = drill.kind.exercise.measures.map(\.name).filter { $0 != drill.measure }
    let names = ([drill.measure] + others).map { DrillFigures.prefix + $0 } + [DrillFigures.margin]
    let kept = Set(try history.figureNames())
    return names.filter(kept.contains).compactMap { TrendFigure.named($0, of: drill) }
  }

  /// Those of drills that train one skill: what is the same for all of them.
  static func known(ofSkill skill: DrillSkill) -> [TrendFigure] {
    [DrillFigures.margin].compactMap(TrendFigure.named)
  }
}
