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
    return (order + scores).filter(names.contains).compactMap(figure)
  }

  /// The figure called `name`, nil where there is none of that name.
  static func figure(_ name: String) -> TrendFigure? {
    guard let row = SessionFigures.row(name) else { return nil }
    let label = score(name) ?? row.label
    let words = clauses[name] ?? ("your \(label) is # higher", "your \(label) is # lower")
    let better: TrendFigure.Better =
      name == "awareness-gap" ? .nearZero : row.better == .more ? .more : row.better == .less ? .less : .neither
    return TrendFigure(
      name: name, label: label.prefix(1).uppercased() + label.dropFirst(), unit: row.unit,
      unitOfOne: ones[row.unit], decimals: row.places, more: words.0, less: words.1, better: better,
      risesWithWatching: name.hasPrefix("fillers"))
  }

  /// What a score of the listed rubric is called: `score`, `score for vocal variety`; nil for every other figure.
  private static func score(_ name: String) -> String? {
    let prefix = SessionFigures.score(PastReader.listedRubric, "")
    guard name.hasPrefix(prefix) else { return nil }
    let criterion = name.dropFirst(prefix.count)
    return criterion == Rubric.overall ? "score" : "score for " + criterion.split(separator: "-").joined(separator: " ")
  }

  /// Rises and falls as people say them; # is the amount with its unit.
  private static let clauses: [String: (String, String)] = [
    "pace": ("you speak # faster", "you speak # slower"),
    "fillers-per-minute": ("you say # more", "you say # fewer"),
    "fillers": ("you say # more", "you say # fewer"),
    "pause-share": ("you pause more, by #", "you pause less, by #"),
    "pitch-spread": ("your pitch moves more, by #", "your pitch moves less, by #"),
    "loudness": ("you are louder at the microphone, by #", "you are softer at the microphone, by #"),
    "duration": ("your sessions are # longer", "your sessions are # shorter"),
    "articulation": ("you articulate # faster", "you articulate # slower"),
  ]
  private static let ones = [
    "words a minute": "word a minute", "syllables a second": "syllable a second", "seconds": "second",
    "semitones": "semitone", "fillers": "filler", "points": "point", "decibels": "decibel",
  ]
}
