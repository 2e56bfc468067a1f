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

  private func number(_ value: Double) -> String { signed(decimal(value, places)) }
}

extension ReportFigure {
  /// The figures of `session`, always the same ones in the same order, and what the learner guessed where they did.
  ///
  /// Values, intervals and decimals are those of `SessionFigures`: a report says what lists and trends say.
  package static func all(of session: Session) -> [ReportFigure] {
    let known = Dictionary(
      SessionFigures.of(session).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return FigureTable(session: session, summary: session.summary, known: known).figures
  }
}

/// The figures of a session while they are told.
private struct FigureTable {
  let session: Session
  let summary: Summary
  let known: [String: SessionFigures.Value]

  var figures: [ReportFigure] { rates + silence + fillers + voice }

  /// The figure of a name; `otherwise` says why it is not known.
  private func figure(
    _ name: String, _ label: String, _ unit: String = "", verdict: String = "", from source: String, otherwise: String
  ) -> ReportFigure {
    let value = known[name]
    return ReportFigure(
      name, label: label, unit: unit, value: value?.value, low: value?.low, high: value?.high,
      verdict: value == nil ? "" : verdict, source: value == nil ? otherwise : source,
      places: SessionFigures.row(name)?.places ?? 0)
  }

  private static let littleSpeech = "less than 10 s of talk", silent = "no speech was heard"

  private var rates: [ReportFigure] {
    let from =
      switch summary.paceSource {
      case .words: "from the words heard"
      case .both: "from words and syllables heard"
      case .syllables: "estimated from \(summary.syllables) syllables"
      }
    let plan = session.beginning?.length.map { "planned \(Self.planned($0))" }
    let length = plan ?? "of audio, time paused left out"
    return [
      figure("duration", "Length", "s", from: length, otherwise: length),
      figure(
        "pace", "Pace", "words/min",
        verdict: summary.wordsPerMinute.map { session.bands.place(ofPace: $0).rawValue } ?? "", from: from,
        otherwise: Self.littleSpeech),
      figure(
        "articulation", "Articulation", "syllables/s", from: "pauses left out", otherwise: Self.littleSpeech),
    ]
  }

  private static func planned(_ length: TalkLength) -> String {
    let most = clockTime(Double(length.maximumSeconds))
    return length.minimumSeconds < length.maximumSeconds
      ? "\(clockTime(Double(length.minimumSeconds))) to \(most)" : most
  }

  private var silence: [ReportFigure] {
    [
      figure("pauses", "Pauses", from: "silences between speech", otherwise: Self.silent),
      figure(
        "pause-share", "Pause share", "%", from: "of the time of the talk",
        otherwise: "too few pauses or too little talk"),
      figure("longest-pause", "Longest pause", "s", from: "between speech", otherwise: "no pause was heard"),
      figure("longest-run", "Longest run", "s", from: "of speech without a pause", otherwise: Self.silent),
    ]
  }

  private var fillers: [ReportFigure] {
    let heard =
      session.words.isEmpty
      ? "likely \u{201C}um\u{201D} and \u{201C}uh\u{201D}, by sound" : "likely, by sound and words"
    let isCorrected = session.corrections.contains { $0.change != .word }
    let attention = summary.fillersPerMinute.map { session.bands.attention(toFillersPerMinute: $0) }
    let counted = session.fillers.count
    let guess = session.guess.map { guess in
      ReportFigure(
        "filler-guess", label: "Your guess", value: Double(guess.fillers),
        source: "You guessed \(guess.fillers), \(counted) \(counted == 1 ? "was" : "were") counted")
    }
    return [
      figure("fillers", "Fillers", from: isCorrected ? "as corrected" : heard, otherwise: Self.silent),
      figure(
        "fillers-per-minute", "Filler rate", "a minute",
        verdict: attention.map { [.fine: "few", .watch: "worth watching", .act: "many"][$0] ?? "" } ?? "",
        from: "of talk", otherwise: "less than half a minute of talk"),
    ] + (guess.map { [$0] } ?? [])
  }

  private var voice: [ReportFigure] {
    let middle = summary.pitchHertz.map { decimal($0, 0) + " Hz" } ?? ""
    return [
      figure(
        "pitch-spread", "Pitch variety", "semitones",
        verdict: summary.pitchSpreadSemitones.map { PitchVariety(spreadSemitones: $0).rawValue } ?? "",
        from: session.reviewedPitch == nil
          ? "as heard live; mean \(middle)" : "standard deviation; median \(middle)",
        otherwise: "less than 2 s of voiced sound"),
      figure(
        "loudness", "Loudness", "LUFS",
        from: summary.clippedSamples == 0
          ? "EBU R128; no clipping" : "EBU R128; \(summary.clippedSamples) samples clipped",
        otherwise: "too little speech"),
    ]
  }
}
