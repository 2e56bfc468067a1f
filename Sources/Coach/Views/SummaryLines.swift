import Practice
import Terminal

/// The summary as rows of label, value and method; plain output prints the same.
enum SummaryLines {
  struct Line {
    var label: String
    var value: String
    var method: String
    var role: Role = .value
  }

  private static let tooLittle = "too little speech"

  static func of(_ session: Session, approximately: String) -> [Line] {
    let summary = session.summary
    let first = Line(label: "duration", value: duration(session), method: plan(session))
    // What was asked of a drill is in its result: a pace that was wanted slow is not slow.
    if session.drill != nil { return [first] }
    guard summary.heardSpeech else {
      return [
        first, Line(label: "speech", value: Messages.noSpeech, method: "rostrum doctor checks it", role: .warning),
      ]
    }
    return [first] + rate(summary, session.bands, approximately) + silence(summary) + voice(session, summary)
      + script(session) + moments(session, summary)
  }

  /// How much of the script was said; the rest is in the review.
  private static func script(_ session: Session) -> [Line] {
    guard let prompter = session.prompter, !session.words.isEmpty else { return [] }
    let review = ScriptReview(of: prompter)
    guard let coverage = review.coverage else { return [] }
    return [
      Line(label: "script", value: Figures.percent(coverage) + " of its words heard", method: review.passages)
    ]
  }

  private static func rate(_ summary: Summary, _ bands: Bands, _ approximately: String) -> [Line] {
    guard let pace = summary.wordsPerMinute, let articulation = summary.articulationRate else {
      return [Line(label: "pace", value: tooLittle, method: "needs 10 s of talk", role: .quiet)]
    }
    let band = bands.place(ofPace: pace)
    return [
      Line(
        label: "pace",
        value: (summary.paceSource == .words ? "" : approximately)
          + "\(Figures.decimal(pace, 0)) words/min, \(band.rawValue)",
        method: likely(summary)
          + (summary.paceSource == .syllables
            ? "\(summary.syllables) syllables"
            // As short as the column is at eighty.
            : summary.paceSource == .both ? "words, syllables" : RehearsalWords.origin(summary.paceSource)),
        role: band.attention.role),
      Line(
        label: "articulation", value: Figures.decimal(articulation, 1) + " syllables a second",
        method: "pauses left out"),
    ]
  }

  /// Where the true pace lies four times in five.
  private static func likely(_ summary: Summary) -> String {
    guard let band = summary.paceEstimate?.band else { return "" }
    return "likely \(Figures.decimal(band.lowerBound, 0)) to \(Figures.decimal(band.upperBound, 0)), "
  }

  private static func silence(_ summary: Summary) -> [Line] {
    [
      Line(
        label: "pauses",
        value: "\(summary.pauses)" + (summary.pauseShare.map { ", " + Figures.percent($0) + " of time" } ?? ""),
        method: summary.pauses == 0
          ? "silences between speech" : "between speech; longest \(Figures.decimal(summary.longestPauseSeconds, 1)) s"),
      Line(
        label: "longest run", value: Figures.decimal(summary.longestRunSeconds, 1) + " s",
        method: "of speech without a pause"),
    ]
  }

  private static func voice(_ session: Session, _ summary: Summary) -> [Line] {
    let bands = session.bands
    return [
      Line(
        label: "fillers",
        value: "\(summary.fillers)"
          + (summary.fillers > 0
            ? summary.fillersPerMinute.map { ", " + Figures.decimal($0, 1) + " a minute" } ?? "" : ""),
        method: session.words.isEmpty ? "likely \"um\" and \"uh\", by sound" : "likely, by sound and words",
        role: summary.fillersPerMinute.map { bands.attention(toFillersPerMinute: $0).role } ?? .value),
      Line(
        label: "loudness", value: summary.integratedLUFS.map { Figures.decimal($0, 1) + " LUFS" } ?? tooLittle,
        method: summary.clippedSamples == 0
          ? "EBU R128 integrated; no clipping"
          : "EBU R128; \(Figures.count(summary.clippedSamples, "sample")) clipped",
        role: summary.clippedSamples == 0 ? .value : .clip),
      Line(
        label: "pitch variety",
        value: summary.pitchSpreadSemitones.map {
          Figures.decimal($0, 1) + " semitones, " + PitchVariety(spreadSemitones: $0).rawValue
        } ?? tooLittle,
        method: summary.pitchHertz.map { pitchMethod(session) + Figures.decimal($0, 0) + " Hz" }
          ?? "needs 2 s of voiced sound", role: summary.pitchSpreadSemitones == nil ? .quiet : .value),
    ]
  }

  /// A take that was cut off was never reviewed.
  private static func pitchMethod(_ session: Session) -> String {
    session.reviewedPitch == nil ? "as heard live; mean " : "standard deviation; median "
  }

  private static func moments(_ session: Session, _ summary: Summary) -> [Line] {
    var lines: [Line] = []
    if summary.marks > 0 {
      let times = session.marks.prefix(6).map { clockTime($0.seconds) }.joined(separator: ", ")
      lines.append(Line(label: "marks", value: "\(summary.marks)", method: times))
    }
    if summary.gaps > 0 {
      lines.append(
        Line(
          label: "gaps", value: "\(summary.gaps), " + Figures.decimal(summary.lostSeconds, 1) + " s lost",
          method: session.gaps.prefix(3).map { Messages.gapCause($0.gap.cause) }.joined(separator: "; "), role: .warning
        ))
    }
    return lines
  }

  private static func duration(_ session: Session) -> String {
    let clock = clockTime(session.seconds)
    guard let length = session.beginning?.length else { return clock }
    let over = session.seconds - Double(length.maximumSeconds)
    let under = Double(length.minimumSeconds) - session.seconds
    if over > 0 { return "\(clock), \(clockTime(over)) over" }
    return under > 0 ? "\(clock), \(clockTime(under.rounded(.up))) short" : "\(clock), within the plan"
  }

  private static func plan(_ session: Session) -> String {
    session.beginning?.length.map { "planned " + Figures.length($0) } ?? "time paused left out"
  }
}
