package import Practice
import SpeechSignals

/// Sessions as tables: CSV after RFC 4180, the columns always the same and in the same order.
///
/// `sessions` has one row a session, `course` one row a second of one session. A cell is empty where nothing can be said,
/// and text that a spreadsheet would take for a formula gets an apostrophe in front.
package enum SessionTable {
  /// What ends a line.
  package static let lineBreak = AnalysisTable.lineBreak

  private static func number(_ value: Double?, _ places: Int = 3) -> String {
    value.map { JSON.rounded($0, places).text } ?? ""
  }

  private static let facts: [String] = [
    "id", "started", "title", "source", "state", "context", "tags", "seconds", "speech_seconds", "syllables", "words",
    "pauses", "pause_seconds", "fillers", "filler_guess", "marks", "comments", "corrections", "turns",
    "script_coverage",
  ]

  /// Figures of which there is a column, with the columns of their interval where they can have one.
  private static let figures: [(name: String, column: String, hasInterval: Bool)] = [
    ("pace", "words_per_minute", true), ("articulation", "articulation_rate", true),
    ("pause-share", "pause_share_percent", true), ("longest-pause", "longest_pause_seconds", false),
    ("longest-run", "longest_run_seconds", false), ("fillers-per-minute", "fillers_per_minute", true),
    ("pitch-spread", "pitch_sd_semitones", true), ("loudness", "integrated_lufs", false),
  ]

  /// The first line of the table of sessions, without its line break.
  package static let header: String = {
    let names = figures.flatMap { $0.hasInterval ? [$0.column, $0.column + "_low", $0.column + "_high"] : [$0.column] }
    return line(facts + names + ["score", "score_low", "score_high", "score_rubric"])
  }()

  /// The row of one session, without its line break.
  package static func row(_ report: SessionReport) -> String {
    let session = report.session
    let summary = session.summary
    let coverage = session.prompter.flatMap { session.words.isEmpty ? nil : ScriptReview(of: $0).coverage }
    let facts = [
      report.facts.id, report.facts.timestamp ?? "", session.title ?? report.facts.title ?? "", report.facts.source,
      report.facts.state, session.context ?? "", session.tags.joined(separator: " "), number(session.seconds),
      number(summary.speechSeconds), "\(summary.syllables)", session.words.isEmpty ? "" : "\(session.wordCount)",
      "\(summary.pauses)", number(summary.pauseSeconds), "\(summary.fillers)",
      session.guess.map { "\($0.fillers)" } ?? "", "\(session.marks.count)", "\(session.comments.count)",
      "\(session.corrections.count)", "\(session.turns.count)", number(coverage),
    ]
    let measured = figures.flatMap { column -> [String] in
      let figure = report.figures.first { $0.name == column.name }
      let ends = column.hasInterval ? [number(figure?.low), number(figure?.high)] : []
      return [number(figure?.value)] + ends
    }
    let scores = report.scores.first
    let overall = scores?.overall
    return line(
      facts + measured
        + [number(overall?.value, 1), number(overall?.low, 1), number(overall?.high, 1), scores?.rubric ?? ""])
  }

  /// The first line of the course of a session, without its line break.
  package static let courseHeader = line([
    "start_seconds", "end_seconds", "speech_seconds", "syllables", "syllables_per_second", "words_per_minute",
    "level_dbfs", "short_term_lufs", "pitch_hz", "pitch_sd_semitones", "silence_seconds", "fillers", "marks",
    "comments",
    "words",
  ])

  /// One row a second of `session`, without line breaks, in order of time.
  package static func course(_ session: Session) -> [String] {
    let shown = TakeReview.isReadable(session)
    let fillers = seconds(session.fillers.map(\.start))
    let (marks, comments) = (seconds(session.marks.map(\.seconds)), seconds(session.comments.map(\.start)))
    return session.rollups.map { second in
      let here = Int(min(max(second.start, 0), 1e7))
      let words = shown ? slice(session.words, second.start, second.end) : []
      return line([
        number(second.start), number(second.end), number(second.speechSeconds), "\(second.syllables)",
        number(second.syllablesPerSecond),
        number(second.syllablesPerSecond.map { session.bands.wordsPerMinute(syllablesPerSecond: $0) }, 1),
        number(second.levelDecibels, 2), number(second.shortTermLUFS, 2), number(second.pitchHertz, 2),
        second.pitchHertz == nil ? "" : number(second.pitchSpreadSemitones), number(second.silenceSeconds),
        "\(fillers[here] ?? 0)", "\(marks[here] ?? 0)", "\(comments[here] ?? 0)",
        words.map(\.text).joined(separator: " "),
      ])
    }
  }

  /// How many times lie in each second.
  private static func seconds(_ times: [Double]) -> [Int: Int] {
    Dictionary(times.map { (Int(min(max($0, 0), 1e7)), 1) }, uniquingKeysWith: +)
  }

  /// The words that begin within a second; words are in order of time.
  private static func slice(_ words: [Word], _ start: Double, _ end: Double) -> ArraySlice<Word> {
    func first(from time: Double) -> Int {
      var (low, high) = (0, words.count)
      while low < high {
        let middle = (low + high) / 2
        if words[middle].start < time { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let (low, high) = (first(from: start), first(from: end))
    return words[low..<max(low, high)]
  }

  private static func line(_ cells: [String]) -> String { cells.map(AnalysisTable.cell).joined(separator: ",") }
}
