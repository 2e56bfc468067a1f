import History
import Practice

/// The figures whose trends there are, and the trends of them.
enum TrendFigures {
  /// The trend of `figure` over all sessions.
  static func trend(
    of figure: TrendFigure, in history: History, utcOffset: Int, talk: String? = nil, tag: String? = nil
  ) throws(HistoryError) -> Trend {
    let points = try history.series(figure: figure.name, talk: talk, tags: tag.map { [$0] } ?? [])
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
}
