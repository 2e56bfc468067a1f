import Practice

/// The facts a tutor may speak of, a row each, in the order in which they are told.
///
/// The unit of a row's number is what conditions in Prompts/findings are about; docs/FORMATS.md lists them.
struct FactRow: Sendable {
  /// Its name in templates and conditions.
  let name: String
  /// What the sheet calls it.
  let label: String
  /// Whether it is told only where it is known and above zero.
  let isDetail: Bool
  /// Whether the sheet leaves it to the lines that tell it one by one.
  let isApart: Bool
  let read: @Sendable (FactReader) -> Fact

  init(
    _ name: String, _ label: String, detail: Bool = false, apart: Bool = false,
    _ read: @escaping @Sendable (FactReader) -> Fact
  ) {
    self.name = name
    self.label = label
    isDetail = detail
    isApart = apart
    self.read = read
  }
}

enum FactTable {
  static let rows: [FactRow] = [
    // Time, in seconds.
    FactRow("length", "length of the take") { $0.length },
    FactRow("planned", "planned length") { $0.planned },
    FactRow("over", "longer than planned", detail: true) { $0.over },
    FactRow("under", "shorter than planned", detail: true) { $0.under },
    FactRow("within-plan", "within the plan", detail: true) { $0.withinPlan },
    FactRow("speech", "speech without its pauses") { $0.speech },
    FactRow("talk", "talk, pauses included") { $0.talk },
    // Pace, in words a minute.
    FactRow("pace", "pace") { $0.pace },
    FactRow("too-fast", "faster than the usable band by", detail: true) { $0.tooFast },
    FactRow("too-slow", "slower than the usable band by", detail: true) { $0.tooSlow },
    FactRow("off-comfortable", "off the comfortable band by", detail: true) { $0.offComfortable },
    FactRow("fastest", "fastest quarter of a minute", detail: true) { $0.fastest },
    FactRow("slowest", "slowest quarter of a minute", detail: true) { $0.slowest },
    FactRow("articulation", "articulation rate, pauses left out") { $0.articulation },
    // Pauses: counts, per cent, seconds.
    FactRow("pauses", "pauses") { $0.pauses },
    FactRow("pause-share", "share of time in pauses") { $0.pauseShare },
    FactRow("good-pauses", "pauses that a listener can use") { $0.goodPauses },
    FactRow("longest-pause", "longest pause", detail: true) { $0.longestPause },
    FactRow("longest-run", "longest speech without a pause") { $0.longestRun },
    // Fillers and words: counts, and counts a minute.
    FactRow("fillers", "fillers") { $0.fillers },
    FactRow("fillers-per-minute", "fillers a minute") { $0.fillersPerMinute },
    FactRow("commonest-filler", "commonest filler", detail: true) { $0.commonestFiller },
    FactRow("filler-times", "when each was", detail: true, apart: true) { $0.fillerTimes },
    FactRow("clusters", "bursts of one filler within ten seconds", detail: true) { $0.clusters },
    FactRow("restarts", "words said twice in a row", detail: true) { $0.restarts },
    FactRow("hedges", "hedges, phrases that take back what is said", detail: true) { $0.hedges },
    FactRow("overused", "words said very often", detail: true) { $0.overused },
    // Voice: LUFS, seconds, decibels, hertz, semitones.
    FactRow("loudness", "loudness at the microphone") { $0.loudness },
    FactRow("clipped", "seconds too loud for the microphone", detail: true) { $0.clipped },
    FactRow("level-fall", "quieter at the end than at the beginning by", detail: true) { $0.levelFall },
    FactRow("pitch", "mean pitch") { $0.pitch },
    FactRow("pitch-spread", "pitch variety, as a standard deviation") { $0.pitchSpread },
    FactRow("flattest", "flattest quarter of a minute", detail: true) { $0.flattest },
    // The script: per cent, counts, seconds.
    FactRow("script-coverage", "words of the script that were heard") { $0.scriptCoverage },
    FactRow("left-out", "passages of the script left out", detail: true) { $0.leftOut },
    FactRow("unreached", "words of the script not reached", detail: true) { $0.unreached },
    FactRow("put-in", "passages put in that are not in the script", detail: true) { $0.putIn },
    FactRow("section-over", "section furthest over its time", detail: true) { $0.sectionOver },
    // What went wrong with the sound.
    FactRow("lost", "sound lost", detail: true) { $0.lost },
    FactRow("marks", "moments the learner marked", detail: true) { $0.marks },
  ]
}
