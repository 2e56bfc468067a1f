import History
import Practice
import Report

/// Sessions out of a history that is damaged: read page by page, and nothing is written to it.
struct SalvageExport {
  let salvage: Salvage
  let database: String

  /// Looks through the history of `places`.
  init(_ places: Places) throws(Failure) {
    database = places.database
    do throws(HistoryError) { salvage = try History.salvage(folder: places.data) } catch { throw Failure(error) }
  }

  /// Writes all sessions that can be read, or those whose ids begin with one of `references`; fails at the end with what
  /// is lost, for who asked is to know.
  func write(_ references: [String], to place: ExportPlace, isOneFile: Bool) throws(Failure) -> Failure {
    let chosen = salvage.sessions.filter { session in
      references.isEmpty || references.contains { session.row.id.hasPrefix($0) }
    }
    guard !chosen.isEmpty else { return Failure(.badData, Messages.nothingSalvaged) }
    var (whole, lost, withoutRow, document) = (0, 0, 0, [UInt8]())
    let interruption = Interruption()
    let progress = ProgressLine()
    for (index, session) in chosen.enumerated() {
      progress.show(Messages.exporting(index, chosen.count))
      try interruption.check(Messages.exportStopped(index, chosen.count))
      let lines = salvage.events(of: session.row.id).map(\.line)
      var text = ""
      let leftOut = SessionDocument.write(facts(of: session, lines), lines: lines) { text += $0 }
      let missing = session.missing + leftOut + max(0, session.events - lines.count)
      lost += missing
      if !session.hasRow { withoutRow += 1 }
      if missing == 0, session.hasRow, Self.isClosed(lines) { whole += 1 }
      document += Array((text + "\n").utf8)
      if !isOneFile {
        progress.clear()
        if let path = try place.write(document, "rostrum-\(session.row.id).json") { Printed.line(Printed.safe(path)) }
        document = []
      }
    }
    progress.clear()
    if isOneFile, let path = try place.write(document, "rostrum-sessions.json") { Printed.line(Printed.safe(path)) }
    return Failure(.badData, Messages.salvaged(whole, chosen.count, lost: lost, withoutRow: withoutRow))
  }

  /// Whether the end of a session is there.
  private static func isClosed(_ lines: [String]) -> Bool { lines.contains { $0.contains("\"kind\":\"ended\"") } }

  /// What is known of a session; what its row does not tell any more, its first event may.
  private func facts(of session: SalvagedSession, _ lines: [String]) -> SessionFacts {
    var facts = SessionFacts(session.row)
    guard !session.hasRow, let first = lines.first, case .began(let began)? = EventLine.event(from: first)?.kind else {
      return facts
    }
    (facts.startedAtMilliseconds, facts.utcOffsetSeconds) = (began.startedAtMilliseconds, began.utcOffsetSeconds)
    (facts.title, facts.source) = (began.title, began.source)
    facts.endedSeconds = lines.last.flatMap { EventLine.event(from: $0)?.seconds }
    return facts
  }
}
