/// The readings of a line in several moods: how high each was, how far it went, and how it ended.
struct MoodReadings: Equatable, Sendable {
  /// One reading.
  struct Reading: Equatable, Sendable {
    var mood: String
    var start: Double
    /// Its pitches in semitones over 1 Hz, in order; empty where too little was voiced.
    var semitones: [Double] = []
    /// How far the voice went over its end, in semitones, up positive; nil where the end is too short to tell.
    var rise: Double?

    /// The middle, in semitones over 1 Hz; nil where nothing was heard.
    var median: Double? { semitones.isEmpty ? nil : RobustSpread.median(semitones) }
    /// Its range; nil where nothing was heard.
    var span: Double? { MoodReadings.span(semitones) }
  }

  /// In order, as far as they were begun.
  private(set) var readings: [Reading] = []

  /// The last share of the voiced steps that is the end, and the steps it has at least: what a question does, it does
  /// on its last stressed syllable and what follows.
  private static let endShare = 0.3, leastEnd = 4
  /// What lies nearer than this to an octave from a reading's middle, or beyond, is a slip of the pitch tracker's, in
  /// semitones.
  private static let slip = 11.0
  /// Voiced steps that a reading has at least: 0.4 s.
  private static let leastSteps = 8

  /// The readings of `run` as of `now`.
  init(_ run: DrillRun, now: Double) {
    for (place, span) in run.measured(now: now) {
      var reading = Reading(mood: run.steps[place].name, start: span.lowerBound)
      let voiced = VoiceTrack(run.contours, from: span.lowerBound, to: span.upperBound).voiced
      let middle = RobustSpread.median(voiced.map(\.semitones))
      let kept = voiced.filter { abs($0.semitones - middle) < MoodReadings.slip }
      if kept.count >= MoodReadings.leastSteps {
        reading.semitones = kept.map(\.semitones)
        let end = kept.suffix(max(MoodReadings.leastEnd, Int(Double(kept.count) * MoodReadings.endShare)))
        let times = end.map { Double($0.step) * Contour.step }
        reading.rise = TheilSen(times, end.map(\.semitones)).map { $0.slope * (times[times.count - 1] - times[0]) }
      }
      readings.append(reading)
    }
  }

  /// The reading whose mood has `word` in its name, where something was heard.
  func reading(_ word: String) -> Reading? {
    readings.first { $0.mood.lowercased().contains(word) && !$0.semitones.isEmpty }
  }

  /// The range over all readings together, in semitones; nil before any.
  var range: Double? { MoodReadings.span(readings.flatMap(\.semitones)) }

  /// From the tenth to the ninetieth percentile, in semitones; nil without values.
  static func span(_ semitones: [Double]) -> Double? {
    let sorted = semitones.sorted()
    guard !sorted.isEmpty else { return nil }
    return sorted[(sorted.count - 1) * 9 / 10] - sorted[(sorted.count - 1) / 10]
  }
}
