/// How the figures of `SessionFigures` are put into words where they are compared over sessions.
extension TrendFigure {
  /// What a sentence about one figure is made of.
  private struct Phrases {
    /// The unit behind a number and behind the number one; nil for that of the figure.
    var unit: String?
    var one: String?
    /// What people read at an axis, where that is not the figure's own label and unit.
    var label: String?
    var axis: String?
    /// The clauses of a `TrendFigure`.
    var more: String
    var less: String

    init(
      _ more: String, _ less: String, unit: String? = nil, one: String? = nil, label: String? = nil, axis: String? = nil
    ) {
      (self.more, self.less, self.unit, self.one, self.label, self.axis) = (more, less, unit, one, label, axis)
    }
  }

  /// The figure called `name`, as in `SessionFigures`; nil where there is none of that name.
  package static func named(_ name: String) -> TrendFigure? {
    SessionFigures.row(name).map { TrendFigure(of: $0) }
  }

  /// The figure called `name` of attempts at `drill`; nil where its kind has none of that name.
  package static func named(_ name: String, of drill: Drill) -> TrendFigure? {
    DrillFigures.row(name, kind: drill.kind, measure: drill.measure).map { TrendFigure(of: $0) }
  }

  /// The figure of a row.
  private init(of row: SessionFigures.Row) {
    let name = row.name
    let whose = (name.hasPrefix(DrillFigures.prefix) ? "your figure for " : "your ") + row.label
    let words = Self.phrases[name] ?? Phrases("\(whose) is # higher", "\(whose) is # lower")
    let label = words.label ?? row.label
    let unit = words.unit ?? row.unit
    let better: Better =
      name == "awareness-gap" ? .nearZero : row.better == .more ? .more : row.better == .less ? .less : .neither
    self.init(
      name: name, label: label.prefix(1).uppercased() + label.dropFirst(), unit: unit,
      unitOfOne: words.one ?? Self.ones[unit], axis: words.axis ?? row.unit, decimals: row.places, more: words.more,
      less: words.less, better: better, risesWithWatching: name.hasPrefix("fillers"))
  }

  private static let phrases: [String: Phrases] = [
    "duration": Phrases("your sessions are # longer", "your sessions are # shorter"),
    "talk-seconds": Phrases("your talks are # longer", "your talks are # shorter"),
    "speech-seconds": Phrases("you speak # longer", "you speak # shorter"),
    "pace": Phrases("you speak # faster", "you speak # slower"),
    "articulation": Phrases("you articulate # faster", "you articulate # slower"),
    "pace-variation": Phrases("your pace varies more, by #", "your pace varies less, by #"),
    "pauses": Phrases("you make * more pauses in a session", "you make * fewer pauses in a session", axis: ""),
    "pause-share": Phrases("you pause more, by #", "you pause less, by #", unit: "percent of the talk"),
    "useful-pauses": Phrases(
      "you leave listeners * more pauses a minute", "you leave listeners * fewer pauses a minute",
      unit: "pauses a minute"),
    "longest-pause": Phrases("your longest pause is # longer", "your longest pause is # shorter"),
    "longest-run": Phrases(
      "your longest speech without a pause is # longer", "your longest speech without a pause is # shorter"),
    "fillers": Phrases("you say * more fillers in a session", "you say * fewer fillers in a session", axis: ""),
    "fillers-per-minute": Phrases(
      "you say * more fillers a minute", "you say * fewer fillers a minute", unit: "fillers a minute",
      label: "fillers"),
    "clusters": Phrases(
      "you say * more bursts of fillers in a session", "you say * fewer bursts of fillers in a session", axis: ""),
    "restarts": Phrases(
      "you say * more words twice in a session", "you say * fewer words twice in a session", unit: "words said twice",
      one: "word said twice", axis: ""),
    "pitch": Phrases("your voice is # higher", "your voice is # lower"),
    "pitch-spread": Phrases("your pitch moves more, by #", "your pitch moves less, by #"),
    "loudness": Phrases(
      "you are louder at the microphone, by * dB", "you are softer at the microphone, by * dB"),
    "level-fall": Phrases(
      "your voice falls more towards the end, by #", "your voice falls less towards the end, by #"),
    "phrase-fade": Phrases("the ends of what you say fade more, by #", "the ends of what you say fade less, by #"),
    "clipped": Phrases(
      "you are too loud for the microphone # longer", "you are too loud for the microphone # less long", axis: ""),
    "awareness-gap": Phrases("your guess is # higher", "your guess is # lower", axis: ""),
    "off-plan": Phrases(
      "you end farther from the planned length, by * percent of it",
      "you end closer to the planned length, by * percent of it", unit: "percent off the planned length"),
    DrillFigures.margin: Phrases(
      "you are * percent of the bound further inside it", "you are * percent of the bound less far inside it",
      unit: "percent of the bound"),
    "script-coverage": Phrases(
      "more of the script is heard, by #", "less of the script is heard, by #", unit: "percent of the script"),
  ]

  private static let ones = [
    "words a minute": "word a minute", "syllables a second": "syllable a second", "seconds": "second",
    "semitones": "semitone", "fillers": "filler", "points": "point", "decibels": "decibel", "pauses": "pause",
    "bursts": "burst",
  ]
}
