import Practice

/// Analyses as a table: CSV after RFC 4180, one row a recording, the columns always the same and in the same order.
///
/// Each figure that can have an interval has its lower and upper end in the two columns after it. A cell is empty where
/// nothing can be said. Text that a spreadsheet would take for a formula gets an apostrophe in front.
package enum AnalysisTable {
  /// Figures that never have an interval: no columns for its ends.
  private static let withoutInterval: Set<String> = [
    "pace.variation", "pitch.min_hz", "pitch.max_hz", "pitch.voiced_share", "loudness.integrated_lufs",
    "loudness.range_lu", "loudness.max_momentary_lufs", "voice.jitter_local", "voice.shimmer_local", "voice.hnr_db",
  ]

  private static let facts = [
    "file", "seconds", "sample_rate", "channels", "speech_seconds", "runs", "syllables", "pauses", "pause_seconds",
    "longest_run_seconds", "fillers", "clipped_samples", "words", "pace_source",
  ]

  /// The first line, without its line break.
  package static let header: String = {
    var names = facts
    for figure in Figure.all {
      names.append(figure.column)
      if !withoutInterval.contains(figure.path) { names += [figure.column + "_low", figure.column + "_high"] }
    }
    return line(names + ["warnings"])
  }()

  /// The row of one recording, without its line break.
  package static func row(_ finished: Finished) -> String {
    let (analysis, session) = (finished.analysis, finished.analysis.session)
    let recording = analysis.recording
    func number(_ value: Double?, _ places: Int = 3) -> String {
      value.map { JSON.rounded($0, places).text } ?? ""
    }
    let facts: [String] = [
      recording.name, number(recording.seconds), "\(recording.rate)", "\(recording.channels)",
      number(analysis.speechSeconds), "\(analysis.phrases.count)", "\(session.tally.syllables)",
      "\(session.pauses.count)", number(session.tally.pauseSeconds),
      number(analysis.heardSpeech ? session.tally.longestRunSeconds : nil),
      "\(session.fillers.count)", "\(session.tally.clippedSamples)",
      session.listensForWords ? "\(session.words.count)" : "", finished.measures.paceSource.rawValue,
    ]
    let figures = Figure.all.flatMap { figure -> [String] in
      let estimate = figure.measure(finished.measures).estimate
      let places = figure.places.machines
      let ends = [number(estimate?.low, places), number(estimate?.high, places)]
      return [number(estimate?.value, places)] + (withoutInterval.contains(figure.path) ? [] : ends)
    }
    return line(facts + figures + [recording.warnings.joined(separator: "; ")])
  }

  /// What ends a line.
  package static let lineBreak = "\r\n"

  private static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") }

  /// A cell as it is written: guarded against formulas, quoted where it has to be, without control characters.
  package static func cell(_ text: String) -> String {
    var scalars = text.unicodeScalars.map { $0.value < 32 || (127...159).contains($0.value) ? " " : $0 }
    if let first = scalars.first, "=+-@".unicodeScalars.contains(first), Double(text) == nil {
      scalars.insert("'", at: 0)
    }
    // By scalars: a quote with an accent on it is one character and still a quote.
    guard scalars.contains(where: { $0 == "," || $0 == "\"" }) else { return scalars.map(String.init).joined() }
    return "\"" + scalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
