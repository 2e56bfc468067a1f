package import Practice
import Terminal

/// A figure of a session as a report shows it: what it is, how far off it may be, what it was taken from.
package struct ReportFigure: Equatable, Sendable {
  /// The name machines know it by, as in an index of sessions: `pace`.
  package var name: String
  /// What people call it.
  package var label: String
  /// Its unit as people write it; empty for a count.
  package var unit: String
  /// nil where nothing can be said.
  package var value: Double?
  /// The ends of the interval, in the unit of the value.
  package var low: Double?
  package var high: Double?
  /// What it is judged to be, in a word or two: "comfortable".
  package var verdict: String
  /// What it was measured from or, where there is no value, why.
  package var source: String
  /// Decimals for people, 0 to 3.
  package var places: Int

  /// Makes a figure.
  package init(
    _ name: String, label: String, unit: String = "", value: Double?, low: Double? = nil, high: Double? = nil,
    verdict: String = "", source: String, places: Int = 0
  ) {
    self.name = name
    self.label = label
    self.unit = unit
    self.value = value.flatMap { $0.isFinite ? $0 : nil }
    (self.low, self.high) = value == nil ? (nil, nil) : (low, high)
    self.verdict = verdict
    self.source = source
    self.places = places
  }

  /// The value with its unit; a dash where there is none.
  var valueWords: String { value.map { number($0) + (unit.isEmpty ? "" : " " + unit) } ?? "–" }

  /// The interval, "131 to 165"; empty where there is none.
  var rangeWords: String {
    guard let low, let high else { return "" }
    return "\(number(low)) to \(number(high))"
  }

  /// With the sign that a reader expects of a minus.
  private func number(_ value: Double) -> String {
    let text = decimal(value, places)
    return text.hasPrefix("-") && text.count > 1 ? "\u{2212}" + text.dropFirst() : text
  }
}

extension ReportFigure {
  /// The figures of `session`, always the same ones in the same order.
  ///
  /// Pace and fillers have an interval of their own; `intervals`, by name and in the figure's unit, gives the others one
  /// where somebody has worked it out.
  package static func all(
    of session: Session, intervals: [String: ClosedRange<Double>] = [:]
  ) -> [ReportFigure] {
    let summary = session.summary
    var figures = rates(session, summary) + silence(summary) + voice(session, summary)
    for index in figures.indices where figures[index].value != nil {
      guard let interval = intervals[figures[index].name] else { continue }
      (figures[index].low, figures[index].high) = (interval.lowerBound, interval.upperBound)
    }
    return figures
  }

  private static let littleSpeech = "less than 10 s of talk"

  private static func rates(_ session: Session, _ summary: Summary) -> [ReportFigure] {
    let band = summary.paceEstimate?.band
    let from =
      switch summary.paceSource {
      case .words: "from the words heard"
      case .both: "from words and syllables heard"
      case .syllables: "estimated from \(summary.syllables) syllables"
      }
    let plan = session.beginning?.length.map { "planned \(planned($0))" }
    return [
      ReportFigure(
        "duration", label: "Length", unit: "s", value: summary.durationSeconds,
        source: plan ?? "of audio, time paused left out", places: 1),
      ReportFigure(
        "pace", label: "Pace", unit: "words/min", value: summary.wordsPerMinute, low: band?.lowerBound,
        high: band?.upperBound, verdict: summary.wordsPerMinute.map { session.bands.place(ofPace: $0).rawValue } ?? "",
        source: summary.wordsPerMinute == nil ? littleSpeech : from),
      ReportFigure(
        "articulation", label: "Articulation", unit: "syllables/s", value: summary.articulationRate,
        source: summary.articulationRate == nil ? littleSpeech : "pauses left out", places: 1),
    ]
  }

  private static func planned(_ length: TalkLength) -> String {
    let most = clockTime(Double(length.maximumSeconds))
    return length.minimumSeconds < length.maximumSeconds
      ? "\(clockTime(Double(length.minimumSeconds))) to \(most)" : most
  }

  private static func silence(_ summary: Summary) -> [ReportFigure] {
    [
      ReportFigure("pauses", label: "Pauses", value: Double(summary.pauses), source: "silences between speech"),
      ReportFigure(
        "pause-share", label: "Pause share", unit: "%", value: summary.pauseShare.map { $0 * 100 },
        source: summary.pauseShare == nil ? "too few pauses or too little talk" : "of the time of the talk"),
      ReportFigure(
        "longest-pause", label: "Longest pause", unit: "s",
        value: summary.pauses > 0 ? summary.longestPauseSeconds : nil,
        source: summary.pauses > 0 ? "between speech" : "no pause was heard", places: 1),
      ReportFigure(
        "longest-run", label: "Longest run", unit: "s", value: summary.heardSpeech ? summary.longestRunSeconds : nil,
        source: summary.heardSpeech ? "of speech without a pause" : "no speech was heard", places: 1),
    ]
  }

  private static func voice(_ session: Session, _ summary: Summary) -> [ReportFigure] {
    let heard =
      session.words.isEmpty
      ? "likely \u{201C}um\u{201D} and \u{201C}uh\u{201D}, by sound" : "likely, by sound and words"
    let corrected = session.corrections.contains { $0.change != .word } ? "as corrected" : heard
    let estimate =
      summary.fillersPerMinute == nil
      ? nil
      : session.talkSeconds.flatMap {
        Measures.fillersPerMinute(count: summary.fillers, seconds: $0)
      }
    let attention = summary.fillersPerMinute.map { session.bands.attention(toFillersPerMinute: $0) }
    return [
      ReportFigure("fillers", label: "Fillers", value: Double(summary.fillers), source: corrected),
      ReportFigure(
        "fillers-per-minute", label: "Filler rate", unit: "a minute", value: summary.fillersPerMinute,
        low: estimate?.low, high: estimate?.high,
        verdict: attention.map { [.fine: "few", .watch: "worth watching", .act: "many"][$0] ?? "" } ?? "",
        source: summary.fillersPerMinute == nil ? "less than half a minute of talk" : "of talk", places: 1),
      ReportFigure(
        "pitch-spread", label: "Pitch variety", unit: "semitones", value: summary.pitchSpreadSemitones,
        verdict: summary.pitchSpreadSemitones.map { PitchVariety(spreadSemitones: $0).rawValue } ?? "",
        source: pitchSource(session, summary), places: 1),
      ReportFigure(
        "loudness", label: "Loudness", unit: "LUFS", value: summary.integratedLUFS,
        source: summary.integratedLUFS == nil
          ? "too little speech"
          : summary.clippedSamples == 0
            ? "EBU R128; no clipping" : "EBU R128; \(summary.clippedSamples) samples clipped",
        places: 1),
    ]
  }

  private static func pitchSource(_ session: Session, _ summary: Summary) -> String {
    guard summary.pitchSpreadSemitones != nil else { return "less than 2 s of voiced sound" }
    let middle = summary.pitchHertz.map { decimal($0, 0) + " Hz" } ?? ""
    return session.reviewedPitch == nil
      ? "as heard live; mean \(middle)" : "standard deviation; median \(middle)"
  }
}
