import History
import Practice
import Report

/// A past session as a report, and as the bytes of a file.
enum ReportMaker {
  /// The report of `past`, which is kept under `row`; the rubric that sessions are listed by is its first.
  static func report(of past: PastSession, _ row: SessionRow, rules: FillerRules? = nil) -> SessionReport {
    let scores = zip(past.scores, past.sheets).compactMap { scores, sheet in
      let isListed = scores.rubric == PastReader.listedRubric
      return ReportScores(scores, sheet, isOpened: isListed).map { (isListed, $0) }
    }
    var report = SessionReport(
      session: past.session, facts: SessionFacts(row), figures: past.session.drill == nil ? nil : [],
      scores: scores.filter(\.0).map(\.1) + scores.filter { !$0.0 }.map(\.1),
      nextSteps: [past.finding, past.nextStep].compactMap(\.self).filter { !$0.isEmpty }, rules: rules)
    report.drill = drill(past.session)
    return report
  }

  private static func drill(_ session: Session) -> ReportDrill? {
    guard let run = session.drill, let result = run.result else { return nil }
    let rows = DrillResultRows(result, of: run.drill, measures: run.drill.kind.exercise.measures)
    return ReportDrill(
      verdict: "\(run.drill.name), version \(run.drill.version). \(rows.verdict.word). \(rows.verdict.sentence)",
      rows: rows.rows.map { [$0.label, $0.value, $0.asked, $0.isHit.map { $0 ? "yes" : "not yet" } ?? ""] })
  }

  /// The bytes of `past` in a format; `lines` are its event lines, for the formats that carry them.
  static func bytes(
    of past: PastSession, _ row: SessionRow, as format: ExportFormat, lines: () throws(HistoryError) -> [String]
  ) throws(Failure) -> [UInt8] {
    let report = report(of: past, row)
    do {
      switch format {
      case .pdf: return try report.pdf()
      case .svg: return try report.svg()
      case .png: return try report.png()
      case .html: return Array(report.html.utf8)
      case .md: return Array(report.markdown.utf8)
      case .csv: return Array((SessionTable.header + "\r\n" + SessionTable.row(report) + "\r\n").utf8)
      case .json: return Array((SessionDocument.text(SessionFacts(row), lines: try lines()) + "\n").utf8)
      case .vtt: return Array(try Captions.of(past.session).text(.vtt).utf8)
      case .srt: return Array(try Captions.of(past.session).text(.srt).utf8)
      }
    } catch let error as HistoryError {
      throw Failure(error)
    } catch let missing as Captions.Missing {
      throw Failure(.badData, Messages.noCaptions(missing))
    } catch { throw Failure(.io, Messages.notDrawn("\(error)")) }
  }
}

extension SessionFacts {
  /// What a row of the history says.
  init(_ row: SessionRow) {
    self.init(
      id: row.id, startedAtMilliseconds: Int(row.startedAt), utcOffsetSeconds: row.utcOffsetSeconds, title: row.title,
      source: row.source, state: row.state.rawValue, endedSeconds: row.endedSeconds)
  }
}
