import History
import Practice
import Report

/// A past session as a report, and as the bytes of a file.
enum ReportMaker {
  /// The report of `past`, which is kept under `row`.
  static func report(of past: PastSession, _ row: SessionRow, rules: FillerRules? = nil) -> SessionReport {
    SessionReport(
      session: past.session, facts: SessionFacts(row), scores: zip(past.scores, past.sheets).compactMap(scores),
      nextSteps: [past.finding, past.nextStep].compactMap(\.self).filter { !$0.isEmpty }, rules: rules)
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

  /// The scores of a rubric beside what people make of it; nil where nobody and nothing judged.
  private static func scores(_ scores: Scores, _ sheet: AssessmentSheet) -> ReportScores? {
    guard scores.overall != nil || sheet.judges.contains(where: { $0.kind != nil }) else { return nil }
    let rubric = sheet.rubric
    let criteria = sheet.rows.map { row -> ReportScore in
      let score = scores[row.criterion.id]
      let judgements = row.marks.filter { $0.judge.kind != nil }.map { mark in
        ReportJudgement(
          judge: mark.judge.words,
          level: "\(Figures.decimal(mark.level, 0)) of \(rubric.scale.upperBound), \(rubric.name(ofLevel: mark.level))",
          reason: mark.reason)
      }
      return ReportScore(
        criterion: row.criterion.name, value: score?.score?.value, low: score?.score?.low, high: score?.score?.high,
        reason: score?.reason?.words, parts: score?.parts.flatMap(\.explanation) ?? [], judgements: judgements,
        disagreement: row.disagreement ?? 0 >= 1 ? row.words : nil)
    }
    let overall = scores.overall.map {
      ReportScore(criterion: "All of it", value: $0.value, low: $0.low, high: $0.high)
    }
    return ReportScores(
      rubric: "\(scores.name), version \(scores.version)", context: scores.context.words, level: Scores.level,
      overall: overall, criteria: criteria)
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
